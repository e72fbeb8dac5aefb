import Testing

@testable import Reports
@testable import UpdatePolicy

/// What the published schema of CycloneDX 1.6 can't tell, and what it says of the members that are written;
/// scripts/validate-reports asks the schema itself.
@Suite("The bill of materials is what CycloneDX asks for") struct CycloneDXTests {
  private static func document(_ report: CheckReport, at timestamp: Int64? = nil) throws -> JSONValue {
    try JSONValue(report.cyclonedx(programVersion: "1.0", timestamp: timestamp))
  }

  @Test(arguments: GitLabReportTests.reports) func isValid(_ source: GitLabReportTests.Source) throws {
    let report = try source.report()
    let document = try Self.document(report)
    #expect(document["bomFormat"] == .string("CycloneDX") && document["specVersion"] == .string("1.6"))
    let known: Set = [
      "$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata", "components",
      "dependencies",
      "vulnerabilities", "compositions",
    ]
    #expect(document.keys.isSubset(of: known))
    let serial = try #require(document["serialNumber"]?.text)
    #expect(
      serial.hasPrefix("urn:uuid:")
        && serial.dropFirst(9).split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    var references: [String] = []
    let root = document["metadata"]?["component"]
    #expect((root != nil) == (report.locks.count == 1))
    for component in (document["components"]?.items ?? []) + (root.map { [$0] } ?? []) {
      #expect(["library", "application"].contains(component["type"]?.text))
      #expect(component["name"]?.text != nil)
      references.append(try #require(component["bom-ref"]?.text))
      if let purl = component["purl"]?.text {
        #expect(purl.hasPrefix("pkg:pypi/") && !purl.contains("+") && !purl.contains("!"))
      }
      for hash in component["hashes"]?.items ?? [] {
        let digits = try #require(hash["content"]?.text)
        let length = ["MD5": 32, "SHA-1": 40, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128][
          hash["alg"]?.text ?? ""]
        #expect(digits.count == length && digits.allSatisfy(\.isHexDigit))
      }
    }
    #expect(Set(references).count == references.count)
    let targets = document["dependencies"]?.items ?? []
    #expect(Set(targets.compactMap { $0["ref"]?.text }).count == targets.count)
    for dependency in targets {
      let asked = dependency["dependsOn"]?.items.compactMap(\.text) ?? []
      #expect(Set(asked).count == asked.count)
      let named = Set(asked + [dependency["ref"]?.text ?? ""])
      #expect(named.isSubset(of: references))
    }
    for item in document["vulnerabilities"]?.items ?? [] {
      #expect(item["id"]?.text?.isEmpty == false)
      #expect(["NVD", "GITHUB", "OSV"].contains(item["source"]?["name"]?.text))
      let ratings = item["ratings"]?.items ?? []
      #expect(ratings.count == 1)
      #expect(["critical", "high", "medium", "low", "unknown"].contains(ratings.first?["severity"]?.text))
      let affected = item["affects"]?.items.compactMap { $0["ref"]?.text } ?? []
      #expect(affected.count == 1 && Set(affected).isSubset(of: references))
    }
    for composition in document["compositions"]?.items ?? [] {
      let named = Set(composition["dependencies"]?.items.compactMap(\.text) ?? [])
      #expect(named.isSubset(of: references))
    }
  }

  @Test(arguments: Hostile.texts) func hostileTextsAreData(_ text: String) throws {
    let document = try Self.document(Hostile.report(text))
    let components = document["components"]?.items ?? []
    // Eight pins and one that can't be checked.
    #expect(components.count == 9)
    let path = OutsideText.path(text)
    for component in components {
      let places = component["evidence"]?["occurrences"]?.items ?? []
      #expect(places.first?["location"] == .string(path.isEmpty ? "lockfile" : path))
    }
    let advisory = try #require(document["vulnerabilities"]?.items.first)
    #expect(advisory["id"] == .string(text.isEmpty ? "unknown" : OutsideText.name(text)))
    #expect(components.allSatisfy { $0["hashes"] == nil })
  }

  /// A vulnerable pin that is ignored is told of, with the reason and the day, and nobody says that it isn't affected.
  @Test func ignoresAreTriaged() throws {
    let items = try Self.document(Scenario.bill.report())["vulnerabilities"]?.items ?? []
    #expect(items.map { $0["id"]?.text } == ["CVE-2026-1001", "GHSA-dddd-eeee-ffff"])
    #expect(items.first?["analysis"] == nil)
    #expect(
      items.last?["analysis"]
        == .object([
          "state": .string("in_triage"), "detail": .string("ignored until 2026-12-31: we open no images"),
        ]))
    #expect(items.first?["recommendation"] == .string("Update jinja2 to 3.1.6."))
    #expect(
      items.first?["ratings"]?.items == [.object(["score": .number(5.4), "severity": .string("medium")])])
    #expect(
      items.first?["references"]?.items == [
        .object(["id": .string("GHSA-aaaa-bbbb-cccc"), "source": .object(["name": .string("GITHUB")])])
      ])
  }

  @Test func whoAsksForWhatIsOfAllLockfiles() throws {
    let document = try Self.document(Scenario.bill.report())
    var edges: [String: [String]] = [:]
    for item in document["dependencies"]?.items ?? [] {
      edges[item["ref"]?.text ?? ""] = item["dependsOn"]?.items.compactMap(\.text) ?? []
    }
    let jinja = "pkg:pypi/jinja2@3.1.2%2Blocal.1"
    #expect(
      edges == [
        "lockfile-1": ["pkg:pypi/flask@3.0.0", "pkg:pypi/pillow@10.0.0", "unchecked-1"],
        "lockfile-2": ["pkg:pypi/pillow@10.0.0", "unchecked-1"],
        "unchecked-1": ["pkg:pypi/flask@3.0.0"], "pkg:pypi/flask@3.0.0": [jinja], jinja: [],
        "pkg:pypi/pillow@10.0.0": [],
      ])
    let flask = try #require(document["components"]?.items.first { $0["name"] == .string("flask") })
    #expect(flask["hashes"]?.items.count == 1)
    #expect(
      flask["evidence"]?["occurrences"]?.items.compactMap { $0["location"]?.text }
        == ["shop/requirements.txt", "shop/tests/requirements.txt"])
  }

  /// Where a lockfile doesn't tell, nothing is said.
  @Test func unknownEdgesAreLeftOut() throws {
    var lock = try #require(Scenario.bill.report().locks.first)
    let bare = lock.details?.map { PinDetail(package: $0.package, version: $0.version) }
    let cases: [[PinDetail]?] = [nil, [], bare]
    for details in cases {
      lock.details = details
      let report = CheckReport(locks: [lock], checkedAt: Facts.now, moments: .utc)
      #expect(try Self.document(report)["dependencies"] == nil)
    }
  }

  /// The same report has the same bytes; another moment or content, another serial number.
  @Test func serialNumbersAreMadeOfContent() throws {
    let report = try Scenario.bill.report()
    let first = try Self.document(report)
    #expect(try first == Self.document(report))
    let later = try Self.document(report, at: Facts.now + 1)
    #expect(later["metadata"]?["timestamp"] == .string("2026-11-30T09:00:01Z"))
    #expect(first["metadata"]?["timestamp"] == .string("2026-11-30T09:00:00Z"))
    let other = try Self.document(Scenario.clean.report())
    #expect(Set([first, later, other].map { $0["serialNumber"]?.text }).count == 3)
  }

  /// What else is wrong with a pin stands beside it.
  @Test func otherFindingsAreProperties() throws {
    let document = try Self.document(Scenario.findings.report())
    let numpy = try #require(document["components"]?.items.first { $0["name"] == .string("numpy") })
    #expect(
      numpy["properties"]?.items.compactMap { $0["name"]?.text } == ["repin:stale", "repin:pin-age"])
    let unread = try Self.document(Scenario.files.report())
    #expect(unread["compositions"]?.items.first?["aggregate"] == .string("incomplete"))
  }
}
