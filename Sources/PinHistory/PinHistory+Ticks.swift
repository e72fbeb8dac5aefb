import SQLite

/// Runs over projects, which are known by their repository and, in it, the path of their configuration.
extension PinHistory {
  /// Records that a run begins, at a time in seconds since 1970-01-01 00:00 UTC.
  package func startTick(of project: LockfileIdentity, at time: Int64) throws(PinHistoryError) -> Tick.ID {
    try write { (connection) throws(SQLiteError) in
      try connection.run(
        HistoryStatement.startTick.rawValue,
        [.text(project.repository), .text(project.path), .integer(time)])
      return Tick.ID(row: connection.lastInsertedRow)
    }
  }

  /// Records why something is to be done, words without spaces.
  package func decideTick(_ tick: Tick.ID, reasons: [String]) throws(PinHistoryError) {
    try write { (connection) throws(SQLiteError) in
      try connection.run(
        HistoryStatement.decideTick.rawValue,
        [.integer(tick.row), .text(reasons.joined(separator: " "))])
    }
  }

  /// Records how a run ended. If the history was begun anew meanwhile, the run isn't in it, and nothing is recorded.
  package func finishTick(_ tick: Tick.ID, _ end: Tick.End) throws(PinHistoryError) {
    try write { (connection) throws(SQLiteError) in
      try connection.run(
        HistoryStatement.finishTick.rawValue,
        [
          .integer(tick.row), .integer(end.at), .text(end.outcome), .integer(optional: end.servedWindow),
          .text(optional: end.digest), .text(optional: end.detail),
        ])
    }
  }

  /// The runs of a project that began last, the last one first.
  package func lastTicks(of project: LockfileIdentity, count: Int = 1) throws(PinHistoryError) -> [Tick] {
    try ticks(.lastTicks, of: project, [.integer(Int64(count))])
  }

  /// The last run of a project that has rebuilt it; nil if none has.
  package func lastRebuild(of project: LockfileIdentity) throws(PinHistoryError) -> Tick? {
    try ticks(.lastRebuild, of: project, []).first
  }

  /// The runs of a project that began after another, nil for all, the last one first; at most 1,000.
  package func ticks(
    of project: LockfileIdentity, since tick: Tick.ID?
  ) throws(PinHistoryError) -> [Tick] {
    try ticks(.ticksSince, of: project, [.integer(tick?.row ?? 0)])
  }

  /// The latest window up to a time that a run has served; nil if none has.
  package func servedWindow(
    of project: LockfileIdentity, until time: Int64
  ) throws(PinHistoryError) -> Int64? {
    try read { (connection) throws(SQLiteError) in
      // A file that is only read may be of an older repin.
      guard try connection.schemaVersion >= 4 else { return nil }
      return try connection.rows(
        .servedWindow, [.text(project.repository), .text(project.path), .integer(time)]
      ) { (row) throws(SQLiteError) in row.optionalInteger(at: 0) }.first ?? nil
    }
  }

  private func ticks(
    _ query: HistoryQuery, of project: LockfileIdentity, _ values: [Value]
  ) throws(PinHistoryError) -> [Tick] {
    try read { (connection) throws(SQLiteError) in
      guard try connection.schemaVersion >= 4 else { return [] }
      return try connection.rows(query, [.text(project.repository), .text(project.path)] + values) {
        (row) throws(SQLiteError) in
        var end: Tick.End?
        if let finishedAt = row.optionalInteger(at: 3) {
          end = Tick.End(
            at: finishedAt, outcome: row.text(at: 4), servedWindow: row.optionalInteger(at: 5),
            digest: row.optionalText(at: 6), detail: row.optionalText(at: 7))
        }
        return Tick(
          id: Tick.ID(row: row.integer(at: 0)), startedAt: row.integer(at: 1),
          reasons: row.text(at: 2).split(separator: " ").map(String.init), end: end)
      }
    }
  }
}
