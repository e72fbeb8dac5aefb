import PythonPackaging
import Reports
import Testing
import UpdatePolicy

/// Whether vulnerable pins could be fixed, as it is told.
@Suite struct FixOutlookTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var path: [String] = []
    var state: FixOutlook.State
    var line: String
  }

  static let cases: [Case] = [
    Case(
      testDescription: "by itself", state: .possible(to: Self.version("1.26.18"), others: []),
      line: "fix: urllib3 1.25.3 → 1.26.18 by `repin update`"),
    Case(
      testDescription: "with others, and its path", path: ["-r requirements.in", "boto3"],
      state: .possible(
        to: Self.version("1.26.18"), others: ["boto3 1 → 2", "botocore 1 → 2", "six 1 → 2", "x 1 → 2"]),
      line:
        "fix: urllib3 1.25.3 → 1.26.18 by `repin update`, with boto3 1 → 2, botocore 1 → 2 and 2 more (-r requirements.in → boto3)"
    ),
    Case(
      testDescription: "dropped", state: .dropped(others: []),
      line: "fix: urllib3 1.25.3 goes by `repin update`"),
    Case(
      testDescription: "held",
      state: .held(by: ["urllib3 1.25.3 → 2.0 is held by a", "b stands in the way"]),
      line: "fix: urllib3 1.25.3 → 2.0 is held by a; b stands in the way"),
    Case(testDescription: "no fix", state: .none, line: "fix: urllib3 1.25.3: no release fixes it yet"),
    Case(
      testDescription: "nobody looked", state: .unknown(nearest: Self.version("2.0")),
      line: "fix: urllib3 1.25.3: 2.0 would fix it"),
    Case(
      testDescription: "nobody knows", state: .unknown(nearest: nil),
      line: "fix: urllib3 1.25.3: no release is known to fix it"),
    Case(
      testDescription: "hostile texts", path: ["-r \u{1b}[31m\n::error::x"],
      state: .held(by: ["a\u{202e}\nb"]),
      line: "fix: a\u{fffd}\u{fffd}b (-r \u{fffd}[31m\u{fffd}::error::x)"),
  ]

  private static func version(_ text: String) -> Version {
    guard let version = try? Version(text) else { preconditionFailure("a version") }
    return version
  }

  @Test(arguments: cases) func line(_ example: Case) throws {
    let name = try PackageName("urllib3")
    let pin = try Facts.pin(
      "urllib3", "1.25.3", line: 4, [try Facts.advisory("GHSA-1", .high, fixed: ["1.26.18"])])
    let assessment = Assessor(policy: Policy(), now: Facts.now, projects: try Facts.projects([pin]))
      .assess(LockFacts(pins: [pin]))
    var lock = CheckedLock(path: "requirements.txt", assessment: assessment)
    lock.outlooks = [
      FixOutlook(
        package: name, version: Self.version("1.25.3"), path: example.path, state: example.state)
    ]
    let report = CheckReport(
      locks: [lock], checkedAt: Facts.now, moments: try Facts.moments())
    let lines = report.text(TerminalStyle(width: 300)).split(separator: "\n")
    #expect(lines.last.map(String.init) == example.line)
    #expect(report.json().contains("\"outlooks\""))
  }
}
