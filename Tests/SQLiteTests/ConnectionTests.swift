import Glibc
import SQLite
import TestSupport
import Testing

@Suite struct ConnectionTests {
  @Test(arguments: [
    Value.null, .integer(.min), .integer(.max), .real(-0.5), .text(""), .text("π\u{0}z"), .blob([]),
    .blob([0, 255, 7]),
  ])
  func `a value reads back as it was bound`(value: Value) throws {
    let connection = try Connection(path: ":memory:")
    let read = try connection.prepare("SELECT ?").first([value]) { (row) throws(SQLiteError) in
      row.value(at: 0)
    }
    #expect(read == value)
  }

  @Test func `typed and optional readers tell null from zero`() throws {
    let connection = try Connection(path: ":memory:")
    try connection.prepare("SELECT NULL, 0, '', x''").query { (row) throws(SQLiteError) in
      #expect(row.columnCount == 4)
      #expect(row.optionalInteger(at: 0) == nil && row.optionalInteger(at: 1) == 0)
      #expect(row.optionalText(at: 0) == nil && row.optionalText(at: 2) == "")
      #expect(row.optionalBlob(at: 0) == nil && row.optionalBlob(at: 3) == [])
      #expect(row.optionalReal(at: 0) == nil && row.optionalReal(at: 1) == 0)
    }
  }

  @Test func `a statement is prepared once, and a nested use of it gets its own`() throws {
    let connection = try Connection(path: ":memory:")
    let sql = "SELECT value FROM (SELECT 1 AS value UNION SELECT 2)"
    #expect(try connection.prepare(sql) === connection.prepare(sql))
    var pairs: [[Int64]] = []
    try connection.prepare(sql).query { (outer) throws(SQLiteError) in
      let left = outer.integer(at: 0)
      try connection.prepare(sql).query { (inner) throws(SQLiteError) in
        pairs.append([left, inner.integer(at: 0)])
      }
    }
    #expect(pairs == [[1, 1], [1, 2], [2, 1], [2, 2]])
  }

  struct BadSQL: Sendable, CustomTestStringConvertible {
    var sql: String
    var values: [Value] = []
    var code: SQLiteError.Code
    var testDescription: String { sql }
  }
  @Test(arguments: [
    BadSQL(sql: "SELEC 1", code: .error),
    BadSQL(sql: "", code: .misuse),
    BadSQL(sql: "SELECT 1; SELECT 2", code: .misuse),
    BadSQL(sql: "SELECT ?", code: .range),
    BadSQL(sql: "SELECT ?", values: [1, 2], code: .range),
  ])
  func `bad SQL is an error that names it`(bad: BadSQL) throws {
    let connection = try Connection(path: ":memory:")
    let error = #expect(throws: SQLiteError.self) { try connection.run(bad.sql, bad.values) }
    #expect(error?.code == bad.code)
    #expect(error?.sql == bad.sql)
  }

  @Test func `a constraint is named by its extended code and the transaction is undone`() throws {
    let connection = try Connection(path: ":memory:")
    try connection.execute(script: "CREATE TABLE t (a TEXT PRIMARY KEY); INSERT INTO t VALUES ('x')")
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction { () throws(SQLiteError) in
        try connection.run("INSERT INTO t VALUES ('y')")
        try connection.run("INSERT INTO t VALUES ('x')")
      }
    }
    #expect(error?.code == .constraint)
    #expect(error?.extendedCode == 1555)
    #expect(try count(connection) == 1)
    #expect(!connection.isInTransaction)
  }

  @Test func `an inner transaction is undone alone`() throws {
    let connection = try Connection(path: ":memory:")
    try connection.execute(script: "CREATE TABLE t (a TEXT PRIMARY KEY)")
    try connection.transaction { () throws(SQLiteError) in
      try connection.run("INSERT INTO t VALUES ('kept')")
      _ = try? connection.transaction { () throws(SQLiteError) in
        try connection.run("INSERT INTO t VALUES ('lost')")
        try connection.run("INSERT INTO t VALUES ('lost')")
      }
    }
    #expect(try count(connection) == 1)
  }

  @Test func `migrations run once, in order, and a newer file is refused`() throws {
    let directory = TemporaryDirectory()
    let first = ["CREATE TABLE t (a)", "ALTER TABLE t ADD COLUMN b; INSERT INTO t VALUES (1, 2)"]
    for _ in 0..<2 {
      let connection = try Connection(path: directory.file("a.db"), journal: .writeAheadLog)
      try connection.migrate(first)
      #expect(try connection.schemaVersion == 2)
      #expect(try count(connection) == 1)
    }
    let connection = try Connection(path: directory.file("a.db"))
    #expect(throws: SQLiteError.self) { try connection.migrate(["CREATE TABLE t (a)"]) }
    let failing = first + ["CREATE TABLE u (a); CREATE TABLE u (a)"]
    #expect(throws: SQLiteError.self) { try connection.migrate(failing) }
    #expect(try connection.schemaVersion == 2)
  }

  private func count(_ connection: Connection) throws -> Int64? {
    try connection.prepare("SELECT count(*) FROM t").first { (row) throws(SQLiteError) in row.integer(at: 0) }
  }
}

@Suite struct FileTests {
  @Test func `a file that is no database says so`() throws {
    let directory = TemporaryDirectory()
    directory.overwrite("a.db", with: Array(repeating: 0x41, count: 4096))
    let error = #expect(throws: SQLiteError.self) {
      let connection = try Connection(path: directory.file("a.db"))
      try connection.migrate(["CREATE TABLE t (a)"])
    }
    #expect(error?.code == .notADatabase)
    #expect(error?.meansDamagedFile == true)
  }

  @Test func `a damaged page says so`() throws {
    let directory = TemporaryDirectory()
    do {
      let connection = try Connection(path: directory.file("a.db"))
      try connection.execute(script: "CREATE TABLE t (a)")
      try connection.transaction { () throws(SQLiteError) in
        for index in 0..<2000 { try connection.run("INSERT INTO t VALUES (?)", [.integer(Int64(index))]) }
      }
    }
    directory.overwrite("a.db", with: Array(repeating: 0xff, count: 4096), at: 4096)
    let connection = try Connection(path: directory.file("a.db"))
    let error = #expect(throws: SQLiteError.self) {
      try connection.prepare("SELECT sum(a) FROM t").query { (_) throws(SQLiteError) in }
    }
    #expect(error?.meansDamagedFile == true)
  }

  @Test func `another connection's write lock is busy, and a reader goes on beside it`() throws {
    let directory = TemporaryDirectory()
    let path = directory.file("a.db")
    let holder = try Connection(path: path, journal: .writeAheadLog)
    try holder.migrate(["CREATE TABLE t (a)"])
    let other = try Connection(path: path, busyTimeout: 1, journal: .writeAheadLog)
    try holder.transaction { () throws(SQLiteError) in
      try holder.run("INSERT INTO t VALUES (1)")
      let error = #expect(throws: SQLiteError.self) {
        try other.transaction { () throws(SQLiteError) in }
      }
      #expect(error?.meansContention == true)
      let seen = try other.prepare("SELECT count(*) FROM t").first { (row) throws(SQLiteError) in
        row.integer(at: 0)
      }
      #expect(seen == 0)
    }
    try other.transaction { () throws(SQLiteError) in try other.run("INSERT INTO t VALUES (2)") }
    #expect(other.changes == 1)
  }

  @Test func `a missing directory or file can't be opened`() {
    let directory = TemporaryDirectory()
    #expect(throws: SQLiteError.self) { try Connection(path: directory.file("none/a.db")) }
    let error = #expect(throws: SQLiteError.self) {
      try Connection(path: directory.file("a.db"), access: .readOnly)
    }
    #expect(error?.code == .cannotOpen)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
  func `a read-only directory can't hold a new database`() throws {
    let directory = TemporaryDirectory()
    chmod(directory.path, 0o500)
    let error = #expect(throws: SQLiteError.self) {
      let connection = try Connection(path: directory.file("a.db"))
      try connection.migrate(["CREATE TABLE t (a)"])
    }
    #expect(error?.code == .cannotOpen)
  }

  @Test(arguments: ["a.db", "a b?c#d%20é.db"])
  func `an immutable file is read without one beside it`(name: String) throws {
    let directory = TemporaryDirectory()
    do {
      let connection = try Connection(path: directory.file(name), journal: .writeAheadLog)
      try connection.migrate(["CREATE TABLE t (a); INSERT INTO t VALUES (7)"])
    }
    let connection = try Connection(path: "/" + directory.file(name), access: .immutable)
    let read = try connection.prepare("SELECT a FROM t").first { (row) throws(SQLiteError) in
      row.integer(at: 0)
    }
    #expect(read == 7)
    #expect(directory.names() == [name])
    let error = #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t VALUES (1)") }
    #expect(error?.code == .readOnly)
  }

  @Test func `an error shows no more of a statement than its beginning`() {
    func shown(_ sql: String) -> String {
      SQLiteError(extendedCode: 1, message: "no", sql: sql, path: "a.db").description
    }
    #expect(shown("SELECT 1") == "a.db: no (SQLite code 1) in `SELECT 1`")
    #expect(shown("CREATE TABLE t (\n  a\n)") == "a.db: no (SQLite code 1) in `CREATE TABLE t (…`")
    let long = String(repeating: "x", count: 80)
    #expect(shown(long) == "a.db: no (SQLite code 1) in `\(long)`")
    #expect(shown(long + "y") == "a.db: no (SQLite code 1) in `\(long)…`")
  }

  @Test func `the first bytes of a file are read as they are`() throws {
    let directory = TemporaryDirectory()
    do { try Connection(path: directory.file("a.db")).execute(script: "CREATE TABLE t (a)") }
    let database = try Connection(path: directory.file("a.db"), access: .readOnly)
    #expect(try database.firstBytes(16) == Array("SQLite format 3\0".utf8))
    directory.write("b.db", "text")
    #expect(
      try Connection(path: directory.file("b.db"), access: .immutable).firstBytes(6) == Array("text\0\0".utf8)
    )
    directory.write("c.db", "")
    #expect(try Connection(path: directory.file("c.db"), access: .readOnly).firstBytes(2) == [0, 0])
  }

  @Test func `a read-only connection refuses to write`() throws {
    let directory = TemporaryDirectory()
    do { try Connection(path: directory.file("a.db")).migrate(["CREATE TABLE t (a)"]) }
    let connection = try Connection(path: directory.file("a.db"), access: .readOnly)
    #expect(connection.isReadOnly)
    let error = #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t VALUES (1)") }
    #expect(error?.code == .readOnly)
  }
}
