import Glibc
import TestSupport
import Testing

@testable import PackageIndex

@Suite("Trees of Git repositories")
struct GitCheckOutTests {
  /// Two commits, the first with the tag `v1.0`; the second's branch is `main`.
  private func history(isFilterable: Bool = false) async throws -> (
    fixture: GitFixture, first: String, second: String
  ) {
    let fixture = GitFixture()
    try await fixture.makeRepository("source")
    try await fixture.git("source", "config", "uploadpack.allowFilter", "\(isFilterable)")
    try await fixture.git("source", "config", "uploadpack.allowAnySHA1InWant", "true")
    let first = try await fixture.commit("source", ["a": "1", "python/pyproject.toml": "", "python/b": "b"])
    try await fixture.git("source", "tag", "--annotate", "--message", "1.0", "v1.0")
    let second = try await fixture.commit("source", ["a": "2"])
    return (fixture, first, second)
  }

  @Test("The files of the commit and a repository that tells its version", arguments: [false, true])
  func checksOut(isFilterable: Bool) async throws {
    let (fixture, first, second) = try await history(isFilterable: isFilterable)
    let url = try fixture.url("source", "@main#subdirectory=python")
    for (commit, text, described) in [
      (second, "2", "v1.0-1-g\(second.prefix(7))"), (first, "1", "v1.0-0-g\(first.prefix(7))"),
      (first.uppercased(), "1", "v1.0-0-g\(first.prefix(7))"),
    ] {
      try await fixture.client.checkOut(commit, of: url, into: fixture.directory.file("out"))
      #expect(fixture.directory.text("out/a") == text)
      #expect(fixture.directory.text("out/python/b") == "b")
      // What setuptools-scm asks.
      let question = ["describe", "--dirty", "--tags", "--long", "--match", "*[0-9]*"]
      #expect(try await fixture.git("out", question) == described)
      #expect(try await fixture.git("out", "status", "--porcelain") == "")
      #expect(try await fixture.git("out", "rev-parse", "HEAD") == commit.lowercased())
      #expect(try await fixture.git("out", "rev-parse", "refs/remotes/origin/main") == second)
      #expect(try await fixture.git("out", "remote", "get-url", "origin") == url.remote)
      #expect(try await fixture.git("out", "ls-files") == "a\npython/b\npython/pyproject.toml")
      #expect(fixture.directory.names(in: "out/.git/hooks") == [])
      fixture.directory.remove("out")
    }
  }

  @Test("Only the files that are needed are fetched, and once")
  func filters() async throws {
    let (fixture, first, second) = try await history(isFilterable: true)
    let url = try fixture.url("source")
    let mirror = GitMirror.path(for: url, in: "cache")
    let old = try await fixture.git("source", "rev-parse", "\(first):a")
    let new = try await fixture.git("source", "rev-parse", "\(second):a")
    try await fixture.client.checkOut(second, of: url, into: fixture.directory.file("out"))
    let missing = try await fixture.git(mirror, "rev-list", "--objects", "--all", "--missing=print")
    #expect(missing.contains("?\(old)"))
    #expect(!missing.contains("?\(new)"))
    fixture.directory.remove("out")
    // The server has lost what is in the cache.
    let object = "source/.git/objects/\(new.prefix(2))/\(new.dropFirst(2))"
    #expect(fixture.directory.size(object) > 0)
    fixture.directory.remove(object)
    try await fixture.client.checkOut(second, of: url, into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/a") == "2")
  }

  @Test("A server that filters and doesn't keep its promise")
  func brokenFilter() async throws {
    let (fixture, _, second) = try await history(isFilterable: true)
    try await fixture.git("source", "config", "uploadpack.allowAnySHA1InWant", "false")
    // Version 0 of the protocol refuses what isn't advertised, such as a file.
    fixture.directory.write("gitconfig", "[protocol]\nversion = 0\n")
    var client = fixture.client
    client.environment["GIT_CONFIG_GLOBAL"] = fixture.directory.file("gitconfig")
    try await client.checkOut(second, of: fixture.url("source"), into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/a") == "2")
    #expect(try await fixture.git("out", "status", "--porcelain") == "")
  }

  @Test("A commit no branch leads to any more")
  func unreachableCommit() async throws {
    let (fixture, first, second) = try await history()
    try await fixture.git("source", "reset", "--quiet", "--hard", first)
    try await fixture.client.checkOut(second, of: fixture.url("source"), into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/a") == "2")
  }

  @Test("A tag that came later tells the version")
  func laterTag() async throws {
    let (fixture, _, second) = try await history()
    let url = try fixture.url("source")
    try await fixture.client.checkOut(second, of: url, into: fixture.directory.file("before"))
    try await fixture.git("source", "tag", "v2.0")
    try await fixture.client.checkOut(second, of: url, into: fixture.directory.file("after"))
    #expect(try await fixture.git("before", "describe", "--tags") == "v1.0-1-g\(second.prefix(7))")
    #expect(try await fixture.git("after", "describe", "--tags") == "v2.0")
  }

  @Test("A damaged mirror is made anew")
  func damagedMirror() async throws {
    let (fixture, _, second) = try await history()
    let url = try fixture.url("source")
    let mirror = GitMirror.path(for: url, in: "cache")
    try await fixture.client.checkOut(second, of: url, into: fixture.directory.file("one"))
    fixture.directory.write("\(mirror)/config.lock", "")
    try await fixture.client.checkOut(second, of: url, into: fixture.directory.file("two"))
    for name in fixture.directory.names(in: "\(mirror)/objects/pack") {
      chmod(fixture.directory.file("\(mirror)/objects/pack/\(name)"), 0o600)
      fixture.directory.overwrite("\(mirror)/objects/pack/\(name)", with: Array(repeating: 0, count: 64))
    }
    try await fixture.client.checkOut(second, of: url, into: fixture.directory.file("three"))
    for name in ["two", "three"] { #expect(fixture.directory.text("\(name)/a") == "2") }
  }

  @Test("Several at once, of one repository")
  func concurrent() async throws {
    let (fixture, first, second) = try await history(isFilterable: true)
    let url = try fixture.url("source")
    try await withThrowingTaskGroup { group in
      for number in 0..<6 {
        group.addTask {
          try await fixture.client.checkOut(
            number % 2 == 0 ? first : second, of: url, into: fixture.directory.file("out\(number)"))
        }
      }
      try await group.waitForAll()
    }
    for number in 0..<6 { #expect(fixture.directory.text("out\(number)/a") == (number % 2 == 0 ? "1" : "2")) }
  }

  @Test("Another process has the mirror")
  func locked() async throws {
    let (fixture, _, second) = try await history()
    let url = try fixture.url("source")
    fixture.directory.makeDirectory("cache")
    let path = fixture.directory.file("\(GitMirror.path(for: url, in: "cache")).lock")
    let lock = try await FileLock.acquire(path, patience: .zero)
    var client = fixture.client
    client.timeLimits.fetch = .milliseconds(50)
    let error = await fixture.error {
      try await client.checkOut(second, of: url, into: fixture.directory.file("out"))
    }
    #expect(error == .timedOut(url: url.redacted, limit: .milliseconds(50)))
    FileLock.release(lock)
    try await fixture.client.checkOut(second, of: url, into: fixture.directory.file("out"))
  }

  @Test(
    "No such commit",
    arguments: [
      String(repeating: "0", count: 40), String(repeating: "1", count: 64), "main", "", "--help", "v1.0",
    ])
  func noSuchCommit(_ commit: String) async throws {
    let (fixture, _, _) = try await history()
    let url = try fixture.url("source")
    let error = await fixture.error {
      try await fixture.client.checkOut(commit, of: url, into: fixture.directory.file("out"))
    }
    #expect(error == .noSuchCommit(url: url.redacted, commit: commit))
  }

  @Test("A tag, a tree and a file are no commits")
  func otherObjects() async throws {
    let (fixture, _, _) = try await history()
    let url = try fixture.url("source")
    for name in ["v1.0^{tree}", "HEAD:a"] {
      let object = try await fixture.git("source", "rev-parse", name)
      let error = await fixture.error {
        try await fixture.client.checkOut(object, of: url, into: fixture.directory.file("out"))
      }
      #expect(error == .noSuchCommit(url: url.redacted, commit: object))
    }
  }

  struct Subdirectory: Sendable, CustomTestStringConvertible {
    let path: String
    let problem: GitError.SubdirectoryProblem?
    var testDescription: String { path }

    init(_ path: String, _ problem: GitError.SubdirectoryProblem?) {
      self.path = path
      self.problem = problem
    }
  }

  static let subdirectories: [Subdirectory] = [
    Subdirectory("python", nil), Subdirectory("link", nil), Subdirectory("link/deep", nil),
    Subdirectory("missing", .missing), Subdirectory("python/a", .notDirectory),
    Subdirectory("python/a/b", .missing), Subdirectory("out", .leavesTree), Subdirectory("up", .leavesTree),
    Subdirectory("beside", .leavesTree), Subdirectory("secret", .leavesTree),
    Subdirectory("nowhere", .missing), Subdirectory("loop", .missing),
  ]

  @Test("Subdirectories")
  func subdirectory() async throws {
    let fixture = GitFixture()
    try await fixture.makeRepository("source")
    let links = [
      "link": "python", "out": "/", "up": "..", "beside": "../outside", "secret": ".git", "nowhere": "gone",
      "loop": "loop",
    ]
    fixture.directory.makeDirectory("outside")
    for (name, target) in links { symlink(target, fixture.directory.file("source/\(name)")) }
    let commit = try await fixture.commit("source", ["python/a": "a", "python/deep/b": "b"])
    for example in Self.subdirectories {
      let url = try fixture.url("source", "#subdirectory=\(example.path)")
      let error = await fixture.error {
        try await fixture.client.checkOut(commit, of: url, into: fixture.directory.file("tree"))
      }
      let expected = example.problem.map {
        GitError.noSuchSubdirectory(url: url.redacted, subdirectory: example.path, problem: $0)
      }
      #expect(error == expected, "\(example.path)")
      fixture.directory.remove("tree")
    }
  }

  @Test("Where the tree can't go")
  func unusableDirectory() async throws {
    let (fixture, _, second) = try await history()
    fixture.directory.makeDirectory("full")
    fixture.directory.write("full/a", "mine")
    fixture.directory.write("file", "mine")
    for name in ["full", "file", "file/below"] {
      let error = await fixture.error {
        try await fixture.client.checkOut(
          second, of: fixture.url("source"), into: fixture.directory.file(name))
      }
      guard case .unusableDirectory(fixture.directory.file(name), _) = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
    }
    #expect(fixture.directory.names(in: "full") == ["a"])
    #expect(fixture.directory.text("full/a") == "mine")
    #expect(fixture.directory.text("file") == "mine")
  }

  @Test("What is said before a fetch")
  func progress() async throws {
    let (fixture, first, _) = try await history()
    let url = try fixture.url("source")
    let said = Recorded()
    var client = fixture.client
    client.progress = { said.append($0) }
    _ = try await client.commit(of: url)
    #expect(said.lines == [])
    try await client.checkOut(first, of: url, into: fixture.directory.file("out"))
    #expect(said.lines == ["Fetching \(url.remote)"])
  }
}
