import FoundationEssentials
import IndexServer
import TestSupport
import Testing

/// `repin diff`, run as a process.
@Suite struct DiffTests {
  /// A repository whose lockfile has changed since its only commit, and an index that knows the releases.
  private static func fixture() async throws -> CommandFixture {
    var fixture = try await CommandFixture()
    fixture.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    fixture.server.behave { $0.fields = [("Cache-Control", "max-age=600")] }
    fixture.server.serve("app", "1.0", requires: ["lib>=1"], uploadTime: "2025-01-01T00:00:00Z")
    fixture.server.serve("app", "2.0", requires: ["lib>=2"], uploadTime: "2025-06-01T00:00:00Z")
    fixture.server.serve("lib", "1.0", uploadTime: "2025-01-01T00:00:00Z")
    fixture.server.serve("lib", "2.0", uploadTime: "2025-05-01T00:00:00Z")
    fixture.directory.write(".gitignore", "/.cache\n/empty\n/*.sh\n")
    fixture.directory.write(
      "requirements.txt", "app==1.0\n    # via -r requirements.in\nlib==1.0\n    # via app\n")
    fixture.directory.write(
      "make.sh",
      """
      set -e; git init -q -b main; git config user.name T; git config user.email t@e.example
      git add -A .; git commit -q -m m
      """)
    try #require(try await fixture.shell("make.sh") == 0)
    fixture.directory.write("requirements.txt", changed)
    return fixture
  }

  private static let changed = "app==2.0\n    # via -r requirements.in\nlib==2.0\n    # via app\n"

  private static func run(_ fixture: CommandFixture, _ arguments: String...) async throws
    -> CommandFixture.Outcome
  {
    try await fixture.run(["diff"] + CommandFixture.target + arguments)
  }

  /// Ways to name the two states.
  @Test(
    .enabled(if: SystemPrograms.git != nil),
    arguments: [
      [], ["requirements.txt"], ["git:HEAD"], ["git:HEAD:requirements.txt"],
      ["git:main", "requirements.txt"],
      ["git:HEAD:requirements.txt", "./requirements.txt"], ["--since", "HEAD"],
      ["--since", "main", "requirements.txt"], ["old.txt", "requirements.txt"],
    ])
  func `states are named by files and by git's revisions`(words: [String]) async throws {
    let fixture = try await Self.fixture()
    fixture.directory.write("old.txt", "app==1.0\nlib==1.0\n")
    // Where all lockfiles are meant, it would be one.
    if !words.contains("old.txt") { fixture.directory.remove("old.txt") }
    let outcome = try await fixture.run(["diff", "--format", "title"] + CommandFixture.target + words)
    #expect(outcome == .init(status: 0, output: "Change 2 pins: app, lib\n", errors: ""))
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `what isn't cached is unknown until it is fetched`() async throws {
    let fixture = try await Self.fixture()
    let before = fixture.server.requests.count
    let unknown = try await Self.run(fixture)
    #expect(unknown.status == 0 && unknown.errors.isEmpty, "\(unknown.errors)")
    #expect(unknown.output.contains("unknown") && !unknown.output.contains("2025-06-01"))
    #expect(fixture.server.requests.count == before)
    let fetched = try await Self.run(fixture, "--fetch")
    #expect(fetched.status == 0 && fetched.errors.isEmpty, "\(fetched.errors)")
    #expect(fetched.output.contains("2025-06-01"), "\(fetched.output)")
    // It is in the cache now.
    let again = try await Self.run(fixture)
    #expect(again.output == fetched.output)
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a patch gives the new file`() async throws {
    let fixture = try await Self.fixture()
    let patch = try await Self.run(fixture, "--format", "unified")
    #expect(patch.status == 0)
    fixture.directory.write("change.patch", patch.output)
    fixture.directory.write("apply.sh", "git checkout -q requirements.txt && git apply change.patch")
    #expect(try await fixture.shell("apply.sh") == 0)
    #expect(fixture.directory.text("requirements.txt") == Self.changed)
    let nothing = try await Self.run(fixture, "--format", "unified", "requirements.txt", "requirements.txt")
    #expect(nothing == .init(status: 0, output: "", errors: ""))
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a lockfile may come and go`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.remove("requirements.txt")
    let gone = try await Self.run(fixture, "requirements.txt")
    #expect(gone.status == 0 && gone.output.contains("2 removed"), "\(gone.output)\(gone.errors)")
    fixture.directory.write("dev.txt", "app==1.0\n")
    let new = try await Self.run(fixture, "dev.txt")
    #expect(new.status == 0 && new.output.contains("1 added"), "\(new.output)\(new.errors)")
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `advisories that a change fixes and brings are told`() async throws {
    var fixture = try await Self.fixture()
    fixture.serve(advisories: [
      WrittenAdvisory(id: "PYSEC-2025-1", package: "app", fixed: "1.5")
    ])
    fixture.directory.write("old.txt", "app==1.0\n")
    fixture.directory.write("new.txt", "app==2.0\n")
    let fixed = try await Self.run(fixture, "--fetch", "old.txt", "new.txt")
    #expect(
      fixed.status == 0 && fixed.output.contains("fixes PYSEC-2025-1"), "\(fixed.output)\(fixed.errors)")
    let brought = try await Self.run(fixture, "new.txt", "old.txt")
    #expect(brought.output.contains("app: introduces PYSEC-2025-1"), "\(brought.output)\(brought.errors)")
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `every lockfile of either state is compared`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.makeDirectory("service")
    fixture.directory.write("service/requirements-dev.txt", "lib==1.0\n")
    fixture.directory.write("pylock.toml", "lock-version = '1.0'\ncreated-by = 'x'\npackages = []\n")
    fixture.directory.write("more.sh", "git add -A . && git commit -q -m m")
    try #require(try await fixture.shell("more.sh") == 0)
    fixture.directory.write("service/requirements-dev.txt", "lib==2.0\n")
    fixture.directory.remove("requirements.txt")
    fixture.directory.makeDirectory("other")
    fixture.directory.write("other/requirements.txt", "app==1.0\n")
    for words in [[], ["git:HEAD"], ["--since", "HEAD"]] {
      let outcome = try await fixture.run(["diff"] + CommandFixture.target + words)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.output.contains("4 pins of 4 lockfiles change: 1 added, 2 removed, 1 raised"),
        "\(outcome.output)")
    }
    fixture.directory.write("more.sh", "git add -A . && git commit -q -m m && git checkout -q HEAD~1")
    try #require(try await fixture.shell("more.sh") == 0)
    let commits = try await Self.run(fixture, "git:HEAD", "git:main")
    #expect(commits.output.contains("4 pins of 4 lockfiles change"), "\(commits.output)\(commits.errors)")
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a name alone makes no lockfile`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.write("requirements-dev.txt", "app>=1\n")
    let new = try await Self.run(fixture, "--format", "title")
    #expect(new.status == 0 && new.output == "Change 2 pins: app, lib\n")
    #expect(
      new.errors.hasPrefix("warning: not compared: requirements-dev.txt:1:1: found requirements"),
      "\(new.errors)")
    fixture.directory.write("more.sh", "git add requirements-dev.txt && git commit -q -m m")
    try #require(try await fixture.shell("more.sh") == 0)
    let same = try await Self.run(fixture, "--format", "title")
    #expect(same == .init(status: 0, output: "Change 2 pins: app, lib\n", errors: ""))
    let named = try await Self.run(fixture, "requirements-dev.txt")
    #expect(named.status == 2 && named.output.isEmpty)
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `nothing is asked, whatever the environment and the lockfiles say`() async throws {
    var fixture = try await Self.fixture()
    fixture.environment["REPIN_CACHE_DIR"] = "elsewhere"
    fixture.environment["REPIN_VERBOSE"] = "true"
    fixture.directory.write("old.txt", "--index-url \(fixture.url)\napp==1.0\n")
    fixture.directory.write("new.txt", "--index-url \(fixture.url)\napp==2.0\n")
    for words in [[], ["old.txt", "new.txt"]] {
      let outcome = try await fixture.run(["diff"] + CommandFixture.target + words)
      #expect(outcome.status == 0 && outcome.output.contains("unknown"), "\(outcome)")
    }
    #expect(fixture.server.requests.isEmpty)
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `paths are shown as a patch has them`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.write("link.sh", "ln -s requirements.txt link.txt")
    try #require(try await fixture.shell("link.sh") == 0)
    for path in ["./requirements.txt", fixture.directory.file("requirements.txt"), "link.txt"] {
      let patch = try await Self.run(fixture, "--format", "unified", path)
      #expect(patch.status == 0, "\(patch.errors)")
      #expect(
        patch.output.hasPrefix("diff --git a/requirements.txt b/requirements.txt\n"),
        "\(path): \(patch.output)")
    }
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `why git tells nothing is told`() async throws {
    var fixture = try await Self.fixture()
    fixture.environment["PATH"] = fixture.directory.file("empty")
    let none = try await Self.run(fixture)
    #expect(none.status == 3 && none.errors.contains("there is no `git` on PATH"), "\(none)")
    fixture.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    fixture.directory.write(".git/HEAD", "junk")
    let broken = try await Self.run(fixture, "requirements.txt")
    #expect(broken.status == 3 && broken.errors.contains("not a git repository"), "\(broken)")
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var words: [String]
    var says: String
  }

  static let wrong = [
    Wrong(
      testDescription: "a revision without `git:`", words: ["main"], says: "a revision is written `git:main`"),
    Wrong(
      testDescription: "a path above the repository", words: ["git:HEAD:../x.txt"],
      says: "`../x.txt` is in no git repository"),
    Wrong(
      testDescription: "a file of which nothing can be read",
      words: ["requirements.txt", "pylock.broken.toml"],
      says: "pylock.broken.toml"),
    Wrong(
      testDescription: "a file that isn't there", words: ["absent.txt", "requirements.txt"],
      says: "the lockfile `absent.txt` can't be read: no such file"),
    Wrong(
      testDescription: "a revision that there isn't", words: ["git:absent"],
      says: "git has no revision `absent`"),
    Wrong(
      testDescription: "a path that there isn't", words: ["git:HEAD:absent.txt", "requirements.txt"],
      says: "git has no `absent.txt` at `HEAD`"),
    Wrong(testDescription: "neither state", words: ["absent.txt"], says: "git has no `absent.txt` at `HEAD`"),
    Wrong(testDescription: "no revision", words: ["git::requirements.txt"], says: "found no revision of git"),
    Wrong(
      testDescription: "an option for a revision", words: ["git:--output=x:requirements.txt"],
      says: "found no revision of git"),
    Wrong(testDescription: "no path", words: ["git:HEAD:"], says: "found no path behind the revision"),
    Wrong(testDescription: "too many", words: ["a.txt", "b.txt", "c.txt"], says: "found 3 words"),
    Wrong(
      testDescription: "a directory at a revision", words: ["git:HEAD:folder", "requirements.txt"],
      says: "`folder` is no plain file at `HEAD`"),
    Wrong(
      testDescription: "a format", words: ["--format", "html"],
      says: "expected text, markdown, json, unified, title or commit"),
    Wrong(
      testDescription: "an option of a compile", words: ["--upgrade"],
      says: "`--upgrade` is for `repin compile`"),
    Wrong(testDescription: "online and not", words: ["--fetch", "--offline"], says: "exclude each other"),
    Wrong(testDescription: "no lockfile", words: ["binary.txt", "requirements.txt"], says: "binary.txt"),
  ]

  @Test(.enabled(if: SystemPrograms.git != nil), arguments: wrong)
  func `what is wrong is told`(_ wrong: Wrong) async throws {
    let fixture = try await Self.fixture()
    fixture.directory.write("binary.txt", "\u{0}\u{1}\u{0}")
    fixture.directory.write("pylock.broken.toml", "lock-version = \n")
    fixture.directory.makeDirectory("folder")
    fixture.directory.write("folder/a", "")
    fixture.directory.write("more.sh", "git add -A . && git commit -q -m m")
    try #require(try await fixture.shell("more.sh") == 0)
    let outcome = try await fixture.run(["diff"] + CommandFixture.target + wrong.words)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.errors.contains(wrong.says), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a lockfile that is broken is compared as far as it can be read`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.write("requirements.txt", "app==2.0\nlib==what\n")
    let outcome = try await Self.run(fixture)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("requirements.txt:2:6: found the version `what`"), "\(outcome.errors)")
    #expect(
      outcome.output.contains(
        "1 pin of requirements.txt changes: 1 raised (1 major); advisories of 2 changes unknown; 0 are as before; "
          + "1 part of the files can't be read; what becomes of 1 pin isn't known"), "\(outcome.output)")
    #expect(outcome.output.contains("unknown  lib      1.0   unknown"), "\(outcome.output)")
    let title = try await Self.run(fixture, "--format", "title")
    #expect(title.output == "Raise app from 1.0 to 2.0\n")
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a name that isn't UTF-8 is said, and the rest compared`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.write(
      "odd.sh",
      "f=$(printf 'requirements-\\351.txt'); echo app==1.0 > \"$f\"; git add -A . && git commit -q -m m; rm \"$f\""
    )
    try #require(try await fixture.shell("odd.sh") == 0)
    fixture.directory.write("requirements.txt", "app==1.0\nlib==2.0\n")
    let outcome = try await Self.run(fixture, "--format", "title")
    #expect(outcome.status == 0 && outcome.output == "Lower app from 2.0 to 1.0\n", "\(outcome)")
    #expect(
      outcome.errors == "warning: not compared: `requirements-\\xe9.txt`: its name isn't UTF-8\n",
      "\(outcome.errors)")
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a history tells dates that the cache hasn't`() async throws {
    let fixture = try await Self.fixture()
    let before = try await Self.run(fixture)
    #expect(!before.output.contains("2025-06-01") && fixture.directory.read(".repin/history.sqlite") == nil)
    let checked = try await fixture.run(["check"] + CommandFixture.target)
    #expect(checked.status != 2 && fixture.directory.read(".repin/history.sqlite") != nil)
    var other = fixture
    other.environment["REPIN_CACHE_DIR"] = "elsewhere"
    let known = try await Self.run(other)
    #expect(known.status == 0 && known.output.contains("2025-06-01"), "\(known.output)")
    let without = try await Self.run(other, "--no-history")
    #expect(!without.output.contains("2025-06-01"), "\(without.output)")
  }

  @Test func `outside of a repository two files are needed`() async throws {
    let fixture = try await CommandFixture()
    fixture.directory.write("requirements.txt", "app==1.0\n")
    let outcome = try await Self.run(fixture)
    #expect(
      outcome
        == .init(
          status: 2, output: "",
          errors: """
            error: `requirements.txt` is in no git repository
            hint: name two files: `repin diff OLD NEW`

            """))
  }
}
