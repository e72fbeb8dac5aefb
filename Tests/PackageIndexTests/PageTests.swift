import IndexServer
import PythonPackaging
import TestSupport
import Testing

@testable import PackageIndex

@Suite struct PageTests {
  @Test(arguments: [ServerBehavior.PageFormat.json, .html])
  func `a page is fetched and read`(format: ServerBehavior.PageFormat) async throws {
    let fixture = try await Fixture()
    fixture.server.behave { $0.pageFormat = format }
    fixture.server.serve("A.b", "1.0", yanked: "broken", uploadTime: "2024-01-02T03:04:05Z")
    fixture.server.serve("A.b", "2.0", requiresPython: ">=3.8", coreMetadata: .announced)
    fixture.server.add(.source("A.b", "2.0"), to: "A.b")
    #expect(try await fixture.versions("a-b") == ["1.0", "2.0"])
    let sent = try #require(fixture.server.requests.first)
    #expect(sent.path == "/simple/a-b/")
    #expect(sent.fields["accept"]?.hasPrefix("application/vnd.pypi.simple.v1+json") == true)
    await fixture.server.stop()
  }

  @Test func `a name nobody has is nil`() async throws {
    let fixture = try await Fixture()
    #expect(try await fixture.versions() == nil)
  }

  @Test func `an index URL may lack its slash, and files lie relative to the page`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    let url = try await fixture.configured { $0.indexURLs = ["\(fixture.server.root)/simple"] }.with {
      try await $0.file(of: "a").url
    }
    #expect(url == fixture.server.fileURL("a-1.0-py3-none-any.whl"))
  }

  @Test func `many calls for one name are one request, many names are few connections`() async throws {
    let fixture = try await Fixture()
    let names = (0..<60).map { "n\($0)" }
    for name in names { fixture.server.serve(name, "1.0") }
    fixture.server.holdAnswers(until: 16)
    let found = try await fixture.with { client in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for name in names + names {
          group.addTask { try await client.pages(of: try PackageName(name)).first?.versionCount ?? 0 }
        }
        return try await group.reduce(0, +)
      }
    }
    #expect(found == 120)
    #expect(fixture.server.requests.count == 60)
    #expect(fixture.server.mostRequestsInFlight == 16)
    #expect(fixture.server.connectionCount == 16)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var faults: [Fault]
    /// The words of the error, `ROOT` being the server; nil: it gets there in the end.
    var words: String?
    var requests = 1
  }
  @Test(arguments: [
    Broken(
      testDescription: "a passing fault", faults: [.status(503, retryAfter: "1"), .hangUp], words: nil,
      requests: 3),
    Broken(testDescription: "cut off once", faults: [.truncated], words: nil, requests: 2),
    Broken(
      testDescription: "always cut off", faults: Array(repeating: .truncated, count: 9),
      words: "the answer from ROOT/simple/a/ ended early", requests: 4),
    Broken(
      testDescription: "always failing", faults: Array(repeating: .status(500, retryAfter: nil), count: 9),
      words: "ROOT/simple/a/ answered 500", requests: 4),
    Broken(
      testDescription: "wants a long wait", faults: [.status(429, retryAfter: "86400")],
      words: "ROOT/simple/a/ answered 429 and asks to wait 86400 s"),
    Broken(
      testDescription: "a strange status", faults: [.status(418, retryAfter: nil)],
      words: "ROOT/simple/a/ answered 418"),
    Broken(
      testDescription: "forbidden", faults: [.status(403, retryAfter: nil)],
      words: "the index ROOT/simple/ answered 403, and no credentials were given (ROOT/simple/a/)"),
    Broken(
      testDescription: "an image", faults: [.body([1], contentType: "image/png", contentEncoding: nil)],
      words: "ROOT/simple/a/ answered with content type `image/png`, which is no project page"),
    Broken(
      testDescription: "not gzip",
      faults: [.body(Array("not gzip".utf8), contentType: "text/html", contentEncoding: "gzip")],
      words: "ROOT/simple/a/ answered with damaged gzip data"),
    Broken(testDescription: "redirected", faults: [.redirect("/simple/a/")], words: nil, requests: 2),
    Broken(
      testDescription: "redirected to another project", faults: [.redirect("/simple/b/")],
      words: "ROOT/simple/b/ is not a project page: the page is of `b`, not of `a`", requests: 2),
    Broken(
      testDescription: "redirected for ever", faults: Array(repeating: .redirect("/simple/a/"), count: 11),
      words: "ROOT/simple/a/ redirects more than 10 times", requests: 11),
    Broken(
      testDescription: "redirected to nowhere", faults: [.redirect("ftp://index.example/")],
      words: "ROOT/simple/a/ redirects to something that is no http or https URL"),
  ])
  func `what goes wrong is retried or named`(broken: Broken) async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    fixture.server.serve("b", "1.0")
    for fault in broken.faults { fixture.server.fail("/simple/a/", fault) }
    let error = await fixture.pageError()
    #expect(error?.description == broken.words?.replacing("ROOT", with: fixture.server.root))
    #expect(fixture.server.requests.count == broken.requests)
  }

  @Test func `malformed JSON is an error that names the page`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve(page: "{\"files\": [", of: "a")
    guard case .malformedPage(let url, _) = await fixture.pageError() else { return #expect(Bool(false)) }
    #expect(url == "\(fixture.server.root)/simple/a/")
  }

  @Test func `a page is bounded, packed or not`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve(page: String(repeating: " ", count: 100_000), of: "a")
    for packed in [false, true] {
      fixture.server.behave { $0.compressesPages = packed }
      let error = await fixture.pageError("a") { $0.longestPage = 50_000 }
      guard case .tooLarge(_, 50_000) = error else {
        return #expect(Bool(false), "\(String(describing: error))")
      }
    }
  }

  @Test func `a decompression bomb is stopped at the bound`() async throws {
    let fixture = try await Fixture()
    let bomb = deflated([UInt8](repeating: 0, count: 64 << 20), windowBits: 31)
    #expect(bomb.count < 100_000)
    fixture.server.fail("/simple/a/", .body(bomb, contentType: "text/html", contentEncoding: "gzip"))
    let error = await fixture.pageError("a") { $0.longestPage = 1 << 20 }
    #expect(
      error?.description == "the answer from \(fixture.server.root)/simple/a/ is longer than 1048576 bytes")
    #expect(fixture.server.requests.count == 1)
  }

  @Test func `a compressed page is read`() async throws {
    let fixture = try await Fixture()
    fixture.server.behave { $0.compressesPages = true }
    fixture.server.serve("a", "1.0")
    #expect(try await fixture.versions() == ["1.0"])
    #expect(fixture.server.requests.first?.fields["accept-encoding"] == "gzip")
  }

  @Test func `a server that never answers times out`() async throws {
    let fixture = try await Fixture()
    fixture.server.fail("/simple/a/", .silence)
    let error = await fixture.pageError("a") {
      $0.network.readTimeout = .milliseconds(50)
      $0.network.retries = 0
    }
    #expect(error?.description == "\(fixture.server.root)/simple/a/ took too long (waiting for an answer)")
  }

  @Test(arguments: [nil, TestIdentity.server]) func `a server that trickles is given up`(
    identity: ServerIdentity?
  ) async throws {
    let fixture = try await Fixture(identity: identity)
    fixture.server.serve("a", "1.0")
    fixture.server.fail("/simple/a/", .trickling(every: 1_000_000_000))
    let error = await fixture.pageError("a") {
      $0.network.trustedHosts = ["127.0.0.1"]
      $0.network.patience = .milliseconds(20)
      $0.network.leastRate = 1 << 20
    }
    #expect(error?.description == "\(fixture.server.url)a/ sends less than 1048576 bytes a second")
    #expect(fixture.server.requestCount("/simple/a/") == 1)
  }

  @Test func `a slow start is forgiven`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    fixture.server.fail("/simple/a/", .trickling(every: 1_000))
    #expect(try await fixture.versions { $0.network.leastRate = 1 << 30 } == ["1.0"])
  }

  @Test func `a closed port is unreachable`() async throws {
    let fixture = try await Fixture()
    let url = fixture.server.url
    await fixture.server.stop()
    let secret = url.replacing("://", with: "://me:secret@")
    let error = await fixture.pageError("a") { $0.indexURLs = [secret] }
    #expect(error?.description == "can't reach \(url)a/: connection refused")
    #expect(fixture.clock.waits.count == 3)
  }

  @Test func `a proxy is used, but for the hosts it isn't for`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    let closed = try await IndexServer.start()
    let port = closed.port
    let proxy = "http://me:secret@127.0.0.1:\(port)"
    await closed.stop()
    var environment = ["HTTP_PROXY": proxy]
    let through = try ProxySettings(environment: environment)
    let error = await fixture.pageError("a") { $0.network.proxies = through }
    #expect(
      error?.description
        == "can't reach \(fixture.server.url)a/: connection refused (through the proxy 127.0.0.1:\(port))")
    #expect(fixture.server.requests.isEmpty)
    environment["NO_PROXY"] = "127.0.0.0/8"
    let around = try ProxySettings(environment: environment)
    #expect(try await fixture.versions("a") { $0.network.proxies = around } == ["1.0"])
  }

  @Test func `closing ends what is under way`() async throws {
    let fixture = try await Fixture()
    fixture.server.holdAnswers(until: 1000)
    let client = try fixture.client()
    let asked = Task { try await client.pages(of: try PackageName("a")) }
    while fixture.server.requests.isEmpty { await Task.yield() }
    await client.close()
    await #expect(throws: IndexError.self) { try await asked.value }
    await #expect(throws: IndexError.self) { _ = try await client.pages(of: try PackageName("b")) }
  }

  // MARK: Several indexes, credentials

  @Test func `the first index that has the name is the one used`() async throws {
    let first = try await Fixture()
    let second = try await IndexServer.start()
    first.server.serve("a", "1.0")
    second.serve("a", "2.0")
    second.serve("b", "3.0")
    let urls = [first.server.url, second.url]
    #expect(try await first.versions("a") { $0.indexURLs = urls } == ["1.0"])
    #expect(try await first.versions("b") { $0.indexURLs = urls } == ["3.0"])
    #expect(try await first.versions("c") { $0.indexURLs = urls } == nil)
    #expect(second.requests.map(\.path) == ["/simple/b/", "/simple/c/"])
    first.server.fail("/simple/b/", .status(401, retryAfter: nil))
    guard case .unauthorized = await first.pageError("b", { $0.indexURLs = urls }) else {
      return #expect(Bool(false))
    }
    let origin = try await first.configured { $0.indexURLs = urls }.with { client in
      _ = try await client.pages(of: try PackageName("b"))
      return client.indexURL(of: try PackageName("b"))
    }
    #expect(origin == second.url)
  }

  @Test func `credentials come from the URL or netrc, and stay off messages`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve("a", "1.0")
    fixture.server.behave { $0.credentials = ("me", "p@ss word") }
    let port = fixture.server.port
    let url = "http://me:p%40ss%20word@127.0.0.1:\(port)/simple/"
    let versions = try await fixture.configured { $0.indexURLs = [url] }.with { client in
      let file = try await client.file(of: "a")
      #expect(!file.url.contains("p%40ss"))
      return try await client.metadata(of: file).version.description
    }
    #expect(versions == "1.0")
    let netrc = Netrc("machine 127.0.0.1 login me password \"p@ss word\"")
    #expect(
      try await fixture.versions {
        $0.netrc = netrc
        $0.mode = .refresh
      } == ["1.0"])
    let error = await fixture.pageError("a") {
      $0.indexURLs = ["http://me:wrong@127.0.0.1:\(port)/simple/"]
      $0.mode = .refresh
    }
    #expect(
      error?.description
        == "the index \(fixture.server.url) answered 401 to the credentials in its address (\(fixture.server.url)a/)"
    )
    #expect(!fixture.directory.contains("p@ss", or: "p%40ss", in: "cache"))
  }

  @Test func `an index that isn't HTTP is refused at once`() async throws {
    let error = #expect(throws: IndexError.self) {
      try IndexClient(IndexClientConfiguration(indexURLs: ["ftp://me:secret@index.example/"]))
    }
    #expect(error?.description == "`ftp://****@index.example/` is not an http or https URL")
  }
}
