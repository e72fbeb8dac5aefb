import Glibc
import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import PinHistory

@Suite("A history that is damaged, or that the system keeps from being written")
struct HistoryFailureTests {
  // MARK: Damage

  static let damages: [(String, [UInt8])] = [
    ("a database's first bytes", Array("SQLite format 3\0".utf8)),
    (
      "a database's first bytes, and others",
      Array("SQLite format 3\0".utf8) + Array(repeating: 0x41, count: 9000)
    ),
    ("zeros", Array(repeating: 0, count: 4096)),
    ("a few zeros", [0, 0, 0]),
  ]

  @Test("A damaged file is set aside, and another begun", arguments: damages)
  func damaged(name: String, bytes: [UInt8]) throws {
    let fixture = HistoryFixture()
    let kept = "history.sqlite.damaged-20260131T093000Z"
    fixture.directory.write("history.sqlite", bytes)
    fixture.directory.write(kept, "an older one")
    do {
      let history = try fixture.open()
      let warnings = history.takeWarnings()
      #expect(warnings.map(\.keptAt) == [fixture.directory.file(kept + "-2")])
      #expect(warnings.map(\.path) == [fixture.path])
      #expect(history.takeWarnings().isEmpty)
      try history.record(fixture.snapshot(1, "a==1"))
    }
    #expect(fixture.directory.names() == ["history.sqlite", kept, kept + "-2"])
    #expect(fixture.directory.read(kept + "-2") == bytes)
    #expect(fixture.directory.text(kept) == "an older one")
    #expect(try fixture.open(.reading).lockfiles() == [fixture.lockfile])
  }

  @Test(
    "A file of another kind is refused and left as it is",
    arguments: [
      "flask==3.0\n", "#", String(repeating: "A", count: 10_000), "SQLite format 2\0", "\0\0flask",
    ],
    [PinHistory.Access.reading, .writing])
  func otherKind(text: String, access: PinHistory.Access) throws {
    let fixture = HistoryFixture()
    let path = fixture.directory.file("requirements.txt")
    fixture.directory.write("requirements.txt", text)
    #expect(throws: PinHistoryError.noDatabase(path: path)) { try PinHistory(path: path, access: access) }
    #expect(fixture.directory.names() == ["requirements.txt"])
    #expect(fixture.directory.text("requirements.txt") == text)
  }

  @Test("What lies where repin puts a history was one, whatever it is now")
  func ownPlace() throws {
    let fixture = HistoryFixture()
    fixture.directory.makeDirectory(".repin")
    fixture.directory.write(".repin/history.sqlite", "flask==3.0\n")
    let history = try PinHistory(path: fixture.directory.file(".repin/history.sqlite"), access: .writing)
    #expect(history.takeWarnings().count == 1)
    let kept = fixture.directory.names(in: ".repin").first { $0.contains("damaged") }
    #expect(fixture.directory.text(".repin/\(kept ?? "")") == "flask==3.0\n")
  }

  static let tamperings: [(String, String)] = [
    ("PRAGMA user_version = 0", "its schema has no version"),
    ("DROP TABLE run", "its table or index `run` is missing"),
    ("DROP INDEX finding_open", "its table or index `finding_open` is missing"),
    ("ALTER TABLE pin DROP COLUMN written", "its table or index `pin` isn't that of version 4"),
    ("PRAGMA user_version = -3", "its schema has no version"),
    ("DROP TABLE run; CREATE TABLE run (id)", "its table or index `run` isn't that of version 4"),
  ]

  @Test("A history whose tables aren't those of its version is damaged", arguments: tamperings)
  func tampered(script: String, reason: String) throws {
    let fixture = HistoryFixture()
    do { try fixture.open().record(fixture.snapshot(1, "a==1")) }
    do { try Connection(path: fixture.path).execute(script: script) }
    #expect(throws: PinHistoryError.damaged(path: fixture.path, reason: reason)) {
      try fixture.open(.reading)
    }
    let history = try fixture.open()
    try history.record(fixture.snapshot(2, "a==2"))
    let warnings = history.takeWarnings()
    #expect(warnings.map(\.reason) == [reason])
    #expect(warnings.allSatisfy { !$0.description.contains("CREATE") && !$0.description.contains("\n") })
    #expect(try history.currentPins(of: fixture.lockfile).map(\.pinnedAt) == [2])
  }

  @Test(
    "What somebody adds for questions of their own does no harm",
    arguments: [
      "ANALYZE", "CREATE INDEX mine ON pin (package)", "CREATE VIEW mine AS SELECT * FROM pin",
      "DROP INDEX run_by_start", "VACUUM", "CREATE TABLE mine (a)",
    ])
  func added(script: String) throws {
    let fixture = HistoryFixture()
    do { try fixture.open().record(fixture.snapshot(1, "a==1")) }
    do { try Connection(path: fixture.path).execute(script: script) }
    #expect(try fixture.open(.reading).lockfiles() == [fixture.lockfile])
    let history = try fixture.open()
    #expect(history.takeWarnings().isEmpty)
    #expect(try history.lockfiles() == [fixture.lockfile])
  }

  @Test("Reading leaves a damaged file where it is")
  func damagedReading() throws {
    let fixture = HistoryFixture()
    fixture.directory.write("history.sqlite", "SQLite format 3\0" + String(repeating: "A", count: 5000))
    let error = #expect(throws: PinHistoryError.self) { try fixture.open(.reading) }
    guard case .damaged = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(fixture.directory.names() == ["history.sqlite"])
  }

  @Test("Damage that is met while writing: what is written is in the new file")
  func damagedLater() throws {
    let fixture = HistoryFixture()
    do {
      let history = try fixture.open()
      try history.importSnapshots((0..<400).map { try fixture.snapshot($0, "a==\($0) b==\($0).1") })
    }
    let size = fixture.directory.size("history.sqlite")
    // Not the first page: the file opens as ever.
    fixture.directory.overwrite(
      "history.sqlite", with: Array(repeating: 0xA5, count: size - 4096), at: 4096)
    let history = try fixture.open()
    try history.record(fixture.snapshot(900, "a==1"))
    #expect(history.takeWarnings().count == 1)
    #expect(try history.currentPins(of: fixture.lockfile).map(\.pinnedAt) == [900])
    #expect(fixture.directory.size("history.sqlite.damaged-20260131T093000Z") == size)
  }

  @Test("Of two that find one file damaged, the second goes on with what the first began")
  func damagedTwice() throws {
    let fixture = HistoryFixture()
    fixture.directory.write("history.sqlite", String(repeating: "A", count: 5000))
    let file = HistoryFile(path: fixture.path, busyTimeout: 1000)
    let stamp = try #require(try file.stamp())
    #expect(try file.setAside(stamp, now: 0) == fixture.path + ".damaged-19700101T000000Z")
    try fixture.open().record(fixture.snapshot(1, "a==1"))
    #expect(try file.setAside(stamp, now: 0) == nil)
    #expect(try fixture.open(.reading).lockfiles() == [fixture.lockfile])
  }

  // MARK: The system

  @Test(
    "A place that holds no file", arguments: ["none/history.sqlite", "file/history.sqlite", "folder", "fifo"])
  func noPlace(name: String) throws {
    let fixture = HistoryFixture()
    fixture.directory.write("file", "")
    fixture.directory.makeDirectory("folder")
    mkfifo(fixture.directory.file("fifo"), 0o600)
    let names = fixture.directory.names()
    let error = #expect(throws: PinHistoryError.self) {
      try PinHistory(path: fixture.directory.file(name), access: .writing)
    }
    guard case .cannotOpen(let path, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path == fixture.directory.file(name))
    #expect(fixture.directory.names() == names)
  }

  @Test("A directory that nobody writes in, root neither")
  func unwritable() throws {
    let error = #expect(throws: PinHistoryError.self) {
      try PinHistory(path: "/proc/history.sqlite", access: .writing)
    }
    guard case .cannotOpen = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(
    "A file or a directory that may not be written", .enabled(if: geteuid() != 0, "root may write anywhere"))
  func readOnly() throws {
    let fixture = HistoryFixture()
    do { try fixture.open().record(fixture.snapshot(1, "a==1")) }
    chmod(fixture.path, 0o400)
    #expect(throws: PinHistoryError.readOnly(path: fixture.path)) { try fixture.open() }
    chmod(fixture.path, 0o600)
    chmod(fixture.directory.path, 0o500)
    #expect(throws: PinHistoryError.self) { try fixture.open() }
    #expect(try fixture.open(.reading).lockfiles() == [fixture.lockfile])
  }

  @Test("A full disk leaves what was finished, and takes nothing by halves")
  func full() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    try history.record(fixture.snapshot(1, "a==1"))
    try history.write { (connection) throws(SQLiteError) in
      try connection.prepare("PRAGMA max_page_count = 1").query { (_) throws(SQLiteError) in }
    }
    let many = try (0..<3000).map { try fixture.snapshot(Int64(10 + $0), "a==\($0)") }
    #expect(throws: PinHistoryError.full(path: fixture.path)) {
      try history.importSnapshots(many, batchSize: 3000)
    }
    #expect(try history.snapshots(of: fixture.lockfile, since: 0).map(\.takenAt) == [1])
    try history.write { (connection) throws(SQLiteError) in
      try connection.prepare("PRAGMA max_page_count = 1000000").query { (_) throws(SQLiteError) in }
    }
    #expect(try history.importSnapshots(many) == 3000)
  }

  @Test("A file that another process writes for too long")
  func busy() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open(busyTimeout: 10)
    let other = try Connection(path: fixture.path)
    try other.transaction { () throws(SQLiteError) in
      _ = #expect(throws: PinHistoryError.busy(path: fixture.path)) {
        try history.record(fixture.snapshot(1, "a==1"))
      }
    }
    try history.record(fixture.snapshot(1, "a==1"))
  }

  @Test("What no repin writes")
  func unreadable() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    try history.record(fixture.snapshot(1, "a==1"))
    try history.write { (connection) throws(SQLiteError) in
      try connection.run("UPDATE pin SET written = ?", [.text("no\u{1B}[31m version")])
    }
    let error = #expect(throws: PinHistoryError.self) { try history.currentPins(of: fixture.lockfile) }
    #expect(
      error == .unreadable(path: fixture.path, reason: "it names a pin `a==no?[31m version`"))
  }

  static let errors: [(PinHistoryError, String)] = [
    (.absent(path: "h"), "there is no history at `h`"),
    (
      .newer(path: "h", found: 9, known: 1),
      "a newer repin wrote the history `h`: its schema is version 9, and this one knows 1"
    ),
    (.foreign(path: "h"), "`h` is a database of another program"),
    (.noDatabase(path: "h"), "`h` is no history: it isn't an SQLite database"),
    (.damaged(path: "h", reason: "r"), "the history `h` is damaged: r"),
    (.unreadable(path: "h", reason: "r"), "the history `h` can't be read: r"),
    (.readOnly(path: "h"), "the history `h` can't be written"),
    (.cannotOpen(path: "h", reason: "r"), "the history `h` can't be opened: r"),
    (.full(path: "h"), "the disk of the history `h` is full"),
    (.busy(path: "h"), "another process is writing the history `h`"),
  ]

  @Test("Messages", arguments: errors)
  func messages(error: PinHistoryError, text: String) {
    #expect(error.description == text)
    #expect(error.remedy != nil)
  }
}
