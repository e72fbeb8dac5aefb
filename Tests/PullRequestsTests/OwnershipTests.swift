import ForgeServer
import PullRequests
import TestSupport
import Testing

/// Whose a branch is: repin's own is moved at will, somebody else's work stays.
@Suite struct OwnershipTests {
  /// Puts what somebody made of the branch in its place.
  private func push(_ scene: Scene, _ steps: [[String]]) async throws {
    scene.directory.remove("other")
    try await scene.git.run("clone", "--quiet", scene.directory.file("remote.git"), "other", in: ".")
    try await scene.git.run(
      "fetch", "--quiet", "origin", "+refs/heads/*:refs/heads/*", "--update-head-ok", in: "other")
    try await scene.git.run("checkout", "--quiet", "repin/update", in: "other")
    for step in steps {
      let answer = try await TestGit(directory: scene.directory, place: "other").run(GitCommand(step))
      #expect(answer.status == 0, "\(step) \(answer.diagnostics)")
    }
    try await scene.git.run("push", "--quiet", "--force", "origin", "repin/update", in: "other")
  }

  struct Work: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let steps: [[String]]
    let isOurs: Bool

    init(_ name: String, isOurs: Bool, _ steps: [String]...) {
      testDescription = name
      self.isOurs = isOurs
      self.steps = steps
    }
  }

  static let works = [
    Work("an empty commit on top", isOurs: true, ["commit", "--quiet", "--allow-empty", "-m", "mine"]),
    Work("a file on top", isOurs: false, ["rm", "--quiet", "app.py"], ["commit", "--quiet", "-m", "mine"]),
    Work(
      "amended", isOurs: false, ["rm", "--quiet", "app.py"], ["commit", "--quiet", "--amend", "--no-edit"]),
    Work(
      "another branch in its place", isOurs: false, ["checkout", "--quiet", "--orphan", "x"],
      ["commit", "--quiet", "-m", "mine"], ["branch", "-M", "repin/update"]),
    Work(
      "a commit with a mark of another", isOurs: false, ["rm", "--quiet", "app.py"],
      ["commit", "--quiet", "-C", "HEAD"]),
    Work("the base's commit in its place", isOurs: true, ["reset", "--quiet", "--hard", "main"]),
    Work(
      "words amended alone", isOurs: true,
      ["commit", "--quiet", "--amend", "--no-edit", "--author", "A <a@b>"]),
    Work("rebased by the forge", isOurs: true, ["rebase", "--quiet", "main"]),
    Work("the base merged into it", isOurs: true, ["merge", "--quiet", "--no-edit", "main"]),
    Work(
      "the base merged, and more", isOurs: false, ["merge", "--quiet", "--no-commit", "--no-ff", "main"],
      ["rm", "--quiet", "--force", "app.py"], ["commit", "--quiet", "--no-edit"]),
  ]

  @Test(arguments: works) func `a branch that somebody worked on`(_ work: Work) async throws {
    let scene = try await Scene()
    let publisher = try await scene.publisher()
    _ = try await publisher.propose(Scene.change())
    try await scene.commitElsewhere(["more.py": "# more\n"])
    try await push(scene, work.steps)
    let tip = try #require(scene.tip())
    scene.forge.forgetRequests()
    if work.isOurs {
      #expect(try await publisher.propose(Scene.change("flask==4\n")).action == .updated)
      #expect(try await scene.text("requirements.txt") == "flask==4\n")
      return
    }
    for run in [
      { _ = try await publisher.propose(Scene.change("flask==4\n")) },
      { _ = try await publisher.withdraw(because: "over") },
    ] {
      let error = await #expect(throws: PullRequestError.self) { try await run() }
      #expect(error == .foreignBranch("repin/update", remote: "origin", commit: tip))
      #expect(error?.kind == .refusal)
    }
    #expect(scene.tip() == tip)
    #expect(scene.forge.changes == [])
  }

  @Test func `a branch that was never repin's`() async throws {
    let scene = try await Scene()
    try await scene.commitElsewhere([:], message: "on main")
    try await scene.git.run("push", "--quiet", "origin", "HEAD:repin/update")
    try await scene.commitElsewhere(["x": "y"], branch: "repin/update")
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(
      error?.description
        == "the branch `repin/update` of `origin` has changes that repin didn't make (\(scene.tip()?.prefix(12) ?? "")), and they are not overwritten"
    )
    #expect(
      error?.remedy
        == "merge it, or `git push origin --delete repin/update`, or set another `branch` of `[pull-request]`"
    )
  }

  /// Runs something else just before a command of git.
  struct Meddling: GitRunning {
    let git: TestGit
    let command: String
    let meddle: @Sendable () async throws -> Void

    func run(_ command: GitCommand) async throws(GitRunFailure) -> GitAnswer {
      if command.arguments.contains(self.command) {
        do { try await meddle() } catch { throw .notStarted("\(error)") }
      }
      return try await git.run(command)
    }
  }

  @Test func `somebody pushes at the same moment`() async throws {
    let scene = try await Scene()
    _ = try await scene.publisher().propose(Scene.change())
    let git = Meddling(git: scene.git, command: "push") {
      try await scene.commitElsewhere(["x": "y"], branch: "repin/update", message: "mine")
    }
    let publisher = try await scene.publisher(git: git)
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change("flask==4\n"))
    }
    #expect(error == .moved("repin/update", remote: "origin"))
    #expect(try await scene.git.run("log", "-1", "--format=%s", "repin/update", in: "remote.git") == "mine\n")
  }

  @Test func `a branch that comes to be at the same moment`() async throws {
    let scene = try await Scene()
    let git = Meddling(git: scene.git, command: "push") {
      try await scene.git.run("push", "--quiet", "origin", "HEAD:repin/update")
    }
    let publisher = try await scene.publisher(git: git)
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(error == .moved("repin/update", remote: "origin"))
  }

  @Test func `a remote that takes no push`() async throws {
    let scene = try await Scene()
    scene.directory.write(
      "remote.git/hooks/pre-receive", "#!/bin/sh\necho 'protected \(Scene.token)' >&2\nexit 1\n", mode: 0o755)
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(
      error?.description
        == "`origin` doesn't take a push to `repin/update`: [remote rejected] (pre-receive hook declined)")
    #expect(error?.kind == .outside)
    #expect(scene.forge.changes == [])
  }

  @Test func `a remote without the base, and one that is gone`() async throws {
    let scene = try await Scene()
    let publisher = try await scene.publisher { $0.base = try? BranchName("release") }
    let missing = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(missing == .noBase("release", remote: "origin"))

    let same = try await scene.publisher { $0.branch = (try? BranchName("main")) ?? .standard }
    let ill = await #expect(throws: PullRequestError.self) { _ = try await same.propose(Scene.change()) }
    #expect(ill?.description.contains("which is the branch that is to be changed") == true)

    scene.directory.remove("remote.git")
    let gone = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) { _ = try await gone.propose(Scene.change()) }
    #expect(error?.kind == .outside)
    #expect(error?.description.hasPrefix("git can't list the branches of `origin`: ") == true)
    #expect(error?.remedy == "see that `git ls-remote origin` works without a question")

    let nowhere = await #expect(throws: PullRequestError.self) {
      _ = try await scene.publisher { $0.remote = (try? RemoteName("upstream")) ?? .standard }
    }
    #expect(nowhere?.description.hasPrefix("git can't tell the address of the remote `upstream`: ") == true)
    #expect(nowhere?.kind == .input)
  }

  struct Broken: GitRunning {
    let failure: GitRunFailure
    func run(_ command: GitCommand) async throws(GitRunFailure) -> GitAnswer {
      if command.arguments.contains("remote") {
        return GitAnswer(status: 0, output: Array("/somewhere\n".utf8), diagnostics: "")
      }
      throw failure
    }
  }

  @Test(arguments: [
    (
      GitRunFailure.timedOut, "git can't list the branches of `origin`: it took longer than 300 s",
      PullRequestError.Kind.outside
    ),
    (
      .notStarted("there is no `git` on PATH"),
      "git can't list the branches of `origin`: there is no `git` on PATH", .input
    ),
    (.tooMuchOutput, "git can't list the branches of `origin`: it wrote more than 1048576 bytes", .outside),
    (.cancelled, "cancelled", .cancellation),
  ]) func `a git that comes to no end`(
    _ failure: GitRunFailure, _ says: String, _ kind: PullRequestError.Kind
  ) async throws {
    let scene = try await Scene()
    let publisher = try await scene.publisher(git: Broken(failure: failure))
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change())
    }
    #expect(error?.description == says)
    #expect(error?.kind == kind)
  }
}
