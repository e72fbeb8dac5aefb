package import PythonPackaging
import SQLite

/// Questions about pins. A lockfile of which nothing was recorded has no pins, no snapshots and no changes.
extension PinHistory {
  /// Every lockfile of the history, ascending.
  package func lockfiles() throws(PinHistoryError) -> [LockfileIdentity] {
    try read { (connection) throws(SQLiteError) in
      try connection.rows(.lockfiles, []) { (row) throws(SQLiteError) in
        LockfileIdentity(repository: row.text(at: 0), path: row.text(at: 1))
      }
    }
  }

  /// The pins of the lockfile's newest state, ascending.
  package func currentPins(of lockfile: LockfileIdentity) throws(PinHistoryError) -> [RecordedPin] {
    try pins(.currentPins, of: lockfile, [])
  }

  /// The pins that held at a time, in seconds since 1970-01-01 00:00 UTC, ascending; none before the first snapshot.
  /// `replacedAt` is nil: it isn't told what came later.
  package func pins(
    of lockfile: LockfileIdentity, asOf time: Int64
  ) throws(PinHistoryError) -> [RecordedPin] {
    try pins(.pinsAsOf, of: lockfile, [.integer(time)])
  }

  private func pins(
    _ query: HistoryQuery, of lockfile: LockfileIdentity, _ values: [Value]
  ) throws(PinHistoryError) -> [RecordedPin] {
    let pins = try read { [texts] (connection) throws(SQLiteError) -> [RecordedPin] in
      guard let id = try connection.identifier(of: lockfile) else { return [] }
      return try connection.rows(query, [.integer(id)] + values) { (row) throws(SQLiteError) in
        RecordedPin(pin: try texts.pin(row, at: 0, path: connection.path), pinnedAt: row.integer(at: 2))
      }
    }
    return pins.sorted { $0.pin < $1.pin }
  }

  /// Every version a package was pinned to in a lockfile, and how long each stayed, in the order of time.
  package func timeline(
    of package: PackageName, in lockfile: LockfileIdentity
  ) throws(PinHistoryError) -> [RecordedPin] {
    try read { [texts] (connection) throws(SQLiteError) in
      guard let id = try connection.identifier(of: lockfile) else { return [] }
      return try connection.rows(.timeline, [.integer(id), .text(package.normalized)]) {
        (row) throws(SQLiteError) in
        RecordedPin(
          pin: try texts.pin(row, at: 0, path: connection.path), pinnedAt: row.integer(at: 2),
          replacedAt: row.optionalInteger(at: 3), commit: row.optionalText(at: 4))
      }
    }
  }

  /// The lockfile's snapshots at or after a time, in seconds since 1970-01-01 00:00 UTC, in the order of time.
  package func snapshots(
    of lockfile: LockfileIdentity, since time: Int64
  ) throws(PinHistoryError) -> [RecordedSnapshot] {
    try read { (connection) throws(SQLiteError) in
      guard let id = try connection.identifier(of: lockfile) else { return [] }
      return try connection.rows(.snapshotsSince, [.integer(id), .integer(time)]) {
        (row) throws(SQLiteError) in
        guard let source = Snapshot.Source(rawValue: row.text(at: 3)) else {
          throw SQLiteError(
            extendedCode: SQLiteError.Code.mismatch.rawValue,
            message: "it names a snapshot of no known source", sql: nil, path: connection.path)
        }
        return RecordedSnapshot(
          takenAt: row.integer(at: 1), source: source, commit: row.optionalText(at: 4),
          digest: row.text(at: 2))
      }
    }
  }

  /// Every time at which pins of the lockfile came or went, in the order of time; the first has the first pins.
  ///
  /// A sum over the pins that hold, such as of libyears, is kept up to date by adding what comes and taking away what
  /// goes: each row of `pin` is met twice, however often the rest changed.
  package func changes(of lockfile: LockfileIdentity) throws(PinHistoryError) -> [PinChange] {
    let changes = try read { [texts] (connection) throws(SQLiteError) -> [PinChange] in
      guard let id = try connection.identifier(of: lockfile) else { return [] }
      var changes: [PinChange] = []
      try connection.prepare(HistoryQuery.pinChanges.rawValue).query([.integer(id)]) {
        (row) throws(SQLiteError) in
        let pin = try texts.pin(row, at: 0, path: connection.path)
        let moment = row.integer(at: 2)
        if changes.last?.at != moment { changes.append(PinChange(at: moment)) }
        if row.integer(at: 3) == 1 {
          changes[changes.count - 1].pinned.append(pin)
        } else {
          changes[changes.count - 1].replaced.append(pin)
        }
      }
      return changes
    }
    return changes.map { PinChange(at: $0.at, pinned: $0.pinned.sorted(), replaced: $0.replaced.sorted()) }
  }
}
