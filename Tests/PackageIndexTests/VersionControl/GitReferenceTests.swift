import TestSupport
import Testing

@testable import PackageIndex

/// What a URL's reference means today, asked of a repository of the machine.
@Suite("References of Git repositories")
struct GitReferenceTests {
  /// A repository `source` with five commits, of which `first` … `fifth` are known:
  ///
  ///     first (light, tags/light) ─ second (annotated, both) ─ third (main) ─ fourth (trunk, HEAD)
  ///                                       └ fifth (feature/a, both)
  struct History {
    let fixture = GitFixture()
    var commits: [String: String] = [:]

    init() async throws {
      try await fixture.makeRepository("source")
      commits["first"] = try await fixture.commit("source", ["a": "1"])
      try await fixture.git("source", "tag", "light")
      commits["second"] = try await fixture.commit("source", ["a": "2"])
      try await fixture.git("source", "tag", "--annotate", "--message", "1.0", "annotated")
      try await fixture.git("source", "tag", "both")
      try await fixture.git("source", "tag", "--annotate", "--message", "of a tag", "nested", "annotated")
      commits["third"] = try await fixture.commit("source", ["a": "3"])
      try await fixture.git("source", "checkout", "--quiet", "-b", "trunk")
      commits["fourth"] = try await fixture.commit("source", ["a": "4"])
      try await fixture.git("source", "checkout", "--quiet", "-b", "feature/a", "annotated")
      commits["fifth"] = try await fixture.commit("source", ["a": "5"])
      try await fixture.git("source", "branch", "both")
      try await fixture.git("source", "update-ref", "refs/pull/7/head", "light")
      try await fixture.git("source", "checkout", "--quiet", "trunk")
      try await fixture.git("source", "branch", "-f", "hidden", "feature/a")
    }

    func commit(_ reference: String) async throws -> String {
      try await fixture.client.commit(of: fixture.url("source", reference))
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let reference: String
    /// Which commit it is for; nil: there is none.
    let commit: String?
    /// Whether one question to the server is enough.
    var isListed = true
    var testDescription: String { reference.isEmpty ? "none" : reference }

    init(_ reference: String, _ commit: String?, isListed: Bool = true) {
      self.reference = reference
      self.commit = commit
      self.isListed = isListed
    }
  }

  static let cases: [Case] = [
    Case("", "fourth"), Case("@HEAD", "fourth"), Case("@main", "third"), Case("@trunk", "fourth"),
    Case("@feature/a", "fifth"), Case("@feature%2Fa", "fifth"), Case("@light", "first"),
    Case("@annotated", "second"), Case("@nested", "second"), Case("@both", "fifth"),
    Case("@refs/heads/both", "fifth"), Case("@refs/tags/both", "second"), Case("@refs/pull/7/head", "first"),
    Case("@refs/tags/annotated", "second"), Case("@tags/annotated", "second"), Case("@heads/main", "third"),
    Case("@origin/main", "third"), Case("@HEAD~1", "third", isListed: false),
    Case("@trunk^", "third", isListed: false), Case("@annotated~1", "first", isListed: false),
    Case("@annotated^{}", "second", isListed: false), Case("@missing", nil), Case("@a", nil),
    Case("@MAIN", nil), Case("@feature", nil), Case("@refs/heads/missing", nil),
    Case("@HEAD~9", nil, isListed: false), Case("@0000000", nil, isListed: false),
    Case("@light-1-gfffffff", nil, isListed: false),
  ]

  @Test("Branches, tags and what is done to them")
  func names() async throws {
    let history = try await History()
    for example in Self.cases {
      let fixture = history.fixture
      fixture.directory.remove("cache")
      var found: String?
      let error = await fixture.error { found = try await history.commit(example.reference) }
      #expect(found == example.commit.flatMap { history.commits[$0] }, "\(example.reference)")
      if example.commit == nil {
        #expect(
          error
            == .noSuchReference(
              url: "file://\(fixture.directory.file("source"))",
              reference: String(example.reference.dropFirst())))
      } else {
        #expect(error == nil, "\(example.reference)")
      }
      let mirrors = fixture.directory.names(in: "cache").filter { $0.hasSuffix(".git") }
      #expect(mirrors.isEmpty == example.isListed, "\(example.reference)")
    }
  }

  @Test("The beginning of a commit, alone and as git-describe writes it")
  func abbreviations() async throws {
    let history = try await History()
    for (name, commit) in history.commits.sorted(by: { $0.key < $1.key }) {
      let short = String(commit.prefix(8))
      #expect(try await history.commit("@\(short)") == commit, "\(name)")
      #expect(try await history.commit("@\(short.uppercased())") == commit, "\(name)")
      #expect(try await history.commit("@light-2-g\(short)") == commit, "\(name)")
      #expect(try await history.commit("@\(short)^0") == commit, "\(name)")
    }
  }

  @Test("A whole commit is returned as it is, and nothing is asked")
  func fullCommit() async throws {
    let fixture = GitFixture()
    var client = fixture.client
    client.executable = fixture.directory.file("missing")
    for commit in [String(repeating: "0a", count: 20), String(repeating: "0A", count: 32)] {
      #expect(try await client.commit(of: fixture.url("missing", "@\(commit)")) == commit)
    }
  }

  @Test("What was a branch before is followed, and one that is gone is not found")
  func moves() async throws {
    let history = try await History()
    let fixture = history.fixture
    let short = String(try #require(history.commits["fifth"]).prefix(8))
    #expect(try await history.commit("@\(short)~1") == history.commits["second"])
    try await fixture.git("source", "branch", "-D", "hidden", "both", "feature/a")
    // A branch where others had a folder.
    try await fixture.git("source", "branch", "feature", "light")
    let moved = try await fixture.commit("source", ["a": "6"])
    #expect(try await history.commit("@trunk") == moved)
    #expect(try await history.commit("@trunk~0") == moved)
    #expect(try await history.commit("@feature~0") == history.commits["first"])
    #expect(await fixture.error { _ = try await history.commit("@feature/a") } != nil)
    // For all of that the mirror needn't be made anew, as a whole one.
    let mirror = GitMirror.path(for: try fixture.url("source"), in: "cache")
    #expect(try await fixture.git(mirror, "config", "--get", "remote.origin.promisor") == "true")
  }

  @Test("A repository without a commit has no HEAD")
  func empty() async throws {
    let fixture = GitFixture()
    try await fixture.makeRepository("source")
    let url = try fixture.url("source")
    let error = await fixture.error { _ = try await fixture.client.commit(of: url) }
    #expect(error == .noSuchReference(url: url.redacted, reference: "HEAD"))
  }

  @Test("A repository that isn't there, and one that isn't one")
  func missing() async throws {
    let fixture = GitFixture()
    fixture.directory.makeDirectory("source")
    for name in ["source", "missing"] {
      let url = try fixture.url(name)
      let error = await fixture.error { _ = try await fixture.client.commit(of: url) }
      #expect(
        error
          == .unreachable(
            url: url.redacted,
            reason: "'\(fixture.directory.file(name))' does not appear to be a git repository"))
    }
  }

  @Test("No git")
  func notInstalled() async throws {
    let fixture = GitFixture()
    let url = try fixture.url("source")
    for (executable, path) in [("git", "/nowhere"), (fixture.directory.file("git"), GitFixture.path)] {
      var client = fixture.client
      client.executable = executable
      client.environment["PATH"] = path
      #expect(await fixture.error { _ = try await client.commit(of: url) } == .notInstalled)
    }
  }
}
