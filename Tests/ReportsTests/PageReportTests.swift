import PythonPackaging
import Subprocess
import Testing
import UpdatePolicy

@testable import Reports

@Suite("The page of a report") struct PageReportTests {
  @Test(arguments: PageScenario.allCases) func looksAsRecorded(_ scenario: PageScenario) throws {
    let html = try scenario.report().html()
    #expect(html == (try scenario.report().html()))
    try Golden.expect("page-\(scenario.rawValue)", html, type: "html")
  }

  @Test func everyRecordIsOfAScenario() throws {
    #expect(try Golden.names(type: "html") == PageScenario.allCases.map { "page-\($0.rawValue)" }.sorted())
  }

  // MARK: Nothing from outside is obeyed

  @Test(arguments: Hostile.texts) func hostileTextsAreText(_ text: String) throws {
    for locks in [1, 2, 3] {
      let html = try PageScenario.hostile(text, locks: locks).html()
      #expect(!html.contains("secret"))
      // No runner of a workflow takes a line of it for a command.
      let lines = html.unicodeScalars.split(separator: "\n")
      #expect(!html.contains("##") && lines.allSatisfy { $0.first != ":" })
      #expect(html.unicodeScalars.allSatisfy { $0 == "\n" || PrintableText.isPrintable($0) })
      let root = try MarkupReader.read(html)
      try Self.expectSafe(root)
      let path = OutsideText.path(text)
      let shown = String(
        String.UnicodeScalarView(path.unicodeScalars.map { $0.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : $0 }))
      #expect(root.everything.contains { Array($0.text.unicodeScalars) == Array(shown.unicodeScalars) })
    }
  }

  @Test(arguments: PageScenario.allCases) func pagesAreWellFormed(_ scenario: PageScenario) throws {
    try Self.expectSafe(try MarkupReader.read(try scenario.report().html()))
  }

  /// The only elements and attributes are ours, nothing runs but our script, and links lead to the web or within the page.
  private static func expectSafe(_ root: MarkupReader.Element) throws {
    let elements: Set = [
      "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "h1", "h2",
      "p", "dl", "dt", "dd", "div", "span", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
      "code", "b", "i", "a", "details", "summary", "figure", "figcaption", "svg", "path", "rect", "label",
      "input", "output", "script",
    ]
    let attributes: Set = [
      "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "rel", "title", "hidden",
      "for", "type", "autocomplete", "placeholder", "role", "tabindex", "scope", "open", "viewBox",
      "preserveAspectRatio", "d", "x", "width", "reversed", "start",
    ]
    var ids: Set<String> = []
    for element in root.everything {
      #expect(elements.contains(element.name), "\(element.name)")
      for (key, value) in element.attributes {
        #expect(
          attributes.contains(key) || key.hasPrefix("data-") || key.hasPrefix("aria-"), "\(key)=\(value)")
      }
      if let id = element["id"] { #expect(ids.insert(id).inserted, "\(id) is there twice") }
      guard let address = element["href"] else { continue }
      if address.unicodeScalars.first == "#" { continue }
      #expect(address.lowercased().hasPrefix("https://") || address.lowercased().hasPrefix("http://"))
      #expect(element["rel"] == "noreferrer noopener")
    }
    #expect(root.all("script").map(\.text) == [PageScript.text])
    #expect(root.all("style").map(\.text) == [PageStyle.text])
    // Every place of a header has its scope, and every table a label.
    #expect(root.all("th").allSatisfy { $0["scope"] != nil })
    #expect(root.all("table").allSatisfy { $0["aria-label"]?.isEmpty == false })
  }

  @Test(arguments: [
    ("https://a.example/x?y=1&z=2#t", true), ("http://a.example", true), ("HTTPS://A.example/", true),
    ("https://", false), ("javascript:alert(1)", false), ("data:text/html,x", false), ("//a.example", false),
    (" https://a.example", false), ("https://a.example/ b", false), ("https://u:p@a.example", false),
    ("https://a.example/\u{202E}", false), ("https://ä.example/", false), ("https:a.example", false),
    ("https://a.example/\"x", false), ("ftp://a.example", false), ("", false),
    ("https://a.example/" + String(repeating: "a", count: 2_000), false),
  ])
  func addresses(_ text: String, _ isOne: Bool) {
    #expect(HTMLText.address(text) == (isOne ? text : nil))
    let writer = HTMLWriter()
    writer.link("x", to: text)
    #expect(writer.html.hasPrefix("<a href=") == isOne && (isOne || writer.html == "x"))
  }

  @Test(
    arguments: [
      ("plain 1.0", "plain 1.0"), ("<a href=\"'&#", "&#60;a href=&#34;&#39;&#38;&#35;"), ("日本", "日本"),
      ("a\u{0}\u{1b}\u{202E}\u{FFFF}\u{1FFFE}", "a" + String(repeating: "\u{FFFD}", count: 5)),
      (Unicode.Scalar(UInt32(0xFDD0)).map { String($0) } ?? "", "\u{FFFD}"),
      ("\u{301}>", "\u{301}&#62;"), ("", ""),
    ] as [(String, String)])
  func escapes(_ text: String, _ expected: String) {
    #expect(Array(HTMLText.escaped(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  // MARK: The policy of contents

  @Test(arguments: [(PageStyle.text, PageStyle.hash), (PageScript.text, PageScript.hash)])
  func hashIsOfTheText(_ text: String, _ hash: String) async throws {
    #expect(text.utf8.count < 8_192)
    let program = """
      import base64, hashlib, sys
      digest = hashlib.sha256(sys.stdin.buffer.read()).digest()
      print(base64.b64encode(digest).decode(), end="")
      """
    let result = try await Subprocess.run(
      .name("python3"), arguments: ["-c", program], input: .array(Array(text.utf8)),
      output: .string(limit: 1_000), error: .string(limit: 10_000))
    try #require(result.terminationStatus.isSuccess, "\(result.standardError)")
    #expect(result.standardOutput == hash)
  }

  @Test func policyLetsNothingElseIn() throws {
    let root = try MarkupReader.read(try PageScenario.dashboard.report().html())
    let policy = root.all("meta").first { $0["http-equiv"] == "Content-Security-Policy" }?["content"]
    #expect(
      policy
        == "default-src 'none'; style-src 'sha256-\(PageStyle.hash)'; script-src 'sha256-\(PageScript.hash)'; "
        + "base-uri 'none'; form-action 'none'")
  }

  // MARK: The numbers are those of the document

  /// Cells of a table by the members of their columns, as the document has them.
  private static func rows(_ table: MarkupReader.Element) throws -> [[String: String]] {
    let keys = table.all("thead")[0].all("th").compactMap { $0["data-k"] }
    return try table.all("tbody")[0].all("tr").map { row in
      try #require(row.children.count == keys.count)
      return Dictionary(
        uniqueKeysWithValues: zip(keys, row.children.map { $0["data-v"] ?? $0.text }))
    }
  }

  private static func section(_ key: String, _ root: MarkupReader.Element) -> MarkupReader.Element? {
    root.everything.first { $0["data-section"] == key }
  }

  private static func expect(
    _ row: [String: String], _ members: [String], equal document: JSONValue?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for member in members {
      let shown = row[member]
      switch document?[member] {
      case .number(let number):
        #expect(shown.flatMap(Double.init) == number, "\(member)", sourceLocation: sourceLocation)
      case .string(let text): #expect(shown == text, "\(member)", sourceLocation: sourceLocation)
      default: #expect(shown == "", "\(member)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test func numbersOfOneLockfile() throws {
    let report = try PageScenario.dashboard.report()
    let root = try MarkupReader.read(report.html())
    let document = try JSONValue(report.check.json())
    let lock = try #require(document["lockfiles"]?.items.first)
    let header = root.all("header")[0]
    #expect(document["verdict"] == header["data-verdict"].map(JSONValue.string))
    #expect(document["summary"] == root.all("p").first { $0["class"] == "lead" }.map { .string($0.text) })
    var facts: [String: String] = [:]
    for fact in header.all("dd") { if let key = fact["data-k"] { facts[key] = fact["data-v"] ?? fact.text } }
    Self.expect(
      facts, ["pins", "unchecked", "libyears", "releasesBehind", "mostDaysBehind", "oldestPinSeconds"],
      equal: lock["totals"])
    Self.expect(facts, ["now", "window", "noted", "ignored"], equal: lock["counts"])
    Self.expect(["seconds": facts["nextWindow"] ?? ""], ["seconds"], equal: document["nextWindow"])
    Self.expect(["seconds": facts["checkedAt"] ?? ""], ["seconds"], equal: document["checkedAt"])

    let findings = try Self.rows(try #require(Self.section("findings", root)).all("table")[0])
    let found = lock["findings"]?.items ?? []
    #expect(findings.count == found.count && found.count == 11)
    for (row, finding) in zip(findings, found) {
      Self.expect(row, ["package", "version", "text"], equal: finding)
      Self.expect(["seconds": row["firstSeen"] ?? ""], ["seconds"], equal: finding["firstSeen"])
      #expect(row["fix"] == (finding["fix"] ?? finding["newest"])?.text ?? "")
      let urgencies = ["now", "window", "noted", "ignored"]
      #expect(row["urgency"].flatMap(Int.init).map { urgencies[$0] } == finding["urgency"]?.text)
    }

    let pins = try Self.rows(try #require(Self.section("pins", root)).all("table")[0])
    let known = lock["pins"]?.items ?? []
    #expect(pins.count == known.count && pins.count == 10)
    for row in pins {
      let pin = known.first { $0["package"]?.text == row["package"] }
      Self.expect(
        row,
        [
          "package", "version", "newest", "daysBehind", "releasesBehind", "libyears", "pinAgeSeconds",
          "releaseAgeSeconds",
        ], equal: pin)
      let kinds = found.filter { $0["package"] == pin?["package"] }.compactMap { $0["kind"]?.text }
      #expect(Set(kinds) == Set((row["findings"] ?? "").split(separator: ", ").map(String.init)))
    }
    let bars = try #require(Self.section("ages", root)).all("dd")
    #expect(bars.compactMap { Int($0.text) }.reduce(0, +) == pins.count)
  }

  @Test func numbersOfManyLockfiles() throws {
    let report = try PageScenario.many.report()
    let root = try MarkupReader.read(report.html())
    let document = try JSONValue(report.check.json())
    let locks = document["lockfiles"]?.items ?? []
    let rows = try Self.rows(try #require(Self.section("lockfiles", root)).all("table")[0])
    #expect(rows.count == locks.count && rows.count == 30)
    for row in rows {
      let lock = try #require(locks.first { $0["path"]?.text == row["path"] })
      Self.expect(row, ["now", "window", "noted", "ignored"], equal: lock["counts"])
      Self.expect(
        row, ["pins", "libyears", "releasesBehind", "mostDaysBehind", "oldestPinSeconds"],
        equal: lock["totals"])
      let verdict = CheckVerdict.allCases.first { $0.rank == row["verdict"].flatMap(Int.init) }
      #expect(verdict.map { .string($0.rawValue) } == lock["verdict"])
    }
    // The places that links lead to are there.
    let ids = Set(root.everything.compactMap { $0["id"] })
    for link in root.all("a") {
      if let address = link["href"], address.hasPrefix("#") {
        #expect(ids.contains(String(address.dropFirst())))
      }
    }
    let each = try #require(Self.section("each", root))
    #expect(each.children.filter { $0.name == "details" }.count == 30)
  }

  /// The libyears of a lockfile are those that its history has.
  @Test func trendIsOfTheHistory() throws {
    let report = try PageScenario.dashboard.report()
    let figure = try MarkupReader.read(report.html()).all("figure")[0]
    let history = HistoryReport(
      lockfiles: [LockHistory(path: "a", pins: [], trend: report.backgrounds[0].trend)], at: Facts.now,
      moments: .utc)
    let points = try JSONValue(history.json())["lockfiles"]?.items[0]["trend"]?.items ?? []
    let numbers = points.map { point -> Double in
      guard case .number(let number) = point["libyears"] else { return -1 }
      return number
    }
    #expect(numbers.count == 12)
    #expect(figure["data-libyears"].flatMap(Double.init) == numbers.last)
    #expect(figure["data-most"].flatMap(Double.init) == numbers.max())
  }

  @Test(
    arguments: [
      ([], []),
      ([[(1, 5), (3, 2)]], [(1, 5), (3, 2)]),
      ([[(1, 5), (3, 2)], [(2, 10), (3, 20)]], [(1, 5), (2, 15), (3, 22)]),
      ([[(1, 5)], [(1, 7)], []], [(1, 12)]),
      ([[(1, .max)], [(2, .max)]], [(1, 1 << 40), (2, 1 << 41)]),
      ([[(1, -4)], [(2, 3)]], [(1, 0), (2, 3)]),
    ] as [([[(Int64, Int64)]], [(Int64, Int64)])])
  func sumOfTrends(_ trends: [[(Int64, Int64)]], _ sum: [(Int64, Int64)]) {
    func points(_ pairs: [(Int64, Int64)]) -> [LockHistory.TrendPoint] {
      pairs.map { .init(at: $0.0, libyearSeconds: $0.1) }
    }
    #expect(LockHistory.TrendPoint.sum(trends.map(points)) == points(sum))
  }

  // MARK: What isn't known, and what is too much

  @Test func nothingIsKnown() throws {
    let empty = try MarkupReader.read(PageScenario.empty.report().html())
    #expect(empty.all("table").isEmpty && empty.all("details").isEmpty && empty.all("svg").isEmpty)
    #expect(empty.text.contains("no lockfile was checked"))
    let root = try MarkupReader.read(PageScenario.clean.report().html())
    #expect(root.text.contains("how many libyears there were before isn't known"))
    #expect(Self.section("tree", root)?.text == "Dependency tree: nothing is known")
    #expect(Self.section("timelines", root)?.text == "Timelines: nothing is known")
    #expect(Self.section("findings", root) == nil)
  }

  /// More than a page shows is counted.
  @Test func longReportsAreCut() throws {
    let pins = try (0..<2_100).map { try Facts.pin("package-\($0)", "1.0", line: $0 + 1, yanked: "broken") }
    let lock = CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(try Facts.projects(pins)).assess(LockFacts(pins: pins)),
      unchecked: (0..<250).map { UncheckedPin(name: nil, text: "-e ./\($0)", reason: .editable) })
    let stay = LockHistory.Stay(version: try Version("1.0"), from: 5, until: 6)
    let origins = try (0..<3_300).map { index in
      PinOrigin(package: try PackageName("package-\(index)"), inputs: ["-r requirements.in"])
    }
    let background = LockBackground(
      timelines: try (0..<510).map {
        PackageTimeline(
          package: try PackageName("package-\($0)"), stays: Array(repeating: stay, count: 70))
      }, origins: origins)
    let report = PageReport(
      check: CheckReport(locks: [lock], checkedAt: Facts.now, moments: .utc), backgrounds: [background])
    let root = try MarkupReader.read(report.html())
    let findings = try #require(Self.section("findings", root))
    #expect(findings.all("tbody")[0].children.count == 2_000)
    let more = root.all("p").filter { $0["class"] == "more" }.map(\.text)
    #expect(more.contains("and 100 more findings; `--format json` has all of them"))
    #expect(more.contains("and 100 more pins; `--format json` has all of them"))
    #expect(more.contains("and 50 more"))
    #expect(more.contains("and 10 more packages; `--format json` has all of them"))
    #expect(more.filter { $0 == "and 10 before" }.count == 500)
    #expect(more.contains("and 301 more packages"))
  }

  @Test func manyLockfilesFit() throws {
    let lock = try Scenario.findings()
    let origins = lock.assessment.pins.map { PinOrigin(package: $0.package, inputs: ["-r requirements.in"]) }
    let report = PageReport(
      check: CheckReport(
        locks: Array(repeating: lock, count: 1_600), checkedAt: Facts.now, moments: try Facts.moments()),
      backgrounds: Array(repeating: LockBackground(origins: origins), count: 1_600))
    let html = report.html()
    #expect(html.utf8.count < 20 << 20)
    #expect(html.utf8.count > 1 << 20)
    #expect(html.contains("and 100 more lockfiles; `--format json` has all of them"))
  }
}
