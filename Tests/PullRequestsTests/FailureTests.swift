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

  @Test func `more pages than anybody has`() async throws {
    let scene = try await Scene()
    for _ in 0..<20 {
      scene.forge.fail("GET", "/pulls", .instead(Response(200, [], fields: ["link": "<x>; rel=\"next\""])))
    }
    for page in 1...2 {
      scene.forge.fail(
        "GET", "page=\(page)", .instead(Response(200, [["a": "b"]], fields: ["link": "<x>; rel=\"next\""])))
    }
    // An empty page is the last, whatever its links say.
    #expect(try await scene.publisher().propose(Scene.change()).action == .opened)
  }

  // MARK: After the push

  static let path: [ForgeServer.Kind: String] = [
    .github: "/pulls", .gitlab: "/merge_requests", .gitea: "/pulls",
  ]

  @Test(arguments: ForgeServer.Kind.allCases)
  func `a request that can't be opened is made up for by the next run`(_ kind: ForgeServer.Kind) async throws
  {
    let scene = try await Scene(kind)
    let path = Self.path[kind] ?? ""
    scene.forge.fail("POST", path, .instead(Response(403, ["message": "no"])))
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    let tip = try #require(scene.tip())
    #expect(
      error?.description.hasSuffix(
        "do it (403): no; `repin/update` was pushed to `origin` before (\(tip.prefix(12)))") == true)
    #expect(error?.remedy == "\(Self.rights); the next run makes up for it")
    #expect(scene.forge.pulls == [])
    let outcome = try await publisher.propose(Scene.change())
    #expect((outcome.action, outcome.commit) == (.opened, tip))
  }

  @Test(
    arguments: ForgeServer.Kind.allCases,
    [
      ForgeServer.Fault.afterwards(Response(502, nil)),
      .afterwards(Response(504, text: "<html>", type: "text/html")),
      .instead(Response(502, nil)), .instead(Response(503, nil)),
      .afterwards(Response(201, text: "<html>", type: "text/html")),
      .afterwards(Response(201, text: "", type: "application/json")),
      .instead(Response(429, nil, fields: ["retry-after": "3"])),
    ]) func `an answer that gets lost makes no second request`(
      _ kind: ForgeServer.Kind, _ fault: ForgeServer.Fault
    ) async throws
  {
    let scene = try await Scene(kind)
    scene.forge.fail("POST", Self.path[kind] ?? "", fault)
    #expect(try await scene.publisher().propose(Scene.change()).action == .opened)
    #expect(scene.forge.pulls.count == 1)
  }

  @Test(
    arguments: ForgeServer.Kind.allCases,
    [
      ForgeTransportFailure.failed("broke off its answer", isTransient: true),
      .failed("took too long (waiting for an answer)", isTransient: true),
    ]) func `so does a connection that breaks`(_ kind: ForgeServer.Kind, _ failure: ForgeTransportFailure)
    async throws
  {
    let scene = try await Scene(kind)
    scene.transport.fail(failure)
    #expect(try await scene.publisher().propose(Scene.change()).action == .opened)
    #expect(scene.forge.pulls.count == 1)
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `somebody opens it at the same moment`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher()
    _ = try await publisher.propose(Scene.change())
    // It isn't seen at first.
    scene.forge.fail("GET", Self.path[kind] ?? "", .instead(Response(200, [])))
    scene.forge.change(1) { $0.title = "Theirs" }
    #expect(try await publisher.propose(Scene.change()).action == .updated)
    #expect(scene.forge.pulls.map(\.title) == ["Raise flask"])
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `a forge that has a request and never shows it`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher()
    _ = try await publisher.propose(Scene.change())
    for _ in 0..<2 { scene.forge.fail("GET", Self.path[kind] ?? "", .instead(Response(200, []))) }
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(error?.description.contains("already exists") == true)
    #expect(scene.forge.pulls.count == 1)
  }

  @Test func `a server that stays down is given up`() async throws {
    let scene = try await Scene()
    for _ in 0..<3 { scene.forge.fail("POST", "/pulls", .instead(Response(503, nil))) }
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(
      error?.description.contains("pulls answered 503; `repin/update` was pushed to `origin` before") == true)
    #expect(scene.forge.changes.count == 3)
    #expect(scene.clock.waits == [1, 2])
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `a label or a comment that can't be is a remark`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    let (method, path) = kind == .gitlab ? ("PUT", "/merge_requests/1") : ("POST", "/labels")
    scene.forge.fail(method, path, .instead(Response(403, ["message": "no labels"])))
    let publisher = try await scene.publisher { $0.labels = [try? RequestLabel("pins")].compactMap(\.self) }
    let outcome = try await publisher.propose(Scene.change())
    #expect(outcome.action == .opened)
    #expect(
      outcome.remarks.map(\.description).first?.contains(
        "can't label the \(kind == .gitlab ? "merge" : "pull") request") == true)
    scene.forge.fail("POST", kind == .gitlab ? "/notes" : "/comments", .instead(Response(500, nil)))
    let closed = try await publisher.withdraw(because: "over")
    #expect(closed.action == .closed)
    #expect(closed.remarks.map(\.action) == [.comment])
    #expect(scene.tip() == nil)
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `a request that can't be closed keeps its branch`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher()
    _ = try await publisher.propose(Scene.change())
    scene.forge.fail(kind == .gitlab ? "PUT" : "PATCH", "/1", .instead(Response(403, ["message": "no"])))
    await #expect(throws: PullRequestError.self) { _ = try await publisher.withdraw(because: "over") }
    #expect(scene.tip() != nil)
    #expect(scene.forge.pulls[0].comments == [])
    #expect(try await publisher.withdraw(because: "over").action == .closed)
  }

  @Test(arguments: ForgeServer.Kind.allCases) func `a wrong token`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher(environment: ["REPIN_TOKEN": "another"])
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(error?.description.contains("doesn't know the token of `REPIN_TOKEN` (401)") == true)
    #expect(error?.description.contains("another") == false)
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `the token is in no argument, and in no error`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher()
    _ = try await publisher.propose(Scene.change())
    _ = try await publisher.withdraw(because: "over")
    #expect(scene.git.commands.count > 10)
    #expect(scene.git.commands.allSatisfy { !$0.arguments.joined().contains(Scene.token) })
    // A remote that is none of the forge's gets it in no variable either.
    #expect(scene.git.commands.allSatisfy { $0.environment["GIT_CONFIG_COUNT"] == nil })
    for status in [401, 403, 404, 409, 418, 422, 500] {
      for _ in 0..<4 {
        scene.forge.fail(
          "GET", "",
          .instead(
            Response(status, ["message": .text("x \(Scene.token) y"), "errors": [.text(Scene.token)]])))
      }
      let error = await #expect(throws: PullRequestError.self) {
        _ = try await publisher.propose(Scene.change())
      }
      #expect(
        error.map { "\($0) \($0.remedy ?? "") \(String(reflecting: $0))" }?.contains(Scene.token) == false)
      while scene.forge.answer(ForgeServer.Request(method: "GET", path: "/", fields: [:], body: [])).status
        != 404
      {}
    }
  }
}
