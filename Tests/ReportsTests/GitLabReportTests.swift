import FoundationEssentials
import Testing

@testable import Reports
@testable import UpdatePolicy

/// Against the schema of GitLab's dependency scanning reports, version 15.0.7.
@Suite("GitLab's report is what its schema asks for") struct GitLabReportTests {
  static let reports =
    Scenario.allCases.map { scenario in
      Source(name: scenario.rawValue) { try scenario.report() }
    } + Hostile.texts.map { text in Source(name: text) { try Hostile.report(text, locks: 2) } }

  struct Source: Sendable, CustomTestStringConvertible {
    let name: String
    let report: @Sendable () throws -> CheckReport
    var testDescription: String { name.debugDescription }
  }

  @Test(arguments: reports) func isValid(_ source: Source) throws {
    let document = try JSONValue(source.report().gitlab(programVersion: source.name))
    expect(document, has: ["dependency_files", "scan", "version", "vulnerabilities"])
    #expect(document["version"] == .string("15.0.7"))
    let scan = try #require(document["scan"])
    expect(scan, has: ["analyzer", "end_time", "scanner", "start_time", "status", "type"])
    #expect(["success", "failure"].contains(scan["status"]?.text))
    #expect(scan["type"] == .string("dependency_scanning"))
    #expect(scan["start_time"] == .string("2026-11-30T09:00:00"))
    for program in ["analyzer", "scanner"] {
      expect(scan[program], has: ["id", "name", "version", "vendor"])
      #expect(scan[program]?["version"]?.text?.isEmpty == false)
    }
    for message in scan["messages"]?.items ?? [] {
      #expect(["info", "warn", "fatal"].contains(message["level"]?.text))
      #expect(message["value"]?.text?.isEmpty == false)
    }
    for file in document["dependency_files"]?.items ?? [] {
      expect(file, has: ["path", "package_manager", "dependencies"])
      #expect(file["path"]?.text?.isEmpty == false)
      for dependency in file["dependencies"]?.items ?? [] { expectDependency(dependency) }
    }
    var ids: [String] = []
    for item in document["vulnerabilities"]?.items ?? [] {
      expect(item, has: ["id", "identifiers", "location"])
      ids.append(item["id"]?.text ?? "")
      #expect(try #require(item["name"]?.text).unicodeScalars.count <= 255)
      let severities = ["Info", "Unknown", "Low", "Medium", "High", "Critical"]
      #expect(severities.contains(item["severity"]?.text ?? ""))
      let identifiers = item["identifiers"]?.items ?? []
      #expect(!identifiers.isEmpty)
      for identifier in identifiers {
        for key in ["type", "name", "value"] { #expect(identifier[key]?.text?.isEmpty == false) }
      }
      expect(item["location"], has: ["file", "dependency"])
      #expect(item["location"]?["file"]?.text?.isEmpty == false)
      expectDependency(item["location"]?["dependency"])
    }
    #expect(ids.allSatisfy(Self.isUUID))
  }

  private func expect(_ value: JSONValue?, has keys: Set<String>) {
    #expect(keys.isSubset(of: value?.keys ?? []))
  }

  private func expectDependency(_ value: JSONValue?) {
    expect(value, has: ["package", "version"])
    #expect(value?["package"]?["name"]?.text?.isEmpty == false)
  }

  private static func isUUID(_ text: String) -> Bool {
    let groups = text.split(separator: "-")
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups[2].first == "8"
      && "89ab".contains(groups[3].prefix(1))
      && text.allSatisfy { $0 == "-" || $0.isHexDigit }
  }

  /// What is due is told, and nothing else; an id is of one finding.
  @Test func tellsWhatIsDue() throws {
    let report = try Scenario.findings.report()
    let document = try JSONValue(report.gitlab(programVersion: "1.0"))
    let items = document["vulnerabilities"]?.items ?? []
    #expect(items.count == 7)
    #expect(Set(items.compactMap { $0["id"]?.text }).count == 7)
    let jinja = try #require(
      items.first { $0["location"]?["dependency"]?["package"]?["name"] == .string("jinja2") })
    #expect(jinja["identifiers"]?.items.compactMap { $0["type"]?.text } == ["ghsa", "cve"])
    #expect(jinja["severity"] == .string("Critical"))
    #expect(jinja["solution"] == .string("Update jinja2 to 3.1.5."))
    let severities = items.map { $0["severity"]?.text ?? "" }
    #expect(severities == ["Critical", "Critical", "High", "Medium", "Unknown", "Low", "Info"])
  }

  @Test(arguments: [
    (Scenario.clean, "success"), (.findings, "success"), (.incomplete, "failure"), (.files, "failure"),
  ])
  func status(_ scenario: Scenario, _ status: String) throws {
    let document = try JSONValue(scenario.report().gitlab(programVersion: "1.0"))
    #expect(document["scan"]?["status"] == .string(status))
  }

  /// Changes are told for the findings that they do away with, and where they aren't known, not at all.
  @Test func remediations() throws {
    let document = try JSONValue(Scenario.bill.report().gitlab(programVersion: "1.0"))
    let items = document["remediations"]?.items ?? []
    #expect(items.count == 2)
    let ids = document["vulnerabilities"]?.items.map { $0["id"] } ?? []
    #expect(ids.count == 2 && items.map { $0["fixes"]?.items.map { $0["id"] } } == ids.map { [$0] })
    let patch = try #require(Data(base64Encoded: items[0]["diff"]?.text ?? ""))
    #expect(String(decoding: patch, as: UTF8.self).hasPrefix("--- a/shop/requirements.txt\n"))
    #expect(items.allSatisfy { $0["summary"]?.text?.isEmpty == false })
    #expect(try JSONValue(Scenario.findings.report().gitlab(programVersion: "1.0"))["remediations"] == nil)
  }

  /// A file in which a pin stands twice in one line has one vulnerability for it.
  @Test func idsAreOfOneFinding() throws {
    let pins = try [1, 1].map { try Facts.pin("nose", "1.0", line: $0, yanked: "gone") }
    let lock = CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(try Facts.projects(pins)).assess(LockFacts(pins: pins)))
    let report = CheckReport(locks: [lock], checkedAt: Facts.now, moments: .utc)
    #expect(try JSONValue(report.gitlab(programVersion: "1"))["vulnerabilities"]?.items.count == 1)
  }
}
