import SQLite

extension PinHistory {
  /// Records that a run begins, at a time in seconds since 1970-01-01 00:00 UTC.
  package func startRun(
    of lockfile: LockfileIdentity, at time: Int64
  ) throws(PinHistoryError) -> Run.ID {
    try write { (connection) throws(SQLiteError) in
      let id = try connection.identifier(making: lockfile)
      try connection.run(HistoryStatement.startRun.rawValue, [.integer(id), .integer(time)])
      return Run.ID(row: connection.lastInsertedRow)
    }
  }

  /// Records how a run ended. If the history was begun anew meanwhile, the run isn't in it, and nothing is recorded.
  package func finishRun(_ run: Run.ID, _ end: Run.End) throws(PinHistoryError) {
    try write { (connection) throws(SQLiteError) in
      try connection.run(
        HistoryStatement.finishRun.rawValue,
        [
          .integer(run.row), .integer(end.at), .text(end.outcome), .integer(optional: end.due),
          .text(optional: end.detail),
        ])
    }
  }

  /// The run of a lockfile that began last; nil if there was none.
  package func lastRun(of lockfile: LockfileIdentity) throws(PinHistoryError) -> Run? {
    try read { (connection) throws(SQLiteError) in
      guard let id = try connection.identifier(of: lockfile) else { return nil }
      return try connection.rows(.lastRun, [.integer(id)]) { (row) throws(SQLiteError) in
        var end: Run.End?
        if let finishedAt = row.optionalInteger(at: 2) {
          end = Run.End(
            at: finishedAt, outcome: row.text(at: 3), due: row.optionalInteger(at: 4),
            detail: row.optionalText(at: 5))
        }
        return Run(id: Run.ID(row: row.integer(at: 0)), startedAt: row.integer(at: 1), end: end)
      }.first
    }
  }
}
