import FoundationEssentials
import IndexServer
import TestSupport
import Testing

/// The formats of `repin check` for other programs, from the command on.
@Suite struct CheckFormatCommandTests {
  private static func fixture() async throws -> CheckFixture {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20, yanked: "broken")
    fixture.serve("lib", "1.0", daysAgo: 20)
    fixture.command.directory.write(
      "requirements.txt",
      """
      app==1.0 \\
          --hash=sha256:\(String(repeating: "0", count: 64))
          # via -r requirements.in
      lib==1.0
          # via app

      """)
    return fixture
  }

  /// As much of a bill of materials as this test reads.
  private struct Bill: Decodable {
    struct Component: Decodable {
      struct Hash: Decodable {
        var content: String
      }
      var name: String
      var purl: String
      var hashes: [Hash]?
    }
    struct Dependency: Decodable {
      var ref: String
      var dependsOn: [String]?
    }
    struct Metadata: Decodable {
      var timestamp: String
    }
    var specVersion: String
    var components: [Component]
    var dependencies: [Dependency]
    var metadata: Metadata
  }

  @Test func `a bill of materials has hashes, who asks for whom, and the moment that is given`() async throws
  {
    var fixture = try await Self.fixture()
    fixture.command.environment["SOURCE_DATE_EPOCH"] = "1700000000"
    let outcome = try await fixture.check("--format", "cyclonedx", "--no-history")
    #expect(outcome.status == 1)
    let bill = try JSONDecoder().decode(Bill.self, from: Data(outcome.output.utf8))
    #expect(bill.specVersion == "1.6" && bill.metadata.timestamp.hasPrefix("2023-11-14T22:13:20"))
    let app = try #require(bill.components.first { $0.name == "app" })
    #expect(
      app.purl == "pkg:pypi/app@1.0" && app.hashes?.map(\.content) == [String(repeating: "0", count: 64)])
    let lib = try #require(bill.components.first { $0.name == "lib" })
    #expect(lib.hashes == nil)
    let edges = bill.dependencies.filter { $0.dependsOn?.isEmpty == false }
    #expect(
      edges.contains { $0.ref.contains("app") && $0.dependsOn?.contains { $0.contains("lib") } == true })
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `files are named from the top of their repository`() async throws {
    let fixture = try await Self.fixture().withGit()
    fixture.command.directory.makeDirectory("service")
    fixture.command.directory.write(
      "make.sh", "set -e; mv requirements.txt service/; git init -q -b main; cd service; pwd")
    try #require(try await fixture.command.shell("make.sh") == 0)
    let there = fixture.command.directory.file("service/requirements.txt")
    for (format, text) in [
      ("sarif", #""service/requirements.txt""#), ("codequality", #""service/requirements.txt""#),
      ("gitlab", #""service/requirements.txt""#), ("github", "file=service/requirements.txt,line=1"),
    ] {
      let outcome = try await fixture.check("--format", format, "--no-history", there)
      #expect(outcome.status == 1, "\(outcome.errors)")
      #expect(outcome.output.contains(text), "\(format): \(outcome.output)")
    }
  }
}
