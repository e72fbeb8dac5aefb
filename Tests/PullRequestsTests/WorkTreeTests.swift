import PullRequests
import TestSupport
import Testing

/// Whatever somebody is in the middle of: a change is proposed, and the work tree, the index and `HEAD` are as they were.
@Suite struct WorkTreeTests {
  enum State: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case clean, dirty, staged, untracked, detached, behind, onTheBranch, merging, rebasing, locked, removed,
      ignoring, sparse
    case split

    var testDescription: String { rawValue }
  }

  private func enter(_ state: State, _ scene: Scene) async throws {
    let git = scene.git
    switch state {
    case .clean: break
    case .dirty: scene.write("requirements.txt", "flask==9\n# mine\n")
    case .staged:
      scene.write("requirements.txt", "flask==8\n")
      try await git.run("add", "requirements.txt")
      scene.write("requirements.txt", "flask==9\n")
    case .untracked:
      scene.write("new.txt", "six==1\n")
      scene.directory.makeDirectory("work/lock")
      scene.write("lock/dev.txt", "mine\n")
    case .detached: try await git.run("checkout", "--quiet", "--detach")
    case .behind: try await scene.commitElsewhere(["app.py": "# further\n"])
    case .onTheBranch:
      try await git.run("checkout", "--quiet", "-b", "repin/update")
      scene.write("requirements.txt", "flask==7\n")
      try await scene.commit("mine, here")
    case .merging, .rebasing:
      try await git.run("checkout", "--quiet", "-b", "topic")
      scene.write("requirements.txt", "flask==7\n")
      try await scene.commit("one")
      try await git.run("checkout", "--quiet", "main")
      scene.write("requirements.txt", "flask==6\n")
      try await scene.commit("other")
      await #expect(throws: TestGit.Failure.self) {
        try await git.run(state == .merging ? "merge" : "rebase", "topic")
      }
    case .locked: scene.directory.write("work/.git/index.lock", "")
    case .removed: scene.directory.remove("work/requirements.txt")
    case .ignoring: scene.write(".gitignore", "*.txt\nlock\n")
    case .sparse: try await git.run("sparse-checkout", "set", "nothing")
    case .split: try await git.run("update-index", "--split-index")
    }
  }

  private func facts(_ scene: Scene) async throws -> [String] {
    // `status` itself may refresh the index, where nothing forbids it.
    let status = try await scene.git.run(
      "--no-optional-locks", "status", "--porcelain=v2", "--branch", "--ignored")
    let references = try await scene.git.run(
      "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags", "refs/stash",
      "refs/remotes/origin/main")
    var facts = [status, references]
    for name in [
      "HEAD", "index", "config", "ORIG_HEAD", "MERGE_HEAD", "FETCH_HEAD", "index.lock", "packed-refs",
    ] {
      facts.append("\(name) \(scene.directory.read("work/.git/\(name)").map { "\($0)" } ?? "none")")
    }
    for name in ["requirements.txt", "app.py", "new.txt", "lock/dev.txt"] {
      let text = scene.directory.text("work/\(name)") ?? "none"
      facts.append("\(name) \(text) \(scene.directory.modified("work/\(name)") ?? 0)")
    }
    facts.append(scene.directory.names(in: "work").joined(separator: " "))
    return facts
  }

  @Test(arguments: State.allCases) func `nothing here is touched`(_ state: State) async throws {
    let scene = try await Scene()
    try await enter(state, scene)
    let before = try await facts(scene)
    let publisher = try await scene.publisher()
    let change = ProposedChange(
      files: [
        .init(path: "requirements.txt", bytes: Array("flask==3.0\n".utf8)),
        .init(path: "lock/dev.txt", bytes: Array("pytest==8\n".utf8)),
      ], title: "Raise flask", body: "B", message: "Raise flask\n")
    #expect(try await publisher.propose(change).action == .opened)
    #expect(try await facts(scene) == before)
    #expect(try await scene.text("requirements.txt") == "flask==3.0\n")
    #expect(try await scene.text("lock/dev.txt") == "pytest==8\n")
    #expect(try await scene.files() == ["app.py", "lock/dev.txt", "requirements.txt"])
    #expect(try await publisher.withdraw(because: "over").action == .closed)
    #expect(try await facts(scene) == before)
  }

  @Test func `no hook runs`() async throws {
    let scene = try await Scene()
    for name in ["pre-push", "post-commit", "reference-transaction", "pre-commit", "commit-msg"] {
      scene.write(
        ".git/hooks/\(name)", "#!/bin/sh\necho \(name) >> \(scene.directory.file("ran"))\nexit 1\n",
        mode: 0o755)
    }
    #expect(try await scene.publisher().propose(Scene.change()).action == .opened)
    #expect(scene.directory.text("ran") == nil)
  }

  @Test(arguments: [
    ("*.txt text eol=crlf\n", "a\r\nb\r\n", "a\nb\n"), ("*.txt text\n", "a\r\nb\r\n", "a\nb\n"),
    ("*.txt -text\n", "a\r\nb\r\n", "a\r\nb\r\n"), ("", "a\r\nb\r\n", "a\r\nb\r\n"),
  ]) func `line ends are committed as git would add them`(
    _ attributes: String, _ given: String, _ kept: String
  ) async throws {
    let scene = try await Scene()
    scene.write(".gitattributes", attributes)
    _ = try await scene.publisher().propose(Scene.change(given))
    #expect(try await scene.text("requirements.txt") == kept)
  }

  @Test func `git's care for line ends stops nothing`() async throws {
    let scene = try await Scene()
    scene.write(".gitattributes", "*.txt text eol=crlf\n")
    try await scene.git.run("config", "core.safecrlf", "true")
    #expect(try await scene.publisher().propose(Scene.change("a\nb\r\n")).action == .opened)
    #expect(try await scene.text("requirements.txt") == "a\nb\n")
  }

  @Test func `modes stay, files come and go, and directories with them`() async throws {
    let scene = try await Scene()
    scene.directory.makeDirectory("work/old")
    scene.write("old/a.txt", "a\n")
    scene.write("run.txt", "x\n", mode: 0o755)
    try await scene.commit("more")
    try await scene.git.run("push", "--quiet", "origin", "main")
    let change = ProposedChange(
      files: [
        .init(path: "old/a.txt", bytes: nil), .init(path: "run.txt", bytes: Array("y\n".utf8)),
        .init(path: "deep/er/b.txt", bytes: Array("b\n".utf8)), .init(path: "gone/c.txt", bytes: nil),
        .init(path: "lä\"d chen/ö.txt", bytes: Array("o\n".utf8)),
      ], title: "T", body: "", message: "M")
    _ = try await scene.publisher().propose(change)
    let listing = try await scene.git.run("ls-tree", "-r", "-z", "repin/update", in: "remote.git")
    let entries = listing.split(separator: "\0").map { line in
      "\(line.prefix(6)) \(line.drop { $0 != "\t" }.dropFirst())"
    }
    #expect(
      entries == [
        "100644 app.py", "100644 deep/er/b.txt", "100644 lä\"d chen/ö.txt", "100644 requirements.txt",
        "100755 run.txt",
      ])
    #expect(try await scene.git.run("fsck", "--strict", in: "remote.git") == "")
    #expect(try await scene.publisher().propose(change).action == .unchanged)
  }

  @Test(arguments: [
    ("link.txt", "`link.txt` is a symbolic link on `main`, expected a file"),
    ("link.txt/a.txt", "`link.txt` is a symbolic link on `main`, expected a directory"),
    ("app.py/a.txt", "`app.py` is a file on `main`, expected a directory"),
    ("folder", "`folder` is a directory on `main`, expected a file"),
    ("module/a.txt", "`module` is a submodule on `main`, expected a directory"),
    ("module", "`module` is a submodule on `main`, expected a file"),
  ]) func `what is in the way`(_ path: String, _ says: String) async throws {
    let scene = try await Scene()
    let git = scene.git
    let blob = try await git.run("rev-parse", "HEAD:app.py").prefix { $0 != "\n" }
    let commit = try await git.run("rev-parse", "HEAD").prefix { $0 != "\n" }
    try await git.run(
      "update-index", "--add", "--cacheinfo", "120000,\(blob),link.txt", "--cacheinfo",
      "160000,\(commit),module",
      "--cacheinfo", "100644,\(blob),folder/a.txt")
    try await git.run("commit", "--quiet", "--message", "odd")
    try await git.run("push", "--quiet", "origin", "main")
    let publisher = try await scene.publisher()
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Scene.change(at: path))
    }
    #expect(error?.description == says)
    #expect(error?.kind == .input)
    #expect(scene.tip() == nil)
  }

  @Test(arguments: [
    (nil, "Tester <tester@example.invalid>"),
    ("Bot of ours <bot@shop.example>", "Bot of ours <bot@shop.example>"),
  ]) func `who commits`(_ author: String?, _ expected: String) async throws {
    let scene = try await Scene()
    _ = try await scene.publisher { $0.author = author.flatMap { try? CommitAuthor($0) } }.propose(
      Scene.change())
    let shown = try await scene.git.run(
      "log", "-1", "--format=%an <%ae>|%cn <%ce>|%at|%B", "repin/update", in: "remote.git")
    #expect(
      shown.hasPrefix("\(expected)|\(expected)|1800000000|Raise flask\n\n- flask 2.0 to 3.0\n\nRepin-Run: "))
  }
}
