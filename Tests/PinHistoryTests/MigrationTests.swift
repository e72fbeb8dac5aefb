import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import PinHistory

@Suite("A history that an older repin wrote")
struct MigrationTests {
  /// A file of version 1, with rows in all its tables; the lockfile's git history was imported, nobody knows how far.
  private func fill(_ fixture: HistoryFixture) throws {
    let connection = try Connection(path: fixture.path, journal: .writeAheadLog)
    try connection.migrate(Array(HistorySchema.migrations.prefix(1)))
    try connection.transaction { () throws(SQLiteError) in
      var placement = SnapshotPlacement(connection)
      for snapshot in snapshots(fixture) { _ = try placement.place(snapshot) }
      try placement.finish()
      let id = try connection.identifier(making: fixture.lockfile)
      try connection.run(
        "INSERT INTO finding (lockfile, package, version, written, kind, key, first_seen, last_seen) VALUES (?, 'a', '1', '1', 'yanked', '', 5, 6)",
        [.integer(id)])
      try connection.run("INSERT INTO run (lockfile, started_at) VALUES (?, 9)", [.integer(id)])
      try connection.run(
        "INSERT INTO release VALUES ('a', '1', 'https://index.example/simple/', '1', 3, 0, NULL)")
    }
  }

  private func snapshots(_ fixture: HistoryFixture) -> [Snapshot] {
    [(10, "a==1 b==1", "c1"), (20, "a==1 b==2", "c2"), (20, "a==1 b==2", nil), (30, "a==1 b==2", nil)]
      .compactMap {
        time, pins, commit in
        try? fixture.snapshot(time, pins, source: commit == nil ? .check : .git, commit: commit)
      }
  }

  /// Every row of every table of version 1.
  private func rows(_ fixture: HistoryFixture) throws -> [String] {
    let connection = try Connection(path: fixture.path, access: .readOnly)
    var lines: [String] = []
    for table in ["lockfile", "snapshot", "sighting", "pin", "release", "finding", "run"] {
      try connection.prepare("SELECT * FROM \(table)").query { (row) throws(SQLiteError) in
        lines.append(
          "\(table) " + (0..<row.columnCount).map { row.optionalText(at: $0) ?? "-" }.joined(separator: "|"))
      }
    }
    return lines.sorted()
  }

  @Test("Keeps all its rows, and its git histories are to be read once more")
  func fromFirst() throws {
    let fixture = HistoryFixture()
    try fill(fixture)
    let before = try rows(fixture)
    #expect(Set(before.compactMap { $0.split(separator: " ").first }).count == 7)
    let history = try fixture.open()
    #expect(history.takeWarnings().isEmpty)
    #expect(try rows(fixture) == before)
    #expect(try history.lockfilesToImport(among: [fixture.lockfile]) == [fixture.lockfile])
    #expect(
      try history.importProgress(of: fixture.lockfile) == ImportProgress(commits: ["c1": 10, "c2": 20]))
    try history.finishImport(of: fixture.lockfile, commit: nil, at: 40, isShallow: false)
    #expect(try history.lockfilesToImport(among: [fixture.lockfile]) == [])
    let check = try history.read { (connection) throws(SQLiteError) in
      [
        "\(try connection.schemaVersion)",
        try connection.prepare("PRAGMA integrity_check").first { (row) throws(SQLiteError) in row.text(at: 0)
        },
      ]
    }
    #expect(check == ["4", "ok"])
  }

  @Test("Is read without being changed")
  func reading() throws {
    let fixture = HistoryFixture()
    try fill(fixture)
    let bytes = fixture.directory.read("history.sqlite")
    let history = try fixture.open(.reading)
    #expect(try history.currentPins(of: fixture.lockfile).map(\.pinnedAt) == [10, 20])
    #expect(try history.openFindings(of: fixture.lockfile).count == 1)
    #expect(try history.lockfilesToImport(among: [fixture.lockfile]) == [fixture.lockfile])
    #expect(try history.importProgress(of: fixture.lockfile).end == nil)
    #expect(fixture.directory.names() == ["history.sqlite"])
    #expect(fixture.directory.read("history.sqlite") == bytes)
  }

  @Test("What the second has of findings is what the third has, until they are found again")
  func fromSecond() throws {
    let fixture = HistoryFixture()
    try fill(fixture)
    try Connection(path: fixture.path, journal: .writeAheadLog).migrate(
      Array(HistorySchema.migrations.prefix(2)))
    let before = try fixture.open(.reading).openFindings(of: fixture.lockfile)
    #expect(before.map(\.lastSeen) == [6])
    let history = try fixture.open()
    #expect(try history.openFindings(of: fixture.lockfile) == before)
    let standing = try history.standingFindings(of: fixture.lockfile)
    try history.record(
      checks: [
        CheckedLockfile(
          lockfile: fixture.lockfile, findings: before.map(\.finding), lookedFor: Set(Finding.Kind.allCases),
          end: Run.End(at: 9, outcome: "clean"), standing: standing)
      ], startedAt: 9)
    #expect(try history.openFindings(of: fixture.lockfile).map(\.lastSeen) == [9])
    #expect(try rows(fixture).contains { $0.hasPrefix("finding ") && $0.contains("|5|6|") })
  }

  @Test("The third knows no runs of projects: to be read it has none, and written it takes them")
  func fromThird() throws {
    let fixture = HistoryFixture()
    try fill(fixture)
    try Connection(path: fixture.path, journal: .writeAheadLog).migrate(
      Array(HistorySchema.migrations.prefix(3)))
    let before = try rows(fixture)
    let reader = try fixture.open(.reading)
    #expect(try reader.lastTicks(of: fixture.lockfile).isEmpty)
    #expect(try reader.lastRebuild(of: fixture.lockfile) == nil)
    #expect(try reader.ticks(of: fixture.lockfile, since: nil).isEmpty)
    #expect(try reader.servedWindow(of: fixture.lockfile, until: .max) == nil)
    let history = try fixture.open()
    let tick = try history.startTick(of: fixture.lockfile, at: 40)
    #expect(try history.lastTicks(of: fixture.lockfile).map(\.id) == [tick])
    #expect(try rows(fixture) == before)
  }

  @Test("The new version is the fourth: a fifth has a migration and a test of its own")
  func version() { #expect(HistorySchema.version == 4) }
}
