import SQLite

/// One value of the cache, by the row it is in.
///
/// When it was last of use is known to the day, and noted only where something else is written too: a run that finds all it
/// needs writes nothing.
struct CacheRow: Sendable, Hashable {
  /// The table; the raw values are in the file.
  enum Kind: Int64, Sendable, CaseIterable {
    case page = 0
    case metadata = 1
    case fact = 2

    var table: String {
      switch self {
      case .page: "page"
      case .metadata: "metadata"
      case .fact: "fact"
      }
    }
  }

  let kind: Kind
  /// The row's identifier in its table.
  let id: Int64

  init(_ kind: Kind, _ id: Int64) {
    self.kind = kind
    self.id = id
  }

  /// The day of a time in seconds since 1970, by days since then.
  static func day(of now: Int64) -> Int64 { now / 86_400 }

  /// Notes that it was written, and how large its value is now.
  func note(in connection: Connection, day: Int64, size: Int) throws(SQLiteError) {
    try connection.run(
      "INSERT OR REPLACE INTO use (kind, id, day, size) VALUES (?, ?, ?, ?)",
      [.integer(kind.rawValue), .integer(id), .integer(day), .integer(Int64(size))])
  }

  /// Notes that it was of use; where that is known of the day, nothing is written.
  func touch(in connection: Connection, day: Int64) throws(SQLiteError) {
    try connection.run(
      "UPDATE use SET day = ?3 WHERE kind = ?1 AND id = ?2 AND day < ?3",
      [.integer(kind.rawValue), .integer(id), .integer(day)])
  }

  /// Takes it out of the cache.
  func remove(from connection: Connection) throws(SQLiteError) {
    try connection.run("DELETE FROM \(kind.table) WHERE id = ?", [.integer(id)])
    try connection.run("DELETE FROM use WHERE kind = ? AND id = ?", [.integer(kind.rawValue), .integer(id)])
  }
}
