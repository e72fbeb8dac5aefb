import SQLite

/// How large the cache may grow: beyond its limit, what wasn't used for longest goes, until a quarter of the limit is free
/// again.
///
/// What was used today stays, so that no set of requirements, however large, is fetched again and again. The file doesn't
/// shrink: what is free in it is written next.
package struct CacheBound: Sendable {
  /// Bytes.
  package var limit: Int64

  /// 1 GiB: some ten thousand projects.
  package static let usual: Int64 = 1 << 30

  /// Removes what is too much, if anything is; asking that takes two fields of the file's header.
  func hold(_ connection: Connection, today: Int64) throws(SQLiteError) {
    let space = try CacheSpace(of: connection)
    guard space.used > limit else { return }
    var excess = space.used - limit / 4 * 3
    try connection.transaction(.immediate) { () throws(SQLiteError) in
      var rows: [CacheRow] = []
      let sql = "SELECT kind, id, size FROM use WHERE day < ? ORDER BY day, kind, id"
      let oldest = try connection.prepare(sql)
      defer { oldest.reset() }
      try oldest.bind([.integer(today)])
      while excess > 0, try oldest.step() {
        guard let kind = CacheRow.Kind(rawValue: oldest.row.integer(at: 0)) else { continue }
        rows.append(CacheRow(kind, oldest.row.integer(at: 1)))
        excess -= oldest.row.integer(at: 2)
      }
      oldest.reset()
      for row in rows { try row.remove(from: connection) }
    }
  }
}

/// How the bytes of the cache's file are taken.
struct CacheSpace: Sendable, Hashable {
  /// In pages that hold something.
  let used: Int64
  /// In pages that will be written next.
  let free: Int64

  init(of connection: Connection) throws(SQLiteError) {
    func number(_ pragma: String) throws(SQLiteError) -> Int64 {
      try connection.prepare("PRAGMA \(pragma)").first { (row) throws(SQLiteError) in row.integer(at: 0) }
        ?? 0
    }
    let size = try number("page_size")
    free = try number("freelist_count") * size
    used = try number("page_count") * size - free
  }
}
