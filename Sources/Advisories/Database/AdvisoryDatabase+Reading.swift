package import PythonPackaging
import SQLite

/// What the database has of some packages.
package struct StoredRecords: Sendable, Hashable {
  /// Where it is from, and how old it is; nil if nothing of the source was ever fetched, so that nothing is known.
  package var source: SyncedSource?
  /// The records that name a package, ascending by id; those that were withdrawn too. A package without any has no entry.
  package var records: [PackageName: [AdvisoryRecord]] = [:]
  /// Records that are here and can't be read any more, by package.
  package var unreadable: [PackageName: [SkippedRecord]] = [:]
}

extension AdvisoryDatabase {
  /// The records of one source that name a package of which one of these releases may be affected, by what is quick to
  /// see. Of such a package they are all records, since what fixes one advisory may be affected by another.
  package func records(
    near releases: some Sequence<AskedRelease>, from address: String
  ) throws(AdvisoryDatabaseError) -> StoredRecords {
    let releases = Set(releases)
    let packages = try read { (connection) throws(SQLiteError) -> Set<PackageName> in
      guard let (number, _) = try connection.source(address) else { return [] }
      let statement = try connection.prepare(
        """
        SELECT 1 FROM affected WHERE source = ?1 AND package = ?2
          AND (?3 IS NULL OR ifnull(low, ?3) <= ?3 AND ifnull(high, ?3) >= ?3) LIMIT 1
        """)
      var packages: Set<PackageName> = []
      for release in releases where !packages.contains(release.package) {
        let found: Void? = try statement.first(
          [
            .integer(number), .text(release.package.normalized),
            .integer(optional: VersionHull.position(of: release.version)),
          ]
        ) { (_) throws(SQLiteError) in }
        if found != nil { packages.insert(release.package) }
      }
      return packages
    }
    return try records(of: packages, from: address)
  }

  /// The records of one source that name any of these packages.
  package func records(
    of packages: Set<PackageName>, from address: String
  ) throws(AdvisoryDatabaseError) -> StoredRecords {
    try read { (connection) throws(SQLiteError) in
      var stored = StoredRecords()
      guard let (number, source) = try connection.source(address) else { return stored }
      stored.source = source
      // A record may name several of them, and is read once.
      var known: [Int64: Result<AdvisoryRecord, AdvisoryRecordError>] = [:]
      let statement = try connection.prepare(
        """
        SELECT record.number, record.id, record.text FROM affected JOIN record ON record.number = affected.record
        WHERE affected.source = ? AND affected.package = ? ORDER BY record.id
        """)
      for package in packages.sorted() {
        var records: [AdvisoryRecord] = []
        var unreadable: [SkippedRecord] = []
        try statement.query([.integer(number), .text(package.normalized)]) { (row) throws(SQLiteError) in
          let key = row.integer(at: 0)
          let outcome =
            known[key]
            ?? Result { () throws(AdvisoryRecordError) in try AdvisoryRecord(json: row.blob(at: 2)) }
          known[key] = outcome
          switch outcome {
          case .success(let record): records.append(record)
          case .failure(let error):
            unreadable.append(SkippedRecord(id: row.text(at: 1), reason: error.description))
          }
        }
        if !records.isEmpty { stored.records[package] = records }
        if !unreadable.isEmpty { stored.unreadable[package] = unreadable }
      }
      return stored
    }
  }

  /// The text of one record, in JSON; nil if there is none of this id.
  package func text(
    of id: AdvisoryID, from address: String
  ) throws(AdvisoryDatabaseError) -> [UInt8]? {
    try read { (connection) throws(SQLiteError) in
      guard let (number, _) = try connection.source(address) else { return nil }
      return try connection.prepare("SELECT text FROM record WHERE source = ? AND id = ?").first(
        [.integer(number), .text(id.folded)]
      ) { (row) throws(SQLiteError) in row.blob(at: 0) }
    }
  }

  /// What is known of a source; nil if nothing was ever fetched of it.
  package func source(_ address: String) throws(AdvisoryDatabaseError) -> SyncedSource? {
    try read { (connection) throws(SQLiteError) in try connection.source(address)?.source }
  }

  /// What is known of every source, ascending by address.
  package func sources() throws(AdvisoryDatabaseError) -> [SyncedSource] {
    try read { (connection) throws(SQLiteError) in
      var addresses: [String] = []
      try connection.prepare("SELECT address FROM source ORDER BY address").query {
        (row) throws(SQLiteError) in addresses.append(row.text(at: 0))
      }
      var sources: [SyncedSource] = []
      for address in addresses {
        if let found = try connection.source(address) { sources.append(found.source) }
      }
      return sources
    }
  }

  /// The records of a source that were passed over, ascending; of many the first thousand.
  package func skipped(of address: String) throws(AdvisoryDatabaseError) -> [SkippedRecord] {
    try read { (connection) throws(SQLiteError) in
      guard let (number, _) = try connection.source(address) else { return [] }
      var skipped: [SkippedRecord] = []
      try connection.prepare("SELECT id, reason FROM skipped WHERE source = ? ORDER BY id").query(
        [.integer(number)]
      ) { (row) throws(SQLiteError) in
        skipped.append(SkippedRecord(id: row.text(at: 0), reason: row.text(at: 1)))
      }
      return skipped
    }
  }

  /// Which of these records are here as they were at the time in milliseconds beside them, or later.
  func current(
    _ rows: [ModifiedList.Row], from address: String
  ) throws(AdvisoryDatabaseError) -> Set<AdvisoryID> {
    try read { (connection) throws(SQLiteError) in
      guard let (number, _) = try connection.source(address) else { return [] }
      let statement = try connection.prepare(
        "SELECT 1 FROM record WHERE source = ? AND id = ? AND listed_at >= ?")
      var current: Set<AdvisoryID> = []
      for row in rows {
        let found: Void? = try statement.first(
          [.integer(number), .text(row.id.folded), .integer(row.modified)]
        ) { (_) throws(SQLiteError) in }
        if found != nil { current.insert(row.id) }
      }
      return current
    }
  }
}

extension Connection {
  /// The row of a source, and its number.
  func source(_ address: String) throws(SQLiteError) -> (number: Int64, source: SyncedSource)? {
    try prepare(
      """
      SELECT id, synced_at, replaced_at, archive_etag, archive_modified, list_etag, list_modified, skipped, newest,
        records, withdrawn
      FROM source WHERE address = ?
      """
    ).first([.text(address)]) { (row) throws(SQLiteError) in
      (
        row.integer(at: 0),
        SyncedSource(
          address: address, syncedAt: row.integer(at: 1), replacedAt: row.integer(at: 2),
          archive: Validators(entityTag: row.optionalText(at: 3), lastModified: row.optionalText(at: 4)),
          list: Validators(entityTag: row.optionalText(at: 5), lastModified: row.optionalText(at: 6)),
          recordCount: Int(row.integer(at: 9)), withdrawnCount: Int(row.integer(at: 10)),
          skippedCount: Int(row.integer(at: 7)), newest: row.integer(at: 8))
      )
    }
  }
}
