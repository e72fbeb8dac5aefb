import FoundationEssentials
import IndexServer
import SQLite
import TestSupport
import Testing

/// What checks record, and what `repin history` tells of it.
@Suite struct CheckHistoryTests {
  /// A repository with a lockfile of two pins, one of them older, whose file was renamed.
  private static func repository(in fixture: CheckFixture) async throws {
    let history: [(days: Double, path: String, text: String)] = [
      (400, "old.txt", "app==1.0\nlib==1.0\n"), (300, "old.txt", "app==1.0\nlib==2.0\n"),
      (200, "requirements.txt", "app==1.0\nlib==2.0\n"), (50, "requirements.txt", "app==1.1\nlib==2.0\n"),
    ]
    var script = "set -e; git init -q -b main; git config user.name T; git config user.email t@e.example\n"
    for (days, path, text) in history {
      let other = path == "old.txt" ? "requirements.txt" : "old.txt"
      script += """
        rm -f \(other); printf '%s' '\(text)' > \(path); git add -A .
        GIT_COMMITTER_DATE='\(CheckFixture.ago(days: days))' GIT_AUTHOR_DATE='\(CheckFixture.ago(days: days))' \
        git commit -q -m m

        """
    }
    fixture.command.directory.write(".gitignore", "/.cache\n/empty\n/make.sh\n")
    fixture.command.directory.write("make.sh", script)
    try #require(try await fixture.command.shell("make.sh") == 0)
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `the first check knows the true ages from git`() async throws {
    var fixture = try await CheckFixture()
    fixture.serve("app", "1.1", daysAgo: 500)
    fixture.serve("lib", "2.0", daysAgo: 500)
    try await Self.repository(in: fixture)
    fixture = fixture.withGit()
    let found = try await fixture.findings()
    let ages = found.report.lockfiles.flatMap(\.pins).map {
      "\($0.package) \(($0.pinAgeSeconds ?? -1) / 86_400)"
    }
    #expect(ages == ["app 50", "lib 300"])

    let timeline = try await fixture.command.run(["history", "lib"] + CommandFixture.target)
    #expect(timeline.status == 0)
    let lines = timeline.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.contains { $0.first == "1.0" && $0.dropLast().suffix(2) == ["100", "days"] })
    #expect(lines.contains { $0.first == "2.0" && $0.dropLast().suffix(3) == ["today", "300", "days"] })
    // The commits that brought them.
    #expect(lines.filter { $0.last?.wholeMatch(of: /[0-9a-f]{12}/) != nil }.count == 2)

    let late = try await fixture.command.run(
      ["history", "lib", "--since", CheckFixture.day(in: 1)] + CommandFixture.target)
    #expect(late.status == 0, "\(late.errors)")
    let again = try await fixture.command.run(["history", "import"])
    #expect(again.status == 0 && again.errors.contains("no commit that isn't known"))
    let none = try await fixture.command.run(["history", "absent"] + CommandFixture.target)
    #expect(none.status == 2 && none.errors.contains("`absent` was never pinned in `requirements.txt`"))
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `an import and living through it record the same pins`() async throws {
    var fixture = try await CheckFixture()
    try await Self.repository(in: fixture)
    fixture = fixture.withGit()
    let outcome = try await fixture.command.run(["history", "import", "--history", "one.sqlite"])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "requirements.txt: 4 commits, 3 of them with something new\n")
    let connection = try Connection(path: fixture.command.directory.file("one.sqlite"))
    var rows: [String] = []
    try connection.prepare(
      "SELECT package || '==' || written || (CASE WHEN replaced_at IS NULL THEN '' ELSE ' gone' END) FROM pin ORDER BY 1"
    ).query { (row) throws(SQLiteError) in rows.append(row.text(at: 0)) }
    #expect(rows == ["app==1.0 gone", "app==1.1", "lib==1.0 gone", "lib==2.0"])
  }

  struct BadHistory: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var make: @Sendable (TemporaryDirectory) throws -> Void
    var path: String
    var warning: String
  }

  static let badHistories: [BadHistory] = [
    BadHistory(
      testDescription: "of a newer repin",
      make: { directory in
        let connection = try Connection(path: directory.file("h.sqlite"))
        try connection.execute(
          script: "PRAGMA application_id = \(0x7265_7069); PRAGMA user_version = 99; CREATE TABLE x (y);")
      }, path: "h.sqlite", warning: "a newer repin wrote the history"),
    BadHistory(
      testDescription: "of another program",
      make: { directory in
        try Connection(path: directory.file("h.sqlite")).execute(script: "CREATE TABLE x (y)")
      }, path: "h.sqlite", warning: "is a database of another program"),
    BadHistory(
      testDescription: "a file of another kind",
      make: { $0.write("notes.txt", "flask==3.0\n") }, path: "notes.txt",
      warning: "is no history: it isn't an SQLite database"),
    BadHistory(
      testDescription: "in no directory", make: { _ in }, path: "absent/h.sqlite", warning: "can't be opened"),
  ]

  @Test(arguments: badHistories)
  func `a history that can't be used is said, left alone, and stops nothing`(_ row: BadHistory) async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20, yanked: "x")
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    try row.make(fixture.command.directory)
    let before = fixture.command.directory.read(row.path)
    let outcome = try await fixture.check("--history", row.path)
    #expect(outcome.status == 1 && outcome.output.contains("yanked"))
    #expect(outcome.errors.contains("warning: going on without a history: "))
    #expect(outcome.errors.contains(row.warning), "\(outcome.errors)")
    #expect(fixture.command.directory.read(row.path) == before)
  }

  @Test func `a damaged history is set aside`() async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20)
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    fixture.command.directory.write(
      "h.sqlite", "SQLite format 3\0" + String(repeating: "no database ", count: 900))
    let outcome = try await fixture.check("--history", "h.sqlite")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("h.sqlite"))
    #expect(fixture.command.directory.names().contains { $0.hasPrefix("h.sqlite.damaged-") })
  }

  @Test func `an outage resolves nothing`() async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20, yanked: "x")
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    func open() throws -> [String] {
      let connection = try Connection(path: fixture.command.directory.file(".repin/history.sqlite"))
      var kinds: [String] = []
      try connection.prepare("SELECT kind FROM finding WHERE resolved_at IS NULL").query {
        (row) throws(SQLiteError) in kinds.append(row.text(at: 0))
      }
      return kinds
    }
    _ = try await fixture.check()
    #expect(try open() == ["yanked"])
    for _ in 0..<8 { fixture.command.server.fail("/simple/app/", .status(503, retryAfter: "0")) }
    #expect(try await fixture.check("--refresh").status == 3)
    #expect(try open() == ["yanked"])
  }

  @Test func `checks at the same time lose nothing`() async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20, yanked: "x")
    let names = (0..<8).map { "requirements-\($0).txt" }
    for name in names { fixture.command.directory.write(name, "app==1.0\n") }
    try await withThrowingTaskGroup(of: Int32.self) { group in
      for name in names {
        group.addTask { try await fixture.check("--history", "h.sqlite", name).status }
      }
      for try await status in group { #expect(status == 1) }
    }
    let connection = try Connection(path: fixture.command.directory.file("h.sqlite"))
    for table in ["lockfile", "snapshot", "pin", "finding", "run"] {
      let count = try connection.prepare("SELECT count(*) FROM \(table)").first { (row) throws(SQLiteError) in
        row.integer(at: 0)
      }
      #expect(count == 8, "\(table)")
    }
  }
}
