import SQLite

/// Renews the local database's records of one source, which is laid out as OSV's bucket is.
///
///     BASE/PyPI/all.zip              every record, `ID.json` each
///     BASE/PyPI/modified_id.csv      `ModifiedList`
///     BASE/PyPI/ID.json              one record
///
/// All are fetched where nothing is here, where that was last done too long ago, or where too many changed; else those
/// that changed. What can't be had or read by itself is passed over and named, and what was here of it stays; any other
/// failure is thrown, and nothing has changed then.
package struct AdvisorySync: Sendable {
  /// How much is fetched, and when.
  package struct Limits: Sendable, Hashable {
    /// Past so many changed records, all are fetched.
    package var changes = 2000
    /// All are fetched after so many seconds.
    package var replacedAfter: Int64 = 30 * 86_400
    /// Records fetched at once.
    package var concurrency = 8
    /// Of the archive, in bytes.
    package var archiveBytes = 1 << 30
    /// Of the list.
    package var listBytes = 64 << 20
    /// Of one record.
    package var recordBytes = 4 << 20
    /// Of the changed records together; past it, all are fetched.
    package var changedBytes = 64 << 20
    /// What a list may tell late: changes so many milliseconds before the newest known are looked at again.
    package var overlap: Int64 = 3_600_000

    package init() {}
  }

  /// What a sync has done.
  package enum Outcome: Sendable, Hashable {
    /// Nothing has changed.
    case unchanged
    /// All records were fetched.
    case replaced(records: Int, skipped: [SkippedRecord], skippedCount: Int)
    /// Those that have changed were fetched.
    case updated(records: Int, skipped: [SkippedRecord], skippedLines: Int)
  }

  let database: AdvisoryDatabase
  let fetcher: any AdvisoryFetching
  let base: String
  let limits: Limits
  let now: @Sendable () -> Int64

  /// - Parameters:
  ///   - base: The address of the source, with or without a slash at its end; records are kept under it as it is given.
  ///   - now: The clock, in seconds since 1970-01-01 00:00 UTC.
  package init(
    _ database: AdvisoryDatabase, from base: String, by fetcher: any AdvisoryFetching,
    limits: Limits = Limits(), now: @escaping @Sendable () -> Int64
  ) {
    self.database = database
    self.fetcher = fetcher
    self.base = base
    self.limits = limits
    self.now = now
  }

  /// Renews the records.
  ///
  /// - Parameter isForced: Fetch all of them, whatever is here.
  package func run(isForced: Bool = false) async throws(AdvisorySyncError) -> Outcome {
    guard !isForced, let source = try source(), !isDue(source) else {
      return try await replace()
    }
    let response = try await get(address("modified_id.csv"), unless: source.list, limit: limits.listBytes)
    if response.status == 304 {
      return try confirm(source.list) ? .unchanged : await replace()
    }
    if let outcome = try await update(source, by: response) { return outcome }
    let outcome = try await replace()
    // The archive is made less often than the list.
    if let source = try self.source() { _ = try await update(source, by: response) }
    return outcome
  }

  private func source() throws(AdvisorySyncError) -> SyncedSource? {
    do throws(AdvisoryDatabaseError) { return try database.source(base) } catch { throw .database(error) }
  }

  private func isDue(_ source: SyncedSource) -> Bool {
    source.recordCount == 0 || now() - source.replacedAt > limits.replacedAfter || source.replacedAt > now()
  }

  func address(_ name: String) -> String {
    "\(base.hasSuffix("/") ? String(base.dropLast()) : base)/PyPI/\(name)"
  }

  private func get(
    _ address: String, unless validators: Validators, limit: Int
  ) async throws(AdvisorySyncError) -> AdvisoryResponse {
    let response: AdvisoryResponse
    do throws(AdvisoryFetchFailure) {
      response = try await fetcher.get(address, unless: validators, limit: limit)
    } catch {
      throw .fetch(address: address, error)
    }
    guard response.status == 200 || response.status == 304 && validators != Validators() else {
      throw .status(address: address, response.status)
    }
    return response
  }

  // MARK: Some records

  /// Fetches what has changed by a list; nil if that is too much, or the list doesn't reach what is known.
  private func update(
    _ source: SyncedSource, by response: AdvisoryResponse
  ) async throws(AdvisorySyncError) -> Outcome? {
    let list = ModifiedList(
      response.body, since: source.newest - limits.overlap, limit: limits.changes)
    guard list.newest != nil else {
      throw .list(address: address("modified_id.csv"), lines: list.skippedLines)
    }
    switch list.end {
    case .known: break
    case .listEnd where list.rows.last.map({ $0.modified <= source.newest }) == true: break
    case .listEnd, .limit, .unsorted: return nil
    }
    let current: Set<AdvisoryID>
    let due: [SkippedRecord]
    do throws(AdvisoryDatabaseError) {
      current = try database.current(list.rows, from: base)
      due = try database.skipped(of: base)
    } catch {
      throw .database(error)
    }
    var rows = list.rows.filter { !current.contains($0.id) }
    // What was passed over before may be there now.
    let listed = Set(rows.map(\.id))
    rows += due.prefix(100).compactMap { AdvisoryID($0.id) }.filter {
      !listed.contains($0) && !current.contains($0)
    }
    .map { ModifiedList.Row(id: $0, modified: .min) }
    if rows.isEmpty { return try confirm(response.validators) ? .unchanged : nil }
    guard let members = try await members(rows) else { return nil }
    return try store(members, rows: rows, list: list, validators: response.validators)
  }

  /// The records of these rows, in their order; nil if they are too much to hold.
  private func members(
    _ rows: [ModifiedList.Row]
  ) async throws(AdvisorySyncError) -> [AdvisoryArchive.Member]? {
    var bytes = 0
    var failure: AdvisorySyncError?
    let answers = await concurrently(rows.map(\.id), limit: limits.concurrency) { id in
      await member(id)
    } isEnough: { (outcome: Result<AdvisoryArchive.Member, AdvisorySyncError>) in
      switch outcome {
      case .failure(let error): failure = error
      case .success(.record(_, let text)): bytes += text.count
      case .success(.skipped): break
      }
      return failure != nil || bytes > limits.changedBytes
    }
    if let failure { throw failure }
    return answers?.compactMap { try? $0.get() }
  }

  private func member(_ id: AdvisoryID) async -> Result<AdvisoryArchive.Member, AdvisorySyncError> {
    let address = address("\(id).json")
    let response: AdvisoryResponse
    do throws(AdvisoryFetchFailure) {
      response = try await fetcher.get(address, unless: Validators(), limit: limits.recordBytes)
    } catch {
      guard case .tooLarge(let limit) = error else { return .failure(.fetch(address: address, error)) }
      return .success(
        .skipped(SkippedRecord(id: id.description, reason: "the record is larger than \(limit) bytes"), id))
    }
    switch response.status {
    case 200: return .success(AdvisoryArchive.member(id, text: response.body))
    case 404, 410:
      let reason = "the source lists the record and doesn't have it"
      return .success(.skipped(SkippedRecord(id: id.description, reason: reason), id))
    default: return .failure(.status(address: address, response.status))
    }
  }

  /// Writes the records; nil if nothing is here any more that they could be added to.
  private func store(
    _ members: [AdvisoryArchive.Member], rows: [ModifiedList.Row], list: ModifiedList, validators: Validators
  ) throws(AdvisorySyncError) -> Outcome? {
    do throws(AdvisoryDatabaseError) {
      return try database.write { (connection) throws(SQLiteError) -> Outcome? in
        guard var writer = try RecordWriter(continuing: base, connection, now: now()) else { return nil }
        var skipped: [SkippedRecord] = []
        for (row, member) in zip(rows, members) {
          try writer.forgetSkipped(row.id.description)
          switch member {
          case .record(let record, let text):
            _ = try writer.store(record, text: text, listedAt: row.modified)
          case .skipped(let record, let id):
            try writer.skip(record, id: id)
            skipped.append(record)
          }
        }
        try writer.setList(validators)
        try writer.finish(newest: list.newest)
        return .updated(
          records: writer.storedCount, skipped: skipped.sorted(), skippedLines: list.skippedLines)
      }
    } catch {
      throw .database(error)
    }
  }

  /// Notes that what is here is what the source has; false if nothing is.
  private func confirm(_ list: Validators) throws(AdvisorySyncError) -> Bool {
    do throws(AdvisoryDatabaseError) {
      return try database.write { (connection) throws(SQLiteError) in
        guard let writer = try RecordWriter(continuing: base, connection, now: now()) else { return false }
        try writer.setList(list)
        return true
      }
    } catch {
      throw .database(error)
    }
  }
}
