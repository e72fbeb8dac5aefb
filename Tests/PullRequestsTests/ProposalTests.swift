import ForgeServer
import PullRequests
import TestSupport
import Testing

/// One request that is opened, kept up to date and closed, on every forge.
@Suite struct ProposalTests {
  @Test(arguments: ForgeServer.Kind.allCases) func `one request from week to week`(_ kind: ForgeServer.Kind)
    async throws
  {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher {
      $0.labels = [try? RequestLabel("dependencies"), try? RequestLabel("pins")].compactMap(\.self)
    }

    let opened = try await publisher.propose(Scene.change())
    #expect(opened.action == .opened)
    #expect(opened.number == 1)
    #expect(opened.url?.hasPrefix("https://forge.example/") == true)
    #expect(opened.commit == scene.tip())
    #expect(opened.remarks == [])
    let pull = try #require(scene.forge.open.first)
    #expect(pull.title == "Raise flask")
    #expect(pull.body == "Raises `flask`.")
    #expect((pull.head, pull.base) == ("repin/update", "main"))
    #expect(pull.labels == ["dependencies", "pins"])
    #expect(try await scene.text("requirements.txt") == "flask==3.0\n")
    #expect(try await scene.files() == ["app.py", "requirements.txt"])

    // The same again.
    scene.forge.forgetRequests()
    let same = try await publisher.propose(Scene.change())
    #expect(same.action == .unchanged)
    #expect((same.number, same.commit) == (1, opened.commit))
    #expect(scene.forge.changes == [])

    // Other words alone: the commit stays.
    let reworded = try await publisher.propose(
      ProposedChange(
        files: Scene.change().files, title: "Raise flask (security)", body: "Fixes.",
        message: Scene.change().message))
    #expect(reworded.action == .updated)
    #expect(reworded.commit == opened.commit)
    #expect(scene.forge.open.map(\.title) == ["Raise flask (security)"])
    #expect(scene.forge.open.map(\.body) == ["Fixes."])

    // Another lockfile: the branch has one commit as before.
    let moved = try await publisher.propose(Scene.change("flask==3.1\n", title: "Raise flask again"))
    #expect(moved.action == .updated)
    #expect(moved.number == 1)
    #expect(try await scene.text("requirements.txt") == "flask==3.1\n")
    #expect(try await scene.git.run("rev-list", "--count", "main..repin/update", in: "remote.git") == "1\n")

    // The base goes on: the branch follows.
    try await scene.commitElsewhere(["app.py": "import flask, os\n"])
    #expect(
      try await publisher.propose(Scene.change("flask==3.1\n", title: "Raise flask again")).action == .updated
    )
    #expect(try await scene.text("app.py") == "import flask, os\n")
    #expect(try await scene.git.run("rev-list", "--count", "repin/update..main", in: "remote.git") == "0\n")
    #expect(scene.forge.pulls.count == 1)

    let closed = try await publisher.withdraw(because: "nothing is due anymore.")
    #expect((closed.action, closed.number) == (.closed, 1))
    #expect(scene.forge.open == [])
    #expect(scene.forge.pulls[0].comments == ["Closed by repin: nothing is due anymore."])
    #expect(scene.tip() == nil)
    #expect(try await publisher.withdraw(because: "again").action == .none)
    #expect(scene.forge.pulls[0].comments.count == 1)

    #expect(try await publisher.propose(Scene.change()).number == 2)
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `what the base has already closes the request`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher()
    #expect(try await publisher.propose(Scene.change("flask==2.0\n")).action == .none)
    #expect(scene.forge.changes == [])
    _ = try await publisher.propose(Scene.change())
    try await scene.commitElsewhere(["requirements.txt": "flask==3.0\n"])
    let outcome = try await publisher.propose(Scene.change())
    #expect(outcome.action == .closed)
    #expect(scene.forge.pulls[0].comments == ["Closed by repin: `main` has all of it already."])
    #expect(scene.tip() == nil)
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `others' requests are left alone, on whatever page ours is`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    for index in 0..<120 { scene.forge.add(head: "topic-\(index)", base: "main") }
    // A fork has a branch of the same name; of an owner of the same name on GitLab, whose filter lets it through.
    scene.forge.add(
      head: "repin/update", base: "main", repository: kind == .gitlab ? "fork/web" : "stranger/web")
    let publisher = try await scene.publisher()
    #expect(try await publisher.propose(Scene.change()).number == 122)
    #expect(try await publisher.propose(Scene.change()).action == .unchanged)
    #expect(try await publisher.withdraw(because: "it is over").number == 122)
    #expect(scene.forge.open.count == 121)
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `a request into another base is turned to the right one`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    try await scene.git.run("push", "--quiet", "origin", "HEAD:release")
    _ = try await scene.publisher().propose(Scene.change())
    let outcome = try await scene.publisher { $0.base = try? BranchName("release") }.propose(Scene.change())
    #expect((outcome.action, outcome.number) == (.updated, 1))
    #expect(scene.forge.open.map(\.base) == ["release"])
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `labels that somebody took off come back, and those of others stay`(_ kind: ForgeServer.Kind)
    async throws
  {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher { $0.labels = [try? RequestLabel("pins")].compactMap(\.self) }
    _ = try await publisher.propose(Scene.change())
    scene.forge.change(1) { $0.labels = ["urgent"] }
    #expect(try await publisher.propose(Scene.change()).action == .updated)
    #expect(scene.forge.open[0].labels == ["urgent", "pins"])
  }

  @Test(arguments: ForgeServer.Kind.allCases)
  func `what isn't to be merged yet stays so`(_ kind: ForgeServer.Kind) async throws {
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher()
    _ = try await publisher.propose(Scene.change())
    scene.forge.change(1) { $0.title = "Draft: Raise flask" }
    #expect(try await publisher.propose(Scene.change()).action == .unchanged)
    #expect(try await publisher.propose(Scene.change("flask==4\n", title: "Raise it")).action == .updated)
    #expect(scene.forge.open.map(\.title) == ["Draft: Raise it"])
  }

  @Test func `line ends as a forge's page writes them are no change`() async throws {
    let scene = try await Scene()
    let publisher = try await scene.publisher()
    _ = try await publisher.propose(Scene.change(body: "one\ntwo\n"))
    scene.forge.change(1) { $0.body = "one\r\ntwo" }
    #expect(try await publisher.propose(Scene.change(body: "one\ntwo\n")).action == .unchanged)
  }

  @Test(arguments: ["sha1", "sha256"]) func `repositories of either digest`(_ objects: String) async throws {
    let scene = try await Scene(objects: objects)
    #expect(try await scene.publisher().propose(Scene.change()).action == .opened)
    #expect(try await scene.publisher().propose(Scene.change()).action == .unchanged)
    #expect(try await scene.publisher().propose(Scene.change("flask==4\n")).action == .updated)
  }

  @Test(arguments: [[], ["--depth=1"], ["--filter=blob:none"]])
  func `the same change from another clone is no change`(_ options: [String]) async throws {
    let scene = try await Scene()
    try await scene.git.run("config", "uploadpack.allowFilter", "true", in: "remote.git")
    try await scene.commitElsewhere(["app.py": "# more\n"])
    let opened = try await scene.publisher().propose(Scene.change())
    let url = "file://\(scene.directory.file("remote.git"))"
    let clone = try await TestGit(directory: scene.directory, place: ".").run(
      GitCommand(["clone", "--quiet", "--single-branch"] + options + [url, "clone"]))
    #expect(clone.status == 0)
    let publisher = try await scene.publisher(git: TestGit(directory: scene.directory, place: "clone"))
    scene.forge.forgetRequests()
    let same = try await publisher.propose(Scene.change())
    #expect((same.action, same.commit) == (.unchanged, opened.commit))
    #expect(scene.forge.changes == [])
    #expect(try await publisher.propose(Scene.change("flask==4\n")).action == .updated)
  }

  @Test func `a shallow clone does`() async throws {
    let scene = try await Scene()
    for week in 1...3 { try await scene.commitElsewhere(["app.py": "# \(week)\n"]) }
    _ = try await scene.publisher().propose(Scene.change())
    try await scene.commitElsewhere(["app.py": "# later\n"])
    try await scene.git.run(
      "clone", "--quiet", "--depth=1", "file://\(scene.directory.file("remote.git"))", "shallow", in: ".")
    let git = TestGit(directory: scene.directory, place: "shallow")
    #expect(try await scene.publisher(git: git).propose(Scene.change("flask==5\n")).action == .updated)
    #expect(try await scene.git.run("rev-list", "--count", "HEAD", in: "shallow") == "1\n")
    #expect(try await scene.text("requirements.txt") == "flask==5\n")
    #expect(try await scene.publisher(git: git).withdraw(because: "over").action == .closed)
  }

  struct Ill: Sendable {
    let change: ProposedChange
    let says: String

    init(
      _ says: String, path: String = "a.txt", title: String = "T", body: String = "", message: String = "M",
      beside: String? = nil
    ) {
      let files = [path, beside].compactMap(\.self).map { ProposedChange.File(path: $0, bytes: []) }
      change = ProposedChange(files: files, title: title, body: body, message: message)
      self.says = says
    }
  }

  @Test(arguments: [
    Ill("`../a.txt` is no path of a file within the repository", path: "../a.txt"),
    Ill("`/a.txt` is no path of a file within the repository", path: "/a.txt"),
    Ill("`a//b` is no path of a file within the repository", path: "a//b"),
    Ill("`x/.GIT/config` is no path of a file within the repository", path: "x/.GIT/config"),
    Ill("`a\u{FFFD}b` is no path of a file within the repository", path: "a\nb"),
    Ill("`a.txt` is proposed twice", beside: "a.txt"),
    Ill("`a.txt` is proposed as a file and as a directory", beside: "a.txt/b"),
    Ill("the title isn't one line of text", title: "a\nb"),
    Ill("the title isn't one line of text", title: "  "),
    Ill(
      "the title is longer than 256 characters, which GitHub takes", title: String(repeating: "t", count: 257)
    ),
    Ill(
      "the body is longer than 65536 characters, which GitHub takes",
      body: String(repeating: "b", count: 65_537)),
    Ill("the commit's message or the body isn't text", message: "a\0b"),
  ]) func `what can't be proposed`(_ ill: Ill) async throws {
    let scene = try await Scene()
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) { _ = try await publisher.propose(ill.change) }
    #expect(error?.description == ill.says)
    #expect(error?.kind == .input)
    #expect(scene.forge.requests == [])
  }
}
