import IndexServer
import PythonPackaging
import Testing

@testable import PackageIndex

@Suite struct MetadataTests {
  struct Way: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var coreMetadata = ServedFile.CoreMetadata.unmentioned
    var servesMetadataFiles = true
    var ranges = ServerBehavior.Ranges.supported
    var shape = WheelShape()
    var announcesSize = true
    /// What is asked for: `.metadata`, a range, or everything (`*`).
    var asks: [String]
  }

  private static func large(metadataFirst: Bool = false) -> WheelShape {
    var shape = WheelShape()
    shape.padding = 100_000
    shape.metadataFirst = metadataFirst
    return shape
  }

  @Test(arguments: [
    Way(testDescription: "announced", coreMetadata: .announced, asks: [".metadata"]),
    Way(testDescription: "not mentioned, but there", asks: [".metadata"]),
    Way(
      testDescription: "denied: the tail holds it", coreMetadata: .denied, shape: large(), asks: ["range"]),
    Way(
      testDescription: "far from the end", coreMetadata: .denied, shape: large(metadataFirst: true),
      asks: ["range", "range"]),
    Way(
      testDescription: "no size known", coreMetadata: .denied, shape: large(), announcesSize: false,
      asks: ["suffix"]),
    Way(
      testDescription: "not there after all", servesMetadataFiles: false, shape: large(),
      asks: [".metadata", "range"]),
    Way(
      testDescription: "announced and missing", coreMetadata: .announced, servesMetadataFiles: false,
      shape: large(), asks: [".metadata", "range"]),
    Way(
      testDescription: "no ranges: the whole wheel comes", coreMetadata: .denied, ranges: .ignored,
      shape: large(),
      asks: ["range"]),
    Way(
      testDescription: "no suffixes, no size", coreMetadata: .denied, ranges: .withoutSuffixes,
      shape: large(),
      announcesSize: false, asks: ["suffix"]),
    Way(
      testDescription: "ranges refused", coreMetadata: .denied, ranges: .refused, shape: large(),
      asks: ["range", "*"]),
    Way(testDescription: "too small for ranges", coreMetadata: .denied, asks: ["*"]),
  ])
  func `metadata comes the cheapest way that works, once`(way: Way) async throws {
    let fixture = try await Fixture()
    fixture.server.behave {
      $0.servesMetadataFiles = way.servesMetadataFiles
      $0.ranges = way.ranges
    }
    fixture.server.serve(
      "a", "1.0", requires: ["b>=2", "c; extra == 'x'"], extras: ["x"], coreMetadata: way.coreMetadata,
      shape: way.shape
    ) { $0.announcesSize = way.announcesSize }
    let file = try await fixture.with { client in
      let file = try await client.file(of: "a")
      fixture.server.forgetRequests()
      #expect(client.knownMetadata(of: file).isUnknown)
      async let one = client.metadata(of: file)
      async let other = client.metadata(of: file)
      let (metadata, same) = try await (one, other)
      #expect(same == metadata)
      #expect(client.knownMetadata(of: file).value == metadata)
      #expect(metadata.requiresDist.map(\.name.normalized) == ["b", "c"])
      #expect(metadata.providesExtra.map(\.normalized) == ["x"])
      return file
    }
    let asked = fixture.server.requests.map { request in
      if request.path.hasSuffix(".metadata") { return ".metadata" }
      guard let range = request.fields["range"] else { return "*" }
      return range.hasPrefix("bytes=-") ? "suffix" : "range"
    }
    #expect(asked == way.asks)

    // Kept by hash for good.
    fixture.server.forgetRequests()
    fixture.clock.advance(10_000_000)
    for mode in [CacheMode.normal, .refresh, .offline] {
      try await fixture.configured { $0.mode = mode }.with { client in
        #expect(client.knownMetadata(of: file).value?.requiresDist.count == 2)
        let again = try await client.metadata(of: file)
        #expect(again.requiresDist.count == 2)
      }
    }
    #expect(fixture.server.requests.isEmpty)
  }

  @Test func `a server without .metadata isn't asked for ever`() async throws {
    let fixture = try await Fixture()
    fixture.server.behave { $0.servesMetadataFiles = false }
    for index in 0..<6 { fixture.server.serve("n\(index)", "1.0") }
    try await fixture.with { client in
      for index in 0..<6 { _ = try await client.metadata(of: try await client.file(of: "n\(index)")) }
    }
    #expect(fixture.server.requests.count { $0.path.hasSuffix(".metadata") } == 3)
  }

  @Test func `one that mostly has them is`() async throws {
    let fixture = try await Fixture()
    for index in 0..<6 { fixture.server.serve("n\(index)", "1.0") { if index > 0 { $0.metadata = nil } } }
    try await fixture.with { client in
      for index in 0..<6 { _ = try await client.metadata(of: try await client.file(of: "n\(index)")) }
    }
    #expect(fixture.server.requests.count { $0.path.hasSuffix(".metadata") } == 6)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var coreMetadata = ServedFile.CoreMetadata.denied
    var shape = WheelShape()
    var change: @Sendable (inout ServedFile) -> Void = { _ in }
    var words: String
  }
  private static func shape(_ change: (inout WheelShape) -> Void) -> WheelShape {
    var shape = WheelShape()
    change(&shape)
    return shape
  }

  @Test(arguments: [
    Wrong(
      testDescription: "another hash than the page's",
      change: { $0.announcedHash = String(repeating: "0", count: 64) },
      words: "a-1.0-py3-none-any.whl has sha256 "),
    Wrong(
      testDescription: "another hash than core-metadata's", coreMetadata: .announcedWithWrongHash,
      words: "a-1.0-py3-none-any.whl.metadata has sha256 "),
    Wrong(
      testDescription: "another name", shape: shape { $0.contradictoryName = "b" },
      words: "the metadata of a-1.0-py3-none-any.whl says Name `b`, expected `a`"),
    Wrong(
      testDescription: "another version", shape: shape { $0.contradictoryVersion = "1.1" },
      words: "the metadata of a-1.0-py3-none-any.whl says Version `1.1`, expected `1.0`"),
    Wrong(
      testDescription: "no zip file",
      change: {
        $0.bytes = Array("no zip file".utf8)
      }, words: "a-1.0-py3-none-any.whl is not a readable wheel: it doesn't end as a zip file does"),
    Wrong(
      testDescription: "unreadable metadata", coreMetadata: .announced,
      change: { $0.metadata = Array("Name: a\nVersion: x".utf8) },
      words: "the metadata of a-1.0-py3-none-any.whl can't be read: "),
  ])
  func `what isn't what was announced is an error that names it`(wrong: Wrong) async throws {
    let fixture = try await Fixture()
    fixture.server.serve(
      "a", "1.0", coreMetadata: wrong.coreMetadata, shape: wrong.shape, change: wrong.change)
    for _ in 0..<2 {
      // The same words again, from the cache or not.
      let error = await #expect(throws: IndexError.self) {
        try await fixture.with { client in try await client.metadata(of: try await client.file(of: "a")) }
      }
      #expect(error?.description.hasPrefix(wrong.words) == true, "\(error?.description ?? "none")")
      if case .hashMismatch(_, let url, _, _, _) = error {
        #expect(url.hasPrefix(fixture.server.fileURL("a-1.0-py3-none-any.whl")))
      }
    }
  }

  @Test func `a wheel that is listed and gone is named`() async throws {
    let fixture = try await Fixture()
    let file = Distribution(
      filename: "a-1.0-py3-none-any.whl", kind: .wheel(try WheelFilename("a-1.0-py3-none-any.whl")),
      url: fixture.server.fileURL("a-1.0-py3-none-any.whl"))
    let error = await #expect(throws: IndexError.self) {
      try await fixture.with { try await $0.metadata(of: file) }
    }
    #expect(
      error?.description
        == "the index lists a-1.0-py3-none-any.whl, and \(fixture.server.fileURL("a-1.0-py3-none-any.whl")) isn't there"
    )
    let offline = await #expect(throws: IndexError.self) {
      try await fixture.configured { $0.mode = .offline }.with { client in
        #expect(client.knownMetadata(of: file).isOffline)
        return try await client.metadata(of: file)
      }
    }
    guard case .offlineMiss = offline else { return #expect(Bool(false)) }
  }

  @Test func `a source distribution is for others to build`() async throws {
    let fixture = try await Fixture()
    fixture.server.add(.source("a", "1.0"), to: "a")
    let error = await #expect(throws: IndexError.self) {
      try await fixture.with { client in try await client.metadata(of: try await client.file(of: "a")) }
    }
    guard case .sourceDistributionUnsupported(file: "a-1.0.tar.gz") = error else {
      return #expect(Bool(false))
    }
  }

  @Test func `a file without a hash is believed for a week`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    let file = Distribution(
      filename: "a-1.0-py3-none-any.whl", kind: .wheel(try WheelFilename("a-1.0-py3-none-any.whl")),
      url: fixture.server.fileURL("a-1.0-py3-none-any.whl"))
    func ask(_ mode: CacheMode = .normal) async throws {
      _ = try await fixture.configured { $0.mode = mode }.with { try await $0.metadata(of: file) }
    }
    try await ask()
    fixture.clock.advance(6 * 86400)
    try await ask()
    #expect(fixture.server.requests.count == 1)
    try await ask(.refresh)
    #expect(fixture.server.requests.count == 2)
    fixture.clock.advance(8 * 86400)
    try await ask()
    #expect(fixture.server.requests.count == 3)
  }
}
