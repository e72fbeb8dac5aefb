import SQLite

/// Values to be written to the cache in one transaction; a later value of a key replaces an earlier one.
struct CacheBatch: Sendable {
  /// Names one project's page: the index's URL and the project.
  struct PageKey: Sendable, Hashable {
    var source: String
    var project: String

    /// What the check sum covers beside the value.
    var text: String { "\(source) \(project)" }
  }

  private(set) var pages: [PageKey: CachedPage] = [:]
  private(set) var metadata: [String: CachedMetadata] = [:]
  private(set) var facts: [String: [UInt8]] = [:]
  /// The bytes of all values ever put in, replaced ones too.
  private(set) var size = 0

  var isEmpty: Bool { pages.isEmpty && metadata.isEmpty && facts.isEmpty }

  mutating func put(_ page: CachedPage, key: PageKey) {
    pages[key] = page
    size += page.record?.count ?? 0
  }

  mutating func put(_ value: CachedMetadata, key: String) {
    metadata[key] = value
    size += value.bytes.count
  }

  mutating func put(fact: [UInt8], key: String) {
    facts[key] = fact
    size += fact.count
  }

  /// Writes all of it or nothing; `now` is in seconds since 1970.
  func write(to connection: Connection, now: Int64) throws(SQLiteError) {
    try connection.transaction(.immediate) { () throws(SQLiteError) in
      for (key, page) in pages { try write(page, key: key, to: connection) }
      for (key, metadata) in metadata {
        try connection.run(
          "INSERT OR REPLACE INTO metadata (key, bytes, fetched_at, fresh_until, checksum) VALUES (?, ?, ?, ?, ?)",
          [
            .text(key), .blob(metadata.bytes), .integer(metadata.fetchedAt), .integer(metadata.freshUntil),
            .integer(Checksum.of(key: key, value: metadata.bytes)),
          ])
      }
      for (key, value) in facts {
        try connection.run(
          "INSERT OR REPLACE INTO fact (key, value, stored_at, checksum) VALUES (?, ?, ?, ?)",
          [.text(key), .blob(value), .integer(now), .integer(Checksum.of(key: key, value: value))])
      }
    }
  }

  private func write(_ page: CachedPage, key: PageKey, to connection: Connection) throws(SQLiteError) {
    try connection.run("INSERT OR IGNORE INTO source (url) VALUES (?)", [.text(key.source)])
    let sql = """
      INSERT OR REPLACE INTO page
        (source, project, status, etag, last_modified, fetched_at, fresh_until, checksum, record)
      SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM source WHERE url = ?1
      """
    try connection.run(
      sql,
      [
        .text(key.source), .text(key.project), .integer(page.record == nil ? 404 : 200),
        .text(optional: page.entityTag), .text(optional: page.lastModified), .integer(page.fetchedAt),
        .integer(page.freshUntil), .integer(Checksum.of(key: key.text, value: page.record ?? [])),
        .blob(optional: page.record),
      ])
  }
}
