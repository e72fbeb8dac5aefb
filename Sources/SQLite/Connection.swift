import CSQLite

/// One open database, with its prepared statements.
///
/// A connection belongs to one isolation domain: it is not `Sendable`; keep it in an actor or a `Mutex`.
/// It closes when it and its statements are gone.
///
///     let connection = try Connection(path: path, journal: .writeAheadLog)
///     try connection.migrate([schema1, schema2])
///     try connection.transaction { () throws(SQLiteError) in
///       try connection.run("INSERT INTO pin VALUES (?, ?)", [.text("flask"), .text("3.1.0")])
///     }
package final class Connection {
  /// How the file is opened.
  package enum Access: Sendable {
    case readOnly, readWrite, readWriteCreate
    /// Read as a file that nobody changes meanwhile: without a lock and without making a file beside it,
    /// <https://sqlite.org/uri.html#uriimmutable>.
    case immutable
  }

  /// The journal wanted, <https://sqlite.org/pragma.html#pragma_journal_mode>.
  package enum Journal: String, Sendable {
    case rollback = "DELETE"
    case writeAheadLog = "WAL"
    case memory = "MEMORY"
  }

  /// How a transaction takes its lock, <https://sqlite.org/lang_transaction.html>.
  package enum TransactionKind: String, Sendable {
    /// A lock is taken by the first read or write.
    case deferred = "BEGIN DEFERRED"
    /// The write lock is taken at once: a later statement can't fail for want of it.
    case immediate = "BEGIN IMMEDIATE"
  }

  private let handle: Handle
  private var statements: [String: Statement] = [:]

  /// The file, as given.
  package var path: String { handle.path }

  /// Opens `path`; `:memory:` is a database of its own.
  ///
  /// `busyTimeout` (milliseconds) bounds the wait for another connection's lock. `journal` is asked for and
  /// not insisted on: a read-only file keeps what it has.
  package init(
    path: String, access: Access = .readWriteCreate, busyTimeout: Int32 = 5000, journal: Journal? = nil
  ) throws(SQLiteError) {
    let flags =
      switch access {
      case .readOnly: SQLITE_OPEN_READONLY
      case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      case .readWrite: SQLITE_OPEN_READWRITE
      case .readWriteCreate: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var pointer: OpaquePointer?
    let name = access == .immutable ? Self.immutableURI(path) : path
    let code = sqlite3_open_v2(name, &pointer, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard let pointer else {
      throw SQLiteError(extendedCode: code, message: "out of memory", sql: nil, path: path)
    }
    handle = Handle(pointer: pointer, path: path)
    try handle.check(code)
    try handle.check(sqlite3_busy_timeout(pointer, busyTimeout))
    if let journal { try run("PRAGMA journal_mode = \(journal.rawValue)") }
  }

  /// A path as SQLite reads it from a URI: every byte that could mean something else is escaped.
  private static func immutableURI(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var uri = "file:"
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "/"):
        // Two slashes at the beginning would name a host.
        if !uri.hasSuffix("/") { uri += "/" }
      default: uri += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return uri + "?immutable=1"
  }

  /// The prepared statement for `sql`, prepared once a connection and reset.
  ///
  /// If the cached one is in the middle of its rows, the answer is a fresh one of its own.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    if let known = statements[sql], !known.isRunning { return known }
    let statement = try Statement(handle: handle, sql: sql)
    if statements[sql] == nil { statements[sql] = statement }
    return statement
  }

  /// Runs one statement with values bound, ignoring rows.
  package func run(_ sql: String, _ values: [Value] = []) throws(SQLiteError) {
    try prepare(sql).run(values)
  }

  /// Runs any number of statements, separated by semicolons, without values: a schema.
  package func execute(script: String) throws(SQLiteError) {
    try handle.check(sqlite3_exec(handle.pointer, script, nil, nil, nil), sql: script)
  }

  /// The bytes of one blob, read straight into the array: half the copying of a column read, which tells with
  /// blobs of megabytes.
  ///
  /// - Throws: also where the row doesn't exist or the value is neither blob nor text.
  package func blob(table: String, column: String, row: Int64) throws(SQLiteError) -> [UInt8] {
    var blob: OpaquePointer?
    try handle.check(sqlite3_blob_open(handle.pointer, "main", table, column, row, 0, &blob))
    defer { sqlite3_blob_close(blob) }
    let size = Int(sqlite3_blob_bytes(blob))
    var code = SQLITE_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      code = size == 0 ? SQLITE_OK : sqlite3_blob_read(blob, buffer.baseAddress, Int32(size), 0)
      count = code == SQLITE_OK ? size : 0
    }
    try handle.check(code)
    return bytes
  }

  /// The first bytes of the file as they are, also where it is no database; zeros behind its end.
  ///
  /// SQLite's own descriptor reads them: closing another would give up the locks of the process,
  /// <https://sqlite.org/howtocorrupt.html> 2.2.
  package func firstBytes(_ count: Int) throws(SQLiteError) -> [UInt8] {
    var file: UnsafeMutablePointer<sqlite3_file>?
    try handle.check(sqlite3_file_control(handle.pointer, "main", SQLITE_FCNTL_FILE_POINTER, &file))
    var bytes = [UInt8](repeating: 0, count: count)
    guard let file, let read = file.pointee.pMethods?.pointee.xRead else { return bytes }
    let code = read(file, &bytes, Int32(count), 0)
    guard code == SQLITE_OK || code == Self.shortRead else {
      throw SQLiteError(extendedCode: code, message: "it can't be read", sql: nil, path: path)
    }
    return bytes
  }

  /// `SQLITE_IOERR_SHORT_READ`.
  private static let shortRead: Int32 = 522

  /// Rows changed by the last `INSERT`, `UPDATE` or `DELETE`.
  package var changes: Int { Int(sqlite3_changes64(handle.pointer)) }

  /// The row identifier the last `INSERT` gave.
  package var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle.pointer) }

  /// Between `BEGIN` and its end.
  package var isInTransaction: Bool { sqlite3_get_autocommit(handle.pointer) == 0 }

  /// A number that changes when another connection has changed the file, `PRAGMA data_version`.
  package var dataVersion: Int64 {
    get throws(SQLiteError) {
      try prepare("PRAGMA data_version").first { (row) throws(SQLiteError) in row.integer(at: 0) } ?? 0
    }
  }

  /// The file can't be written.
  package var isReadOnly: Bool { sqlite3_db_readonly(handle.pointer, "main") == 1 }

  /// Runs `body` in a transaction: committed if it returns, rolled back if it throws.
  ///
  /// Inside another transaction it is a savepoint of it, so that calls nest.
  package func transaction<Result>(
    _ kind: TransactionKind = .immediate, _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    let nested = isInTransaction
    try run(nested ? "SAVEPOINT nested" : kind.rawValue)
    do throws(SQLiteError) {
      let result = try body()
      try run(nested ? "RELEASE nested" : "COMMIT")
      return result
    } catch {
      // Some failures (a full disk, a corrupt page) have rolled the transaction back already.
      if nested {
        try? run("ROLLBACK TO nested")
        try? run("RELEASE nested")
      } else if isInTransaction {
        try? run("ROLLBACK")
      }
      throw error
    }
  }

  // MARK: Schema version

  /// The application's own schema number, `PRAGMA user_version`; 0 in a new file.
  package var schemaVersion: Int {
    get throws(SQLiteError) {
      let version = try prepare("PRAGMA user_version").first { (row) throws(SQLiteError) in
        row.integer(at: 0)
      }
      return Int(version ?? 0)
    }
  }

  /// Brings the schema up to `migrations.count`: script *n* leads from version *n* to *n* + 1.
  ///
  /// All that is missing runs in one transaction, so two processes may start at once. A file of a version
  /// newer than the last is refused with `.mismatch`.
  package func migrate(_ migrations: [String]) throws(SQLiteError) {
    if try schemaVersion == migrations.count { return }
    try transaction(.immediate) { () throws(SQLiteError) in
      let version = try schemaVersion
      guard (0...migrations.count).contains(version) else {
        throw SQLiteError(
          extendedCode: SQLITE_MISMATCH,
          message: "schema version \(version), newer than \(migrations.count)", sql: nil, path: path)
      }
      for script in migrations[version...] { try execute(script: script) }
      try execute(script: "PRAGMA user_version = \(migrations.count)")
    }
  }
}
