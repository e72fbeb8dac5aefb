import SQLite
import Synchronization

/// The history: when each pin of each lockfile came and went, in one SQLite file that processes share.
///
/// Any task may use it; calls wait for each other. Each finished call is one transaction: all of it is in the file, or
/// nothing. A process that is killed loses no finished call; where the system itself goes down, the last calls may be
/// lost, and the file stays whole.
///
/// The directory must exist. A history that is damaged is set aside beside itself when it is to be written, a new one
/// begun, and `takeWarnings()` says so. A file that can't have been a history is refused.
///
///     let history = try PinHistory(path: ".repin/history.sqlite", access: .writing)
///     try history.record(snapshot)
///     for pin in try history.currentPins(of: lockfile) { print(pin.pin, pin.pinnedAt) }
package final class PinHistory: Sendable {
  /// What a history is opened for.
  package enum Access: Sendable, Hashable {
    /// Nothing is made or changed.
    case reading
    /// The file is made if there is none.
    case writing
  }

  private struct State {
    /// Nil for reading, where each call has its own, and while there is none.
    var connection: Connection?
    /// Of the file the connection is to.
    var stamp: HistoryFile.Stamp?
    var warnings: [PinHistoryWarning] = []
    /// The lockfiles whose git history is being imported: whether a new file was begun meanwhile.
    var imports: [LockfileIdentity: Bool] = [:]
  }

  private let file: HistoryFile
  /// What it was opened for.
  package let access: Access
  private let now: @Sendable () -> Int64
  private let state = Mutex(State())
  let texts = PinTexts()

  /// The file.
  package var path: String { file.path }

  /// Opens a history.
  ///
  /// - Parameters:
  ///   - busyTimeout: How long a call waits for another process that writes, in milliseconds.
  ///   - now: The clock that names damaged files, in seconds since 1970.
  /// - Throws: `.newer`, `.foreign`, `.noDatabase`, `.absent` when reading; the files are left as they are. `.readOnly`,
  ///   `.cannotOpen`, `.full`, `.busy` where the system or another process is in the way.
  package init(
    path: String, access: Access, busyTimeout: Int32 = 5000,
    now: @escaping @Sendable () -> Int64 = secondsSince1970
  ) throws(PinHistoryError) {
    file = HistoryFile(path: path, busyTimeout: busyTimeout)
    self.access = access
    self.now = now
    switch access {
    case .reading: _ = try file.openForReading()
    case .writing: try write { (_) throws(SQLiteError) in }
    }
  }

  /// What there is to tell the user; each is given out once.
  package func takeWarnings() -> [PinHistoryWarning] {
    state.withLock { state in
      defer { state.warnings = [] }
      return state.warnings
    }
  }

  // MARK: Imports

  /// Notes that an import begins with what the file has now.
  func noteImport(of lockfile: LockfileIdentity) { state.withLock { $0.imports[lockfile] = false } }

  /// Whether an import that ends had one file from its begin on.
  func endImport(of lockfile: LockfileIdentity) -> Bool {
    state.withLock { $0.imports.removeValue(forKey: lockfile) != true }
  }

  // MARK: Transactions

  /// Runs `body` in one transaction that writes; again, on a new file, if the old one turns out to be damaged.
  func write<Result: Sendable>(
    _ body: @Sendable (Connection) throws(SQLiteError) -> Result
  ) throws(PinHistoryError) -> Result {
    guard access == .writing else { throw .readOnly(path: path) }
    return try state.withLock { (state) throws(PinHistoryError) -> Result in
      do throws(PinHistoryError) {
        return try attempt(&state, body)
      } catch {
        guard case .damaged(_, let reason) = error else { throw error }
        var damaged = state.stamp
        if damaged == nil { damaged = try file.stamp() }
        guard let damaged else { throw error }
        state.connection = nil
        state.stamp = nil
        if let kept = try file.setAside(damaged, now: now()) {
          state.warnings.append(PinHistoryWarning(path: path, keptAt: kept, reason: reason))
        }
        // What was imported before is gone.
        state.imports = state.imports.mapValues { _ in true }
        return try attempt(&state, body)
      }
    }
  }

  private func attempt<Result: Sendable>(
    _ state: inout State, _ body: @Sendable (Connection) throws(SQLiteError) -> Result
  ) throws(PinHistoryError) -> Result {
    let connection = try connection(&state)
    do throws(SQLiteError) {
      return try connection.transaction(.immediate) { () throws(SQLiteError) in try body(connection) }
    } catch {
      throw PinHistoryError(error)
    }
  }

  private func connection(_ state: inout State) throws(PinHistoryError) -> Connection {
    if let connection = state.connection { return connection }
    let connection = try file.openForWriting()
    state.connection = connection
    state.stamp = try file.stamp()
    return connection
  }

  /// Runs `body` in one transaction that reads: all of it sees the same state.
  func read<Result: Sendable>(
    _ body: @Sendable (Connection) throws(SQLiteError) -> Result
  ) throws(PinHistoryError) -> Result {
    switch access {
    case .writing:
      return try state.withLock { (state) throws(PinHistoryError) -> Result in
        try Self.read(connection(&state), body)
      }
    case .reading:
      for _ in 0..<8 {
        let before = try file.stamp()
        let (connection, isLocked) = try file.openForReading()
        if isLocked { return try Self.read(connection, body) }
        // Without a lock, another process may write meanwhile: only what was read of an unchanged file counts.
        let outcome = Swift.Result { () throws(PinHistoryError) in try Self.read(connection, body) }
        if try file.stamp() == before, !file.hasLog { return try outcome.get() }
      }
      throw .busy(path: path)
    }
  }

  private static func read<Result>(
    _ connection: Connection, _ body: @Sendable (Connection) throws(SQLiteError) -> Result
  ) throws(PinHistoryError) -> Result {
    do throws(SQLiteError) {
      return try connection.transaction(.deferred) { () throws(SQLiteError) in try body(connection) }
    } catch {
      throw PinHistoryError(error)
    }
  }
}
