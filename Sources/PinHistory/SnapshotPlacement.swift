import PythonPackaging
import SQLite

/// Puts snapshots into their places in time, within one transaction.
///
/// A lockfile's states are a line of snapshots, each reaching from its time to the next one's; a sighting is a time
/// within a snapshot's reach at which the same state was found again. A snapshot at *t* holds until *u*, the next time
/// at which anything was found:
///
///     A─────•─────•──────B──      A, seen again twice, then B
///     A─────•──X──A′─────B──      after X is placed: the second sighting of A begins a snapshot of its own
///
/// So the pins that differ between A and X change over [*t*, *u*) and nowhere else, whatever came first.
///
/// Placing is fast in the order of time: the state before is known then, or a few rows from one that is.
struct SnapshotPlacement {
  private let connection: Connection
  private var lockfiles: [LockfileIdentity: Int64] = [:]
  /// The state of one snapshot, the one asked for or placed last.
  private var known: Known?
  /// The times at which rows end whose `last_snapshot` isn't right yet.
  private var loose: Set<Moment> = []

  private let texts: PinTexts

  init(_ connection: Connection, _ texts: PinTexts = PinTexts()) {
    self.connection = connection
    self.texts = texts
  }

  /// A row of `snapshot`.
  private struct Stored {
    var id: Int64
    var takenAt: Int64
    var digest: String
    var source: String
    var commit: String?
  }

  private struct Known {
    var lockfile: Int64
    var snapshot: Int64
    var takenAt: Int64
    var pins: Set<Pin>
  }

  private struct Moment: Hashable {
    let lockfile: Int64
    let time: Int64
  }

  /// Makes right what is left for the end of the transaction: a row that ends at a time was last seen in the snapshot
  /// before it, and that snapshot may have been another one after each that was placed.
  mutating func finish() throws(SQLiteError) {
    for moment in loose {
      try connection.run(
        HistoryStatement.correctLast.rawValue, [.integer(moment.lockfile), .integer(moment.time)])
    }
    loose = []
  }

  /// Whether the snapshot told a state that wasn't that of the time before it.
  mutating func place(_ snapshot: Snapshot) throws(SQLiteError) -> Bool {
    let lockfile = try identifier(of: snapshot.lockfile)
    let pins = Set(snapshot.pins)
    var snapshot = snapshot
    while true {
      let before = try stored(.snapshotBefore, lockfile, snapshot.takenAt)
      let hasSighting = try hasSighting(lockfile, at: snapshot.takenAt)
      let isTaken = hasSighting || before?.takenAt == snapshot.takenAt
      if let before, before.digest == snapshot.digest, try self.pins(of: before, lockfile) == pins {
        if !isTaken { try addSighting(lockfile, before.id, snapshot) }
        return false
      }
      if !isTaken {
        try insert(snapshot, pins, lockfile, after: before)
        return true
      }
      // What git says is older than what is found in the directory in the same second.
      snapshot.takenAt += snapshot.source == .git ? -1 : 1
    }
  }

  private mutating func insert(
    _ snapshot: Snapshot, _ pins: Set<Pin>, _ lockfile: Int64, after before: Stored?
  ) throws(SQLiteError) {
    let time = snapshot.takenAt
    let next = try stored(.snapshotAfter, lockfile, time)
    var end = next?.takenAt
    if let before, let sighting = try sighting(lockfile, after: time, before: next?.takenAt) {
      end = sighting
      try split(before, lockfile, at: sighting, next: next?.takenAt)
    }
    let old = if let before { try self.pins(of: before, lockfile) } else { Set<Pin>() }
    let placed: Int64
    if let next, end == next.takenAt, next.digest == snapshot.digest,
      try self.pins(of: next, lockfile) == pins
    {
      placed = next.id
      try connection.run(
        HistoryStatement.moveSnapshot.rawValue,
        [
          .integer(next.id), .integer(time), .text(snapshot.source.rawValue),
          .text(optional: snapshot.commit),
        ])
      try connection.run(
        HistoryStatement.addSighting.rawValue,
        [
          .integer(lockfile), .integer(next.takenAt), .integer(next.id), .text(next.source),
          .text(optional: next.commit),
        ])
    } else {
      placed = try addSnapshot(
        lockfile, time, snapshot.source.rawValue, snapshot.commit, snapshot.digest)
      if let end { loose.insert(Moment(lockfile: lockfile, time: end)) }
    }
    for pin in old where !pins.contains(pin) {
      try endRow(of: pin, lockfile, at: time, until: end, last: before?.id)
    }
    for pin in pins where !old.contains(pin) {
      try beginRow(of: pin, lockfile, at: time, until: end, in: placed)
    }
    known = Known(lockfile: lockfile, snapshot: placed, takenAt: time, pins: pins)
  }

  /// Makes a sighting a snapshot of its own, with the sightings after it.
  private mutating func split(
    _ before: Stored, _ lockfile: Int64, at time: Int64, next: Int64?
  ) throws(SQLiteError) {
    let row = try connection.prepare(HistoryStatement.sightingAt.rawValue).first(
      [.integer(lockfile), .integer(time)]
    ) { (row) throws(SQLiteError) in (row.text(at: 0), row.optionalText(at: 1)) }
    guard let (source, commit) = row else { return }
    try connection.run(HistoryStatement.removeSighting.rawValue, [.integer(lockfile), .integer(time)])
    let rest = try addSnapshot(lockfile, time, source, commit, before.digest)
    try connection.run(
      HistoryStatement.moveSightings.rawValue,
      [.integer(rest), .integer(lockfile), .integer(time), .integer(next ?? .max)])
    if let next { loose.insert(Moment(lockfile: lockfile, time: next)) }
  }

  // MARK: Pins

  /// Takes [`time`, `end`) out of the row of a pin; the rest of it, if any, becomes a row of its own.
  private func endRow(
    of pin: Pin, _ lockfile: Int64, at time: Int64, until end: Int64?, last: Int64?
  ) throws(SQLiteError) {
    let key: [Value] = [
      .integer(lockfile), .text(pin.package.normalized), .text(pin.version.canonicalText), .integer(time),
    ]
    let row = try connection.prepare(HistoryStatement.pinRow.rawValue).first(key) {
      (row) throws(SQLiteError) in
      (
        begin: row.integer(at: 0), end: row.optionalInteger(at: 1), written: row.text(at: 2),
        last: row.optionalInteger(at: 3)
      )
    }
    guard let row else { return }
    try connection.run(
      HistoryStatement.endPin.rawValue,
      key.prefix(3) + [.integer(row.begin), .integer(time), .integer(optional: last)])
    guard let end, row.end != end else { return }
    let first = try stored(.snapshotBefore, lockfile, end)
    try connection.run(
      HistoryStatement.addPin.rawValue,
      key.prefix(3) + [
        .text(row.written), .integer(end), .integer(optional: row.end), .integer(optional: first?.id),
        .integer(optional: row.last),
      ])
  }

  /// Adds [`time`, `end`) to the rows of a pin, joined with the row that begins at the end, if there is one.
  private func beginRow(
    of pin: Pin, _ lockfile: Int64, at time: Int64, until end: Int64?, in snapshot: Int64
  ) throws(SQLiteError) {
    let key: [Value] = [
      .integer(lockfile), .text(pin.package.normalized), .text(pin.version.canonicalText),
    ]
    if let end {
      try connection.run(
        HistoryStatement.extendPin.rawValue,
        key + [.integer(end), .integer(time), .integer(snapshot), .text(pin.version.description)])
      if connection.changes > 0 { return }
    }
    try connection.run(
      HistoryStatement.addPin.rawValue,
      key + [
        .text(pin.version.description), .integer(time), .integer(optional: end), .integer(snapshot),
        end == nil ? .null : .integer(snapshot),
      ])
  }

  /// A snapshot's pins.
  private mutating func pins(of stored: Stored, _ lockfile: Int64) throws(SQLiteError) -> Set<Pin> {
    if let known, known.snapshot == stored.id { return known.pins }
    var pins: Set<Pin> = []
    if let known, known.lockfile == lockfile, known.takenAt < stored.takenAt {
      let interval: [Value] = [.integer(lockfile), .integer(known.takenAt), .integer(stored.takenAt)]
      pins = known.pins
      for pin in try read(.pinsEnded, interval) { pins.remove(pin) }
      for pin in try read(.pinsBegun, interval) { pins.insert(pin) }
    } else {
      pins = Set(try read(.pinsAsOf, [.integer(lockfile), .integer(stored.takenAt)]))
    }
    known = Known(lockfile: lockfile, snapshot: stored.id, takenAt: stored.takenAt, pins: pins)
    return pins
  }

  private func read(_ query: HistoryQuery, _ values: [Value]) throws(SQLiteError) -> [Pin] {
    try connection.rows(query, values) { (row) throws(SQLiteError) in
      try texts.pin(row, at: 0, path: connection.path)
    }
  }

  // MARK: Rows

  private mutating func identifier(of identity: LockfileIdentity) throws(SQLiteError) -> Int64 {
    if let known = lockfiles[identity] { return known }
    let id = try connection.identifier(making: identity)
    lockfiles[identity] = id
    return id
  }

  private func stored(
    _ query: HistoryQuery, _ lockfile: Int64, _ time: Int64
  ) throws(SQLiteError) -> Stored? {
    try connection.prepare(query.rawValue).first([.integer(lockfile), .integer(time)]) {
      (row) throws(SQLiteError) in
      Stored(
        id: row.integer(at: 0), takenAt: row.integer(at: 1), digest: row.text(at: 2), source: row.text(at: 3),
        commit: row.optionalText(at: 4))
    }
  }

  private func hasSighting(_ lockfile: Int64, at time: Int64) throws(SQLiteError) -> Bool {
    try connection.prepare(HistoryStatement.sightingAt.rawValue).first([.integer(lockfile), .integer(time)]) {
      (_) throws(SQLiteError) in true
    } ?? false
  }

  /// The time of the next sighting, if it comes before the next snapshot.
  private func sighting(
    _ lockfile: Int64, after time: Int64, before next: Int64?
  ) throws(SQLiteError) -> Int64? {
    try connection.prepare(HistoryQuery.sightingBetween.rawValue).first(
      [.integer(lockfile), .integer(time), .integer(next ?? .max)]
    ) { (row) throws(SQLiteError) in row.integer(at: 0) }
  }

  private func addSighting(
    _ lockfile: Int64, _ id: Int64, _ snapshot: Snapshot
  ) throws(SQLiteError) {
    try connection.run(
      HistoryStatement.addSighting.rawValue,
      [
        .integer(lockfile), .integer(snapshot.takenAt), .integer(id), .text(snapshot.source.rawValue),
        .text(optional: snapshot.commit),
      ])
  }

  private func addSnapshot(
    _ lockfile: Int64, _ time: Int64, _ source: String, _ commit: String?, _ digest: String
  ) throws(SQLiteError) -> Int64 {
    try connection.run(
      HistoryStatement.addSnapshot.rawValue,
      [.integer(lockfile), .integer(time), .text(source), .text(optional: commit), .text(digest)])
    return connection.lastInsertedRow
  }
}
