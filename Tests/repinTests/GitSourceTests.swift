import IndexServer
import TestSupport
import Testing

/// Requirements on git repositories: what the lockfile has is a commit, and it stays until it is given up.
@Suite(.serialized, .enabled(if: SystemPrograms.git != nil, "there is no git on PATH"))
struct GitSourceTests {
  /// A repository of `skiff` with two commits, and a command that finds git and nothing else.
  private struct World {
    var fixture: CommandFixture
    let repository: GitRepository
    /// The tag `v1`, one commit before `main`.
    let first: String
    /// The branch `main`.
    let second: String

    init() async throws {
      let git = try #require(SystemPrograms.git)
      fixture = try await CommandFixture()
      fixture.directory.makeDirectory("programs")
      #expect(symbolicLink(git, at: fixture.directory.file("programs/git")))
      fixture.environment = [
        "PATH": fixture.directory.file("programs"), "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
      ]
      for name in ["six", "idna"] { fixture.server.serve(name, "1.0") }
      repository = try await GitRepository(git: git)
      first = try await repository.commit([
        "pyproject.toml": GitSourceTests.project("skiff", "six"),
        "raft/pyproject.toml": GitSourceTests.project("raft", "idna"),
      ])
      try await repository.run("tag", "v1")
      try await repository.run("branch", "stable")
      second = try await repository.commit(["pyproject.toml": GitSourceTests.project("skiff", "idna")])
    }

    /// A text with the repository's address and its commits filled in; `LOCKED` is the address as pip-compile writes it.
    func filled(_ text: String) -> String {
      text.replacing("LOCKED", with: "git+file:\(repository.directory.path)")
        .replacing("REPOSITORY", with: repository.url).replacing("FIRST", with: first)
        .replacing("SECOND", with: second).replacing("SHORT", with: first.prefix(8))
    }

    /// The pins of a compilation that goes well.
    func pins(_ requirements: String, _ arguments: String...) async throws -> String? {
      fixture.directory.write("requirements.in", filled(requirements))
      let outcome = try await fixture.run(["compile", "--no-annotate"] + CommandFixture.target + arguments)
      #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
      return fixture.pins()
    }
  }

  static func project(_ name: String, _ dependency: String) -> String {
    "[project]\nname = \"\(name)\"\nversion = \"1.0\"\ndependencies = [\"\(dependency)\"]\n"
  }

  struct Reference: CustomTestStringConvertible {
    let testDescription: String
    let requirement: String
    let pins: String
  }

  static let references = [
    Reference(
      testDescription: "nothing", requirement: "skiff @ REPOSITORY",
      pins: "idna==1.0\nskiff @ LOCKED@SECOND"),
    Reference(
      testDescription: "a branch", requirement: "skiff @ REPOSITORY@main",
      pins: "idna==1.0\nskiff @ LOCKED@SECOND"),
    Reference(
      testDescription: "another branch", requirement: "skiff @ REPOSITORY@stable",
      pins: "six==1.0\nskiff @ LOCKED@FIRST"),
    Reference(
      testDescription: "a tag", requirement: "skiff @ REPOSITORY@v1",
      pins: "six==1.0\nskiff @ LOCKED@FIRST"),
    Reference(
      testDescription: "a commit", requirement: "skiff @ REPOSITORY@FIRST",
      pins: "six==1.0\nskiff @ LOCKED@FIRST"),
    Reference(
      testDescription: "the beginning of a commit", requirement: "skiff @ REPOSITORY@SHORT",
      pins: "six==1.0\nskiff @ LOCKED@FIRST"),
    Reference(
      testDescription: "a bare URL", requirement: "REPOSITORY@v1", pins: "six==1.0\nskiff @ LOCKED@FIRST"),
    Reference(
      testDescription: "a bare URL with `egg`", requirement: "REPOSITORY@v1#egg=skiff",
      pins: "six==1.0\nskiff @ LOCKED@FIRST"),
    Reference(
      testDescription: "a marker", requirement: "skiff @ REPOSITORY@v1 ; python_version>='3'",
      pins: "six==1.0\nskiff @ LOCKED@FIRST ; python_version >= \"3\""),
    Reference(
      testDescription: "a directory", requirement: "raft @ REPOSITORY@v1#subdirectory=raft",
      pins: "idna==1.0\nraft @ LOCKED@FIRST#subdirectory=raft"),
    Reference(
      testDescription: "a directory and `egg`", requirement: "REPOSITORY@v1#egg=raft&subdirectory=raft",
      pins: "idna==1.0\nraft @ LOCKED@FIRST#subdirectory=raft"),
    Reference(
      testDescription: "an editable", requirement: "-e REPOSITORY@v1#egg=skiff",
      pins: "-e REPOSITORY@FIRST#egg=skiff\nsix==1.0"),
    Reference(
      testDescription: "an editable of the newest", requirement: "-e REPOSITORY#egg=skiff",
      pins: "-e REPOSITORY@SECOND#egg=skiff\nidna==1.0"),
    Reference(
      testDescription: "an editable of a directory",
      requirement: "-e REPOSITORY@main#egg=raft&subdirectory=raft",
      pins: "-e REPOSITORY@SECOND#egg=raft&subdirectory=raft\nidna==1.0"),
  ]

  @Test(arguments: references) func pinned(_ reference: Reference) async throws {
    let world = try await World()
    let pins = try await world.pins("\(reference.requirement)\n")
    #expect(pins == world.filled(reference.pins))
    // The lockfile is a source too: a commit is what it is.
    world.fixture.directory.write("again.in", pins ?? "")
    let again = try await world.fixture.compile("again.in", "--no-annotate")
    #expect(again.status == 0, Comment(rawValue: again.errors))
    #expect(world.fixture.pins("again.txt") == pins)
  }

  struct Move: CustomTestStringConvertible {
    let testDescription: String
    let before: String
    var after: String?
    var arguments: [String] = []
    /// Which commit the lockfile has in the end: the one it had, or the one that came.
    let stays: Bool
  }

  @Test(arguments: [
    Move(testDescription: "a branch that came on", before: "skiff @ REPOSITORY@main", stays: true),
    Move(testDescription: "the newest", before: "skiff @ REPOSITORY", stays: true),
    Move(testDescription: "a bare URL", before: "REPOSITORY#egg=skiff", stays: true),
    Move(testDescription: "a bare URL without a name", before: "REPOSITORY", stays: true),
    Move(testDescription: "an editable", before: "-e REPOSITORY@main#egg=skiff", stays: true),
    Move(testDescription: "-U", before: "skiff @ REPOSITORY@main", arguments: ["-U"], stays: false),
    Move(
      testDescription: "-U of an editable", before: "-e REPOSITORY@main#egg=skiff", arguments: ["-U"],
      stays: false),
    Move(
      testDescription: "-P of it", before: "skiff @ REPOSITORY@main", arguments: ["-P", "Skiff"], stays: false
    ),
    Move(
      testDescription: "-P of something else", before: "skiff @ REPOSITORY@main", arguments: ["-P", "idna"],
      stays: true),
    Move(
      testDescription: "another tag is named", before: "skiff @ REPOSITORY@main",
      after: "skiff @ REPOSITORY@v2", stays: false),
    Move(
      testDescription: "a tag edited into another", before: "skiff @ REPOSITORY@v1",
      after: "skiff @ REPOSITORY@v2",
      stays: false),
  ])
  func moves(_ move: Move) async throws {
    let world = try await World()
    _ = try await world.pins("\(move.before)\n")
    let third = try await world.repository.commit(["pyproject.toml": Self.project("skiff", "six")])
    try await world.repository.run("tag", "v2")
    world.fixture.directory.write("requirements.in", world.filled("\(move.after ?? move.before)\n"))
    let outcome = try await world.fixture.run(
      ["compile", "--no-annotate"] + CommandFixture.target + move.arguments)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let pins = world.fixture.pins() ?? ""
    #expect(pins.contains(move.stays ? world.second : third))
    #expect(pins.contains(move.stays ? "idna==1.0" : "six==1.0"))
    let old = move.before.contains("v1") ? world.first : world.second
    let told = "  ~ skiff \(third.prefix(7)) (was \(old.prefix(7)))\n"
    #expect(
      outcome.errors.contains(move.stays ? "skiff" : told) == !move.stays, Comment(rawValue: outcome.errors))
  }

  @Test func `a branch that was begun anew isn't held to its old commit`() async throws {
    let world = try await World()
    _ = try await world.pins("skiff @ REPOSITORY@main\n")
    try await world.repository.run("reset", "--quiet", "--hard", "v1")
    let pins = try await world.pins("skiff @ REPOSITORY@main\n")
    #expect(pins == world.filled("six==1.0\nskiff @ LOCKED@FIRST"))
  }

  struct Refused: CustomTestStringConvertible {
    let testDescription: String
    let requirement: String
    var arguments: [String] = []
    let status: Int32
    /// A part of the message.
    let says: String
  }

  @Test(arguments: [
    Refused(
      testDescription: "a tag that isn't there", requirement: "skiff @ REPOSITORY@v9", status: 2,
      says: "has no branch, tag or commit `v9`; nothing was written"),
    Refused(
      testDescription: "a commit that isn't there",
      requirement: "skiff @ REPOSITORY@\(String(repeating: "0a", count: 20))",
      status: 2, says: "has no commit `\(String(repeating: "0a", count: 20))`; nothing was written"),
    Refused(
      testDescription: "a directory above", requirement: "skiff @ REPOSITORY@main#subdirectory=../x",
      status: 2,
      says:
        "error: requirements.in:2:1: `REPOSITORY@main#subdirectory=../x`: the subdirectory `../x` must stay inside the "
        + "repository; nothing was written"),
    Refused(
      testDescription: "a directory of the machine", requirement: "skiff @ REPOSITORY@main#subdirectory=/etc",
      status: 2,
      says:
        "error: requirements.in:2:1: `REPOSITORY@main#subdirectory=/etc`: the subdirectory `/etc` must stay inside the "
        + "repository; nothing was written"),
    Refused(
      testDescription: "a repository that isn't there", requirement: "skiff @ REPOSITORY-gone@v1", status: 3,
      says: "error: requirements.in:2:1: `REPOSITORY-gone@v1`: can't reach"),
    Refused(
      testDescription: "a directory that isn't there", requirement: "skiff @ REPOSITORY#subdirectory=gone",
      status: 2,
      says: "the subdirectory `gone`"),
    Refused(
      testDescription: "a project of another name", requirement: "raft @ REPOSITORY@v1", status: 2,
      says: "says Name `skiff`, expected `raft`"),
    Refused(
      testDescription: "two commits of one project",
      requirement: "skiff @ REPOSITORY@v1\nskiff @ REPOSITORY@main", status: 1,
      says: "`skiff` is wanted from"),
    Refused(
      testDescription: "a reference that is an option", requirement: "skiff @ REPOSITORY@--upload-pack=touch",
      status: 2, says: "requirements.in:2:1"),
    Refused(
      testDescription: "offline and never seen", requirement: "skiff @ REPOSITORY@v1",
      arguments: ["--offline"],
      status: 3, says: "is not in the cache"),
  ])
  func refused(_ refused: Refused) async throws {
    let world = try await World()
    world.fixture.directory.write("requirements.in", world.filled("six\n\(refused.requirement)\n"))
    world.fixture.directory.write("requirements.txt", "six==0.9\n")
    let outcome = try await world.fixture.run(["compile"] + CommandFixture.target + refused.arguments)
    #expect(outcome.status == refused.status, Comment(rawValue: outcome.errors))
    #expect(outcome.errors.contains(world.filled(refused.says)), Comment(rawValue: outcome.errors))
    #expect(world.fixture.directory.text("requirements.txt") == "six==0.9\n")
  }

  @Test func `offline, a commit of the lockfile goes on`() async throws {
    let world = try await World()
    let pins = try await world.pins("skiff @ REPOSITORY@main\n")
    try await world.repository.commit(["pyproject.toml": Self.project("skiff", "six")])
    #expect(try await world.pins("skiff @ REPOSITORY@main\n", "--offline") == pins)
    world.fixture.directory.remove("requirements.txt")
    #expect(try await world.pins("skiff @ REPOSITORY@SECOND\n", "--offline") == pins)
  }

  @Test func `without git it says so`() async throws {
    var world = try await World()
    world.fixture.environment["PATH"] = world.fixture.directory.file("empty")
    world.fixture.directory.write("requirements.in", world.filled("skiff @ REPOSITORY@v1\n"))
    let outcome = try await world.fixture.compile()
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("there is no `git`"))
    #expect(outcome.errors.hasSuffix("hint: install git\n"))
  }

  @Test func `without a cache nothing of a repository stays`() async throws {
    let world = try await World()
    var fixture = world.fixture
    fixture.directory.makeDirectory("temporary")
    fixture.environment["TMPDIR"] = fixture.directory.file("temporary")
    fixture.directory.write("requirements.in", world.filled("skiff @ REPOSITORY@v1\n"))
    let outcome = try await fixture.compile("--no-cache", "--no-header")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.directory.names(in: "temporary") == [])
  }

  @Test func `a repository has no hash, and the lockfile says so`() async throws {
    let world = try await World()
    world.fixture.directory.write("requirements.in", world.filled("skiff @ REPOSITORY@v1\n"))
    let outcome = try await world.fixture.compile("--generate-hashes", "--no-header", "--no-emit-index-url")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(
      world.fixture.directory.text("requirements.txt")
        == world.filled(
          """
          six==1.0 \\
              --hash=sha256:\(ServedFile.sha256(ServedFile.wheel("six", "1.0").bytes))
              # via skiff
          # WARNING: pip install will require the following package to be hashed.
          # Consider using a hashable URL like https://github.com/jazzband/pip-tools/archive/SOMECOMMIT.zip
          skiff @ LOCKED@FIRST
              # via -r requirements.in

          """))
  }
}
