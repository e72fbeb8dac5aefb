import Glibc
import IndexServer
import PackageIndex
import SQLite
import TestSupport
import Testing

/// What a check makes of lockfiles, indexes and words that aren't as they should be.
@Suite struct CheckFaultTests {
  /// A project with a lockfile of two pins that the index has.
  private static func fixture() async throws -> CheckFixture {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20)
    fixture.serve("lib", "1.0", daysAgo: 20)
    fixture.command.directory.write("requirements.txt", "app==1.0\nlib==1.0\n")
    return fixture
  }

  @Test func `a page that wants a login is no answer`() async throws {
    let fixture = try await Self.fixture()
    #expect(try await fixture.check().status == 0)
    let login = Fault.body(
      Array("<html><body>Please <a href=\"/login\">log in</a></body></html>".utf8), contentType: "text/html",
      contentEncoding: nil)
    for name in ["app", "lib"] { fixture.command.server.fail("/simple/\(name)/", login, login) }
    let outcome = try await fixture.check("--refresh", "--no-cache")
    #expect(outcome.status == 3, "\(outcome.output)")
    #expect(
      outcome.errors.contains("the page has no link to a file, and doesn't say that it is a project page"),
      "\(outcome.errors)")
    #expect(!outcome.output.contains("withdrawn"))
  }

  @Test func `an index that has none of the projects is not theirs`() async throws {
    let fixture = try await Self.fixture()
    #expect(try await fixture.check().status == 0)
    let outcome = try await fixture.check(
      "--index-url", fixture.command.url.replacing("/simple/", with: "/smple/"))
    #expect(outcome.status == 3)
    #expect(
      outcome.errors.contains("ROOT/smple/ has none of the 2 projects: is that its address?"),
      "\(outcome.errors)")
    #expect(!outcome.output.contains("withdrawn"))
  }

  @Test func `what another index had isn't withdrawn from this one`() async throws {
    let fixture = try await Self.fixture()
    #expect(try await fixture.check().status == 0)
    let other = try await CheckFixture()
    other.serve("lib", "1.0", daysAgo: 20)
    let outcome = try await fixture.check("--index-url", other.command.url)
    #expect(outcome.status == 0 && !outcome.output.contains("withdrawn"), "\(outcome.output)")
  }

  @Test func `what a workflow's runner would obey is broken up on standard error too`() async throws {
    let fixture = try await Self.fixture()
    fixture.command.directory.makeDirectory("##[error]x")
    fixture.command.directory.write("##[error]x/requirements.txt", "a##vso[task.x]b==1\n")
    let outcome = try await fixture.check("--no-history", "##[error]x/requirements.txt")
    #expect(outcome.status == 2)
    for text in [outcome.errors, outcome.output] {
      #expect(!text.contains("##[") && !text.contains("##vso["), "\(text)")
      #expect(text.contains("#\\#[error]x"), "\(text)")
    }
  }

  @Test func `a file that a lockfile includes is checked where it is named`() async throws {
    let fixture = try await Self.fixture()
    fixture.command.directory.makeDirectory("app")
    fixture.command.directory.write("app/requirements.txt", "app==1.0\n-r ../lib.txt\n")
    fixture.command.directory.write("lib.txt", "lib==1.0\n")
    let alone = try await fixture.check("app/requirements.txt")
    #expect(alone.status == 0)
    #expect(
      alone.errors == """
        warning: app/requirements.txt:2: found `-r ../lib.txt`, whose pins aren't checked with this file's
        hint: name it as a lockfile beside this one

        """)
    #expect(alone.output.contains("app/requirements.txt:2"), "\(alone.output)")
    let both = try await fixture.check("app/requirements.txt", "./lib.txt")
    #expect(both.status == 0 && both.errors.isEmpty)
  }

  @Test func `the others are checked where one can't be read`() async throws {
    let fixture = try await Self.fixture()
    fixture.serve("old", "1.0", daysAgo: 20, yanked: "x")
    fixture.command.directory.write("old.txt", "old==1.0\n")
    let outcome = try await fixture.check("old.txt", "absent.txt")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("yanked"))
    #expect(
      outcome.errors == """
        error: the lockfile `absent.txt` can't be read: no such file
        hint: compile it, or name another lockfile

        """)
    let none = try await fixture.check("absent.txt")
    #expect(none.status == 2 && none.output.isEmpty && none.errors == outcome.errors)
  }

  @Test func `lockfiles that lie here are known by their names`() async throws {
    let fixture = try await Self.fixture()
    fixture.command.directory.remove("requirements.txt")
    fixture.command.directory.write("requirements-dev.txt", "app==1.0\n")
    fixture.command.directory.write("notes.txt", "app\n")
    let outcome = try await fixture.check()
    #expect(outcome.status == 0 && outcome.output.contains("1 pin"), "\(outcome.errors)")
  }

  @Test(.timeLimit(.minutes(5))) func `nobody waits for a pipe`() async throws {
    let fixture = try await Self.fixture()
    let directory = fixture.command.directory
    mkfifo(directory.file("pipe.txt"), 0o600)
    let outcome = try await fixture.check("pipe.txt")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("`pipe.txt` can't be read: it is no regular file"), "\(outcome.errors)")
    directory.remove("requirements.txt")
    mkfifo(directory.file("requirements.txt"), 0o600)
    #expect(try await fixture.check().errors.contains("no lockfile"))
  }

  struct Setting: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var environment: [String: String]
    var arguments: [String] = []
    var status: Int32 = 0
    var output = ""
    var errors = ""
  }

  @Test(arguments: [
    Setting(
      testDescription: "a format", environment: ["REPIN_FORMAT": "json"],
      output: "\"schema\" : \"repin.check/"),
    Setting(
      testDescription: "a format that there isn't", environment: ["REPIN_FORMAT": "bogus"], status: 2,
      errors: "found `bogus`"),
    Setting(
      testDescription: "a format that the words give otherwise", environment: ["REPIN_FORMAT": "bogus"],
      arguments: ["--format", "text"], output: "nothing is due"),
    Setting(
      testDescription: "a directory", environment: ["REPIN_RECURSIVE": "absent"], status: 2,
      errors: "`--recursive absent`: no such directory"),
    Setting(
      testDescription: "a switch that is neither on nor off",
      environment: ["REPIN_QUIET_IF_UNCHANGED": "maybe"],
      status: 2, errors: "REPIN_QUIET_IF_UNCHANGED: found `maybe`, expected `true` or `false`"),
  ])
  func `the environment says`(_ setting: Setting) async throws {
    var fixture = try await Self.fixture()
    fixture.command.environment = setting.environment
    let outcome = try await fixture.command.run(["check"] + CommandFixture.target + setting.arguments)
    #expect(outcome.status == setting.status, "\(outcome.errors)")
    #expect(outcome.output.contains(setting.output) && outcome.errors.contains(setting.errors))
  }

  @Test func `nothing is shown again where the environment says so`() async throws {
    var fixture = try await Self.fixture()
    fixture.command.environment = ["REPIN_QUIET_IF_UNCHANGED": "1"]
    #expect(try await fixture.check().output.isEmpty == false)
    #expect(try await fixture.check().output.isEmpty)
  }

  @Test(arguments: ["check", "history", "why x"])
  func `a hint names commands as they are called`(_ words: String) async throws {
    let fixture = try await Self.fixture()
    let outcome = try await fixture.command.run(words.split(separator: " ").map(String.init) + ["--bogus"])
    #expect(outcome.status == 2)
    let name = words.prefix { $0 != " " }
    #expect(
      outcome.errors.hasSuffix("See 'repin \(name) --help' for more information.\n"), "\(outcome.errors)")
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `git knows nothing of a lockfile`() async throws {
    var fixture = try await Self.fixture()
    fixture = fixture.withGit()
    fixture.command.directory.write("make.sh", "git init -q -b main")
    try #require(try await fixture.command.shell("make.sh") == 0)
    let outcome = try await fixture.command.run(["history", "import"])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == """
        error: git has no commit with `requirements.txt`
        hint: name a lockfile that is committed on the current branch

        """)
  }

  @Test func `a history that can only be read is shown`() async throws {
    let fixture = try await Self.fixture()
    #expect(try await fixture.check("--history", "h.sqlite").status == 0)
    let writer = try Connection(path: fixture.command.directory.file("h.sqlite"))
    try writer.run("BEGIN IMMEDIATE")
    let outcome = try await fixture.command.run(
      ["history", "--history", "h.sqlite"] + CommandFixture.target)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.output.contains("app"))
    try writer.run("ROLLBACK")
  }

  /// An index is asked about many names at once, and waits for none of them longer the more there are.
  @Test func `thousands of names that nobody has are asked for`() async throws {
    let fixture = try await Self.fixture()
    let names = (0..<3000).map { "absent-\($0)==1.0\n" }
    fixture.command.directory.write("requirements.txt", names.joined() + "app==1.0\n")
    let outcome = try await fixture.check()
    #expect(outcome.status == 0)
    #expect(fixture.command.server.requests.count == 3001)
  }
}
