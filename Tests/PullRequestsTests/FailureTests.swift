import ForgeServer
import PullRequests
import TestSupport
import Testing

/// What a forge doesn't do: which error, whether it is tried again, and what stands after it.
@Suite struct FailureTests {
  typealias Response = ForgeServer.Response

  struct Case: Sendable, CustomTestStringConvertible {
    let response: Response
    /// What follows the address.
    let says: String
    let remedy: String?
    /// How often it is sent.
    let sent: Int
    let waits: [Int64]

    var testDescription: String { "\(response.status): \(says)" }

    init(_ response: Response, _ says: String, _ remedy: String?, sent: Int = 1, waits: [Int64] = []) {
      self.response = response
      self.says = says
      self.remedy = remedy
      self.sent = sent
      self.waits = waits
    }
  }

  static let rights = "give the token of `REPIN_TOKEN` the rights that docs/pull-requests.md names"
  static let cases = [
    Case(
      Response(401, ["message": .text("Bad credentials \(Scene.token)")]),
      "doesn't know the token of `REPIN_TOKEN` (401): Bad credentials",
      "give `REPIN_TOKEN` a token that is valid"),
    Case(
      Response(403, ["message": "Resource not accessible by integration"]),
      "doesn't let the token of `REPIN_TOKEN` do it (403): Resource not accessible by integration", rights),
    Case(
      Response(
        403, ["error": "insufficient_scope", "error_description": "The request requires higher privileges"]),
      "doesn't let the token of `REPIN_TOKEN` do it (403): insufficient_scope: The request requires higher privileges",
      rights),
    Case(
      Response(
        403, ["message": "API rate limit exceeded"],
        fields: ["x-ratelimit-remaining": "0", "x-ratelimit-reset": "1800003600"]),
      "takes no more requests for now, again in 3600 s", "run it again in 60 min"),
    Case(
      Response(403, ["message": "You have exceeded a secondary rate limit"]),
      "takes no more requests for now",
      "run it again later", sent: 4, waits: [60, 60, 60]),
    // The end of the hourly limit is none of this one.
    Case(
      Response(
        403, ["message": "You have exceeded a secondary rate limit"],
        fields: ["x-ratelimit-remaining": "4000", "x-ratelimit-reset": "1800003600"]),
      "takes no more requests for now", "run it again later", sent: 4, waits: [60, 60, 60]),
    Case(
      Response(429, text: "Retry later\n", type: "text/plain", fields: ["retry-after": "7"]),
      "takes no more requests for now, again in 7 s", "run it again in 1 min", sent: 4, waits: [7, 7, 7]),
    Case(
      Response(429, ["message": "slow down"], fields: ["retry-after": "61"]),
      "takes no more requests for now, again in 61 s", "run it again in 2 min"),
    Case(
      Response(404, ["message": "Not Found"]), "has no `shop/web`, or doesn't show it to this token (404)",
      "see that `repository` and `api-url` of `[pull-request]` are right, and that the token may see the repository"
    ),
    Case(Response(409, ["message": "busy"]), "answered 409: busy", nil),
    Case(
      Response(
        422,
        [
          "message": "Validation Failed",
          "errors": [["resource": "PullRequest", "field": "base", "code": "invalid"]],
        ]),
      "doesn't take what was sent: Validation Failed: code invalid, field base, resource PullRequest", nil),
    Case(
      Response(400, ["message": ["title": ["is too long", "is odd"]]]),
      "doesn't take what was sent: title is too long, is odd", nil),
    Case(
      Response(500, ["message": "oops"]), "answered 500: oops", "run it again later", sent: 4,
      waits: [1, 2, 4]),
    Case(
      Response(502, text: "<html>\n<h1>Bad Gateway</h1>", type: "text/html"), "answered 502: a page of HTML",
      "run it again later", sent: 4, waits: [1, 2, 4]),
    Case(
      Response(503, nil, fields: ["retry-after": "5"]), "answered 503", "run it again later", sent: 4,
      waits: [5, 5, 5]),
    Case(Response(503, nil, fields: ["retry-after": "3600"]), "answered 503", "run it again later"),
    Case(Response(501, nil), "answered 501", "run it again later"),
    Case(
      Response(301, nil, fields: ["location": "https://user:pass@elsewhere.example/api?private_token=x"]),
      "redirects to https://user:****@elsewhere.example/api, which isn't followed",
      "set `api-url` or `repository` of `[pull-request]` to where it is now"),
    Case(
      Response(418, ["message": "a\u{1B}[31m\u{202E}teapot\n\n::error::x"]),
      "answered 418: a\u{FFFD}[31m\u{FFFD}teapot ::error::x", nil),
  ]

  @Test(arguments: cases) func `a question that fails is told before anything is pushed`(_ test: Case)
    async throws
  {
    let scene = try await Scene()
    for _ in 0..<test.sent { scene.forge.fail("GET", "/pulls", .instead(test.response)) }
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    let url = "https://forge.example/api/v3/repos/shop/web/pulls"
    let says = "can't look for an open pull request: \(url) \(test.says)"
    #expect(error?.description.replacing(" ****", with: "") == says)
    #expect(error?.remedy == test.remedy)
    #expect(error?.kind == .outside)
    #expect(scene.forge.requests.count == test.sent)
    #expect(scene.clock.waits == test.waits)
    #expect(scene.tip() == nil)
  }

  @Test(arguments: [
    (
      Response(200, text: "<!DOCTYPE html><html>Log in</html>", type: "text/html"),
      "answered with a page of HTML"
    ),
    (
      Response(200, text: "[{", type: "application/json"),
      "answered with something else than is documented: at byte 2 of its JSON: expected a name in quotes or `}`, found the end"
    ),
    (Response(200, ["a": "b"]), "answered with something else than is documented: no list"),
    (
      Response(
        200, [["head": ["ref": "repin/update", "repo": ["full_name": "shop/web"]], "number": "one"]]),
      "answered with something else than is documented: a pull request without number, title, base or address"
    ),
    (
      Response(200, text: String(repeating: "[", count: 100_000), type: "application/json"),
      "answered with something else than is documented: at byte 32 of its JSON: more than 32 levels inside one another"
    ),
    (
      Response(200, text: "", type: "application/json"),
      "answered with something else than is documented: at byte 0 of its JSON: expected a value, found the end"
    ),
  ]) func `answers that are none`(_ response: Response, _ says: String) async throws {
    let scene = try await Scene()
    scene.forge.fail("GET", "/pulls", .instead(response))
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(
      error?.description
        == "can't look for an open pull request: https://forge.example/api/v3/repos/shop/web/pulls \(says)")
    #expect(scene.forge.requests.count == 1)
  }

  struct Silent: ForgeTransport {
    let failure: ForgeTransportFailure

    func send(_ request: ForgeRequest) async throws(ForgeTransportFailure) -> ForgeResponse { throw failure }
  }

  @Test(arguments: [
    (ForgeTransportFailure.tooLarge, "answered with more than 16777216 bytes", [Int64]()),
    (.failed("can't be reached: \(Scene.token)", isTransient: false), "can't be reached: ****", []),
    (
      .failed("took too long (reading the answer)", isTransient: true), "took too long (reading the answer)",
      [1, 2, 4]
    ),
  ]) func `no answer`(_ failure: ForgeTransportFailure, _ says: String, _ waits: [Int64]) async throws {
    let scene = try await Scene()
    let publisher = try await PullRequestPublisher(
      settings: scene.settings, environment: ["GITHUB_TOKEN": Scene.token], git: scene.git,
      transport: Silent(failure: failure), clock: scene.clock.clock)
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(
      error?.description
        == "can't look for an open pull request: https://forge.example/api/v3/repos/shop/web/pulls \(says)")
    #expect(scene.clock.waits == waits)
    #expect(scene.tip() == nil)
  }

  @Test func `a cancelled task`() async throws {
    let scene = try await Scene()
    let publisher = try await PullRequestPublisher(
      settings: scene.settings, environment: ["GITHUB_TOKEN": Scene.token], git: scene.git,
      transport: Silent(failure: .cancelled), clock: scene.clock.clock)
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(error == .cancelled)
    #expect(error?.kind == .cancellation)
  }

  @Test func `more pages than anybody has`() async throws {
    let scene = try await Scene()
    let link = ["link": "<https://forge.example/>; rel=\"next\""]
    for _ in 0..<20 {
      scene.forge.fail("GET", "/pulls", .instead(Response(200, [["number": 1]], fields: link)))
    }
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(error?.description.hasSuffix("/pulls has more than 20 pages of open requests") == true)
    #expect(scene.forge.requests.count == 20)
    // An empty page is the last, whatever its links say.
    scene.forge.fail("GET", "/pulls", .instead(Response(200, [], fields: link)))
    #expect(try await publisher.propose(Scene.change()).action == .opened)
  }
}
