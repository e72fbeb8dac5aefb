import SQLite

/// What a check of one lockfile came to.
package struct CheckedLockfile: Sendable {
  /// The lockfile.
  package var lockfile: LockfileIdentity
  /// All that is wrong with its pins.
  package var findings: [Finding]
  /// The kinds that could be looked for: an open finding of another kind isn't resolved.
  package var lookedFor: Set<Finding.Kind>
  /// How the run ended.
  package var end: Run.End
  /// The findings that were open before, as they were read; nil: they are read again.
  package var standing: StandingFindings?

  /// A check of its parts.
  package init(
    lockfile: LockfileIdentity, findings: [Finding], lookedFor: Set<Finding.Kind>, end: Run.End,
    standing: StandingFindings? = nil
  ) {
    self.lockfile = lockfile
    self.findings = findings
    self.lookedFor = lookedFor
    self.end = end
    self.standing = standing
  }
}

extension PinHistory {
  /// Records checks of any number of lockfiles that began at a time: of each its findings, as `record(findings:)` does, and
  /// its run. A lockfile's two belong together: both are recorded, or neither.
  package func record(checks: [CheckedLockfile], startedAt: Int64) throws(PinHistoryError) {
    var rest = checks[...]
    while !rest.isEmpty {
      let batch = Array(rest.prefix(Self.batchSize))
      rest = rest.dropFirst(batch.count)
      try write { (connection) throws(SQLiteError) in
        for check in batch {
          let id = try connection.identifier(making: check.lockfile)
          let isKnown = try check.standing.map { (standing) throws(SQLiteError) in
            try connection.seeAgain(
              standing, as: check.findings, for: id, at: check.end.at, lookedFor: check.lookedFor)
          }
          if isKnown != true {
            try connection.record(
              findings: check.findings, for: id, at: check.end.at, lookedFor: check.lookedFor)
          }
          try connection.run(
            HistoryStatement.addRun.rawValue,
            [
              .integer(id), .integer(startedAt), .integer(check.end.at), .text(check.end.outcome),
              .integer(optional: check.end.due), .text(optional: check.end.detail),
            ])
        }
      }
    }
  }

  /// So many lockfiles are recorded in one transaction.
  private static let batchSize = 256
}
