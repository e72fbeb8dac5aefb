import PythonPackaging
import Testing

@testable import Advisories
@testable import JSONReading

/// What is read of a record, and what is passed over.
@Suite struct AdvisoryRecordTests {
  @Test func readsEveryMember() throws {
    let record = try record(
      """
      {"schema_version": "1.7.2", "id": "GHSA-abcd-2345-efgh", "modified": "2024-02-29T12:00:00.9Z",
       "published": "1969-12-31T23:59:59.5Z", "withdrawn": "2024-03-01T00:00:00+01:00",
       "aliases": ["CVE-2024-1", "PYSEC-2024-1"], "related": ["CVE-2024-2"],
       "summary": "One\\n line \\u001b[31m\\u202eof text", "details": "# Title\\n\\ntext",
       "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}, {"type": "Ubuntu", "score": "low"}, 7, {"type": "x"}],
       "references": [{"type": "FIX", "url": "https://example.com/fix"}, {"type": "?", "url": "http://example.com"},
         {"type": "WEB", "url": "javascript:alert(1)"}, {"url": "https://example.com/a b"}, {"type": "WEB"}, null],
       "database_specific": {"severity": "MODERATE", "cwe_ids": [1]}, "credits": [{}],
       "affected": [
         {"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}]},
                     {"type": "GIT", "repo": "r", "events": [{"introduced": "0"}]}],
          "versions": ["1.0.0", "1.0", "0.9"], "severity": [{"type": "CVSS_V4", "score": "v"}],
          "package": {"ecosystem": "PyPI", "name": "Foo_.Bar", "purl": "p"}},
         {"package": {"ecosystem": "PyPI:https://index.example", "name": "foo-bar"}, "versions": ["2.0", "1.0"]},
         {"package": {"ecosystem": "npm", "name": "foo-bar"}, "versions": ["3.0", "not one"]},
         {"package": {"ecosystem": "PyPIx", "name": "foo-bar"}, "versions": ["4.0"]},
         {"versions": ["5.0"]}]}
      """)
    #expect(record.id.description == "GHSA-abcd-2345-efgh")
    #expect(record.modified == 1_709_208_000 && record.published == -1 && record.withdrawn == 1_709_247_600)
    #expect(record.isWithdrawn)
    #expect(record.aliases.map(\.description) == ["CVE-2024-1", "PYSEC-2024-1"])
    #expect(record.summary == "One line \u{FFFD}[31m\u{FFFD}of text")
    #expect(record.details == "# Title\n\ntext" && !record.isDetailsCut)
    #expect(record.severities.map(\.text) == ["CVSS:3.1/AV:N", "low"])
    #expect(record.databaseSeverity == "MODERATE")
    #expect(
      record.references == [
        .init(type: "FIX", url: "https://example.com/fix"), .init(type: "WEB", url: "http://example.com"),
      ])
    #expect(
      try record.affected == [
        PackageName("foo-bar"): AffectedPackage(
          versions: [Version("0.9"), Version("1.0"), Version("2.0")],
          ranges: [AffectedRange([.introduced(nil), .fixed(Version("1.2"))])],
          severities: [SeverityVector(type: "CVSS_V4", text: "v")])
      ])
    #expect(record.skipped == AdvisoryRecord.Skipped())
  }

  /// By what a record says of its package, the package it is read as being about.
  @Test(
    arguments: [
      (#"{"ecosystem": "PyPI", "name": "A.b"}"#, "a-b"), (#"{"ecosystem": "pypi", "name": "a"}"#, "a"),
      (#"{"ecosystem": "PYPI:https://index.example", "name": "a"}"#, "a"),
      (#"{"ecosystem": "pypix", "name": "a"}"#, nil),
      (#"{"ecosystem": "npm", "name": "a", "purl": "pkg:pypi/a"}"#, nil),
      (#"{"ecosystem": "", "name": "a"}"#, nil), (#"{"name": "a"}"#, nil),
      (#"{"purl": "pkg:pypi/A_b"}"#, "a-b"), (#"{"name": "c", "purl": "PKG:PyPI/a@1.0?x=y#z"}"#, "a"),
      (#"{"purl": "pkg:npm/a"}"#, nil), (#"{"purl": "pkg:pypi"}"#, nil), (#"{"purl": "a"}"#, nil),
    ] as [(String, String?)])
  func `whom an entry is for`(package: String, name: String?) throws {
    let record = try record(
      #"{"id": "P-1", "modified": "2024-01-01T00:00:00Z", "affected": [{"versions": ["1"], "package": \#(package)}]}"#
    )
    #expect(record.affected.keys.map(\.normalized) == [name].compactMap(\.self))
    #expect(record.skipped == AdvisoryRecord.Skipped())
  }

  /// A package of the ecosystem whose name is none is counted.
  @Test(arguments: [#"{"purl": "pkg:pypi/"}"#, #"{"purl": "pkg:pypi/%41"}"#, #"{"ecosystem": "pypi"}"#])
  func `whose name is none`(package: String) throws {
    let record = try record(
      #"{"id": "P-1", "modified": "2024-01-01T00:00:00Z", "affected": [{"versions": ["1"], "package": \#(package)}]}"#
    )
    #expect(record.affected.isEmpty && record.skipped.packages == 1)
  }

  struct SkipCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let entry: String
    let skipped: [Int]
    let versions: Int
    let events: Int

    /// - Parameter skipped: versions, events, ranges, packages, others
    init(_ words: String, _ entry: String, _ skipped: [Int], versions: Int = 0, events: Int = 0) {
      testDescription = words
      self.entry = entry
      self.skipped = skipped
      self.versions = versions
      self.events = events
    }
  }

  static let skips: [SkipCase] = [
    SkipCase("no versions at all", #""versions": null, "ranges": {}"#, [0, 0, 0, 0, 0]),
    SkipCase(
      "versions that are none", #""versions": ["1.0", "", "x", 1, null, "1.0"]"#, [4, 0, 0, 0, 0], versions: 1
    ),
    SkipCase("an escaped version", #""versions": ["\u0031.0"]"#, [0, 0, 0, 0, 0], versions: 1),
    SkipCase(
      "the last of two members", #""versions": ["x"], "versions": ["1.0"]"#, [0, 0, 0, 0, 0], versions: 1),
    SkipCase(
      "events that are none",
      #""ranges": [{"type": "SEMVER", "events": [{"introduced": "?"}, {"fixed": "1"}, {"x": "1"}, {}, 3, {"fixed": 2}]}]"#,
      [0, 5, 0, 0, 0], events: 1),
    SkipCase(
      "several members in one event",
      #""ranges": [{"events": [{"introduced": "0", "fixed": "1"}, {"introduced": "2", "fixed": "?"}], "type": "SEMVER"}]"#,
      [0, 1, 0, 0, 0], events: 3),
    SkipCase(
      "ranges of other types",
      #""ranges": [{"type": "NEW", "events": [{"introduced": "0"}]}, {}, 1, {"type": "GIT", "events": [{"introduced": "?"}]}]"#,
      [0, 0, 3, 0, 0]),
    SkipCase(
      "no limit",
      #""ranges": [{"type": "SEMVER", "events": [{"introduced": "1"}, {"limit": "*"}, {"limit": "2"}]}]"#,
      [0, 0, 0, 0, 0], events: 1),
  ]

  @Test(arguments: skips) func passesOver(_ row: SkipCase) throws {
    let record = try record(
      """
      {"id": "A-1", "modified": "2024-01-01T00:00:00Z", "affected": [{"package": {"ecosystem": "PyPI", "name": "a"}, \(row.entry)}]}
      """)
    let skipped = record.skipped
    #expect(
      [skipped.versions, skipped.events, skipped.ranges, skipped.packages, skipped.others] == row.skipped)
    #expect(skipped.total == row.skipped.reduce(0, +))
    let package = try #require(try record.affected[PackageName("a")])
    #expect(package.versions.count == row.versions)
    #expect(package.ranges.reduce(0) { $0 + $1.events.count } == row.events)
    #expect(package.ranges.allSatisfy { $0.limit == nil })
  }

  @Test func countsNamesAndIdsThatAreNone() throws {
    let record = try record(
      """
      {"id": "A-1", "modified": "2024-01-01T00:00:00Z", "withdrawn": "yesterday", "published": 5,
       "aliases": ["", "a b", 1, "CVE-1", "../x"],
       "affected": [{"package": {"ecosystem": "PyPI", "name": "-"}}, {"package": {"ecosystem": "PyPI"}}, {"package": 1}, 7]}
      """)
    #expect(record.skipped.packages == 2 && record.skipped.others == 5)
    #expect(!record.isWithdrawn && record.published == nil && record.affected.isEmpty)
    #expect(record.aliases.map(\.description) == ["CVE-1"])
  }

  @Test func cutsLongTexts() throws {
    let record = try record(
      """
      {"id": "A-1", "modified": "2024-01-01T00:00:00Z", "summary": "\(String(repeating: "ä", count: 600))",
       "details": "x\(String(repeating: "€", count: 30_000))",
       "severity": [{"type": "CVSS_V3", "score": "\(String(repeating: "A", count: 600))"}],
       "references": [{"type": "WEB", "url": "https://\(String(repeating: "a", count: 3_000))"}],
       "database_specific": {"severity": "\(String(repeating: "A", count: 33))"}}
      """)
    #expect(record.summary == String(repeating: "ä", count: 500) + "…")
    #expect(record.isDetailsCut)
    // 65 536 bytes would end in the second byte of a sign of three.
    #expect(record.details == "x" + String(repeating: "€", count: 21_845))
    #expect(record.severities.isEmpty && record.references.isEmpty && record.databaseSeverity == nil)
  }

  struct ErrorCase: CustomTestStringConvertible, Sendable {
    let json: String
    let id: String?
    let reason: AdvisoryRecordError.Reason
    let message: String
    var testDescription: String { String(json.prefix(80)) }

    /// `⇥` in the text marks the place of the fault.
    init(_ json: String, id: String? = nil, _ reason: AdvisoryRecordError.Reason, _ message: String) {
      self.json = json
      self.id = id
      self.reason = reason
      self.message = message
    }
  }

  static let moment = "2024-01-01T00:00:00Z"
  static let errors: [ErrorCase] = [
    ErrorCase(
      "⇥", .json(.init(offset: 0, found: .end, expected: .object)),
      "is no OSV record in JSON: expected an object, found the end"),
    ErrorCase(
      "⇥[]", .json(.init(offset: 0, found: .byte(0x5B), expected: .object)),
      "is no OSV record in JSON: expected an object, found `[`"),
    ErrorCase(
      #"{"id": "A-1"⇥"#, id: "A-1", .json(.init(offset: 12, found: .end, expected: .commaOrObjectEnd)),
      "is no OSV record in JSON: expected `,` or `}`, found the end"),
    ErrorCase(
      #"{"id":"A-1","modified":"\#(moment)"} ⇥x"#, id: "A-1",
      .json(.init(offset: 47, found: .byte(0x78), expected: .end)),
      "is no OSV record in JSON: expected the end, found `x`"),
    ErrorCase(#"{"modified":"\#(moment)"}⇥"#, .noID, "has no `id`"),
    ErrorCase(#"{"id":null,"modified":"\#(moment)"}⇥"#, .noID, "has no `id`"),
    ErrorCase(
      #"{"id":"⇥../a","modified":"\#(moment)"}"#, .id("../a"), "has an `id` that can't be one: `../a`"),
    ErrorCase(
      #"{"id":"⇥a\u001bb","modified":"\#(moment)"}"#, .id("a\u{1B}b"),
      "has an `id` that can't be one: `a\u{FFFD}b`"),
    ErrorCase(#"{"id":"A-1"}⇥"#, id: "A-1", .noModified, "has no `modified`"),
    ErrorCase(
      #"{"id":"A-1","modified":"⇥2024"}"#, id: "A-1", .modified("2024"),
      "has `modified` as `2024`; expected a moment like `2026-01-31T09:30:00Z`"),
    ErrorCase(
      #"{"schema_version":"⇥2.0.0","id":"A-1","modified":"\#(moment)"}"#, id: "A-1", .schema("2.0.0"),
      "has schema version `2.0.0`; versions 1.x can be read"),
    ErrorCase(
      #"{"schema_version":⇥11.0,"id":"A-1","modified":"\#(moment)"}"#, id: "A-1", .schema("11.0"),
      "has schema version `11.0`; versions 1.x can be read"),
    ErrorCase(
      #"{"schema_version":"⇥","id":"A-1","modified":"\#(moment)"}"#, id: "A-1", .schema(""),
      "has schema version ``; versions 1.x can be read"),
  ]

  @Test(arguments: errors) func refuses(_ row: ErrorCase) throws {
    let parts = row.json.split(separator: "⇥", omittingEmptySubsequences: false)
    let error = #expect(throws: AdvisoryRecordError.self) { try record(parts.joined()) }
    #expect(error?.reason == row.reason)
    #expect(error?.offset == parts[0].utf8.count)
    #expect(error?.id?.description == row.id)
    #expect(error?.description == row.message)
  }

  struct CountCase: CustomTestStringConvertible, Sendable {
    let counted: AdvisoryRecordError.Counted
    let limit: Int
    let start: String
    let element: String
    let end: String
    var testDescription: String { counted.rawValue }
  }

  static let counts: [CountCase] = [
    CountCase(counted: .aliases, limit: 1_000, start: #""aliases":["#, element: #""A-2""#, end: "]"),
    CountCase(counted: .severities, limit: 1_000, start: #""severity":["#, element: "{}", end: "]"),
    CountCase(counted: .packages, limit: 20_000, start: #""affected":["#, element: "0", end: "]"),
    CountCase(
      counted: .versions, limit: 200_000,
      start: #""affected":[{"package":{"ecosystem":"PyPI","name":"a"},"versions":["#,
      element: #""1""#, end: "]}]"),
    CountCase(
      counted: .ranges, limit: 20_000,
      start: #""affected":[{"package":{"ecosystem":"PyPI","name":"a"},"ranges":["#,
      element: "0", end: "]}]"),
    CountCase(
      counted: .events, limit: 50_000,
      start: #""affected":[{"package":{"ecosystem":"PyPI","name":"a"},"ranges":[{"type":"SEMVER","events":["#,
      element: #"{"fixed":"1"}"#, end: "]}]}]"),
  ]

  @Test(arguments: counts) func boundsWhatItCounts(_ row: CountCase) throws {
    func json(_ count: Int) -> String {
      #"{"id":"A-1","modified":"\#(Self.moment)","# + row.start
        + Array(repeating: row.element, count: count).joined(separator: ",") + row.end + "}"
    }
    _ = try record(json(row.limit))
    let error = #expect(throws: AdvisoryRecordError.self) { try record(json(row.limit + 1)) }
    #expect(error?.reason == .tooMany(row.counted, limit: row.limit))
    #expect(error?.id?.description == "A-1")
    #expect(error?.description == "has more than \(row.limit) \(row.counted)")
  }

  @Test func unitesManyEntries() throws {
    let entries = (0..<20_000).map { number in
      #"{"package":{"ecosystem":"PyPI","name":"a"},"versions":["\#(20_000 - number)","1.\#(number)"]}"#
    }
    let record = try record(
      #"{"id":"A-1","modified":"\#(Self.moment)","affected":[\#(entries.joined(separator: ","))]}"#)
    let versions = try #require(try record.affected[PackageName("a")]).versions
    // `1` and `1.0` are one.
    #expect(versions.count == 39_999)
    #expect(zip(versions, versions.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func boundsTheWhole() throws {
    let json = #"{"id":"A-1","modified":"\#(Self.moment)"}"#
    let space = String(repeating: " ", count: AdvisoryRecord.Limit.bytes - json.utf8.count)
    #expect(try record(json + space).id == AdvisoryID("A-1"))
    let error = #expect(throws: AdvisoryRecordError.self) { try record(json + space + " ") }
    #expect(error?.reason == .tooLarge(bytes: 16_777_217, limit: 16_777_216))
  }

  @Test func survivesEveryCutAndEveryByte() {
    let json = Array(
      #"{"id":"A-1","modified":"\#(Self.moment)","aliases":["B-1"],"severity":[{"type":"a","score":"b"}],"affected":[{"package":{"ecosystem":"PyPI","name":"a"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"limit":"*"}]}],"versions":["1"]}]}"#
        .utf8)
    for end in 0..<json.count {
      #expect(throws: AdvisoryRecordError.self) { try AdvisoryRecord(json: Array(json[..<end])) }
    }
    var read = 0
    for index in json.indices {
      for byte in [0x00, 0x22, 0x5C, 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x30, 0xFF] as [UInt8] {
        var damaged = json
        damaged[index] = byte
        if let record = try? AdvisoryRecord(json: damaged) {
          read += 1
          #expect(record.affected.count <= 1)
        }
      }
    }
    #expect(read > 0)
  }
}

/// A record from its text.
func record(_ json: String) throws(AdvisoryRecordError) -> AdvisoryRecord {
  try AdvisoryRecord(json: Array(json.utf8))
}
