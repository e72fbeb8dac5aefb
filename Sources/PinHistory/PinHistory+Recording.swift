import SQLite

extension PinHistory {
  /// Records a lockfile's state; whether it told anything new.
  ///
  /// - A state that differs from the one before it in time, in digest or pins, is a row of `snapshot`. Its pins that
  ///   weren't there before begin a row of `pin`; those that aren't there any more end theirs, with `replaced_at` the
  ///   time of this snapshot and `last_snapshot` the one before. A version that returns begins a new row. While a pin
  ///   is there, its `last_snapshot` is `NULL`: nothing is written for what stays.
  /// - A state equal to the one before it is no new snapshot, and no pin changes: only its time is kept, in `sighting`.
  ///   So a commit of what `compile` wrote a minute before is no second change.
  /// - Snapshots may come in any order: the rows are those of recording all in the order of time. Two states in one
  ///   second are told apart by taking the later recorded one for the next free second, or, of git, the one before.
  @discardableResult
  package func record(_ snapshot: Snapshot) throws(PinHistoryError) -> Bool {
    try importSnapshots(CollectionOfOne(snapshot)) == 1
  }

  /// Records any number of snapshots, of any lockfiles, in batches: so many told anything new.
  ///
  /// Each batch is one transaction. An import that is stopped keeps the batches it has finished, and finds them known
  /// when it is begun again. The sequence is asked outside of transactions, and no more than a batch is in memory.
  @discardableResult
  package func importSnapshots(
    _ snapshots: some Sequence<Snapshot>, batchSize: Int = 256
  ) throws(PinHistoryError) -> Int {
    var new = 0
    var batch: [Snapshot] = []
    for snapshot in snapshots {
      batch.append(snapshot)
      if batch.count >= batchSize {
        new += try place(batch)
        batch.removeAll(keepingCapacity: true)
      }
    }
    return batch.isEmpty ? new : try new + place(batch)
  }

  private func place(_ batch: [Snapshot]) throws(PinHistoryError) -> Int {
    // In the order of time it is fastest; those of one second stay in the order told.
    let sorted = batch.enumerated().sorted {
      ($0.element.takenAt, $0.offset) < ($1.element.takenAt, $1.offset)
    }
    return try write { [texts] (connection) throws(SQLiteError) in
      var placement = SnapshotPlacement(connection, texts)
      var new = 0
      for (_, snapshot) in sorted where try placement.place(snapshot) { new += 1 }
      try placement.finish()
      return new
    }
  }
}
