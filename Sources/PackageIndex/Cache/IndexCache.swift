import SQLite
import Synchronization

/// The cache: one SQLite file that several processes share, read in one transaction, written in batches.
///
/// It only ever saves work. A file that is damaged, of another format or can't be used is started anew or done
/// without, with one warning; every value carries a check sum over itself and its key. Nothing is opened
/// before the first question. Calls never suspend; reading takes microseconds, and writing is done in the
/// background, a second after something came or once a few megabytes wait, the rest by `flush()`.
package final class IndexCache: Sendable {
  private struct State {
    /// In a transaction from the first question to the next batch written.
    var reader: Connection?
    /// There was no file when it was first asked for, and none has been made since: nothing is to be read, and nothing is
    /// opened that is just being made.
    var isAbsent = false
    var isUnusable = false
    /// Counts the damaged files removed.
    var generation = 0
    var pending = CacheBatch()
    /// What was found on disk since the last time that was noted there.
    var used: [CacheRow] = []
    /// Taken from `pending`, and not on disk yet.
    var writing = CacheBatch()
    var due = DueWrite.never
    var warnings: [Warning] = []
    var hasWarned = false
  }

  private struct Writer {
    var connection: Connection?
    /// Of the file the connection is to.
    var generation = 0

    mutating func open(_ file: CacheFile) throws(SQLiteError) -> Connection {
      if let connection { return connection }
      let opened = try file.open()
      connection = opened
      return opened
    }
  }

  private let file: CacheFile
  private let delay: Duration
  private let bound: CacheBound
  private let now: @Sendable () -> Int64
  /// Held while writing; taken before `state`, never after.
  private let writer = Mutex(Writer())
  private let state = Mutex(State())

  /// A cache in `directory`, made when first written.
  ///
  /// - Parameters:
  ///   - delay: How long what is stored waits for more: so much is lost if the process is killed.
  ///   - limit: So many bytes may be in use in the file before what wasn't used for longest goes.
  package init(
    directory: String, delay: Duration = .seconds(1), limit: Int64 = CacheBound.usual,
    now: @escaping @Sendable () -> Int64 = IndexClock.system.now
  ) {
    file = CacheFile(directory: directory)
    self.delay = delay
    bound = CacheBound(limit: limit)
    self.now = now
  }

  /// The file.
  package var path: String { file.path }

  /// What there is to tell the user; each is given out once.
  package func takeWarnings() -> [Warning] {
    state.withLock { state in
      defer { state.warnings = [] }
      return state.warnings
    }
  }

  // MARK: Pages

  /// The response kept for a project on an index; nil where its record can't be of use: it is neither fresh at `now`
  /// nor, `toRevalidate`, known by a validator.
  func page(source: String, project: String, now: Int64, toRevalidate: Bool = true) -> CachedPage? {
    let key = CacheBatch.PageKey(source: source, project: project)
    let renewal = state.withLock { $0.pending.renewals[key] ?? $0.writing.renewals[key] }
    return read(
      .page, { $0.pages[key] },
      stored: { (connection) throws(SQLiteError) in
        let sql = """
          SELECT page.id, status, etag, last_modified, fetched_at, fresh_until, checksum
          FROM page JOIN source ON source.id = page.source WHERE url = ?1 AND project = ?2
          """
        let row = try connection.prepare(sql).first([.text(source), .text(project)]) {
          (row) throws(SQLiteError) in
          (
            id: row.integer(at: 0), isAbsence: row.integer(at: 1) == 404, checksum: row.integer(at: 6),
            page: CachedPage(
              record: nil, entityTag: row.optionalText(at: 2), lastModified: row.optionalText(at: 3),
              fetchedAt: row.integer(at: 4), freshUntil: row.integer(at: 5))
          )
        }
        guard var row else { return nil }
        if let renewal, renewal.known == row.page { row.page = renewal.page }
        if row.isAbsence { return (row.id, row.page) }
        guard row.page.freshUntil > now || toRevalidate && row.page.hasValidator else { return nil }
        let record = try connection.blob(table: "record", column: "bytes", row: row.id)
        guard row.checksum == Checksum.of(key: key.text, value: record) else { return nil }
        row.page.record = record
        return (row.id, row.page)
      })
  }

  /// Keeps a response; on disk after a while, or by `flush()`.
  func store(_ page: CachedPage, source: String, project: String) {
    store { $0.put(page, key: CacheBatch.PageKey(source: source, project: project)) }
  }

  /// Notes that a page as it was read from here has been confirmed: only what is said about it changes, its record isn't
  /// written again.
  func renew(_ known: CachedPage, to page: CachedPage, source: String, project: String) {
    store { $0.renew(known, to: page, key: CacheBatch.PageKey(source: source, project: project)) }
  }

  // MARK: Metadata

  /// The metadata kept under `key`, a distribution's URL and hash.
  func metadata(key: String) -> CachedMetadata? {
    read(
      .metadata, { $0.metadata[key] },
      stored: { (connection) throws(SQLiteError) in
        let sql = "SELECT bytes, fetched_at, fresh_until, checksum, id FROM metadata WHERE key = ?"
        return try connection.prepare(sql).first([.text(key)]) {
          (row) throws(SQLiteError) -> (Int64, CachedMetadata)? in
          let bytes = row.blob(at: 0)
          guard row.integer(at: 3) == Checksum.of(key: key, value: bytes) else { return nil }
          let value = CachedMetadata(
            bytes: bytes, fetchedAt: row.integer(at: 1), freshUntil: row.integer(at: 2))
          return (row.integer(at: 4), value)
        } ?? nil
      })
  }

  /// Keeps metadata; on disk after a while, or by `flush()`.
  func store(_ metadata: CachedMetadata, key: String) {
    store { $0.put(metadata, key: key) }
  }

  // MARK: Facts

  /// A value kept under a name of the caller's, such as an interpreter's facts by path, size and time.
  package func fact(_ key: String) -> [UInt8]? {
    read(
      .fact, { $0.facts[key] },
      stored: { (connection) throws(SQLiteError) in
        let sql = "SELECT value, checksum, id FROM fact WHERE key = ?"
        return try connection.prepare(sql).first([.text(key)]) {
          (row) throws(SQLiteError) -> (Int64, [UInt8])? in
          let value = row.blob(at: 0)
          return row.integer(at: 1) == Checksum.of(key: key, value: value) ? (row.integer(at: 2), value) : nil
        } ?? nil
      })
  }

  /// Keeps a value; on disk after a while, or by `flush()`.
  package func store(fact value: [UInt8], key: String) {
    store { $0.put(fact: value, key: key) }
  }

  // MARK: Writing

  /// Puts a value where questions see it at once, and has it written when it has waited long enough, or enough waits.
  private func store(_ put: (inout CacheBatch) -> Void) {
    let due = state.withLock { state in
      put(&state.pending)
      return state.due.advance(waiting: state.pending.size)
    }
    switch due {
    case .never: return
    case .later: DueWrite.run(after: delay) { [weak self] in self?.flush() }
    case .now: DueWrite.run(after: .zero) { self.flush() }
    }
  }

  /// Writes what was stored since the last time, in one transaction. Failing is a warning.
  package func flush() {
    writer.withLock { writer in
      let hasWritten = writer.connection != nil
      let batch: CacheBatch? = state.withLock { state in
        state.due = .never
        if state.pending.isEmpty && (!hasWritten || state.used.isEmpty) { return nil }
        state.writing = state.pending
        state.writing.used = state.used
        state.used = []
        state.pending = CacheBatch()
        return state.writing
      }
      guard let batch else { return }
      for mayRebuild in [true, false] {
        let generation = state.withLock { $0.isUnusable ? nil : $0.generation }
        guard let generation else { break }
        if generation != writer.generation { writer = Writer(connection: nil, generation: generation) }
        do throws(SQLiteError) {
          try batch.write(to: try writer.open(file), now: now())
          break
        } catch {
          writer.connection = nil
          state.withLock { recover(&$0, from: error, mayRebuild: mayRebuild) }
        }
      }
      state.withLock { state in
        state.writing = CacheBatch()
        state.isAbsent = false
        // The reading transaction's snapshot is older than what was written.
        if let reader = state.reader, reader.isInTransaction { try? reader.run("COMMIT") }
      }
    }
  }

  /// Writes what is left and, where anything was written, folds the log into the file and lets go of it. A
  /// question after that opens it again.
  package func close() {
    flush()
    writer.withLock { writer in
      guard let connection = writer.connection else { return }
      state.withLock { $0.reader = nil }
      // Here and not before: who waits for the answer has it, and who fetched nothing doesn't come here.
      try? bound.hold(connection, today: CacheRow.day(of: now()))
      // Whoever opens the file next reads all of a log that was left, ten milliseconds for as many megabytes. The
      // last connection folds it in by closing, others do as much as they can without waiting.
      try? connection.run("PRAGMA wal_checkpoint(PASSIVE)")
      writer.connection = nil
    }
  }

  /// Forgets everything, on disk too.
  package func clear() {
    writer.withLock { writer in
      state.withLock { state in
        let old = state
        state = State()
        state.generation = old.generation + 1
        state.hasWarned = old.hasWarned
        state.warnings = old.warnings
        writer = Writer(connection: nil, generation: state.generation)
        file.remove()
      }
    }
  }

  // MARK: Reading

  /// What is waiting to be written, else what `body` reads in the reading transaction; nil if neither is.
  private func read<Value: Sendable>(
    _ kind: CacheRow.Kind, _ waiting: @Sendable (CacheBatch) -> Value?,
    stored body: @Sendable (Connection) throws(SQLiteError) -> (Int64, Value)?
  ) -> Value? {
    state.withLock { state in
      if let value = waiting(state.pending) ?? waiting(state.writing) { return value }
      for mayRebuild in [true, false] {
        do throws(SQLiteError) {
          guard let reader = try reader(&state) else { return nil }
          if !reader.isInTransaction { try reader.run("BEGIN DEFERRED") }
          guard let (row, value) = try body(reader) else { return nil }
          state.used.append(CacheRow(kind, row))
          return value
        } catch {
          recover(&state, from: error, mayRebuild: mayRebuild)
        }
      }
      return nil
    }
  }

  /// Nil: there is nothing to read. A cache that isn't there is made when first written.
  private func reader(_ state: inout State) throws(SQLiteError) -> Connection? {
    if state.isUnusable { return nil }
    if let reader = state.reader { return reader }
    if state.isAbsent { return nil }
    state.isAbsent = !file.exists
    if state.isAbsent { return nil }
    let reader = try file.open()
    state.reader = reader
    return reader
  }

  /// After a failure: a damaged file is removed, anything else ends the cache's use.
  private func recover(_ state: inout State, from error: SQLiteError, mayRebuild: Bool) {
    state.reader = nil
    if error.meansUnreadableCache, mayRebuild {
      state.generation += 1
      state.used = []
      file.remove()
    } else {
      state.isUnusable = true
    }
    if state.hasWarned { return }
    state.hasWarned = true
    let kind = state.isUnusable ? Warning.Kind.unusable : .rebuilt
    state.warnings.append(Warning(kind: kind, path: path, reason: error.message))
  }
}
