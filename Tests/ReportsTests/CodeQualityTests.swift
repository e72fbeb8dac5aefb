import Testing

@testable import Reports

/// Against what GitLab's documentation of code quality reports asks for.
@Suite("The code quality report is what GitLab asks for") struct CodeQualityTests {
  @Test(arguments: GitLabReportTests.reports) func isValid(_ source: GitLabReportTests.Source) throws {
    let report = try source.report()
    let document = try JSONValue(report.codeQuality())
    guard case .array(let items) = document else {
      Issue.record("no list")
      return
    }
    #expect(Set(items.compactMap { $0["fingerprint"]?.text }).count == items.count)
    for item in items {
      #expect(item.keys == ["description", "check_name", "fingerprint", "severity", "location"])
      for key in ["description", "check_name"] { #expect(item[key]?.text?.isEmpty == false) }
      #expect(["info", "minor", "major", "critical", "blocker"].contains(item["severity"]?.text))
      let path = try #require(item["location"]?["path"]?.text)
      #expect(!path.isEmpty)
      #expect(try #require(item["location"]?["lines"]?["begin"]?.number) >= 1)
    }
    let log = try JSONValue(report.sarif(programVersion: "1"))
    #expect(items.count == log["runs"]?.items.first?["results"]?.items.count)
  }

  @Test func severities() throws {
    let items = try JSONValue(Scenario.findings.report().codeQuality()).items
    var severities: [String: String] = [:]
    for item in items { severities[item["check_name"]?.text ?? ""] = item["severity"]?.text }
    #expect(
      severities == [
        "MAL-2026-77": "blocker", "GHSA-aaaa-bbbb-cccc": "critical", "repin/quarantined": "critical",
        "repin/withdrawn": "critical", "PYSEC-2026-9": "major", "repin/yanked": "major",
        "repin/stale": "major",
        "repin/pin-age": "info", "repin/archived": "info", "repin/deprecated": "info",
      ])
    let solved = try #require(items.first { $0["check_name"] == .string("GHSA-aaaa-bbbb-cccc") })
    #expect(solved["description"]?.text?.hasSuffix(". Update jinja2 to 3.1.5.") == true)
  }
}
