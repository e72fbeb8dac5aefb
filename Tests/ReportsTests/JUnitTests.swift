import PythonPackaging
import Subprocess
import Testing
import UpdatePolicy

@testable import Reports

@Suite("JUnit's XML is read by an XML parser") struct JUnitTests {
  /// What Python's parser makes of a document: the attributes of suites and cases, one line of JSON each.
  private static let program = """
    import json, sys, xml.etree.ElementTree as tree
    root = tree.fromstring(sys.stdin.buffer.read())
    suites = [dict(suite.attrib, cases=[
      dict(case.attrib, outcomes=[child.tag for child in case], texts=[child.text or "" for child in case])
      for case in suite]) for suite in root]
    print(json.dumps(dict(root.attrib, suites=suites)))
    """

  private static func parsed(_ xml: String) async throws -> JSONValue {
    let result = try await Subprocess.run(
      .name("python3"), arguments: ["-c", program], input: .array(Array(xml.utf8)),
      output: .string(limit: 1 << 24), error: .string(limit: 1 << 16))
    try #require(result.terminationStatus.isSuccess, "\(result.standardError)")
    return try JSONValue(result.standardOutput)
  }

  @Test func hostileTextsAreRead() async throws {
    let locks = try Hostile.texts.map { try Hostile.lock($0) }
    let report = CheckReport(locks: locks, checkedAt: Facts.now, moments: try Facts.moments())
    let document = try await Self.parsed(report.junit())
    let suites = document["suites"]?.items ?? []
    #expect(suites.count == locks.count)
    for (suite, lock) in zip(suites, locks) {
      // What XML doesn't have is replaced.
      let path = String(
        String.UnicodeScalarView(
          OutsideText.path(lock.path).unicodeScalars.map {
            [0xFFFE, 0xFFFF].contains($0.value) ? "\u{FFFD}" : $0
          }))
      #expect(suite["name"] == .string(path))
      let cases = suite["cases"]?.items ?? []
      #expect(cases.count == 12)
      #expect(suite["tests"] == .string("12"))
      for outcome in ["failure", "error", "skipped"] {
        let count = cases.count { $0["outcomes"]?.items.contains(.string(outcome)) == true }
        let name = outcome == "failure" ? "failures" : outcome == "error" ? "errors" : outcome
        #expect(suite[name] == .string(String(count)))
      }
    }
  }

  /// The same pin in many lines is as many cases, and each has what is said of it once.
  @Test func aPinInManyLines() async throws {
    let pins = try (1...300).map { try Facts.pin("six", "1.16.0", line: $0, yanked: "broken") }
    // A file of one line, where nothing tells the two apart.
    let twice = try [1, 1].map { try Facts.pin("nose", "1.0", line: $0, yanked: "gone") }
    let other = [try Facts.pin("click", "8.0", line: 9)]
    let all = pins + twice + other
    let lock = CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(try Facts.projects(all)).assess(
        LockFacts(
          pins: all,
          failures: [SourceFailure(source: "index", subject: .releases, package: try PackageName("six"))])))
    let report = CheckReport(locks: [lock], checkedAt: Facts.now, moments: .utc)
    let xml = report.junit()
    #expect(xml.utf8.count < 303 * 400)
    let suite = try #require(try await Self.parsed(xml)["suites"]?.items.first)
    let cases = suite["cases"]?.items ?? []
    #expect(
      cases.compactMap { $0["name"]?.text }
        == (1...300).map { "six==1.16.0 (line \($0))" } + [
          "nose==1.0 (line 1)", "nose==1.0 (line 1)", "click==8.0",
        ])
    for test in cases.prefix(300) {
      #expect(
        test["texts"]?.items.compactMap(\.text) == [
          "due at the window: yanked: broken\n`index` didn't tell the releases"
        ])
    }
    #expect(cases[300]["texts"]?.items.compactMap(\.text) == ["due at the window: yanked: gone"])
    #expect(cases[302]["outcomes"]?.items.isEmpty == true)
  }

  @Test func outcomesAreThoseOfTheFindings() async throws {
    let report = try CheckReport(
      locks: Scenario.findings.report().locks + Scenario.incomplete.report().locks, checkedAt: Facts.now,
      moments: Facts.moments())
    let document = try await Self.parsed(report.junit())
    var outcomes: [String: String] = [:]
    for suite in document["suites"]?.items ?? [] {
      for test in suite["cases"]?.items ?? [] {
        outcomes[test["name"]?.text ?? ""] = test["outcomes"]?.items.compactMap(\.text).joined()
      }
    }
    let expected = [
      "jinja2==3.1.2": "failure", "numpy==1.26.4": "failure", "six==1.16.0": "system-out",
      "pillow==10.0.0": "system-out", "-e ./libs/tools": "skipped", "package-1==1.0": "error",
      "package-4==1.0": "", "package-11==1.0": "failure", "advisories.example: advisories": "error",
    ]
    for (name, outcome) in expected { #expect(outcomes[name] == outcome, "\(name)") }
    #expect(document["failures"] == .string("8"))
    #expect(document["errors"] == .string("4"))
    #expect(document["skipped"] == .string("2"))
    #expect(document["tests"] == .string("53"))
  }
}
