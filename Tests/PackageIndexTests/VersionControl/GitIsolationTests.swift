import Glibc
import TestSupport
import Testing

@testable import PackageIndex

@Suite("What git is kept from")
struct GitIsolationTests {
  /// A repository `source` with one commit.
  private func source(_ files: [String: String] = ["a": "1"]) async throws -> (GitFixture, String) {
    let fixture = GitFixture()
    try await fixture.makeRepository("source")
    return (fixture, try await fixture.commit("source", files))
  }

  /// A client whose git reads this as the user's configuration.
  private func client(_ fixture: GitFixture, configuration: String) -> GitClient {
    fixture.directory.write("gitconfig", configuration)
    var client = fixture.client
    client.environment["GIT_CONFIG_GLOBAL"] = fixture.directory.file("gitconfig")
    return client
  }

  @Test("The variables of a hook that runs repin lead nowhere")
  func hookEnvironment() async throws {
    let (fixture, commit) = try await source()
    try await fixture.makeRepository("project")
    let head = try await fixture.commit("project", ["mine": "1"])
    fixture.directory.write("project/mine", "2")
    let directory = fixture.directory
    var client = fixture.client
    for (name, value) in [
      ("GIT_DIR", directory.file("project/.git")), ("GIT_WORK_TREE", directory.file("project")),
      ("GIT_INDEX_FILE", directory.file("project/.git/index")), ("GIT_PREFIX", "sub/"),
      ("GIT_OBJECT_DIRECTORY", directory.file("project/.git/objects")), ("GIT_COMMON_DIR", "/nowhere"),
      ("GIT_NAMESPACE", "other"), ("GIT_EXEC_PATH", "/nowhere"), ("GIT_QUARANTINE_PATH", "/nowhere"),
      ("GIT_CONFIG_PARAMETERS", "'url.file:///nowhere/.insteadOf=file:///'"), ("GIT_CONFIG_COUNT", "1"),
      ("GIT_CONFIG_KEY_0", "url.file:///nowhere/.insteadOf"), ("GIT_CONFIG_VALUE_0", "file:///"),
      ("GIT_CONFIG", "/nowhere"), ("GIT_TRACE", directory.file("trace")), ("GIT_ALLOW_PROTOCOL", "ext"),
      ("GIT_PROTOCOL_FROM_USER", "0"), ("GIT_TEMPLATE_DIR", "/nowhere"), ("GIT_CEILING_DIRECTORIES", ""),
      ("GIT_TERMINAL_PROMPT", "1"), ("GIT_SHALLOW_FILE", "/nowhere"),
    ] { client.environment[name] = value }
    let url = try fixture.url("source", "@main")
    #expect(try await client.commit(of: url) == commit)
    try await client.checkOut(commit, of: url, into: directory.file("out"))
    #expect(directory.text("out/a") == "1")
    #expect(try await fixture.git("project", "rev-parse", "HEAD") == head)
    #expect(try await fixture.git("project", "status", "--porcelain") == "M mine")
    #expect(directory.text("trace") == nil)
  }

  @Test("A cache within a repository knows nothing of it")
  func cacheInRepository() async throws {
    let (fixture, commit) = try await source()
    try await fixture.makeRepository("project")
    try await fixture.git("project", "config", "url.file:///nowhere/.insteadOf", "file:///")
    var client = fixture.client
    client.cacheDirectory = fixture.directory.file("project/.cache/git")
    let url = try fixture.url("source")
    #expect(try await client.commit(of: url) == commit)
    try await client.checkOut(commit, of: url, into: fixture.directory.file("project/out"))
    #expect(fixture.directory.text("project/out/a") == "1")
  }

  @Test("No hook, no monitor, no filter and no program of the user's configuration is run")
  func programs() async throws {
    let (fixture, commit) = try await source([
      "a.bin": "pointer", ".gitattributes": "*.bin filter=lfs diff=lfs\n*.txt filter=other\n", "b.txt": "b",
    ])
    let directory = fixture.directory
    let marker = directory.file("marker")
    let script = "#!/bin/sh\ntouch \(marker)\ncat\n"
    directory.makeDirectory("hooks")
    directory.makeDirectory("template")
    directory.makeDirectory("template/hooks")
    for hook in ["post-checkout", "reference-transaction", "post-index-change", "post-merge"] {
      directory.write("hooks/\(hook)", script, mode: 0o755)
      directory.write("template/hooks/\(hook)", script, mode: 0o755)
    }
    directory.write("program", script, mode: 0o755)
    let program = directory.file("program")
    let client = client(
      fixture,
      configuration: """
        [core]
        hooksPath = \(directory.file("hooks"))
        fsmonitor = \(program)
        [init]
        templateDir = \(directory.file("template"))
        [filter "lfs"]
        smudge = \(program)
        process = \(program)
        required = true
        [filter "other"]
        smudge = \(program)
        required = true
        [submodule]
        recurse = true
        [clone]
        defaultRemoteName = upstream
        """)
    try await client.checkOut(commit, of: fixture.url("source"), into: directory.file("out"))
    #expect(directory.text("out/a.bin") == "pointer")
    #expect(directory.text("out/b.txt") == "b")
    #expect(directory.names(in: "out/.git/hooks") == [])
    #expect(directory.text("marker") == nil)
    // The programs would be run, were it not for the client.
    directory.makeDirectory("plain")
    let hooks = "core.hooksPath=\(directory.file("hooks"))"
    try await fixture.git("plain", "-c", hooks, "clone", "--quiet", directory.file("source"), ".")
    #expect(directory.text("marker") != nil)
  }

  @Test("A repository within the tree is nobody's configuration")
  func embeddedRepository() async throws {
    let fixture = GitFixture()
    let marker = fixture.directory.file("marker")
    try await fixture.makeRepository("source")
    let commit = try await fixture.commit(
      "source",
      [
        "sub/HEAD": "ref: refs/heads/main\n", "sub/objects/x": "", "sub/refs/x": "",
        "sub/config":
          "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = ..\nfsmonitor = touch \(marker)\n",
      ])
    let url = try fixture.url("source", "#subdirectory=sub")
    try await fixture.client.checkOut(commit, of: url, into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/sub/config") != nil)
    #expect(fixture.directory.text("marker") == nil)
  }

  /// A user's configuration that has the fixture's repositories for those of a server.
  private func rewriting(_ fixture: GitFixture) -> String {
    "[url \"file://\(fixture.directory.path)/\"]\ninsteadOf = https://host.example/o/\n"
  }

  @Test("The user's own configuration says where a repository is")
  func insteadOf() async throws {
    let (fixture, commit) = try await source()
    let client = client(fixture, configuration: rewriting(fixture))
    let url = try GitURL("git+https://user:secret@host.example/o/source")
    #expect(try await client.commit(of: url) == commit)
    try await client.checkOut(commit, of: url, into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/a") == "1")
  }

  // MARK: Submodules

  /// Puts a submodule of this URL into a repository, whatever git thinks of it.
  private func addSubmodule(
    _ fixture: GitFixture, to name: String, url: String, commit: String, more: String = ""
  ) async throws -> String {
    try await fixture.git(name, "update-index", "--add", "--cacheinfo", "160000,\(commit),sub")
    fixture.directory.write(
      "\(name)/.gitmodules", "[submodule \"sub\"]\npath = sub\nurl = \(url)\n\(more)\n")
    try await fixture.git(name, "add", ".gitmodules")
    try await fixture.git(name, "commit", "--quiet", "--message", "submodule")
    return try await fixture.git(name, "rev-parse", "HEAD")
  }

  @Test("Submodules of submodules, by relative URLs")
  func submodules() async throws {
    let (fixture, inner) = try await source(["inner": "1", ".gitattributes": "* filter=other\n"])
    try await fixture.makeRepository("middle")
    try await fixture.commit("middle", ["middle": "2"])
    let middle = try await addSubmodule(fixture, to: "middle", url: "../source", commit: inner)
    try await fixture.makeRepository("outer")
    try await fixture.commit("outer", ["outer": "3"])
    let outer = try await addSubmodule(fixture, to: "outer", url: "./../middle", commit: middle)
    let client = client(
      fixture,
      configuration: """
        [filter "other"]
        smudge = touch \(fixture.directory.file("marker"))
        [submodule]
        recurse = true
        """)
    let url = try fixture.url("outer", "#subdirectory=sub/sub")
    try await client.checkOut(outer, of: url, into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/sub/sub/inner") == "1")
    #expect(try await fixture.git("out", "status", "--porcelain") == "")
    #expect(fixture.directory.text("marker") == nil)
  }

  struct Submodule: Sendable, CustomTestStringConvertible {
    let name: String
    /// `MARKER` is a file that mustn't be there afterwards, `SOURCE` a good repository.
    let url: String
    var more = ""
    let reason: String
    var testDescription: String { name }
  }

  static let elsewhere: [Submodule] = [
    Submodule(
      name: "a program for a transport", url: "ext::sh -c touch% MARKER", reason: "'ext' not allowed"),
    Submodule(name: "a transport less safe", url: "http://127.0.0.1:1/x", reason: "'http' not allowed"),
    Submodule(name: "another one", url: "git://127.0.0.1:1/x", reason: "'git' not allowed"),
    Submodule(
      name: "a program for an update", url: "SOURCE", more: "update = !touch MARKER",
      reason: "invalid value for 'submodule.sub.update'"),
    Submodule(name: "an option for a URL", url: "-u./x", reason: "command-line option"),
    Submodule(
      name: "a host that is an option", url: "ssh://-oProxyCommand=touch% MARKER/x", reason: "blocked"),
    Submodule(
      name: "nothing there", url: "../missing", reason: "missing' does not appear to be a git repository"),
  ]

  @Test("Submodules that lead elsewhere", arguments: elsewhere)
  func refusedSubmodule(_ example: Submodule) async throws {
    let (fixture, inner) = try await source()
    let marker = fixture.directory.file("marker")
    func filled(_ text: String) -> String {
      text.replacing("MARKER", with: marker)
        .replacing("SOURCE", with: "file://\(fixture.directory.file("source"))")
    }
    try await fixture.makeRepository("outer")
    let outer = try await addSubmodule(
      fixture, to: "outer", url: filled(example.url), commit: inner, more: filled(example.more))
    let error = await fixture.error {
      try await fixture.client.checkOut(
        outer, of: fixture.url("outer"), into: fixture.directory.file("out"))
    }
    guard case .failed("submodule", let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains(example.reason))
    #expect(fixture.directory.text("marker") == nil)
  }

  @Test("Files of this machine are no submodules of a repository of the network")
  func localSubmodule() async throws {
    let (fixture, inner) = try await source()
    try await fixture.makeRepository("outer")
    let outer = try await addSubmodule(
      fixture, to: "outer", url: "file://\(fixture.directory.file("source"))", commit: inner)
    let client = client(fixture, configuration: rewriting(fixture))
    let error = await fixture.error {
      try await client.checkOut(
        outer, of: GitURL("git+https://host.example/o/outer"), into: fixture.directory.file("out"))
    }
    guard case .failed("submodule", let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("'file' not allowed"))
    #expect(fixture.directory.text("out/sub/a") == nil)
    // Of a repository of this machine they are.
    try await fixture.client.checkOut(outer, of: fixture.url("outer"), into: fixture.directory.file("local"))
    #expect(fixture.directory.text("local/sub/a") == "1")
  }
}
