import Glibc
import PythonPackaging
import SQLite
import Synchronization
import TestSupport
import Testing

@testable import PinHistory

@Suite("How the file of a history is opened")
struct HistoryFileTests {
  @Test("A new file has the schema, and is kept as one file")
  func new() throws {
    let fixture = HistoryFixture()
    do {
      let history = try fixture.open()
      try history.record(fixture.snapshot(1, "a==1"))
      #expect(history.takeWarnings().isEmpty)
    }
    #expect(fixture.directory.names() == ["history.sqlite"])
    let connection = try Connection(path: fixture.path)
    #expect(try connection.schemaVersion == HistorySchema.version)
    #expect(try text(connection, "PRAGMA journal_mode") == "wal")
    #expect(try text(connection, "PRAGMA application_id") == String(HistorySchema.applicationID))
    #expect(try text(connection, "SELECT count(*) FROM pragma_foreign_key_check") == "0")
    #expect(try text(connection, "PRAGMA integrity_check") == "ok")
  }

  @Test("A reference to what isn't there is refused")
  func foreignKeys() throws {
    let fixture = HistoryFixture()
    let error = #expect(throws: PinHistoryError.self) {
      try fixture.open().write { (connection) throws(SQLiteError) in
        try connection.run("INSERT INTO run (lockfile, started_at) VALUES (7, 1)")
      }
    }
    guard case .failed(let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.code == .constraint)
  }

  // MARK: Not ours to touch

  @Test(
    "What a newer repin wrote is refused and left as it is",
    arguments: [PinHistory.Access.reading, .writing], [false, true])
  func newer(access: PinHistory.Access, isOpenElsewhere: Bool) throws {
    let fixture = HistoryFixture()
    do { try fixture.open().record(fixture.snapshot(1, "a==1")) }
    let newer = try Connection(path: fixture.path, journal: .writeAheadLog)
    try newer.execute(script: "PRAGMA user_version = 900; CREATE TABLE future (a)")
    let other = isOpenElsewhere ? newer : nil
    if !isOpenElsewhere { try newer.run("PRAGMA wal_checkpoint(TRUNCATE)") }
    let directory = isOpenElsewhere ? fixture.directory : try copy(fixture.directory, "history.sqlite")
    let names = directory.names()
    let bytes = names.map { directory.read($0) }
    let path = directory.file("history.sqlite")
    let error = #expect(throws: PinHistoryError.self) { try PinHistory(path: path, access: access) }
    #expect(error == .newer(path: path, found: 900, known: HistorySchema.version))
    #expect(directory.names() == names)
    for (name, old) in zip(names, bytes) where !name.hasSuffix("-shm") {
      #expect(directory.read(name) == old)
    }
    _ = other
  }

  /// One file of a directory, in a new one: without what a connection keeps beside it.
  private func copy(_ directory: TemporaryDirectory, _ name: String) throws -> TemporaryDirectory {
    let copy = TemporaryDirectory()
    copy.write(name, try #require(directory.read(name)))
    return copy
  }

  @Test(
    "Another program's database is refused and left as it is",
    arguments: [PinHistory.Access.reading, .writing])
  func foreign(access: PinHistory.Access) throws {
    let fixture = HistoryFixture()
    do { try Connection(path: fixture.path).execute(script: "CREATE TABLE t (a); INSERT INTO t VALUES (1)") }
    let bytes = fixture.directory.read("history.sqlite")
    let error = #expect(throws: PinHistoryError.self) { try fixture.open(access) }
    #expect(error == .foreign(path: fixture.path))
    #expect(fixture.directory.read("history.sqlite") == bytes)
    #expect(fixture.directory.names() == ["history.sqlite"])
  }

  // MARK: Reading

  @Test("Reading makes nothing", arguments: [true, false])
  func readingMakesNothing(exists: Bool) throws {
    let fixture = HistoryFixture()
    if exists { fixture.directory.write("history.sqlite", "") }
    let names = fixture.directory.names()
    let error = #expect(throws: PinHistoryError.self) { try fixture.open(.reading) }
    #expect(error == .absent(path: fixture.path))
    #expect(fixture.directory.names() == names)
  }

  @Test("What is read is what was written last, and no file is made beside it")
  func reading() throws {
    let fixture = HistoryFixture()
    do { try fixture.open().record(fixture.snapshot(1, "a==1")) }
    let bytes = fixture.directory.read("history.sqlite")
    let reader = try fixture.open(.reading)
    #expect(try reader.currentPins(of: fixture.lockfile).map(\.pin) == pinList("a==1"))
    #expect(fixture.directory.names() == ["history.sqlite"])
    #expect(fixture.directory.read("history.sqlite") == bytes)
    let writer = try fixture.open()
    try writer.record(fixture.snapshot(2, "a==2"))
    #expect(try reader.currentPins(of: fixture.lockfile).map(\.pin) == pinList("a==2"))
    #expect(throws: PinHistoryError.readOnly(path: fixture.path)) {
      try reader.record(fixture.snapshot(3, "a==3"))
    }
  }

  // MARK: Reading what can't be written

  @Test(
    "What another process writes, or has locked to write, is read as it was before",
    arguments: ["IMMEDIATE", "EXCLUSIVE"])
  func readingBesideLock(kind: String) throws {
    let fixture = HistoryFixture()
    do { try fixture.open().record(fixture.snapshot(1, "a==1")) }
    let other = try Connection(path: fixture.path)
    try other.run("BEGIN \(kind)")
    for _ in 0..<2 {
      let reader = try fixture.open(.reading, busyTimeout: 0)
      #expect(try reader.currentPins(of: fixture.lockfile).map(\.pin) == pinList("a==1"))
      #expect(throws: PinHistoryError.busy(path: fixture.path)) { try fixture.open(busyTimeout: 0) }
      // And with something in its log.
      try other.run("DELETE FROM pin")
    }
    try other.run("ROLLBACK")
  }

  /// What a process that was killed leaves: its file, its log, and what helps to read that, or not.
  static let leftovers: [[String]] = [[""], ["", "-wal"], ["", "-wal", "-shm"]]

  @Test(
    "A file that can't be written is read, with its log, and so in a directory that can't",
    .enabled(if: geteuid() != 0, "root may write anywhere"), arguments: leftovers, [false, true])
  func readingReadOnly(suffixes: [String], isDirectoryWritable: Bool) throws {
    let fixture = HistoryFixture()
    let place = TemporaryDirectory()
    let path = place.file("history.sqlite")
    do {
      let history = try fixture.open()
      try history.record(fixture.snapshot(1, "a==1"))
      for suffix in suffixes where suffixes.count > 1 { copy(fixture, suffix, to: place) }
    }
    if suffixes.count == 1 { copy(fixture, "", to: place) }
    for suffix in suffixes { chmod(path + suffix, 0o400) }
    if !isDirectoryWritable { chmod(place.path, 0o500) }
    if suffixes == ["", "-wal"], !isDirectoryWritable {
      let error = #expect(throws: PinHistoryError.self) { try PinHistory(path: path, access: .reading) }
      #expect(error?.description.contains("what is in its log, `-wal`, can't be read where nothing") == true)
      return
    }
    let reader = try PinHistory(path: path, access: .reading)
    #expect(try reader.currentPins(of: fixture.lockfile).map(\.pin) == pinList("a==1"))
    #expect(try reader.lockfilesToImport(among: [fixture.lockfile]) == [fixture.lockfile])
    #expect(throws: PinHistoryError.self) { try PinHistory(path: path, access: .writing) }
  }

  private func copy(_ fixture: HistoryFixture, _ suffix: String, to place: TemporaryDirectory) {
    let name = "history.sqlite\(suffix)"
    if let bytes = fixture.directory.read(name) { place.write(name, bytes) }
  }

  @Test("What was read while another process wrote is read again")
  func readAgain() throws {
    let fixture = HistoryFixture()
    do { try fixture.open().record(fixture.snapshot(1, "a==1")) }
    let reader = try fixture.open(.reading)
    let later = try fixture.snapshot(2, "a==2")
    let calls = Mutex(0)
    let path = fixture.path
    let count = try reader.read { (connection) throws(SQLiteError) in
      let call = calls.withLock {
        $0 += 1
        return $0
      }
      // Opened, written and closed: what the log had is in the file now.
      if call == 1 { _ = try? PinHistory(path: path, access: .writing).record(later) }
      return try connection.prepare("SELECT count(*) FROM pin").first { (row) throws(SQLiteError) in
        row.integer(at: 0)
      }
    }
    #expect(count == 2)
    #expect(calls.withLock { $0 } == 2)
  }

  @Test(
    "A path with characters that a URI gives a meaning", arguments: ["a b?c#d%20.sqlite", "//é&=.sqlite"])
  func oddPath(name: String) throws {
    let fixture = HistoryFixture()
    let path = fixture.directory.file(name)
    do { try PinHistory(path: path, access: .writing).record(fixture.snapshot(1, "a==1")) }
    #expect(try PinHistory(path: path, access: .reading).lockfiles() == [fixture.lockfile])
  }

  private func text(_ connection: Connection, _ sql: String) throws -> String? {
    try connection.prepare(sql).first { (row) throws(SQLiteError) in row.text(at: 0) }
  }
}
