import Testing

@testable import Reports
@testable import UpdatePolicy

/// Against SARIF 2.1.0 and what code scanning asks for besides.
@Suite("SARIF is what its schema and code scanning ask for") struct SARIFTests {
  private static func run(
    _ report: CheckReport, _ programVersion: String = "1.0", mostResults: Int = 25_000
  ) throws -> JSONValue {
    let document = try JSONValue(report.sarif(programVersion: programVersion, mostResults: mostResults))
    #expect(document.keys == ["$schema", "version", "runs"])
    #expect(document["version"] == .string("2.1.0"))
    let runs = document["runs"]?.items ?? []
    #expect(runs.count == 1)
    return try #require(runs.first)
  }

  @Test(arguments: GitLabReportTests.reports) func isValid(_ source: GitLabReportTests.Source) throws {
    let report = try source.report()
    let run = try Self.run(report, source.name)
    #expect(run.keys == ["tool", "invocations", "results"])
    let driver = try #require(run["tool"]?["driver"])
    #expect(driver["name"] == .string("repin"))
    #expect(driver["version"]?.text?.isEmpty == false)
    let rules = driver["rules"]?.items ?? []
    let ids = rules.compactMap { $0["id"]?.text }
    #expect(Set(ids).count == rules.count && ids.allSatisfy { !$0.isEmpty })
    for rule in rules {
      for key in ["shortDescription", "fullDescription", "help"] { expectMessage(rule[key], limit: 8_000) }
      expectMessage(rule["shortDescription"], limit: 1_024)
      let tags = rule["properties"]?["tags"]?.items ?? []
      #expect((1...10).contains(tags.count))
      if let severity = rule["properties"]?["security-severity"] {
        let score = try #require(severity.text.flatMap { Double($0) })
        #expect((0...10).contains(score))
        #expect(tags.contains(.string("security")))
      }
    }
    var fingerprints: Set<String> = []
    let results = run["results"]?.items ?? []
    for result in results {
      #expect(result.keys == ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"])
      let index = Int(try #require(result["ruleIndex"]?.number))
      #expect(result["ruleId"] == rules[index]["id"])
      #expect(["error", "warning", "note"].contains(result["level"]?.text))
      expectMessage(result["message"], limit: 8_000)
      #expect(result["locations"]?.items.count == 1)
      try expectLocation(result["locations"]?.items.first)
      let fingerprint = try #require(result["partialFingerprints"]?["primaryLocationLineHash"]?.text)
      #expect(fingerprints.insert(fingerprint).inserted)
      let parts = fingerprint.split(separator: ":")
      #expect(
        parts.count == 2 && parts[0].count == 16 && parts[0].allSatisfy(\.isHexDigit) && Int(parts[1]) != nil)
    }
    // Every rule is broken, the most urgent first.
    #expect(Set(results.compactMap { $0["ruleId"]?.text }) == Set(ids))
    let levels = results.compactMap { ["error", "warning", "note"].firstIndex(of: $0["level"]?.text ?? "") }
    #expect(levels == levels.sorted())
    let invocations = run["invocations"]?.items ?? []
    #expect(invocations.count == 1)
    #expect(invocations[0]["executionSuccessful"] == .bool(!report.hasUnknown))
    let notifications = invocations[0]["toolExecutionNotifications"]?.items ?? []
    for notification in notifications {
      expectMessage(notification["message"], limit: 8_000)
      for location in notification["locations"]?.items ?? [] { try expectLocation(location) }
    }
    // What is incomplete never looks like what is clean.
    if report.locks.contains(where: { $0.verdict == .incomplete }) {
      #expect(ids.contains("repin/incomplete"))
    }
  }

  /// A message in which nothing is a link or a place for an argument.
  private func expectMessage(_ message: JSONValue?, limit: Int) {
    #expect(message?.keys == ["text"])
    let text = Array((message?["text"]?.text ?? "").unicodeScalars)
    #expect(!text.isEmpty && text.count <= limit)
    var index = 0
    while index < text.count {
      switch text[index] {
      case "\\":
        #expect(index + 1 < text.count && ["\\", "[", "]"].contains(text[index + 1]))
        index += 2
      case "{", "}":
        #expect(index + 1 < text.count && text[index + 1] == text[index])
        index += 2
      default:
        #expect(text[index] != "[" && text[index] != "]")
        index += 1
      }
    }
  }

  private func expectLocation(_ location: JSONValue?) throws {
    let physical = try #require(location?["physicalLocation"])
    let uri = try #require(physical["artifactLocation"]?["uri"]?.text)
    #expect(!uri.isEmpty && !uri.hasPrefix("./"))
    #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}[]#?@".utf8.contains($0) })
    #expect(
      (physical["artifactLocation"]?["uriBaseId"] == .string("%SRCROOT%")) == !uri.hasPrefix("file:///"))
    #expect(try #require(physical["region"]?["startLine"]?.number) >= 1)
  }

  @Test(arguments: [
    ("requirements.txt", "requirements.txt"), ("./a/b.txt", "a/b.txt"), ("a b/ü.txt", "a%20b/%C3%BC.txt"),
    ("/srv/a.txt", "file:///srv/a.txt"), ("a:b", "a%3Ab"), ("a%0Ab", "a%250Ab"), ("../a", "../a"),
  ])
  func uri(_ path: String, _ uri: String) { #expect(SARIFText.uri(path) == uri) }

  @Test(arguments: [
    ("plain", "plain"), ("[x](1)", "\\[x\\](1)"), ("\\[x](1)", "\\\\\\[x\\](1)"), ("{0}", "{{0}}"),
  ])
  func message(_ text: String, _ escaped: String) throws {
    var json = JSONWriter()
    json.write(SARIFText.message(text))
    #expect(try JSONValue(json.text)["text"] == .string(escaped))
  }

  /// Levels are those of urgency; what is ignored isn't there; severities are the scores'.
  @Test func tellsWhatIsThere() throws {
    let run = try Self.run(Scenario.findings.report())
    let results = run["results"]?.items ?? []
    #expect(
      results.compactMap { $0["level"]?.text }
        == ["error", "error", "error", "error", "warning", "warning", "warning", "note", "note", "note"])
    #expect(!results.contains { $0["ruleId"] == .string("GHSA-dddd-eeee-ffff") })
    var severities: [String: String] = [:]
    for rule in run["tool"]?["driver"]?["rules"]?.items ?? [] {
      severities[rule["id"]?.text ?? ""] = rule["properties"]?["security-severity"]?.text
    }
    #expect(severities == ["MAL-2026-77": "10.0", "GHSA-aaaa-bbbb-cccc": "9.5"])
    let scored = try Self.run(Scenario.bill.report())["tool"]?["driver"]?["rules"]?.items.first
    #expect(scored?["properties"]?["security-severity"] == .string("5.4"))
    let uri = try Self.run(Scenario.bill.report())["results"]?.items[0]["locations"]?.items[0][
      "physicalLocation"]
    #expect(uri?["artifactLocation"]?["uri"] == .string("shop/requirements.txt"))
  }

  private static func fingerprints(_ pins: [PinFacts]) throws -> [String] {
    let lock = CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(try Facts.projects(pins)).assess(LockFacts(pins: pins)))
    let report = CheckReport(locks: [lock], checkedAt: Facts.now, moments: .utc)
    return try run(report)["results"]?.items.compactMap {
      $0["partialFingerprints"]?["primaryLocationLineHash"]?.text
    } ?? []
  }

  /// An alert stays the same where its line moves and where the pin is raised and is no better for it.
  @Test func fingerprintsOutliveLines() throws {
    let advisory = [try Facts.advisory("GHSA-1", .high)]
    let before = try Self.fingerprints([try Facts.pin("a", "1.0", line: 3, advisory)])
    #expect(try before == Self.fingerprints([Facts.pin("a", "1.1", line: 9, advisory)]))
    #expect(try before != Self.fingerprints([Facts.pin("b", "1.0", line: 3, advisory)]))
    let twice = try Self.fingerprints([3, 4].map { try Facts.pin("a", "1.0", line: $0, advisory) })
    #expect(twice.map { $0.suffix(2) } == [":1", ":2"] && twice[0] == before[0])
  }

  @Test func pastTheLimitTheLeastUrgentIsLeftOut() throws {
    let lock = try #require(Scenario.findings.report().locks.first)
    let report = CheckReport(locks: Array(repeating: lock, count: 3), checkedAt: Facts.now, moments: .utc)
    for (limit, more) in [(25, 5), (30, 0), (14, 16)] {
      let run = try Self.run(report, mostResults: limit)
      let results = run["results"]?.items ?? []
      #expect(results.count == limit)
      #expect(results.count { $0["level"] == .string("error") } == 12)
      #expect(results.count { $0["level"] == .string("warning") } == min(9, limit - 12))
      let notifications = run["invocations"]?.items[0]["toolExecutionNotifications"]?.items ?? []
      let last = notifications.last?["message"]?["text"]?.text ?? ""
      #expect(last.hasSuffix("aren't shown") == (more > 0))
      if more > 0 { #expect(last == "\(more) more results aren't shown") }
    }
  }
}
