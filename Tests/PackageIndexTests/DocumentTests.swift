import IndexServer
import TestSupport
import Testing

@testable import PackageIndex

/// Documents beside pages and files: conditional ones, ones that go into a file, answers to what is sent.
@Suite struct DocumentTests {
  private static func request(
    limit: Int = 1000, _ change: (inout IndexClient.DocumentRequest) -> Void = { _ in }
  ) -> IndexClient.DocumentRequest {
    var request = IndexClient.DocumentRequest(limit: limit)
    change(&request)
    return request
  }

  @Test func `a document that is known is answered with 304`() async throws {
    let fixture = try await Fixture()
    fixture.server.behave { $0.sendsEntityTags = true }
    fixture.server.serve(document: Array("abc".utf8), at: "/list")
    try await fixture.with { client in
      let first = try await client.document(at: "\(fixture.server.root)/list", Self.request())
      #expect(first.status == 200 && first.body == Array("abc".utf8))
      let tag = try #require(first.entityTag)
      let again = try await client.document(
        at: "\(fixture.server.root)/list", Self.request { $0.entityTag = tag })
      #expect(again.status == 304 && again.body.isEmpty)
      let absent = try await client.document(at: "\(fixture.server.root)/absent", Self.request())
      #expect(absent.status == 404)
    }
  }

  @Test func `what is sent arrives, again after a fault that passes`() async throws {
    let fixture = try await Fixture()
    fixture.server.serve(document: { $0.body.reversed() }, at: "/query")
    fixture.server.fail("/query", .status(503, retryAfter: "0"))
    try await fixture.with { client in
      let answer = try await client.document(
        at: "\(fixture.server.root)/query", Self.request { $0.sent = Array("{1}".utf8) })
      #expect(answer.body == Array("}1{".utf8))
    }
    #expect(fixture.server.requests.map(\.method) == ["POST", "POST"])
    #expect(fixture.server.requests.allSatisfy { $0.fields["content-type"] == "application/json" })
  }

  @Test func `a body goes into a file, whole, after an answer that ended early too`() async throws {
    let fixture = try await Fixture()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    fixture.server.serve(document: bytes, at: "/all.zip")
    fixture.server.fail("/all.zip", .truncated)
    fixture.directory.write("all.zip", "something longer that was there")
    try await fixture.with { client in
      let answer = try await client.document(
        at: "\(fixture.server.root)/all.zip",
        Self.request(limit: 300_000) { $0.file = fixture.directory.file("all.zip") })
      #expect(answer.status == 200 && answer.body.isEmpty)
    }
    #expect(fixture.directory.read("all.zip") == bytes)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var limit = 1000
    var file: String?
    var isOffline = false
    var says: String
  }

  @Test(arguments: [
    Refused(
      testDescription: "a byte too long", limit: 9, says: "the answer from ROOT/ten is longer than 9 bytes"),
    Refused(
      testDescription: "a byte too long for a file", limit: 9, file: "file",
      says: "the answer from ROOT/ten is longer than 9 bytes"),
    Refused(
      testDescription: "a file that isn't there", file: "absent",
      says: "`DIR/absent` can't be written: no such file or directory"),
    Refused(
      testDescription: "offline", isOffline: true,
      says: "ROOT/ten is not in the cache, and nothing is fetched in offline mode"),
  ])
  func `what can't be had is said`(_ refused: Refused) async throws {
    let fixture = try await Fixture().configured { if refused.isOffline { $0.mode = .offline } }
    fixture.server.serve(document: Array("0123456789".utf8), at: "/ten")
    fixture.directory.write("file", "")
    let request = Self.request(limit: refused.limit) { request in
      request.file = refused.file.map { fixture.directory.file($0) }
    }
    let error = await #expect(throws: IndexError.self) {
      try await fixture.with { _ = try await $0.document(at: "\(fixture.server.root)/ten", request) }
    }
    #expect(
      error?.description
        == refused.says.replacing("ROOT", with: fixture.server.root).replacing(
          "DIR", with: fixture.directory.path))
  }
}
