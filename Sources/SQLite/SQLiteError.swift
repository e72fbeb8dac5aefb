import CSQLite

/// A failure reported by SQLite, with what it was doing.
///
/// `code` is the primary result code (the low byte of `extendedCode`); the named constants below cover the
/// ones a caller decides by. `description` is one line, fit for a message.
package struct SQLiteError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A primary result code, <https://sqlite.org/rescode.html>.
  package struct Code: RawRepresentable, Sendable, Hashable {
    /// SQLite's number.
    package var rawValue: Int32
    /// A code by SQLite's number.
    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// `SQLITE_ERROR`: the statement is wrong, or the schema.
    package static let error = Code(rawValue: SQLITE_ERROR)
    /// `SQLITE_PERM`: not permitted.
    package static let permission = Code(rawValue: SQLITE_PERM)
    /// `SQLITE_BUSY`: another connection holds the lock.
    package static let busy = Code(rawValue: SQLITE_BUSY)
    /// `SQLITE_LOCKED`: this connection holds the lock itself.
    package static let locked = Code(rawValue: SQLITE_LOCKED)
    /// `SQLITE_READONLY`: the file can't be written.
    package static let readOnly = Code(rawValue: SQLITE_READONLY)
    /// `SQLITE_IOERR`: the system failed to read or write.
    package static let io = Code(rawValue: SQLITE_IOERR)
    /// `SQLITE_CORRUPT`: the file is damaged.
    package static let corrupt = Code(rawValue: SQLITE_CORRUPT)
    /// `SQLITE_FULL`: no space left.
    package static let full = Code(rawValue: SQLITE_FULL)
    /// `SQLITE_CANTOPEN`: the file can't be opened.
    package static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
    /// `SQLITE_CONSTRAINT`: a constraint forbids it.
    package static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
    /// `SQLITE_MISMATCH`: a type or schema version doesn't fit.
    package static let mismatch = Code(rawValue: SQLITE_MISMATCH)
    /// `SQLITE_MISUSE`: called against the rules.
    package static let misuse = Code(rawValue: SQLITE_MISUSE)
    /// `SQLITE_RANGE`: no such parameter or column.
    package static let range = Code(rawValue: SQLITE_RANGE)
    /// `SQLITE_NOTADB`: the file is no database.
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

  /// A failure with its facts.
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

  /// The system didn't take what was written: `SQLITE_IOERR_WRITE`, `_FSYNC`, `_TRUNCATE` and `_SHMSIZE`.
  package var meansFailedWrite: Bool { [778, 1034, 1546, 4874].contains(extendedCode) }

  /// Another connection holds a lock; the same call may succeed later.
  package var meansContention: Bool { code == .busy || code == .locked }

  /// One line, fit for a message; of a statement no more than its beginning.
  package var description: String {
    let statement = sql.map { " in `\(Self.beginning(of: $0))`" } ?? ""
    return "\(path): \(message) (SQLite code \(extendedCode))\(statement)"
  }

  private static func beginning(of sql: String) -> String {
    let line = sql.prefix { !$0.isNewline }
    let shown = line.prefix(80)
    return shown.count == sql.count ? sql : "\(shown)…"
  }
}
