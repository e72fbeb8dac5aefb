import IndexServer
import TestSupport
import Testing

/// Names, versions and values of 5,000 letters are told in so many letters as a person reads.
@Suite struct LongTextTests {
  static let long = String(repeating: "x", count: 5_000)

  static let lines: [String] = [
    long, "a==\(long)", "a[\(long)]", "a ; python_version > '\(long)'", "a @ \(long)",
    "a @ https://\(long).invalid/",
    "a @ \(long)+https://h/x", "a @ file:///\(long)", "./\(long)", "-r \(long)", "--\(long)", "-e \(long)",
    "--hash=\(long)", "a --hash=sha256:\(long)", "-f \(long)", "--no-binary x \(long)",
    "a==\(long.dropLast(4_000)).1",
  ]

  @Test(arguments: lines.indices) func inAFile(_ place: Int) async throws {
    try await expectBounded([], requirements: Self.lines[place])
  }

  static let arguments: [String] = [
    long, "--\(long)", "-z\(long)", "--exclude-newer=\(long)", "--exclude-newer-package=\(long)=\(long)",
    "--python=\(long)",
    "--python=/\(long)", "--python-version=\(long)", "--python-platform=\(long)", "--config=\(long)",
    "-P=\(long)",
    "--only-binary=\(long) x", "--override=\(long)", "--constraint=\(long)", "--resolver=\(long)",
    "--pip-args=--\(long)",
    "--newline=\(long)", "--newline=\(String(repeating: "x ", count: 50_000))", "--group=\(long)",
    "--upgrade-package=\(long)", "--output-file=\(long)/x",
  ]

  @Test(arguments: arguments.indices) func onTheCommandLine(_ place: Int) async throws {
    try await expectBounded([Self.arguments[place]], requirements: "a")
  }

  private func expectBounded(_ arguments: [String], requirements: String) async throws {
    let fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.write(["requirements.in": requirements + "\n"])
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + arguments)
    for line in outcome.errors.split(separator: "\n") {
      #expect(line.unicodeScalars.count <= 8_100)
      #expect(
        line.split(separator: " ").allSatisfy { $0.unicodeScalars.count <= 401 },
        Comment(rawValue: outcome.errors))
    }
    #expect(!outcome.errors.isEmpty)
  }
}
