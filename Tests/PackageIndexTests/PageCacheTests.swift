import Glibc
import IndexServer
import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import PackageIndex

@Suite struct PageCacheTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var behavior: ServerBehavior
    var after: Int64 = 10
    var mode = CacheMode.normal
    /// Fields of the second run's request; nil: none is sent.
    var asks: [String]?
  }

  private static func behavior(_ change: (inout ServerBehavior) -> Void) -> ServerBehavior {
    var behavior = ServerBehavior()
    change(&behavior)
    return behavior
  }
  private static let maxAge = behavior { $0.fields = [("Cache-Control", "max-age=600")] }
  private static let tagged = behavior {
    $0.sendsEntityTags = true
    $0.fields = [("Cache-Control", "max-age=600")]
  }
  private static let onlyTagged = behavior { $0.sendsEntityTags = true }
  private static let dated = behavior { $0.lastModified = "Sun, 06 Nov 1994 08:49:37 GMT" }
  private static let silent = ServerBehavior()
  private static let unstored = behavior { $0.fields = [("Cache-Control", "no-store, max-age=600")] }

  @Test(arguments: [
    Case(testDescription: "fresh by max-age", behavior: maxAge, asks: nil),
    Case(testDescription: "stale without validator", behavior: maxAge, after: 700, asks: []),
    Case(testDescription: "stale with a tag", behavior: tagged, after: 700, asks: ["if-none-match"]),
    Case(testDescription: "fresh by Last-Modified", behavior: dated, asks: nil),
    Case(testDescription: "stale with a date", behavior: dated, after: 700, asks: ["if-modified-since"]),
    Case(testDescription: "silent server", behavior: silent, after: 599, asks: nil),
    Case(testDescription: "silent server, ten minutes later", behavior: silent, after: 600, asks: []),
    Case(
      testDescription: "silent server, refresh", behavior: silent, mode: .refresh, asks: ["cache-control"]),
    Case(testDescription: "only a tag", behavior: onlyTagged, asks: ["if-none-match"]),
    Case(testDescription: "no-store", behavior: unstored, asks: []),
    Case(
      testDescription: "refresh", behavior: tagged, mode: .refresh, asks: ["cache-control", "if-none-match"]),
    Case(
      testDescription: "refresh without validator", behavior: maxAge, mode: .refresh, asks: ["cache-control"]),
    Case(testDescription: "offline, fresh", behavior: maxAge, mode: .offline, asks: nil),
    Case(testDescription: "offline, stale", behavior: silent, after: 10_000_000, mode: .offline, asks: nil),
  ])
  func `a second run asks no more than it must`(cacheCase: Case) async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    fixture.server.behave { $0 = cacheCase.behavior }
    #expect(try await fixture.versions() == ["1.0"])
    fixture.server.forgetRequests()
    fixture.clock.advance(cacheCase.after)
    #expect(try await fixture.versions { $0.mode = cacheCase.mode } == ["1.0"])
    let asked = fixture.server.requests.map { request in
      ["cache-control", "if-modified-since", "if-none-match"].filter { request.fields[$0] != nil }
    }
    #expect(asked == (cacheCase.asks.map { [$0] } ?? []))

    // And without suspension where nothing is asked.
    if cacheCase.asks == nil {
      let known = try await fixture.configured { $0.mode = cacheCase.mode }.with { client in
        client.knownPages(of: try PackageName("a"))
      }
      #expect(known.value?.first?.versionCount == 1)
    }
  }

  @Test func `a 304 renews what is kept`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    fixture.server.behave { $0 = Self.tagged }
    for _ in 0..<3 {
      _ = try await fixture.versions()
      fixture.clock.advance(400)
    }
    // At 0 and 800; 400 is fresh.
    #expect(fixture.server.requests.map { $0.fields["if-none-match"] != nil } == [false, true])
    fixture.server.serve("a", "2.0")
    fixture.clock.advance(600)
    #expect(try await fixture.versions() == ["1.0", "2.0"])
  }

  @Test func `absence is kept for minutes, and only if the server says so`() async throws {
    let fixture = try await Fixture()
    #expect(try await fixture.versions() == nil)
    #expect(try await fixture.versions() == nil)
    #expect(fixture.server.requests.count == 2)
    fixture.server.behave { $0.fields = [("Cache-Control", "max-age=86400")] }
    #expect(try await fixture.versions() == nil)
    fixture.clock.advance(200)
    #expect(try await fixture.versions() == nil)
    #expect(fixture.server.requests.count == 3)
    fixture.clock.advance(200)
    fixture.server.serve("a", "1.0")
    #expect(try await fixture.versions() == ["1.0"])
  }

  @Test func `offline, what isn't cached is named`() async throws {
    let fixture = try await Fixture()
    #expect(try await fixture.versions("absent") == nil)
    fixture.server.forgetRequests()
    try await fixture.configured { $0.mode = .offline }.with { client in
      guard client.knownPages(of: try PackageName("absent")).value?.isEmpty == true else {
        return #expect(Bool(false))
      }
      #expect(client.knownPages(of: try PackageName("unknown")).isOffline)
    }
    #expect(try await fixture.versions("absent") { $0.mode = .offline } == nil)
    let error = await fixture.pageError("unknown") { $0.mode = .offline }
    #expect(
      error?.description
        == "the project page of unknown is not in the cache, and nothing is fetched in offline mode")
    #expect(fixture.server.requests.isEmpty)
  }

  @Test func `without a cache everything is fetched once a client`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    fixture.server.behave { $0 = Self.maxAge }
    for _ in 0..<2 {
      try await fixture.configured { $0.cache = nil }.with { client in
        _ = try await client.pages(of: try PackageName("a"))
        #expect(client.knownPages(of: try PackageName("a")).value?.first?.versionCount == 1)
        _ = try await client.pages(of: try PackageName("a"))
      }
    }
    #expect(fixture.server.requests.count == 2)
  }

  @Test func `a failing server isn't papered over with an old page`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    _ = try await fixture.versions()
    fixture.clock.advance(700)
    for _ in 0..<4 { fixture.server.fail("/simple/a/", .status(500, retryAfter: nil)) }
    guard case .status(500, _, _) = await fixture.pageError() else { return #expect(Bool(false)) }
  }

  @Test func `a warm run connects to nothing, and has no event loop`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0", requires: ["b"])
    let file = try await fixture.with { client in
      let file = try await client.file(of: "a")
      _ = try await client.metadata(of: file)
      #expect((client.fetcher.transport as? NetworkTransport)?.clientCount == 1)
      return file
    }
    fixture.server.forgetRequests()
    for _ in 0..<2 {
      let client = try fixture.client()
      #expect(client.knownPages(of: try PackageName("a")).value?.first?.versionCount == 1)
      #expect(client.indexURL(of: try PackageName("a")) == fixture.server.url)
      #expect(client.knownMetadata(of: file).value?.requiresDist.map(\.name.normalized) == ["b"])
      #expect(client.knownPages(of: try PackageName("b")).isUnknown)
      #expect((client.fetcher.transport as? NetworkTransport)?.clientCount == 0)
      await client.close()
    }
    #expect(fixture.server.requests.isEmpty)
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Of the page's row.
    var sql: String
  }
  @Test(arguments: [
    Damage(testDescription: "another record", sql: "UPDATE record SET bytes = x'00112233'"),
    Damage(
      testDescription: "an empty record", sql: "UPDATE record SET bytes = x''; UPDATE page SET checksum = 0"),
    Damage(testDescription: "none", sql: "DELETE FROM record"),
    Damage(testDescription: "text for numbers", sql: "UPDATE page SET fetched_at = 'x', checksum = 'y'"),
    Damage(testDescription: "no table", sql: "DROP TABLE page"),
  ])
  func `a damaged row is as good as none`(damage: Damage) async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    fixture.server.behave { $0 = Self.tagged }
    _ = try await fixture.versions()
    try Connection(path: IndexCache(directory: fixture.directory.file("cache")).path)
      .execute(script: damage.sql)
    fixture.server.forgetRequests()
    guard case .offlineMiss = await fixture.pageError("a", { $0.mode = .offline }) else {
      return #expect(Bool(false))
    }
    #expect(try await fixture.versions() == ["1.0"])
    #expect(fixture.server.requests.map { $0.fields["if-none-match"] } == [nil])
    // And it has been mended.
    #expect(try await fixture.versions() == ["1.0"])
    #expect(fixture.server.requests.count == 1)
  }

  /// The check sum is right, and the record none that can be read: another program's bytes.
  @Test func `an unreadable record is fetched again, without conditions`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    fixture.server.behave { $0 = Self.tagged }
    for freshUntil in [fixture.clock.now + 100, fixture.clock.now - 100] {
      let cache = IndexCache(directory: fixture.directory.file("cache"))
      cache.store(
        CachedPage(
          record: [1, 2, 3], entityTag: "\"t\"", lastModified: nil, fetchedAt: fixture.clock.now - 200,
          freshUntil: freshUntil),
        source: fixture.server.url, project: "a")
      cache.flush()
      let before = fixture.server.requests.count
      #expect(try await fixture.versions() == ["1.0"])
      #expect(fixture.server.requests.count == before + 1)
    }
  }

  #if os(Linux)
    /// In a process of its own: here other tests have threads.
    @Test func `a warm run starts no thread`() async {
      await #expect(processExitsWith: .success) {
        let directory = TemporaryDirectory()
        let source = "https://index.example/simple/"
        let name = try PackageName("a")
        let wheel = Distribution(
          filename: "a-1-py3-none-any.whl", kind: .wheel(try WheelFilename("a-1-py3-none-any.whl")),
          url: "https://index.example/a-1-py3-none-any.whl")
        let now = IndexClock.system.now()
        let page = try ProjectPage(json: Array("{\"files\": []}".utf8), pageURL: source + "a/", project: name)
        let filled = IndexCache(directory: directory.path)
        filled.store(
          CachedPage(
            record: page.record, entityTag: nil, lastModified: nil, fetchedAt: now, freshUntil: now + 600),
          source: source, project: "a")
        filled.store(
          CachedMetadata(
            bytes: Array("Metadata-Version: 2.1\nName: a\nVersion: 1\n".utf8), fetchedAt: now,
            freshUntil: .max),
          key: wheel.cacheKey)
        filled.flush()

        let before = threadNames()
        let configuration = IndexClientConfiguration(
          indexURLs: [source], cache: IndexCache(directory: directory.path))
        let client = try IndexClient(configuration)
        guard client.knownPages(of: name).value?.isEmpty == false,
          case .known = client.knownMetadata(of: wheel)
        else { fatalError("not warm") }
        await client.close()
        let started = threadNames().subtracting(before)
        precondition(started.isEmpty, "\(started)")
      }
    }
  #endif
}

#if os(Linux)
  /// The kernel's numbers of this process's threads with their names.
  private func threadNames() -> Set<String> {
    var names: Set<String> = []
    guard let directory = opendir("/proc/self/task") else { return [] }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      names.insert(
        withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }
#endif
