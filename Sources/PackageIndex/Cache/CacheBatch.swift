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

  /// A page that an index has confirmed: what the cache has of it, and what it shall have, but for the record.
  struct Renewal: Sendable, Hashable {
    var known: CachedPage
    var page: CachedPage

    init(of known: CachedPage, to page: CachedPage) {
      self.known = known
      self.page = page
      self.known.record = nil
      self.page.record = nil
    }
  }

  private(set) var pages: [PageKey: CachedPage] = [:]
  private(set) var renewals: [PageKey: Renewal] = [:]
  private(set) var metadata: [String: CachedMetadata] = [:]
  private(set) var facts: [String: [UInt8]] = [:]
  /// Rows that were of use since the last time; they alone are no reason to write.
  var used: [CacheRow] = []
  /// The bytes of all values ever put in, replaced ones too.
  private(set) var size = 0

  var isEmpty: Bool { pages.isEmpty && renewals.isEmpty && metadata.isEmpty && facts.isEmpty }

  mutating func put(_ page: CachedPage, key: PageKey) {
    pages[key] = page
    renewals[key] = nil
    size += page.record?.count ?? 0
  }

  /// `page` has the record too, for a page that is still to be written itself.
  mutating func renew(_ known: CachedPage, to page: CachedPage, key: PageKey) {
    if pages[key] == known {
      pages[key] = page
    } else if pages[key] == nil {
      renewals[key] = Renewal(of: renewals[key]?.known ?? known, to: page)
    }
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
    let day = CacheRow.day(of: now)
    try connection.transaction(.immediate) { () throws(SQLiteError) in
      for (key, page) in pages { try write(page, key: key, to: connection, day: day) }
      for (key, renewal) in renewals { try write(renewal, key: key, to: connection) }
      for (key, metadata) in metadata { try write(metadata, key: key, to: connection, day: day) }
      for (key, value) in facts { try write(fact: value, key: key, to: connection, now: now) }
      for row in used { try row.touch(in: connection, day: day) }
    }
  }

  private func write(
    _ page: CachedPage, key: PageKey, to connection: Connection, day: Int64
  ) throws(SQLiteError) {
    try connection.run("INSERT OR IGNORE INTO source (url) VALUES (?)", [.text(key.source)])
    let sql = """
      INSERT INTO page (source, project, status, etag, last_modified, fetched_at, fresh_until, checksum)
      SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM source WHERE url = ?1
      ON CONFLICT (source, project) DO UPDATE SET
        status = excluded.status, etag = excluded.etag, last_modified = excluded.last_modified,
        fetched_at = excluded.fetched_at, fresh_until = excluded.fresh_until, checksum = excluded.checksum
      """
    try connection.run(
      sql,
      [
        .text(key.source), .text(key.project), .integer(page.record == nil ? 404 : 200),
        .text(optional: page.entityTag), .text(optional: page.lastModified), .integer(page.fetchedAt),
        .integer(page.freshUntil), .integer(Checksum.of(key: key.text, value: page.record ?? [])),
      ])
    let row = try connection.prepare(
      "SELECT page.id FROM page JOIN source ON source.id = page.source WHERE url = ?1 AND project = ?2"
    ).first([.text(key.source), .text(key.project)]) { (row) throws(SQLiteError) in row.integer(at: 0) }
    guard let row else { return }
    if let record = page.record {
      try connection.run(
        "INSERT OR REPLACE INTO record (page, bytes) VALUES (?, ?)", [.integer(row), .blob(record)])
    } else {
      try connection.run("DELETE FROM record WHERE page = ?", [.integer(row)])
    }
    try CacheRow(.page, row).note(in: connection, day: day, size: page.record?.count ?? 0)
  }

  /// Only where the row is still the one that was confirmed: another process may have written a newer page.
  private func write(_ renewal: Renewal, key: PageKey, to connection: Connection) throws(SQLiteError) {
    try connection.run(
      """
      UPDATE page SET etag = ?3, last_modified = ?4, fetched_at = ?5, fresh_until = ?6
      WHERE source = (SELECT id FROM source WHERE url = ?1) AND project = ?2
        AND etag IS ?7 AND last_modified IS ?8 AND fetched_at = ?9
      """,
      [
        .text(key.source), .text(key.project), .text(optional: renewal.page.entityTag),
        .text(optional: renewal.page.lastModified), .integer(renewal.page.fetchedAt),
        .integer(renewal.page.freshUntil), .text(optional: renewal.known.entityTag),
        .text(optional: renewal.known.lastModified), .integer(renewal.known.fetchedAt),
      ])
  }

  private func write(
    _ metadata: CachedMetadata, key: String, to connection: Connection, day: Int64
  ) throws(SQLiteError) {
    try connection.run(
      """
      INSERT INTO metadata (key, bytes, fetched_at, fresh_until, checksum) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET
        bytes = excluded.bytes, fetched_at = excluded.fetched_at, fresh_until = excluded.fresh_until,
        checksum = excluded.checksum
      """,
      [
        .text(key), .blob(metadata.bytes), .integer(metadata.fetchedAt), .integer(metadata.freshUntil),
        .integer(Checksum.of(key: key, value: metadata.bytes)),
      ])
    let row = try connection.prepare("SELECT id FROM metadata WHERE key = ?").first([.text(key)]) {
      (row) throws(SQLiteError) in row.integer(at: 0)
    }
    if let row { try CacheRow(.metadata, row).note(in: connection, day: day, size: metadata.bytes.count) }
  }

  private func write(
    fact value: [UInt8], key: String, to connection: Connection, now: Int64
  ) throws(SQLiteError) {
    try connection.run(
      """
      INSERT INTO fact (key, value, stored_at, checksum) VALUES (?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET
        value = excluded.value, stored_at = excluded.stored_at, checksum = excluded.checksum
      """,
      [.text(key), .blob(value), .integer(now), .integer(Checksum.of(key: key, value: value))])
    let row = try connection.prepare("SELECT id FROM fact WHERE key = ?").first([.text(key)]) {
      (row) throws(SQLiteError) in row.integer(at: 0)
    }
    if let row {
      try CacheRow(.fact, row).note(in: connection, day: CacheRow.day(of: now), size: value.count)
    }
  }
}
