import CSQLite

/// The open `sqlite3 *`, kept alive by its connection and every statement of it.
///
/// `sqlite3_close_v2` lets the last statement outlive the connection without harm.
final class Handle {
  let pointer: OpaquePointer
  let path: String

  init(pointer: OpaquePointer, path: String) {
    self.pointer = pointer
    self.path = path
  }

  deinit { sqlite3_close_v2(pointer) }

  /// The error the last call on this connection left behind.
  func error(sql: String? = nil) -> SQLiteError {
    let message = sqlite3_errmsg(pointer).map { String(cString: $0) } ?? "unknown error"
    return SQLiteError(
      extendedCode: sqlite3_extended_errcode(pointer), message: message, sql: sql, path: path)
  }

  /// Throws unless `code` is `SQLITE_OK`.
  func check(_ code: Int32, sql: String? = nil) throws(SQLiteError) {
    if code != SQLITE_OK { throw error(sql: sql) }
  }
}
