import SQLite

/// What is known of lockfiles' git histories.
extension PinHistory {
  /// Those lockfiles whose git history was never read to its end, in the order given.
  package func lockfilesToImport(
    among lockfiles: [LockfileIdentity]
  ) throws(PinHistoryError) -> [LockfileIdentity] {
    try read { (connection) throws(SQLiteError) in
      guard try connection.hasImports else { return lockfiles }
      let statement = try connection.prepare(HistoryQuery.isImported.rawValue)
      var missing: [LockfileIdentity] = []
      for lockfile in lockfiles {
        let values: [Value] = [.text(lockfile.repository), .text(lockfile.path)]
        if try statement.first(values, { (_) throws(SQLiteError) in true }) == nil {
          missing.append(lockfile)
        }
      }
      return missing
    }
  }

  /// How far the lockfile's git history has been imported. An import begins with it: `GitLogReader` is given it.
  package func importProgress(of lockfile: LockfileIdentity) throws(PinHistoryError) -> ImportProgress {
    noteImport(of: lockfile)
    return try read { (connection) throws(SQLiteError) in
      var progress = ImportProgress()
      guard let id = try connection.identifier(of: lockfile) else { return progress }
      try connection.prepare(HistoryQuery.commitsOfGit.rawValue).query([.integer(id)]) {
        (row) throws(SQLiteError) in
        // A file that somebody changed may have any number; ours are within all years.
        progress.commits[row.text(at: 0)] = min(max(row.integer(at: 1), -Self.yearsEnd), Self.yearsEnd)
      }
      guard try connection.hasImports else { return progress }
      let finished = try connection.prepare(HistoryQuery.wholeImport.rawValue).first([.integer(id)]) {
        (row) throws(SQLiteError) in row.optionalText(at: 0)
      }
      // Where the commit found the same state in the same second, its time isn't kept: it isn't later than another's.
      if let commit = finished ?? nil, GitLogReader.isObject(Array(commit.utf8)),
        let takenAt = progress.commits.values.max()
      {
        progress.end = ImportWatermark(commit: commit, takenAt: takenAt)
      }
      return progress
    }
  }

  /// Records that the lockfile's git history is read to its end, after all its snapshots are recorded.
  ///
  /// If the history was begun anew since `importProgress(of:)`, nothing is recorded: the next import reads all.
  ///
  /// - Parameters:
  ///   - commit: The newest commit of the file; nil if git has none.
  ///   - time: When, in seconds since 1970-01-01 00:00 UTC.
  ///   - isShallow: Whether the clone is: there may be older commits.
  package func finishImport(
    of lockfile: LockfileIdentity, commit: String?, at time: Int64, isShallow: Bool
  ) throws(PinHistoryError) {
    guard endImport(of: lockfile) else { return }
    try write { (connection) throws(SQLiteError) in
      let id = try connection.identifier(making: lockfile)
      try connection.run(
        HistoryStatement.finishImport.rawValue,
        [.integer(id), .integer(time), .text(optional: commit), .integer(isShallow ? 1 : 0)])
    }
  }

  /// The end of the year 9999.
  private static let yearsEnd: Int64 = 253_402_300_799
}

extension Connection {
  /// Whether the file has the table `import`: one of version 1 that is only read has none.
  fileprivate var hasImports: Bool {
    get throws(SQLiteError) { try schemaVersion >= 2 }
  }
}
