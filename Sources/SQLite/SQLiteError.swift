import CSQLite

/// A failure reported by SQLite, with what it was doing.
///
/// `code` is the primary result code (the low byte of `extendedCode`); the named constants below cover the
/// ones a caller decides by. `description` is one line, fit for a message.
package struct SQLiteError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A primary result code, <https://sqlite.org/rescode.html>.
  package struct Code: RawRepresentable, Sendable, Hashable {
    package var rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let error = Code(rawValue: SQLITE_ERROR)
    package static let permission = Code(rawValue: SQLITE_PERM)
    package static let busy = Code(rawValue: SQLITE_BUSY)
    package static let locked = Code(rawValue: SQLITE_LOCKED)
    package static let readOnly = Code(rawValue: SQLITE_READONLY)
    package static let io = Code(rawValue: SQLITE_IOERR)
    package static let corrupt = Code(rawValue: SQLITE_CORRUPT)
    package static let full = Code(rawValue: SQLITE_FULL)
    package static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
    package static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
    package static let mismatch = Code(rawValue: SQLITE_MISMATCH)
    package static let misuse = Code(rawValue: SQLITE_MISUSE)
    package static let range = Code(rawValue: SQLITE_RANGE)
    package static let notADatabase = Code(rawValue: SQLITE_NOTADB)
  }

  /// The extended result code, such as `SQLITE_IOERR_WRITE`.
  package var extendedCode: Int32
  /// SQLite's own words.
  package var message: String
  /// The statement that failed, if one was involved.
  package var sql: String?
  /// The database file.
  package var path: String

  package init(extendedCode: Int32, message: String, sql: String?, path: String) {
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
    self.path = path
  }

  /// The primary result code.
  package var code: Code { Code(rawValue: extendedCode & 0xff) }

  /// The file is not a usable database: only starting it anew helps.
  package var meansDamagedFile: Bool { code == .corrupt || code == .notADatabase }

  /// Another connection holds a lock; the same call may succeed later.
  package var meansContention: Bool { code == .busy || code == .locked }

  package var description: String {
    let statement = sql.map { " in `\($0)`" } ?? ""
    return "\(path): \(message) (SQLite code \(extendedCode))\(statement)"
  }
}
