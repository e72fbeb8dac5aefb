import PythonPackaging
import SQLite

/// Writes the records of one source, within a transaction.
struct RecordWriter {
  /// What became of a record.
  enum Outcome {
    case stored
    /// A newer version of it is here, and stays.
    case isOlder
    /// It came twice in one pass.
    case isRepeated
  }

  private let connection: Connection
  private let source: Int64
  /// What is written now is told from what was there by it.
  private let pass: Int64
  /// In milliseconds since 1970.
  private let now: Int64
  /// The first of the records passed over.
  private(set) var skipped: [SkippedRecord] = []

  /// When the record changed last that changed last of those written, in milliseconds; nil before the first.
  private(set) var newest: Int64?
  /// The records written.
  private(set) var storedCount = 0
  /// The records passed over.
  private(set) var skippedCount = 0

  /// A writer of all records of a source, whose row is made if there is none.
  ///
  /// - Parameter now: In seconds since 1970-01-01 00:00 UTC.
  init(beginning address: String, _ connection: Connection, now: Int64) throws(SQLiteError) {
    try connection.run(
      """
      INSERT INTO source (address, synced_at, replaced_at, records, withdrawn, skipped, newest, pass)
      VALUES (?1, ?2, ?2, 0, 0, 0, 0, 0)
      ON CONFLICT DO NOTHING
      """, [.text(address), .integer(now)])
    guard let writer = try RecordWriter(continuing: address, connection, now: now) else {
      fatalError("a row that was inserted isn't there")
    }
    self = writer
  }

  /// A writer of some records of a source; nil if nothing is here of it, so that some would be taken for all: another
  /// process may have begun the file anew.
  init?(continuing address: String, _ connection: Connection, now: Int64) throws(SQLiteError) {
    try connection.run(
      "UPDATE source SET pass = pass + 1, synced_at = ? WHERE address = ?", [.integer(now), .text(address)])
    var row: (source: Int64, pass: Int64)?
    try connection.prepare("SELECT id, pass FROM source WHERE address = ?").query([.text(address)]) {
      (found) throws(SQLiteError) in row = (found.integer(at: 0), found.integer(at: 1))
    }
    guard let row else { return nil }
    self.connection = connection
    self.now = AdvisoryTime.milliseconds(now)
    (source, pass) = row
  }

  // MARK: Records

  /// Writes a record whose text is `text`, in place of an older one.
  ///
  /// - Parameter listedAt: When it was changed last by its source's list, in milliseconds, if that tells.
  mutating func store(
    _ record: AdvisoryRecord, text: [UInt8], listedAt: Int64? = nil
  ) throws(SQLiteError) -> Outcome {
    let changed = max(listedAt ?? .min, AdvisoryTime.milliseconds(record.modified))
    var known: (number: Int64, listedAt: Int64, pass: Int64)?
    try connection.prepare("SELECT number, listed_at, pass FROM record WHERE source = ? AND id = ?").query(
      [.integer(source), .text(record.id.folded)]
    ) { (row) throws(SQLiteError) in
      known = (row.integer(at: 0), row.integer(at: 1), row.integer(at: 2))
    }
    let number: Int64
    if let known {
      if known.pass == pass { return .isRepeated }
      let isOlder = known.listedAt > changed
      try connection.run(
        isOlder
          ? "UPDATE record SET pass = ?2 WHERE number = ?1"
          : "UPDATE record SET pass = ?2, listed_at = ?3, withdrawn = ?4, text = ?5 WHERE number = ?1",
        [.integer(known.number), .integer(pass)]
          + (isOlder ? [] : [.integer(changed), .integer(optional: record.withdrawn), .blob(text)]))
      if isOlder {
        storedCount += 1
        return .isOlder
      }
      try connection.run("DELETE FROM affected WHERE record = ?", [.integer(known.number)])
      number = known.number
    } else {
      try connection.run(
        "INSERT INTO record (source, id, listed_at, withdrawn, pass, text) VALUES (?, ?, ?, ?, ?, ?)",
        [
          .integer(source), .text(record.id.folded), .integer(changed), .integer(optional: record.withdrawn),
          .integer(pass), .blob(text),
        ])
      number = connection.lastInsertedRow
    }
    let affected = try connection.prepare(
      "INSERT INTO affected (source, package, record, low, high) VALUES (?, ?, ?, ?, ?)")
    for (package, versions) in record.affected {
      let hull = VersionHull(AffectedVersions(versions))
      try affected.run([
        .integer(source), .text(package.normalized), .integer(number), .integer(optional: hull.low),
        .integer(optional: hull.high),
      ])
    }
    newest = max(newest ?? .min, changed)
    storedCount += 1
    return .stored
  }

  /// Notes that a record was passed over. What is here of `id` stays as it was: better old than none.
  mutating func skip(_ record: SkippedRecord, id: AdvisoryID?) throws(SQLiteError) {
    if let id {
      try connection.run(
        "UPDATE record SET pass = ? WHERE source = ? AND id = ?",
        [.integer(pass), .integer(source), .text(id.folded)])
    }
    skippedCount += 1
    if skipped.count < AdvisorySchema.greatestSkipped { skipped.append(record) }
  }

  // MARK: The end

  /// Removes what the source no longer has: what wasn't written in this pass and isn't newer than all that was; and what
  /// was passed over before.
  func removeOthers() throws(SQLiteError) {
    try connection.run(
      "DELETE FROM record WHERE source = ? AND pass < ? AND listed_at <= ?",
      [.integer(source), .integer(pass), .integer(newest ?? .min)])
    try connection.run("DELETE FROM skipped WHERE source = ?", [.integer(source)])
    try connection.run("UPDATE source SET skipped = 0 WHERE id = ?", [.integer(source)])
  }

  /// Forgets that a record was passed over before.
  func forgetSkipped(_ id: String) throws(SQLiteError) {
    try connection.run("DELETE FROM skipped WHERE source = ? AND id = ?", [.integer(source), .text(id)])
    if connection.changes > 0 {
      try connection.run("UPDATE source SET skipped = skipped - 1 WHERE id = ?", [.integer(source)])
    }
  }

  /// Writes what was passed over, and counts anew.
  ///
  /// - Parameter newest: In milliseconds, what is known of changes besides the records written. A time to come counts as
  ///   now: it would hide every change until then.
  func finish(newest listed: Int64? = nil) throws(SQLiteError) {
    var unnamed = skippedCount - skipped.count
    let statement = try connection.prepare(
      "INSERT INTO skipped (source, id, reason) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason"
    )
    let room = try count("SELECT count(*) FROM skipped WHERE source = ?")
    for (index, record) in skipped.enumerated() {
      if Int(room) + index >= AdvisorySchema.greatestSkipped {
        unnamed += 1
      } else {
        try statement.run([.integer(source), .text(record.id), .text(record.reason)])
      }
    }
    let named = try count("SELECT count(*) FROM skipped WHERE source = ?") - room
    try connection.run(
      """
      UPDATE source SET skipped = skipped + ?2, newest = max(newest, ?3),
        records = (SELECT count(*) FROM record WHERE source = ?1),
        withdrawn = (SELECT count(withdrawn) FROM record WHERE source = ?1)
      WHERE id = ?1
      """,
      [
        .integer(source), .integer(named + Int64(unnamed)),
        .integer(min(now, max(newest ?? .min, listed ?? .min))),
      ])
  }

  /// Notes what the archive was told by, and that all was fetched.
  func setArchive(_ validators: Validators, now: Int64) throws(SQLiteError) {
    try connection.run(
      "UPDATE source SET archive_etag = ?, archive_modified = ?, replaced_at = ? WHERE id = ?",
      [
        .text(optional: validators.sendable.entityTag), .text(optional: validators.sendable.lastModified),
        .integer(now), .integer(source),
      ])
  }

  /// Notes what the list of changes was told by.
  func setList(_ validators: Validators) throws(SQLiteError) {
    try connection.run(
      "UPDATE source SET list_etag = ?, list_modified = ? WHERE id = ?",
      [
        .text(optional: validators.sendable.entityTag), .text(optional: validators.sendable.lastModified),
        .integer(source),
      ])
  }

  private func count(_ query: String) throws(SQLiteError) -> Int64 {
    try connection.prepare(query).first([.integer(source)]) { (row) throws(SQLiteError) in
      row.integer(at: 0)
    } ?? 0
  }
}

/// Moments of records, which count seconds, beside those of lists, which count milliseconds.
enum AdvisoryTime {
  /// Never beyond what there is.
  static func milliseconds(_ seconds: Int64) -> Int64 {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    return overflow ? (seconds < 0 ? .min : .max) : product
  }
}
