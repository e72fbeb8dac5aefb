import FoundationEssentials
import IndexServer
import TestSupport
import Testing

/// A refusal as data, on standard output.
@Suite struct RefusalFormatTests {
  private struct Report: Decodable {
    struct Step: Decodable { let sentence: String }
    struct Line: Decodable {
      let source: String
      let line: Int
    }

    let version: Int
    let lockfile: String?
    let requirements: [Line]
    let steps: [Step]
  }

  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    fixture.server.serve("app", "1.0", requires: ["lib>=2"])
    fixture.server.serve("lib", "1.0")
    fixture.server.serve("lib", "2.0")
    fixture.directory.write("requirements.in", "app\nlib<2\n")
    return fixture
  }

  @Test func `json beside the text`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.compile("--format", "json")
    #expect(outcome.status == 1)
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(report.version == 1)
    #expect(report.lockfile == "requirements.txt")
    #expect(report.requirements.map(\.source) == ["requirements.in", "requirements.in"])
    #expect(Set(report.requirements.map(\.line)) == [1, 2])
    #expect(report.steps.count == 1)
    // The text breaks the sentence into lines.
    let text = outcome.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(report.steps.allSatisfy { text.contains($0.sentence) })
    #expect(fixture.directory.text("requirements.txt") == nil)
  }

  @Test func `of one of several lockfiles`() async throws {
    let fixture = try await fixture()
    fixture.write([
      "fine.in": "app\n",
      "repin.toml": """
      [[compile]]
      sources = ["fine.in"]
      [[compile]]
      sources = ["requirements.in"]
      output = "sub/dev.txt"

      """,
    ])
    fixture.directory.makeDirectory("sub")
    let outcome = try await fixture.compile("--format=json")
    #expect(outcome.status == 1)
    #expect(try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)).lockfile == "sub/dev.txt")
  }

  @Test func `of none where it goes to standard output`() async throws {
    let outcome = try await fixture().compile("--format=json", "-o", "-")
    #expect(try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)).lockfile == nil)
  }

  @Test(arguments: [("text", 1), ("dot", 2), ("xml", 2)]) func nothing(_ format: String, status: Int32)
    async throws
  {
    let outcome = try await fixture().compile("--format", format)
    #expect(outcome.status == status)
    #expect(outcome.output == "")
  }
}
