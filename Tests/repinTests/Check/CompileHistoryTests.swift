import IndexServer
import SQLite
import TestSupport
import Testing

/// What `repin compile` records in the history.
@Suite struct CompileHistoryTests {
  /// The rows of a history's pins, with what took the snapshot that brought them.
  private static func pins(_ path: String) throws -> [String] {
    let connection = try Connection(path: path)
    var rows: [String] = []
    try connection.prepare(
      """
      SELECT lockfile.path || ' ' || package || '==' || written || (CASE WHEN replaced_at IS NULL THEN '' ELSE ' gone' END)
        || ' by ' || source
      FROM pin JOIN lockfile ON lockfile.id = pin.lockfile JOIN snapshot ON snapshot.id = pin.first_snapshot
      ORDER BY 1
      """
    ).query { (row) throws(SQLiteError) in rows.append(row.text(at: 0)) }
    return rows
  }

  private static func fixture() async throws -> CheckFixture {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 90)
    fixture.serve("lib", "1.0", daysAgo: 90)
    fixture.command.directory.write("requirements.in", "app\n")
    return fixture
  }

  @Test func `what is written is recorded, each time it changes`() async throws {
    let fixture = try await Self.fixture()
    let directory = fixture.command.directory
    #expect(try await fixture.command.compile().status == 0)
    #expect(
      try Self.pins(directory.file(".repin/history.sqlite")) == ["requirements.txt app==1.0 by compile"])
    #expect(directory.text(".repin/.gitignore") == "*\n")
    fixture.serve("app", "1.1", daysAgo: 1)
    directory.write("requirements.in", "app\nlib\n")
    #expect(try await fixture.command.compile("-U", "--refresh").status == 0)
    #expect(
      try Self.pins(directory.file(".repin/history.sqlite")) == [
        "requirements.txt app==1.0 gone by compile", "requirements.txt app==1.1 by compile",
        "requirements.txt lib==1.0 by compile",
      ])
  }

  struct Silent: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String]
    var environment: [String: String] = [:]
    var configuration: String?
  }

  @Test(arguments: [
    Silent(testDescription: "a dry run", arguments: ["--dry-run"]),
    Silent(testDescription: "to standard output", arguments: ["-o", "-"]),
    Silent(testDescription: "without a history", arguments: ["--no-history"]),
    Silent(testDescription: "by the environment", arguments: [], environment: ["REPIN_NO_HISTORY": "1"]),
    Silent(testDescription: "by configuration", arguments: [], configuration: "no-history = true\n"),
    Silent(
      testDescription: "the command line against configuration", arguments: ["--no-history"],
      configuration: "history = 'h.sqlite'\n"),
  ])
  func `nothing is recorded of`(_ silent: Silent) async throws {
    var fixture = try await Self.fixture()
    fixture.command.environment = silent.environment
    if let text = silent.configuration { fixture.command.directory.write("repin.toml", text) }
    let outcome = try await fixture.command.run(["compile"] + CommandFixture.target + silent.arguments)
    #expect(outcome.status == 0)
    #expect(!fixture.command.directory.names().contains(".repin"))
    #expect(!fixture.command.directory.names().contains("h.sqlite"))
  }

  @Test func `an unchanged lockfile and a check of it record nothing`() async throws {
    let fixture = try await Self.fixture()
    #expect(try await fixture.command.compile("--no-history").status == 0)
    #expect(try await fixture.command.compile().status == 0)
    #expect(try await fixture.command.compile("--check").status == 0)
    #expect(!fixture.command.directory.names().contains(".repin"))
  }

  @Test(arguments: ["h.sqlite", "history.db"])
  func `a history is where it is said to be`(name: String) async throws {
    var fixture = try await Self.fixture()
    fixture.command.directory.write("repin.toml", "history = 'elsewhere.sqlite'\n")
    fixture.command.environment["REPIN_HISTORY"] = name
    #expect(try await fixture.command.compile().status == 0)
    #expect(
      try Self.pins(fixture.command.directory.file(name)) == ["requirements.txt app==1.0 by compile"])
    #expect(!fixture.command.directory.names().contains("elsewhere.sqlite"))
  }

  @Test func `several lockfiles have one history`() async throws {
    let fixture = try await Self.fixture()
    let directory = fixture.command.directory
    directory.write("dev.in", "-c requirements.txt\nlib\napp\n")
    directory.write(
      "repin.toml", "[[compile]]\nsources = ['dev.in']\n[[compile]]\nsources = ['requirements.in']\n")
    #expect(try await fixture.command.compile().status == 0)
    #expect(
      try Self.pins(directory.file(".repin/history.sqlite")) == [
        "dev.txt app==1.0 by compile", "dev.txt lib==1.0 by compile", "requirements.txt app==1.0 by compile",
      ])
  }

  @Test func `a history that can't be had stops nothing`() async throws {
    let fixture = try await Self.fixture()
    let outcome = try await fixture.command.compile("--history", "absent/h.sqlite")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("warning: going on without a history: "), "\(outcome.errors)")
    #expect(fixture.command.pins() == "app==1.0\n    # via -r requirements.in")
  }

  @Test func `the two options exclude each other`() async throws {
    let fixture = try await Self.fixture()
    let outcome = try await fixture.command.compile("--history", "h", "--no-history")
    #expect(outcome.status == 2 && outcome.errors.contains("exclude each other"))
  }

  /// The first check reads git, though a compile has written the history already.
  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a compile doesn't keep the first check from git`() async throws {
    var fixture = try await Self.fixture()
    fixture = fixture.withGit()
    let day = CheckFixture.ago(days: 40)
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    fixture.command.directory.write(
      "make.sh",
      """
      set -e; git init -q -b main; git config user.name T; git config user.email t@e.example; git add requirements.txt
      GIT_COMMITTER_DATE='\(day)' GIT_AUTHOR_DATE='\(day)' git commit -q -m m
      """)
    try #require(try await fixture.command.shell("make.sh") == 0)
    fixture.command.directory.write("requirements.in", "app\nlib\n")
    #expect(try await fixture.command.compile().status == 0)
    let found = try await fixture.findings()
    #expect(
      found.report.lockfiles.flatMap(\.pins).map { "\($0.package) \(($0.pinAgeSeconds ?? -1) / 86_400)" }
        == ["app 40", "lib 0"])
  }
}
