import PythonPackaging
import Testing

@testable import PackageIndex

@Suite("Project pages")
struct ProjectPageTests {
  enum Format: String, CaseIterable, Sendable {
    case json
    case html
  }

  private func sample(_ format: Format) throws -> ProjectPage {
    switch format {
    case .json: try SamplePage.page()
    case .html: try SamplePage.page(of: "a-b", html: SamplePage.html)
    }
  }

  @Test("Every fact on a page is read", arguments: Format.allCases)
  func facts(_ format: Format) throws {
    let page = try sample(format)
    let expected = try SamplePage.releases()
    #expect(page.project.normalized == "a-b")
    #expect((0..<page.versionCount).map { page.version(at: $0).description } == expected.map(\.version))
    for (index, release) in expected.enumerated() where index < page.versionCount {
      #expect(page.distributions(at: index) == release.files)
      let available = page.availability(at: index, through: PageCheck.sieve)
      #expect(available == release.files.map(PageCheck.availability))
      #expect(page.index(of: page.version(at: index)) == index)
    }
    #expect((0..<page.versionCount).map { page.isPreRelease(at: $0) } == [false, true, false])
    #expect((0..<page.versionCount).map { page.isYanked(at: $0) } == [false, true, false])
    #expect((0..<page.versionCount).map { page.hasWheel(at: $0) } == [true, true, false])
    #expect((0..<page.versionCount).map { page.hasSource(at: $0) } == [true, false, true])
    #expect(page.index(of: try Version("1.0.1")) == nil)
    #expect(page.status == ProjectStatus(marker: .archived, reason: "moved to c"))
    #expect(page.unreadableFilenames == 2)
    #expect(page.unusableFiles == 1)
    #expect(page.fileCount == 4)
    #expect(page.lastSerial == (format == .json ? 42 : nil))
  }

  @Test("The same facts make the same record, in either format and any order")
  func sameRecord() throws {
    let json = try SamplePage.page(
      of: "a-b", json: SamplePage.json.replacing("\"_last-serial\": 42, ", with: ""))
    let html = try SamplePage.page(of: "a-b", html: SamplePage.html)
    #expect(json.record == html.record)
    var names = ["a-1.0.tar.gz", "a-1.0-py3-none-any.whl", "a-1.0.0.zip", "a-2.0rc1.zip", "a-2.0.zip"]
    let record = try SamplePage.page(of: "a", files: names).record
    var random = SeededRandom(seed: 1)
    for _ in 0..<20 {
      names.shuffle(using: &random)
      #expect(try SamplePage.page(of: "a", files: names).record == record)
    }
  }

  struct Member: Sendable, CustomTestStringConvertible {
    let members: String
    let matches: @Sendable (Distribution) -> Bool
    var testDescription: String { members }

    init(_ members: String, _ matches: @escaping @Sendable (Distribution) -> Bool) {
      self.members = members
      self.matches = matches
    }
  }

  static let members: [Member] = [
    Member(#""yanked": "why""#) { $0.yanked == Distribution.Yank(reason: "why") },
    Member(#""yanked": true"#) { $0.yanked == Distribution.Yank(reason: nil) },
    Member(#""yanked": """#) { $0.yanked == nil },
    Member(#""yanked": false"#) { $0.yanked == nil },
    Member(#""yanked": null"#) { $0.yanked == nil },
    Member(#""yanked": "a\u001b[31m\u202eb\nc""#) { $0.yanked?.reason == "a [31m b c" },
    Member(#""yanked": " \n ""#) { $0.yanked == Distribution.Yank(reason: nil) },
    Member("\"yanked\": \"\(String(repeating: "é", count: 5000))\"") {
      $0.yanked?.reason == String(repeating: "é", count: 2048)
    },
    Member(#""core-metadata": true"#) { $0.coreMetadata == .present(sha256: nil) },
    Member(#""core-metadata": false"#) { $0.coreMetadata == .absent },
    Member(#""core-metadata": {}"#) { $0.coreMetadata == .present(sha256: nil) },
    Member(#""core-metadata": {"md5": "00"}"#) { $0.coreMetadata == .present(sha256: nil) },
    Member("\"core-metadata\": {\"sha256\": \"\(SamplePage.digest.uppercased())\"}") {
      $0.coreMetadata == .present(sha256: SamplePage.digest)
    },
    Member(#""core-metadata": {"sha256": "short"}"#) { $0.coreMetadata == .unknown },
    Member(#""core-metadata": 1"#) { $0.coreMetadata == .unknown },
    Member(#""dist-info-metadata": true"#) { $0.coreMetadata == .present(sha256: nil) },
    Member(#""dist-info-metadata": true, "core-metadata": false"#) { $0.coreMetadata == .absent },
    Member(#""core-metadata": false, "dist-info-metadata": true"#) { $0.coreMetadata == .absent },
    Member(#""requires-python": ">=3""#) { $0.requiresPython == ">=3" },
    Member(#""requires-python": "\u003e\u003d3""#) { $0.requiresPython == ">=3" },
    Member(#""requires-p\u0079thon": ">=3""#) { $0.requiresPython == ">=3" },
    Member(#""requires-python": """#) { $0.requiresPython == nil },
    Member(#""requires-python": null"#) { $0.requiresPython == nil },
    Member(#""requires-python": [">=3"]"#) { $0.requiresPython == nil },
    Member(#""requires-python": "1", "requires-python": "2""#) { $0.requiresPython == "2" },
    Member(#""size": 0"#) { $0.size == 0 }, Member(#""size": 123456789012"#) { $0.size == 123_456_789_012 },
    Member(#""size": -1"#) { $0.size == nil }, Member(#""size": 1.5"#) { $0.size == nil },
    Member(#""size": "1""#) { $0.size == nil }, Member(#""size": 99999999999999999999"#) { $0.size == nil },
    Member(#""upload-time": "1969-12-31T23:59:59Z""#) { $0.uploadedAt == -1_000 },
    Member(#""upload-time": "yesterday""#) { $0.uploadedAt == nil },
    Member(#""upload-time": 5"#) { $0.uploadedAt == nil },
    Member("\"hashes\": {\"SHA256\": \"\(SamplePage.digest)\"}") {
      $0.sha256 == SamplePage.digest && $0.otherHashes.isEmpty
    },
    Member(#""hashes": {"SHA512": "AB", "md5": "xy", "sha1": "abc"}"#) {
      $0.hashes.map(\.description) == ["sha512:ab"]
    },
    Member("\"hashes\": {\"sha256\": \"\(SamplePage.digest)\"}, \"hashes\": {\"sha1\": \"ab\"}") {
      $0.sha256 == nil && $0.otherHashes.map(\.description) == ["sha1:ab"]
    },
    Member("\"hashes\": {\"a:b\": \"00\", \"a,b\": \"00\", \"\": \"00\", \"b\": 1, \"c\": \"00\"}") {
      $0.otherHashes.map(\.description) == ["c:00"]
    },
    Member(#""hashes": ["x"]"#) { $0.hashes.isEmpty },
    Member(#""provenance": {"a": [[[{}]]]}, "yanked": true"#) { $0.yanked != nil },
  ]

  @Test("Each member of a file in JSON, of each type", arguments: members)
  func readsMember(_ example: Member) throws {
    let json = #"{"files": [{"filename": "a-1.zip", "url": "a-1.zip", \#(example.members)}]}"#
    let files = try SamplePage.page(of: "a", json: json).everyDistribution
    #expect(files.count == 1)
    #expect(files.first.map(example.matches) == true, "\(files)")
  }

  struct Anchor: Sendable, CustomTestStringConvertible {
    let html: String
    /// The files' addresses and hashes.
    let files: [String]
    var testDescription: String { html }

    init(_ html: String, _ files: String...) {
      self.html = html
      self.files = files
    }
  }

  static let anchors: [Anchor] = [
    Anchor("<a href='a-1.zip'>", "https://index.example/simple/a/a-1.zip"),
    Anchor(
      "<a href='a-1.zip#sha256=\(SamplePage.digest)'>",
      "https://index.example/simple/a/a-1.zip sha256:\(SamplePage.digest)"),
    Anchor("<a href='a-1.zip#md5=00&amp;egg=a'>", "https://index.example/simple/a/a-1.zip md5:00"),
    Anchor("<a href='a-1.zip#sha256=00'>"),
    Anchor("<a href='a-1.zip#unknown=00'>", "https://index.example/simple/a/a-1.zip"),
    Anchor("<a href=' \n/a-1.zip\t'>", "https://index.example/a-1.zip"),
    Anchor("<a href='a-1.zip/?x=/b#/c'>", "https://index.example/simple/a/a-1.zip/?x=/b"),
    Anchor("<a href='//h.example/a-1.zip'>", "https://h.example/a-1.zip"),
    Anchor("<a href='https://h.example/x/../a-1.zip'>", "https://h.example/a-1.zip"),
    Anchor("<a href='a%2D1.zip'>", "https://index.example/simple/a/a%2D1.zip"),
    Anchor("<a href='a-1%2Fx.zip'>"), Anchor("<a href='a-1%00.zip'>"), Anchor("<a href='a-1%1b.zip'>"),
    Anchor("<a href='a-1.zip%'>"), Anchor("<a href=''>"), Anchor("<a href='#x'>"), Anchor("<a href='../'>"),
    Anchor("<base href='https://h.example/x/'><a href='a-1.zip'>", "https://h.example/x/a-1.zip"),
    Anchor("<a href='a-1.zip'><base href='/x/'>", "https://index.example/x/a-1.zip"),
    Anchor(
      "<base target=x><base href='/x/'><base href='/y/'><a href=a-1.zip>", "https://index.example/x/a-1.zip"),
    Anchor("<a href=a-1.zip href=a-2.zip>", "https://index.example/simple/a/a-1.zip"),
    Anchor("<area href=a-1.zip><link href=a-1.zip>"),
  ]

  @Test("Addresses in HTML", arguments: anchors)
  func readsAnchor(_ example: Anchor) throws {
    let files = try SamplePage.page(of: "a", html: example.html).everyDistribution
    #expect(files.map { ([$0.url] + $0.hashes.map(\.description)).joined(separator: " ") } == example.files)
  }

  struct Attribute: Sendable, CustomTestStringConvertible {
    let attributes: String
    let matches: @Sendable (Distribution) -> Bool
    var testDescription: String { attributes }

    init(_ attributes: String, _ matches: @escaping @Sendable (Distribution) -> Bool) {
      self.attributes = attributes
      self.matches = matches
    }
  }

  static let attributes: [Attribute] = [
    Attribute("data-yanked") { $0.yanked == Distribution.Yank(reason: nil) },
    Attribute("data-yanked=''") { $0.yanked == Distribution.Yank(reason: nil) },
    Attribute("DATA-YANKED=why data-yanked=no") { $0.yanked?.reason == "why" },
    Attribute("data-yanked='a&#27;b\u{9B}c'") { $0.yanked?.reason == "a b c" },
    Attribute("data-requires-python='&gt;=3.6'") { $0.requiresPython == ">=3.6" },
    Attribute("data-requires-python=''") { $0.requiresPython == nil },
    Attribute("data-core-metadata=true") { $0.coreMetadata == .present(sha256: nil) },
    Attribute("data-core-metadata=false") { $0.coreMetadata == .absent },
    Attribute("data-core-metadata='sha256=\(SamplePage.digest)'") {
      $0.coreMetadata == .present(sha256: SamplePage.digest)
    },
    Attribute("data-core-metadata='md5=00'") { $0.coreMetadata == .present(sha256: nil) },
    Attribute("data-core-metadata='sha256=00'") { $0.coreMetadata == .unknown },
    Attribute("data-core-metadata") { $0.coreMetadata == .unknown },
    Attribute("data-dist-info-metadata=true") { $0.coreMetadata == .present(sha256: nil) },
    Attribute("data-dist-info-metadata=true data-core-metadata=false") { $0.coreMetadata == .absent },
    Attribute("data-upload-time=1970-01-01T00:00:01Z") { $0.uploadedAt == 1_000 },
    Attribute("data-gpg-sig=true rel=internal") { $0.coreMetadata == .unknown && $0.yanked == nil },
  ]

  @Test("Each attribute of an anchor in HTML", arguments: attributes)
  func readsAttribute(_ example: Attribute) throws {
    let files = try SamplePage.page(of: "a", html: "<a href=a-1.zip \(example.attributes)>x</a>")
      .everyDistribution
    #expect(files.count == 1)
    #expect(files.first.map(example.matches) == true, "\(files)")
  }

  struct Status: Sendable, CustomTestStringConvertible {
    let json: String
    let status: ProjectStatus?
    var testDescription: String { json }
  }

  static let statuses: [Status] = [
    Status(json: #"{"status": "active"}"#, status: ProjectStatus(marker: .active)),
    Status(
      json: #"{"status": "quarantined", "reason": "a\u0007b"}"#,
      status: ProjectStatus(marker: .quarantined, reason: "a b")),
    Status(
      json: #"{"reason": "x", "status": "deprecated"}"#,
      status: ProjectStatus(marker: .deprecated, reason: "x")),
    Status(json: #"{"status": "unheard-of", "reason": "x"}"#, status: nil),
    Status(json: #"{"reason": "x"}"#, status: nil), Status(json: "null", status: nil),
    Status(json: #""archived""#, status: ProjectStatus(marker: .archived)),
  ]

  @Test("The project's status (PEP 792)", arguments: statuses)
  func status(_ example: Status) throws {
    let page = try SamplePage.page(of: "a", json: #"{"project-status": \#(example.json), "files": []}"#)
    #expect(page.status == example.status)
    #expect(try ProjectPage(record: page.record).status == example.status)
    #expect(page.versionCount == 0)
  }

  @Test(
    "An address may not hold what can't be asked for or shown",
    arguments: [
      #""a\u001b-1.zip""#, #""x\n/a-1.zip""#, #""ftp://h/a-1.zip""#, #""https:///a-1.zip""#, "null", "1",
    ])
  func unusable(_ url: String) throws {
    let page = try SamplePage.page(of: "a", json: #"{"files": [{"filename": "a-1.zip", "url": \#(url)}]}"#)
    #expect(page.unusableFiles == 1 && page.unreadableFilenames == 0 && page.versionCount == 0)
  }

  @Test("Members that are no files are counted", arguments: ["1", "null", "[]", "{}", "\"a-1.zip\""])
  func noFile(_ json: String) throws {
    let page = try SamplePage.page(of: "a", json: "{\"files\": [\(json)]}")
    #expect(page.unusableFiles == 1 && page.versionCount == 0)
  }

  @Test("Of two lists of files the last is taken, of two files with one name the first")
  func duplicates() throws {
    let file = #"{"filename": "a-1.zip", "url": "x/a-1.zip"}, {"filename": "a-1.zip", "url": "y/a-1.zip"}"#
    let page = try SamplePage.page(
      of: "a", json: #"{"files": [{"filename": "a-2.zip", "url": "a-2.zip"}, {}], "files": [\#(file)]}"#)
    #expect(page.everyDistribution.map(\.url) == ["https://index.example/simple/a/x/a-1.zip"])
    #expect(page.unusableFiles == 0)
  }
}
