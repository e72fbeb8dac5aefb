import FoundationEssentials
import IndexServer
import TestSupport
import Testing

/// `repin update` by advisories, as a process beside an index and a source of them.
@Suite struct UpdateSecurityTests {
  private static func fixture(_ records: WrittenAdvisory...) async throws -> UpdateFixture {
    var fixture = try await UpdateFixture.cloud()
    fixture.command.serve(advisories: records)
    return fixture
  }

  @Test func `a fix is had with the parent that capped it, and the reason told`() async throws {
    let fixture = try await Self.fixture(
      WrittenAdvisory(id: "GHSA-aaaa-bbbb-cccc", package: "urllib3", fixed: "1.26.4"))
    let outcome = try await fixture.update()
    #expect(
      outcome
        == .init(
          status: 0, output: "",
          errors: """
              ~ botocore==1.20.40 (was 1.20.5): lets urllib3 move
              ~ urllib3==1.26.4 (was 1.26.3): fixes GHSA-aaaa-bbbb-cccc
            wrote requirements.txt: 4 pins (TIME)

            """))
    let again = try await fixture.update()
    #expect(again.errors == "nothing to update in requirements.txt\n")
    let checked = try await fixture.command.run(["check"] + CommandFixture.target)
    #expect(!checked.output.contains("GHSA"), Comment(rawValue: checked.output))
  }

  @Test func `a release that an advisory affects isn't picked for anything`() async throws {
    let fixture = try await Self.fixture(
      WrittenAdvisory(id: "PYSEC-1", package: "urllib3", introduced: "1.26.4", fixed: "1.26.5"),
      WrittenAdvisory(id: "PYSEC-2", package: "six", introduced: "1.16"))
    let outcome = try await fixture.update("urllib3", "six")
    #expect(outcome.status == 1)
    #expect(fixture.pins() == "boto3==1.17.5 botocore==1.20.40 six==1.15 urllib3==1.26.5")
    #expect(outcome.errors.contains("blocked: six 1.15 stays: no newer release may be picked\n"))
    #expect(outcome.errors.contains("held back: six 1.16 is affected by PYSEC-2\n"))
  }

  @Test func `what a release brings in is asked about, and another taken if it is affected`() async throws {
    let fixture = try await Self.fixture(
      WrittenAdvisory(id: "PYSEC-1", package: "new", introduced: "2.0"),
      WrittenAdvisory(id: "PYSEC-2", package: "six", fixed: "1.17"))
    fixture.serve("six", "1.17", requires: ["new"])
    fixture.serve("new", "1.0")
    fixture.serve("new", "2.0")
    let outcome = try await fixture.update("--security")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == "boto3==1.17.5 botocore==1.20.5 new==1.0 six==1.17 urllib3==1.26.3")
  }

  @Test func `no release fixes it`() async throws {
    let fixture = try await Self.fixture(WrittenAdvisory(id: "PYSEC-1", package: "six"))
    let outcome = try await fixture.update()
    #expect(
      outcome
        == .init(
          status: 1, output: "",
          errors: """
            blocked: six 1.15 stays: no release may be picked that fixes PYSEC-1
            held back: six 1.16 is affected by PYSEC-1
            unchanged requirements.txt: 4 pins (TIME)

            """))
  }

  @Test func `a fix that cools down is exempt where it is grave`() async throws {
    for (score, status) in [("9.8", 0 as Int32), ("5.3", 1)] {
      let fixture = try await Self.fixture(
        WrittenAdvisory(id: "PYSEC-1", package: "six", fixed: "1.17", score: score))
      fixture.serve("six", "1.17", daysAgo: 1)
      let outcome = try await fixture.update()
      #expect(outcome.status == status)
      let said =
        status == 0
        ? "exempt from the cooldown: six 1.17 fixes PYSEC-1\n"
        : "held back: six 1.17 is younger than the cooldown of 3 days\n"
      #expect(outcome.errors.contains(said), Comment(rawValue: outcome.errors))
    }
  }

  @Test func `where nobody tells the advisories, nothing is written but what is named`() async throws {
    var fixture = try await Self.fixture(WrittenAdvisory(id: "PYSEC-1", package: "six", fixed: "1.16"))
    fixture.command.environment["REPIN_ADVISORIES_SOURCE"] = "\(fixture.command.advisories)/none"
    let outcome = try await fixture.update()
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("error: what is due isn't known"), Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == UpdateCommandTests.before)
    let named = try await fixture.update("six")
    #expect(named.status == 3)
    #expect(
      named.errors.contains("nobody knows whether what was picked is free of them"),
      Comment(rawValue: named.errors))
    #expect(fixture.pins() == "boto3==1.17.5 botocore==1.20.5 six==1.16 urllib3==1.26.3")
  }

  @Test func `the answer as data`() async throws {
    let fixture = try await Self.fixture(
      WrittenAdvisory(id: "PYSEC-1", package: "urllib3", fixed: "1.26.4"),
      WrittenAdvisory(id: "PYSEC-2", package: "six"))
    let outcome = try await fixture.update("--format", "json", "-q")
    #expect(outcome.status == 1)
    #expect(outcome.output == Self.document, Comment(rawValue: outcome.output))
    #expect(outcome.errors.isEmpty)
  }

  /// What docs/update-report.md shows.
  static let document: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let data = try? Data(contentsOf: root.appending(path: "docs/update-report.md"))
    let text = String(decoding: data ?? Data(), as: UTF8.self)
    let parts = text.split(separator: "```json update-report\n", maxSplits: 1)
    return String(parts.last?.prefix { $0 != "`" } ?? "")
  }()
}
