import ForgeServer
import PullRequests
import TestSupport
import Testing

/// What a forge doesn't do after the branch was pushed, or halfway: nothing is done twice, and the next run makes up for it.
@Suite struct UnfinishedTests {
  typealias Response = ForgeServer.Response

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
    #expect(error?.remedy == "\(FailureTests.rights); the next run makes up for it")
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
