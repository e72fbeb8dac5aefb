import IndexServer
import TestSupport
import Testing
import ZipReading

@testable import PackageIndex

@Suite struct FetcherTests {
  private let clock = TestClock()

  private func fetch(
    _ transport: ScriptedTransport, _ url: String = "https://index.example/a", limit: Int = 1000
  ) async throws -> Fetcher.Response {
    let index = try #require(WebAddress("https://me:pw@index.example/"))
    let fetcher = Fetcher(
      transport: transport, credentials: CredentialStore(indexes: [index]), retryPolicy: RetryPolicy(),
      clock: clock.indexClock)
    return try await fetcher.fetch(
      Fetcher.Request(address: try #require(WebAddress(url)), maximumBody: limit))
  }

  struct Retried: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var steps: [ScriptedTransport.Step]
    /// Milliseconds waited before each further request.
    var waits: [Int]
    /// The last status, or nil for an error.
    var status: Int?
  }
  @Test(arguments: [
    Retried(testDescription: "well at once", steps: [.response(200)], waits: [], status: 200),
    Retried(
      testDescription: "one bad gateway", steps: [.response(502), .response(200)], waits: [188], status: 200),
    Retried(
      testDescription: "no connection twice",
      steps: [.failure(.unreachable(reason: "")), .failure(.timedOut(.connecting)), .response(200)],
      waits: [188, 375], status: 200),
    Retried(
      testDescription: "cut off", steps: [.failure(.truncated), .response(200)], waits: [188], status: 200),
    Retried(
      testDescription: "asked to wait", steps: [.response(429, ["Retry-After": "7"]), .response(200)],
      waits: [7125], status: 200),
    Retried(
      testDescription: "asked to wait until a date",
      steps: [.response(503, ["Retry-After": "Fri, 15 Jan 2027 08:00:05 GMT"]), .response(200)],
      waits: [5125], status: 200),
    Retried(
      testDescription: "asked to wait too long", steps: [.response(503, ["Retry-After": "3600"])], waits: []),
    Retried(testDescription: "never well", steps: [.response(500)], waits: [188, 375, 750]),
    Retried(testDescription: "not implemented", steps: [.response(501)], waits: [], status: 501),
    Retried(testDescription: "not found", steps: [.response(404)], waits: [], status: 404),
    Retried(testDescription: "not allowed", steps: [.response(401)], waits: []),
    Retried(testDescription: "bad certificate", steps: [.failure(.tls(reason: ""))], waits: []),
    Retried(testDescription: "too large", steps: [.failure(.tooLarge)], waits: []),
  ])
  func `what may pass is asked again, with growing waits`(retried: Retried) async throws {
    let transport = ScriptedTransport(["https://index.example/a": retried.steps])
    let status = try? await fetch(transport).status
    #expect(status == retried.status)
    let waits = clock.waits.map {
      Int((Double($0.components.attoseconds) / 1e15).rounded()) + Int($0.components.seconds) * 1000
    }
    #expect(waits == retried.waits)
    #expect(transport.requests.count == retried.waits.count + 1)
  }

  @Test func `waits are spread over the upper half and bounded`() {
    let policy = RetryPolicy(retries: 20)
    #expect(policy.delay(attempt: 0, retryAfter: nil, jitter: 0) == .milliseconds(125))
    #expect((policy.delay(attempt: 1, retryAfter: nil, jitter: 0.999) ?? .zero) < .milliseconds(500))
    #expect(policy.delay(attempt: 19, retryAfter: nil, jitter: 0) == .seconds(4))
    #expect(policy.delay(attempt: 20, retryAfter: nil, jitter: 0) == nil)
  }

  @Test func `a redirect is followed without its credentials`() async throws {
    let transport = ScriptedTransport([
      "https://index.example/a": [.response(301, ["Location": "/b"])],
      "https://index.example/b": [.response(302, ["Location": "https://x:y@files.example/c"])],
      "https://files.example/c": [.response(307, ["Location": "https://index.example/d"])],
      "https://index.example/d": [.response(200, [:], "here")],
    ])
    let response = try await fetch(transport)
    #expect(response.address.text == "https://index.example/d")
    #expect(String(decoding: response.body, as: UTF8.self) == "here")
    let sent = transport.requests.map { $0.fields["authorization"] }
    #expect(sent == ["Basic bWU6cHc=", "Basic bWU6cHc=", nil, "Basic bWU6cHc="])
  }

  @Test(arguments: [
    ("http://index.example/b", "from https to http://index.example/b"),
    ("ftp://index.example/b", "to something that is no http or https URL"),
    ("https://index.example/a", "more than 10 times"),
  ])
  func `a redirect that leads nowhere good is an error`(location: String, words: String) async throws {
    let transport = ScriptedTransport([
      "https://index.example/a": [.response(302, ["Location": location])],
      "http://index.example/b": [.response(200)],
    ])
    let error = await #expect(throws: IndexError.self) { try await fetch(transport) }
    #expect(error?.description == "https://index.example/a redirects \(words)")
  }

  @Test func `a 304 or a redirect without a place to go is the answer itself`() async throws {
    #expect(try await fetch(ScriptedTransport(["https://index.example/a": [.response(304)]])).status == 304)
    #expect(try await fetch(ScriptedTransport(["https://index.example/a": [.response(302)]])).status == 302)
  }

  @Test func `an answer in a coding nobody asked for is refused`() async throws {
    let transport = ScriptedTransport([
      "https://index.example/a": [.response(200, ["Content-Encoding": "br"], "x")]
    ])
    let error = await #expect(throws: IndexError.self) { try await fetch(transport) }
    guard case .invalidResponse = error else { return #expect(Bool(false), "\(String(describing: error))") }
  }
}

@Suite struct InflateTests {
  private static let text = Array(String(repeating: "many words, and many words again. ", count: 3000).utf8)

  @Test(arguments: [Inflate.Wrapping.none, .gzipOrZlib], [0, 10, 102_000, 5_000_000])
  func `what was deflated comes back, whatever was expected`(
    wrapping: Inflate.Wrapping, expected: Int
  ) throws {
    let packed = deflated(Self.text, windowBits: wrapping == .none ? -15 : 31)
    let unpacked = try Inflate.inflate(packed, wrapping: wrapping, expectedCount: expected, limit: 1 << 20)
    #expect(unpacked == Self.text)
  }

  @Test func `gzip members follow each other`() throws {
    let packed = deflated(Array("ab".utf8), windowBits: 31) + deflated(Array("cd".utf8), windowBits: 31)
    let unpacked = try Inflate.inflate(packed, wrapping: .gzipOrZlib, expectedCount: 4, limit: 100)
    #expect(unpacked == Array("abcd".utf8))
  }

  @Test func `too much, too little and nonsense are told apart`() {
    let packed = deflated(Self.text, windowBits: 31)
    #expect(throws: Inflate.Failure.tooLarge) {
      try Inflate.inflate(packed, wrapping: .gzipOrZlib, expectedCount: 1 << 40, limit: Self.text.count - 1)
    }
    for count in [0, 1, 20, packed.count - 9, packed.count - 1] {
      #expect(throws: Inflate.Failure.truncated) {
        try Inflate.inflate(packed.prefix(count), wrapping: .gzipOrZlib, expectedCount: 10, limit: 1 << 20)
      }
    }
    #expect(throws: Inflate.Failure.damaged) {
      try Inflate.inflate(
        Array("not gzip at all".utf8), wrapping: .gzipOrZlib, expectedCount: 10, limit: 1 << 20)
    }
    var broken = packed
    broken[broken.count - 6] ^= 1
    #expect(throws: Inflate.Failure.damaged) {
      try Inflate.inflate(broken, wrapping: .gzipOrZlib, expectedCount: 10, limit: 1 << 20)
    }
  }
}
