import CSQLite

/// A prepared statement: bind, step, read columns, reset.
///
/// Parameters and columns count from 0. A column read converts as SQLite does (`NULL` reads as 0, an empty
/// string or an empty blob); ask `isNull(at:)` or the optional readers where that matters.
///
///     let statement = try connection.prepare("SELECT name FROM pin WHERE age > ?")
///     try statement.query([.integer(30)]) { row in names.append(row.text(at: 0)) }
package final class Statement {
  private let pointer: OpaquePointer
  private let handle: Handle
  /// The text it was prepared from.
  package let sql: String
  /// Between the first `step()` and `reset()`.
  private(set) var isRunning = false

  /// Throws for text that doesn't compile, holds no statement, or holds more than one.
  init(handle: Handle, sql: String) throws(SQLiteError) {
    var pointer: OpaquePointer?
    var hasTail = false
    let code = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v3(
        handle.pointer, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, &tail)
      var rest = tail
      while let at = rest, at.pointee != 0 {
        // Space, tab, line ends and one closing semicolon are not a second statement.
        if ![0x20, 0x09, 0x0a, 0x0d, 0x3b].contains(at.pointee) {
          hasTail = true
          break
        }
        rest = at + 1
      }
      return code
    }
    try handle.check(code, sql: sql)
    guard let pointer, !hasTail else {
      sqlite3_finalize(pointer)
      throw SQLiteError(
        extendedCode: SQLITE_MISUSE, message: "expected exactly one statement", sql: sql, path: handle.path)
    }
    self.pointer = pointer
    self.handle = handle
    self.sql = sql
  }

  deinit { sqlite3_finalize(pointer) }

  // MARK: Binding

  /// Binds one value; text and blobs are copied.
  package func bind(_ value: Value, at index: Int) throws(SQLiteError) {
    let position = Int32(truncatingIfNeeded: index + 1)
    let code: Int32
    switch value {
    case .null: code = sqlite3_bind_null(pointer, position)
    case .integer(let integer): code = sqlite3_bind_int64(pointer, position, integer)
    case .real(let real): code = sqlite3_bind_double(pointer, position, real)
    case .text(let text):
      var text = text
      code = text.withUTF8 { bytes in
        // An empty buffer may have no address, and no address would bind NULL.
        guard let base = bytes.baseAddress else {
          return sqlite3_bind_text64(pointer, position, "", 0, transientDestructor, UInt8(SQLITE_UTF8))
        }
        return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          sqlite3_bind_text64(
            pointer, position, $0, UInt64(bytes.count), transientDestructor, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let blob):
      code = blob.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress, !bytes.isEmpty else {
          return sqlite3_bind_zeroblob(pointer, position, 0)
        }
        return sqlite3_bind_blob64(pointer, position, base, UInt64(bytes.count), transientDestructor)
      }
    }
    try handle.check(code, sql: sql)
  }

  /// Binds all parameters; as many values as the statement has parameters, else `.range`.
  package func bind(_ values: [Value]) throws(SQLiteError) {
    let expected = Int(sqlite3_bind_parameter_count(pointer))
    guard values.count == expected else {
      throw SQLiteError(
        extendedCode: SQLITE_RANGE, message: "\(expected) parameters, \(values.count) values", sql: sql,
        path: handle.path)
    }
    for (index, value) in values.enumerated() { try bind(value, at: index) }
  }

  // MARK: Running

  /// Steps once: true at a row, false at the end.
  package func step() throws(SQLiteError) -> Bool {
    isRunning = true
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw handle.error(sql: sql)
    }
  }

  /// Makes it ready to run again, with nothing bound.
  package func reset() {
    // The code returned repeats the failure of the last step, which has been thrown already.
    sqlite3_reset(pointer)
    sqlite3_clear_bindings(pointer)
    isRunning = false
  }

  /// Binds, runs to the end ignoring rows, resets.
  package func run(_ values: [Value] = []) throws(SQLiteError) {
    defer { reset() }
    try bind(values)
    while try step() {}
  }

  /// Binds, calls `body` at each row, resets.
  package func query(
    _ values: [Value] = [], _ body: (borrowing Row) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    defer { reset() }
    try bind(values)
    while try step() { try body(Row(pointer: pointer)) }
  }

  /// Binds and reads the first row, if there is one; resets.
  package func first<Result>(
    _ values: [Value] = [], _ body: (borrowing Row) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result? {
    defer { reset() }
    try bind(values)
    guard try step() else { return nil }
    return try body(Row(pointer: pointer))
  }

  /// The row `step()` stopped at.
  package var row: Row { Row(pointer: pointer) }
}

/// SQLite copies what it is given before the call returns.
private let transientDestructor = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
