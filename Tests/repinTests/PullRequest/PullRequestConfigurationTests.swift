import Glibc
import PullRequests
import TestSupport
import Testing

@testable import repin

/// The table `[pull-request]`.
@Suite struct PullRequestConfigurationTests {
  private func read(_ files: [String: String]) throws(CommandFailure) -> PullRequestSettings? {
    try PolicyConfiguration(config: nil, directory: "") { (path) throws(CommandFailure) in
      files[path].map { Array($0.utf8) }
    }.pullRequest
  }

  @Test func `everything that can be set`() throws {
    let toml = """
      [pull-request]
      forge = "gitlab"
      api-url = "https://git.example/api/v4/"
      repository = "a/b/c"
      remote = "upstream"
      branch = "pins"
      base = "release/1"
      labels = ["a", "b c", "a"]
      author = "Bot <bot@x.example>"
      """
    let settings = try #require(try read(["repin.toml": toml]))
    #expect(settings.forge == .gitlab)
    #expect(settings.api?.text == "https://git.example/api/v4")
    #expect(settings.repository?.text == "a/b/c")
    #expect(settings.remote.text == "upstream")
    #expect(settings.branch.text == "pins")
    #expect(settings.base?.text == "release/1")
    #expect(settings.labels.map(\.text) == ["a", "b c"])
    #expect(settings.author?.description == "Bot <bot@x.example>")
  }

  @Test func `an empty table is enough, and none is none`() throws {
    let settings = try #require(try read(["repin.toml": "\n[pull-request]\n"]))
    #expect((settings.remote, settings.branch) == (.standard, .standard))
    #expect(settings.place == "repin.toml:2:2")
    #expect(try read(["repin.toml": "[policy]\n"]) == nil)
    let own = try read(["pyproject.toml": "[tool.repin.pull-request]\nbranch = \"x\"\n"])
    #expect(own?.branch.text == "x")
    let both = try read([
      "repin.toml": "[pull-request]\n", "pyproject.toml": "[tool.repin.pull-request]\nbranch = \"x\"\n",
    ])
    #expect(both?.branch == .standard)
  }

  @Test(arguments: [
    (
      "forge = \"githib\"",
      "3:9: `pull-request.forge`: found `githib`, expected one of `github`, `gitlab`, `gitea`; the closest is `github`"
    ),
    ("forge = 1", "3:9: `pull-request.forge`: found an integer, expected a string"),
    (
      "api-url = \"https://me:pw@git.example\"",
      "3:11: `pull-request.api-url`: found `https://me:****@git.example`, expected the address of an API, such as `https://git.example/api/v4`, without credentials and query"
    ),
    (
      "api-url = \"http://git.example\"",
      "3:11: `pull-request.api-url`: found `http://git.example`, expected the address of an API, such as `https://git.example/api/v4`, without credentials and query"
    ),
    (
      "repository = \"web\"",
      "3:14: `pull-request.repository`: found `web`, expected a repository as `owner/name`"
    ),
    (
      "remote = \"-x\"",
      "3:10: `pull-request.remote`: found `-x`, expected the name of a git remote, such as `origin`"
    ),
    (
      "branch = \"a..b\"",
      "3:10: `pull-request.branch`: found `a..b`, expected a branch's name as `git check-ref-format` has it, such as `repin/update`"
    ),
    (
      "base = \"repin/update\"",
      "2:2: `[pull-request]`: `branch` and `base` are both `repin/update`, expected two branches"
    ),
    ("labels = \"a\"", "3:10: `pull-request.labels`: found a string, expected an array of labels"),
    (
      "labels = [\"a,b\"]",
      "3:11: `pull-request.labels`: found `a,b`, expected a label of 1 to 50 characters, without commas"
    ),
    (
      "author = \"Bot\"",
      "3:10: `pull-request.author`: found `Bot`, expected a commit's author as `Name <mail@host>`"
    ),
    (
      "token = \"x\"",
      "3:1: found `token` in `[pull-request]`, expected one of `forge`, `api-url`, `repository`, `remote`, `branch`, `base`, `labels`, `author`"
    ),
  ]) func `what can't be`(_ line: String, _ says: String) {
    let failure = #expect(throws: CommandFailure.self) {
      try read(["repin.toml": "\n[pull-request]\n\(line)\n"])
    }
    #expect(failure?.message == "repin.toml:\(says)")
    #expect(failure?.status == .wrongInput)
  }

  @Test func `failures are told with the exit code of their kind`() {
    let cases: [(PullRequestError, Int32)] = [
      (.noToken(variables: ["REPIN_TOKEN"]), 2),
      (.foreignBranch("b", remote: "origin", commit: "c"), 1),
      (.moved("b", remote: "origin"), 3),
      (.cancelled, 130),
    ]
    for (error, status) in cases {
      #expect(CommandFailure.pullRequest(error).status.rawValue == status)
      #expect(CommandFailure.pullRequest(error).message == error.description)
      #expect(CommandFailure.pullRequest(error).hints == error.remedy.map { [$0] } ?? [])
    }
  }

  // MARK: Lockfiles

  @Test func `lockfiles are files of their repository`() async throws {
    let directory = TemporaryDirectory()
    for name in ["shop", "shop/.git", "shop/app", "other", "other/.git", "none"] {
      directory.makeDirectory(name)
    }
    for name in ["shop/requirements.txt", "shop/app/dev.txt", "other/a.txt", "none/b.txt"] {
      directory.write(name, "")
    }
    #expect(symlink("app/dev.txt", directory.file("shop/link.txt")) == 0)
    let context = CommandContext(
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], workingDirectory: directory.file("shop"),
      terminal: Terminal(environment: [:]))
    let proposed = try await ProposedLockfiles(
      [("requirements.txt", [1]), ("link.txt", [2]), ("app/gone.txt", nil)], context: context)
    #expect(proposed.workTree == directory.file("shop"))
    #expect(proposed.files.map(\.path) == ["requirements.txt", "app/dev.txt", "app/gone.txt"])
    #expect(proposed.files.map(\.bytes) == [[1], [2], nil])
    let refused: [([(path: String, bytes: [UInt8]?)], String)] = [
      ([], "there is no lockfile to make a pull request of"),
      (
        [("../none/b.txt", [])],
        "`../none/b.txt` is in no git repository, and so no pull request can be made of it"
      ),
      (
        [("requirements.txt", []), ("../other/a.txt", [])],
        "`requirements.txt` and `../other/a.txt` are in two git repositories, and a pull request is of one"
      ),
    ]
    for (lockfiles, says) in refused {
      let failure = await #expect(throws: CommandFailure.self) {
        _ = try await ProposedLockfiles(lockfiles, context: context)
      }
      #expect(failure?.message == says)
      #expect(failure?.status == .wrongInput)
    }
  }

  // MARK: The document

  private static let document: String = {
    let root = "\(#filePath)".split(separator: "/").dropLast(4).joined(separator: "/")
    guard let file = fopen("/\(root)/docs/pull-requests.md", "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }()

  @Test func `the document has every setting, its example is one, and it names each token`() throws {
    let rows = Self.document.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let settings = rows.prefix { $0.split(separator: "|").count == 3 }.map {
      $0.dropFirst(3).prefix { $0 != "`" }
    }
    #expect(settings.map(String.init) == PullRequestSettings.Key.allCases.map(\.rawValue))
    let example = try #require(
      Self.document.split(separator: "```toml\n").last?.split(separator: "```").first)
    let read = try #require(try read(["repin.toml": String(example)]))
    #expect(read.forge == .gitlab)
    #expect(read.labels.map(\.text) == ["dependencies"])
    for variable in Forge.allCases.flatMap(\.tokenVariables) {
      #expect(Self.document.contains("`\(variable)`"))
    }
    #expect(Self.document.contains("`\(BranchName.standard)`"))
    #expect(Self.document.contains("`\(CommitAuthor.standard)`"))
  }
}
