import PythonPackaging
import SQLite
import Synchronization

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

/// Packages and versions by their texts, each read once: lockfiles have the same ones.
final class PinTexts: Sendable {
  private struct Known {
    var packages: [String: PackageName] = [:]
    var versions: [String: Version] = [:]
  }

  private let known = Mutex(Known())
  /// Beyond so many nothing more is kept.
  private static let greatestCount = 200_000

  private static func value<Value>(
    _ text: String, in known: inout [String: Value], _ read: (String) -> Value?
  ) -> Value? {
    if let value = known[text] { return value }
    guard let value = read(text) else { return nil }
    if known.count < greatestCount { known[text] = value }
    return value
  }

  /// The pin of a row's columns `package` and `written`, side by side.
  func pin(_ row: borrowing Row, at column: Int, path: String) throws(SQLiteError) -> Pin {
    let name = row.text(at: column)
    let written = row.text(at: column + 1)
    let pin = known.withLock { known -> Pin? in
      guard
        let package = Self.value(name, in: &known.packages, { try? PackageName($0) }),
        let version = Self.value(written, in: &known.versions, { try? Version($0) })
      else { return nil }
      return Pin(package: package, version: version)
    }
    if let pin { return pin }
    throw SQLiteError(
      extendedCode: SQLiteError.Code.mismatch.rawValue,
      message: "it names a pin `\(printable(name, limit: 80))==\(printable(written, limit: 80))`", sql: nil,
      path: path)
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
