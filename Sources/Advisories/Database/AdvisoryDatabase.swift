import SQLite
import Synchronization

/// The local database of advisories: the records of each source as they were when it was last synced.
///
/// One SQLite file that processes share. A sync is one transaction, so that readers see the records from before it until
/// it is done, and those where it fails. It is a cache: a file that is damaged is set aside beside itself when it is to be
/// written, a new one is begun, and `takeWarnings()` says so. The directory must exist.
///
///     let database = try AdvisoryDatabase(path: path, access: .reading)
///     let stored = try database.records(of: names, from: address)
package final class AdvisoryDatabase: Sendable {
  /// What a database is opened for.
  package enum Access: Sendable, Hashable {
    /// Nothing is made or changed.
    case reading
    /// The file is made if there is none.
    case writing
  }

  /// A damaged file was set aside.
  package struct Warning: Sendable, Hashable, CustomStringConvertible {
    package let path: String
    package let keptAt: String
    /// SQLite's words.
    package let reason: String

    package var description: String {
      "the advisories `\(path)` were damaged (\(reason)); they are kept as `\(keptAt)`, and fetched anew"
    }
  }

  private struct State {
    var reader: Connection?
    var warnings: [Warning] = []
  }

  private let file: AdvisoryDatabaseFile
  private let access: Access
  private let state = Mutex(State())

  /// The file.
  package var path: String { file.path }

  /// Opens a database.
  ///
  /// - Parameter busyTimeout: How long a call waits for another process that writes, in milliseconds.
  /// - Throws: `.newer` and `.foreign`, and when reading `.absent` and `.damaged`: the file is left as it is. The others where
  ///   the system or another process is in the way.
  package init(
    path: String, access: Access, busyTimeout: Int32 = 20_000
  ) throws(AdvisoryDatabaseError) {
    file = AdvisoryDatabaseFile(path: path, busyTimeout: busyTimeout)
    self.access = access
    switch access {
    case .reading:
      try state.withLock { (state) throws(AdvisoryDatabaseError) in state.reader = try file.openForReading() }
    case .writing: try prepare()
    }
  }

  /// What there is to tell the user; each is given out once.
  package func takeWarnings() -> [Warning] {
    state.withLock { state in
      defer { state.warnings = [] }
      return state.warnings
    }
  }

  /// Removes every record of every source, in place, and gives the space back.
  package func removeAll() throws(AdvisoryDatabaseError) {
    try write { (connection) throws(SQLiteError) in
      for table in ["affected", "record", "skipped", "source"] { try connection.run("DELETE FROM \(table)") }
    }
    // Where another process is busy with the file, that is left for another time.
    try? file.openForWriting().run("VACUUM")
  }

  // MARK: Transactions

  /// Makes the file, and its schema that of this repin.
  private func prepare() throws(AdvisoryDatabaseError) {
    let identity = file.identity
    do throws(AdvisoryDatabaseError) {
      _ = try file.openForWriting()
    } catch {
      guard case .damaged = error else { throw error }
      try beginAnew(identity, error)
      _ = try file.openForWriting()
    }
  }

  /// Runs `body` in one transaction that writes, on a connection of its own; again, on a new file, if the old one turns
  /// out to be damaged.
  func write<Answer: Sendable>(
    _ body: (Connection) throws(SQLiteError) -> Answer
  ) throws(AdvisoryDatabaseError) -> Answer {
    guard access == .writing else { throw .readOnly(path: path) }
    let identity = file.identity
    do throws(AdvisoryDatabaseError) {
      return try attempt(body)
    } catch {
      guard case .damaged = error else { throw error }
      try beginAnew(identity, error)
      return try attempt(body)
    }
  }

  private func attempt<Answer: Sendable>(
    _ body: (Connection) throws(SQLiteError) -> Answer
  ) throws(AdvisoryDatabaseError) -> Answer {
    let connection = try file.openForWriting()
    do throws(SQLiteError) {
      return try connection.transaction(.immediate) { () throws(SQLiteError) in try body(connection) }
    } catch {
      throw AdvisoryDatabaseError(error)
    }
  }

  private func beginAnew(
    _ damaged: AdvisoryDatabaseFile.Identity?, _ error: AdvisoryDatabaseError
  ) throws(AdvisoryDatabaseError) {
    guard case .damaged(_, let reason) = error, let damaged else { throw error }
    try state.withLock { (state) throws(AdvisoryDatabaseError) in
      state.reader = nil
      if let kept = try file.setAside(damaged) {
        state.warnings.append(Warning(path: path, keptAt: kept, reason: reason))
      }
    }
  }

  /// Runs `body` in one transaction that reads: all of it sees the same state.
  func read<Answer: Sendable>(
    _ body: @Sendable (Connection) throws(SQLiteError) -> Answer
  ) throws(AdvisoryDatabaseError) -> Answer {
    let identity = file.identity
    do throws(AdvisoryDatabaseError) {
      return try attemptReading(body)
    } catch {
      guard access == .writing, case .damaged = error else { throw error }
      try beginAnew(identity, error)
      try prepare()
      return try attemptReading(body)
    }
  }

  private func attemptReading<Answer: Sendable>(
    _ body: @Sendable (Connection) throws(SQLiteError) -> Answer
  ) throws(AdvisoryDatabaseError) -> Answer {
    try state.withLock { (state) throws(AdvisoryDatabaseError) -> Answer in
      let connection: Connection
      if let open = state.reader { connection = open } else { connection = try file.openForReading() }
      state.reader = connection
      do throws(SQLiteError) {
        return try connection.transaction(.deferred) { () throws(SQLiteError) in try body(connection) }
      } catch {
        state.reader = nil
        throw AdvisoryDatabaseError(error)
      }
    }
  }
}
