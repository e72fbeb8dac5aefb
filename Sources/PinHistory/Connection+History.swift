import PythonPackaging
import SQLite

extension Connection {
  /// A lockfile's row; nil if nothing was ever recorded of it.
  func identifier(of lockfile: LockfileIdentity) throws(SQLiteError) -> Int64? {
    try prepare(HistoryQuery.lockfileID.rawValue).first([.text(lockfile.repository), .text(lockfile.path)]) {
      (row) throws(SQLiteError) in row.integer(at: 0)
    }
  }

  /// A lockfile's row, made if there is none.
  func identifier(making lockfile: LockfileIdentity) throws(SQLiteError) -> Int64 {
    if let id = try identifier(of: lockfile) { return id }
    try run(HistoryStatement.addLockfile.rawValue, [.text(lockfile.repository), .text(lockfile.path)])
    return lastInsertedRow
  }

  /// The rows of a query.
  func rows<Result>(
    _ query: HistoryQuery, _ values: [Value], _ read: (borrowing Row) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> [Result] {
    var results: [Result] = []
    try prepare(query.rawValue).query(values) { (row) throws(SQLiteError) in results.append(try read(row)) }
    return results
  }
}

extension Pin {
  /// The pin of a row's columns `package` and `written`, side by side.
  init(_ row: borrowing Row, at column: Int, path: String) throws(SQLiteError) {
    let name = row.text(at: column)
    let version = row.text(at: column + 1)
    guard let package = try? PackageName(name), let version = try? Version(version) else {
      throw SQLiteError(
        extendedCode: SQLiteError.Code.mismatch.rawValue,
        message: "it names a pin `\(printable(name, limit: 80))==\(printable(version, limit: 80))`", sql: nil,
        path: path)
    }
    self.init(package: package, version: version)
  }
}

/// A text from the file, fit for a message: one line, not endless.
func printable(_ text: String, limit: Int) -> String {
  let scalars = text.unicodeScalars.prefix(limit).map { scalar in
    let isPlain = scalar == " " || !scalar.properties.isWhitespace
    return isPlain && scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) ? String(scalar) : "?"
  }
  return scalars.joined()
}
