import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import Advisories

@Suite struct AdvisoryDatabaseTests {
  private typealias Fixture = DatabaseFixture
  private let fixture = DatabaseFixture()

  private func begin() async throws {
    fixture.serveArchive([
      "P-1.json": Fixture.record("P-1", "a", "b"), "P-2.json": Fixture.record("P-2", "b"),
      "P-3.json": Fixture.record("P-3", "c"),
    ])
    _ = try await fixture.sync()
  }

  // MARK: Reading

  @Test func `records are found by any of several names, each in order`() async throws {
    try await begin()
    #expect(try fixture.stored("b", "a") == ["a P-1@1", "b P-1@1", "b P-2@1"])
    #expect(try fixture.stored() == [])
    let other = try fixture.open(.reading).records(
      of: [PackageName("a")], from: "https://another.example")
    #expect(other.source == nil && other.records.isEmpty)
  }

  @Test func `a record's text is found by its id in any letter case`() async throws {
    try await begin()
    let database = try fixture.open(.reading)
    let text = try database.text(of: #require(AdvisoryID("p-2")), from: Fixture.base)
    #expect(text.map { String(decoding: $0, as: UTF8.self) } == Fixture.record("P-2", "b"))
    #expect(try database.text(of: #require(AdvisoryID("P-9")), from: Fixture.base) == nil)
  }

  @Test func `a text that can't be read any more is named and not left out`() async throws {
    try await begin()
    try Connection(path: fixture.path).run("UPDATE record SET text = x'7B' WHERE id = 'p-2'")
    let stored = try fixture.open(.reading).records(
      of: [PackageName("a"), PackageName("b")], from: Fixture.base)
    #expect(stored.records[try PackageName("b")]?.map(\.id.description) == ["P-1"])
    #expect(stored.unreadable.mapValues { $0.map(\.id) } == [try PackageName("b"): ["p-2"]])
  }

  @Test func `sources don't mix`() async throws {
    try await begin()
    let second = "https://mirror.example/osv/"
    fixture.server["https://mirror.example/osv/PyPI/all.zip"] = fixture.server[Fixture.archive]
    let sync = try AdvisorySync(fixture.open(), from: second, by: fixture.server, now: { 7 })
    _ = try await sync.run()
    let database = try fixture.open(.reading)
    #expect(try database.sources().map(\.address) == [second, Fixture.base].sorted())
    #expect(try database.sources().map(\.recordCount) == [3, 3])
    fixture.serveArchive(["P-9.json": Fixture.record("P-9", "a", modified: -1)])
    _ = try await fixture.sync(isForced: true)
    #expect(try fixture.stored("a") == ["a P-9@1"])
    #expect(try database.records(of: [PackageName("a")], from: second).records.count == 1)
  }

  // MARK: Age

  @Test(arguments: [
    (0, 100, false, 0), (100, 100, false, 100), (101, 100, true, 101), (-299, 100, false, 0),
    (-301, 100, true, 0),
  ])
  func `age is counted from the last sync`(elapsed: Int64, maximum: Int64, isOlder: Bool, age: Int64)
    async throws
  {
    try await begin()
    let source = try #require(try fixture.open(.reading).source(Fixture.base))
    #expect(source.isOlder(than: maximum, at: Fixture.start + elapsed) == isOlder)
    #expect(source.age(at: Fixture.start + elapsed) == age)
  }

  // MARK: The file

  @Test func `without a file there is nothing to read, and none is made`() {
    #expect(throws: AdvisoryDatabaseError.absent(path: fixture.path)) { try fixture.open(.reading) }
    #expect(fixture.directory.names() == [])
  }

  @Test(arguments: [AdvisoryDatabase.Access.reading, .writing])
  func `a newer repin's file is left as it is`(access: AdvisoryDatabase.Access) async throws {
    try await begin()
    try Connection(path: fixture.path).run("PRAGMA user_version = 99")
    let before = fixture.directory.read("advisories.sqlite")
    #expect(throws: AdvisoryDatabaseError.newer(path: fixture.path, found: 99, known: 1)) {
      try fixture.open(access)
    }
    #expect(fixture.directory.read("advisories.sqlite") == before)
  }

  @Test(arguments: [AdvisoryDatabase.Access.reading, .writing])
  func `another program's file is left as it is`(access: AdvisoryDatabase.Access) throws {
    try Connection(path: fixture.path).execute(script: "CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    let before = fixture.directory.read("advisories.sqlite")
    #expect(throws: AdvisoryDatabaseError.foreign(path: fixture.path)) { try fixture.open(access) }
    #expect(fixture.directory.read("advisories.sqlite") == before)
  }

  @Test func `a damaged file is set aside, and begun anew by a sync`() async throws {
    try await begin()
    let size = fixture.directory.size("advisories.sqlite")
    fixture.directory.write("advisories.sqlite", [UInt8](repeating: 0x41, count: size))
    let error = #expect(throws: AdvisoryDatabaseError.self) { try fixture.open(.reading) }
    guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
    let database = try fixture.open()
    let warnings = database.takeWarnings()
    #expect(warnings.map(\.keptAt) == ["\(fixture.path).damaged"])
    #expect(database.takeWarnings() == [])
    #expect(fixture.directory.read("advisories.sqlite.damaged") == [UInt8](repeating: 0x41, count: size))
    #expect(try database.source(Fixture.base) == nil)
    _ = try await fixture.sync()
    #expect(try fixture.stored("a") == ["a P-1@1"])
  }

  @Test func `damage further in is found while writing`() async throws {
    try await begin()
    let size = fixture.directory.size("advisories.sqlite")
    // The header and the schema stay.
    for page in 1..<size / 4096 {
      fixture.directory.overwrite(
        "advisories.sqlite", with: [UInt8](repeating: 0xFF, count: 4096), at: page * 4096)
    }
    let database = try fixture.open()
    let sync = AdvisorySync(database, from: Fixture.base, by: fixture.server, now: { Fixture.start })
    _ = try await sync.run(isForced: true)
    #expect(database.takeWarnings().count == 1)
    #expect(try fixture.stored("a") == ["a P-1@1"])
  }

  @Test func `increments are never written to a file that was begun anew`() async throws {
    let fixture = fixture
    try await begin()
    fixture.serveList([(50, "P-4"), (-86_400, "P-1")])
    fixture.serve("P-4", Fixture.record("P-4", "a", modified: 50))
    fixture.server.whenAsked("\(Fixture.base)/PyPI/P-4.json") {
      fixture.directory.write("advisories.sqlite", String(repeating: "damage ", count: 2000))
    }
    guard case .replaced(let records, _, _) = try await fixture.sync() else { return #expect(Bool(false)) }
    #expect(records == 3)
    // What the list has beyond the archive comes behind it.
    #expect(try fixture.stored("a", "b", "c") == ["a P-1@1", "a P-4@1", "b P-1@1", "b P-2@1", "c P-3@1"])
  }

  @Test func `everything can be removed`() async throws {
    try await begin()
    let size = fixture.directory.size("advisories.sqlite")
    let reader = try fixture.open(.reading)
    try fixture.open().removeAll()
    #expect(try reader.sources() == [])
    #expect(fixture.directory.size("advisories.sqlite") <= size)
    _ = try await fixture.sync()
    #expect(try fixture.stored("a") == ["a P-1@1"])
  }

  // MARK: Several

  @Test func `a sync that is killed leaves the old state`() async throws {
    try await begin()
    let copy = TemporaryDirectory()
    do {
      let connection = try Connection(path: fixture.path)
      // Small, so that rows go to the log before the transaction is committed.
      try connection.run("PRAGMA cache_size = 1")
      try connection.run("BEGIN IMMEDIATE")
      var writer = try RecordWriter(beginning: Fixture.base, connection, now: 7)
      for number in 0..<500 {
        let text = Array(Fixture.record("Q-\(number)", "a").utf8)
        _ = try writer.store(AdvisoryRecord(json: text), text: text)
      }
      try writer.removeOthers()
      try writer.finish()
      // Readers beside it see nothing of it.
      #expect(try fixture.stored("a") == ["a P-1@1"])
      // As a process finds the files after this one was killed.
      for name in ["advisories.sqlite", "advisories.sqlite-wal"] {
        copy.write(name, try #require(fixture.directory.read(name)))
      }
      #expect(copy.size("advisories.sqlite-wal") > 10_000)
      try connection.run("ROLLBACK")
    }
    let killed = try AdvisoryDatabase(path: copy.file("advisories.sqlite"), access: .writing)
    let source = try #require(try killed.source(Fixture.base))
    #expect(source.recordCount == 3 && source.syncedAt == Fixture.start)
    let records = try killed.records(of: [PackageName("a")], from: Fixture.base).records
    #expect(records.values.joined().map(\.id.description) == ["P-1"])
  }

  @Test func `a reader opened before a sync sees it when it is done`() async throws {
    try await begin()
    let reader = try fixture.open(.reading)
    #expect(try reader.source(Fixture.base)?.recordCount == 3)
    fixture.serveArchive(["P-9.json": Fixture.record("P-9", "a", modified: -1)])
    _ = try await fixture.sync(isForced: true)
    #expect(try reader.source(Fixture.base)?.recordCount == 1)
    #expect(try reader.records(of: [PackageName("a")], from: Fixture.base).records.values.joined().count == 1)
  }

  @Test func `one that writes is waited for, and not for ever`() async throws {
    try await begin()
    let other = try Connection(path: fixture.path)
    try other.run("BEGIN IMMEDIATE")
    await #expect(throws: AdvisorySyncError.database(.busy(path: fixture.path))) {
      try await fixture.sync(isForced: true)
    }
    try other.run("ROLLBACK")
    _ = try await fixture.sync(isForced: true)
  }

  @Test func `syncs at once end in one state`() async throws {
    let fixture = fixture
    fixture.serveArchive(["P-1.json": Fixture.record("P-1", "a"), "P-2.json": Fixture.record("P-2", "a")])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask {
          let database = try AdvisoryDatabase(path: fixture.path, access: .writing, busyTimeout: 30_000)
          let sync = AdvisorySync(
            database, from: DatabaseFixture.base, by: fixture.server, now: { DatabaseFixture.start })
          _ = try await sync.run(isForced: true)
        }
      }
      try await group.waitForAll()
    }
    #expect(try fixture.stored("a") == ["a P-1@1", "a P-2@1"])
    #expect(try fixture.open(.reading).source(Fixture.base)?.recordCount == 2)
  }
}
