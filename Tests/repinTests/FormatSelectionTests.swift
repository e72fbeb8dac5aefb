import ArgumentParser
import IndexServer
import TestSupport
import Testing

@testable import repin

/// What `--only-binary` and `--no-binary` come to where both are said of the same package: with pip the later holds.
@Suite struct FormatSelectionTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String { words.joined(separator: " ") }
    let words: [String]
    var onlyBinary: [String] = []
    var noBinary: [String] = []
  }

  @Test(arguments: [
    Case(words: ["--only-binary", "a", "--no-binary", "a"], noBinary: ["a"]),
    Case(words: ["--no-binary", "a", "--only-binary", "a"], onlyBinary: ["a"]),
    Case(words: ["--only-binary=A_b", "--no-binary=a-b"], noBinary: ["a-b"]),
    Case(
      words: ["--only-binary", "a,b", "x.in", "--no-binary=b,c"], onlyBinary: ["a"], noBinary: ["b", "c"]),
    Case(
      words: ["--only-binary=a", "--no-binary=a", "--only-binary=a"], onlyBinary: ["a"]),
    Case(words: ["--only-binary=:all:", "--no-binary=:all:"], noBinary: [":all:"]),
    Case(words: ["--only-binary=a", "--no-binary=:all:"], onlyBinary: ["a"], noBinary: [":all:"]),
    Case(
      words: ["--only-binary=:none:", "--only-binary=a", "--no-binary=a"], onlyBinary: [":none:"],
      noBinary: ["a"]),
    Case(words: ["--only-binary=a", "--no-binary=a", "--no-binary=:none:"], noBinary: [":none:"]),
    Case(words: ["--no-binary=b", "--only-binary=a"], onlyBinary: ["a"], noBinary: ["b"]),
  ])
  func settles(_ given: Case) throws {
    var command = try CompileCommand.parse(given.words)
    command.settleFormats(by: given.words)
    #expect(command.onlyBinary == given.onlyBinary)
    #expect(command.noBinary == given.noBinary)
  }

  @Test(arguments: [
    (
      config: "only-binary = ['a']\n", words: ["--no-binary", "a"],
      header: "repin compile --no-binary=a --output-file=- "
    ),
    (
      config: "only-binary = ['a']\nno-binary = ['a']\n", words: [],
      header: "repin compile --no-binary=a --output-file=- "
    ),
    (
      config: "no-binary = ['a']\nonly-binary = ['a']\n", words: [],
      header: "repin compile --only-binary=a --output-file=- "
    ),
  ])
  func `a command line wins over configuration`(config: String, words: [String], header: String) async throws
  {
    let fixture = try await CommandFixture()
    fixture.server.serve("b", "1.0")
    fixture.write(["requirements.in": "b\n", "repin.toml": config])
    let outcome = try await fixture.run(["compile", "-o", "-"] + CommandFixture.target + words)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(outcome.output.contains(header), Comment(rawValue: outcome.output))
  }
}
