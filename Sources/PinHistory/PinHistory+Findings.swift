package import PythonPackaging
import SQLite

extension PinHistory {
  /// Records all that is wrong with a lockfile's pins at a time, in seconds since 1970-01-01 00:00 UTC.
  ///
  /// A finding that is new begins a row; one that is open moves `last_seen`; an open one of the kinds `lookedFor` that
  /// isn't among them is resolved at that time. One that returns begins a new row. A time before an open finding's
  /// `last_seen` resolves nothing of it: something newer is known.
  ///
  /// - Parameter lookedFor: The kinds that could be looked for. Where no advisories could be read, leave
  ///   `vulnerable` out, or all that is vulnerable would be taken for resolved.
  package func record(
    findings: [Finding], for lockfile: LockfileIdentity, at time: Int64,
    lookedFor: Set<Finding.Kind> = Set(Finding.Kind.allCases)
  ) throws(PinHistoryError) {
    try write { (connection) throws(SQLiteError) in
      try connection.record(
        findings: findings, for: try connection.identifier(making: lockfile), at: time, lookedFor: lookedFor)
    }
  }

  /// The findings of a lockfile that aren't resolved, by package.
  package func openFindings(of lockfile: LockfileIdentity) throws(PinHistoryError) -> [RecordedFinding] {
    try standingFindings(of: lockfile).findings
  }

  /// The same, for a check that records next what it finds itself.
  package func standingFindings(of lockfile: LockfileIdentity) throws(PinHistoryError) -> StandingFindings {
    try read { [texts] (connection) throws(SQLiteError) in
      let version = try connection.dataVersion
      guard let id = try connection.identifier(of: lockfile) else {
        return StandingFindings(findings: [], dataVersion: version)
      }
      return StandingFindings(
        findings: try connection.findings(.openFindings, [.integer(id)], lockfile: id, texts),
        dataVersion: version)
    }
  }

  /// All findings of a package in a lockfile, the oldest first.
  package func findings(
    of package: PackageName, in lockfile: LockfileIdentity
  ) throws(PinHistoryError) -> [RecordedFinding] {
    try read { [texts] (connection) throws(SQLiteError) in
      guard let id = try connection.identifier(of: lockfile) else { return [] }
      return try connection.findings(
        .findingsOfPackage, [.integer(id), .text(package.normalized)], lockfile: id, texts)
    }
  }
}

/// The findings of a lockfile that weren't resolved when they were read.
package struct StandingFindings: Sendable {
  /// By package.
  package let findings: [RecordedFinding]
  /// What SQLite calls what other connections had written into the file by then.
  fileprivate let dataVersion: Int64
}

/// What makes two findings the same, as the rows have it.
private struct FindingKey: Hashable {
  let package: String
  let version: String
  let kind: String
  let key: String

  init(_ finding: Finding) {
    package = finding.pin.package.normalized
    version = finding.pin.version.canonicalText
    kind = finding.kind.rawValue
    key = finding.key
  }

  init(_ row: borrowing Row) {
    package = row.text(at: 0)
    version = row.text(at: 1)
    kind = row.text(at: 2)
    key = row.text(at: 3)
  }

  /// The parameters that name the row of a lockfile.
  func values(_ lockfile: Int64) -> [Value] {
    [.integer(lockfile), .text(package), .text(version), .text(kind), .text(key)]
  }
}

extension Connection {
  /// Notes that all open findings of a lockfile were there again, if they are those that a check has found and nobody has
  /// recorded others since they were read.
  func seeAgain(
    _ standing: StandingFindings, as findings: [Finding], for lockfile: Int64, at time: Int64,
    lookedFor: Set<Finding.Kind>
  ) throws(SQLiteError) -> Bool {
    guard standing.findings.count == findings.count, try standing.dataVersion == dataVersion,
      standing.findings.allSatisfy({ $0.lastSeen <= time && lookedFor.contains($0.finding.kind) }),
      Set(standing.findings.map(\.finding)) == Set(findings),
      // Those of a file that was begun anew meanwhile are no more.
      try prepare(HistoryQuery.openFindingCount.rawValue).first(
        [.integer(lockfile)], { (row) throws(SQLiteError) in row.integer(at: 0) }) == Int64(findings.count)
    else { return false }
    if !findings.isEmpty {
      try run(HistoryStatement.seeAllAgain.rawValue, [.integer(lockfile), .integer(time)])
    }
    return true
  }

  /// Records the findings of a lockfile, in the transaction that is open.
  ///
  /// Most are known: then the whole lockfile takes one statement.
  func record(
    findings: [Finding], for lockfile: Int64, at time: Int64, lookedFor: Set<Finding.Kind>
  ) throws(SQLiteError) {
    if let seen = try findingsSeen(lockfile) {
      try run(HistoryStatement.seeAllFindings.rawValue, [.integer(lockfile), .integer(seen)])
      try run(HistoryStatement.forgetSeen.rawValue, [.integer(lockfile)])
    }
    /// The severities of those that are open and not newer.
    var open: [FindingKey: String?] = [:]
    try prepare(HistoryQuery.openFindingKeys.rawValue).query([.integer(lockfile)]) {
      (row) throws(SQLiteError) in
      open[FindingKey(row)] = .some(row.integer(at: 5) <= time ? row.optionalText(at: 4) : Self.newer)
    }
    var gone = Set(open.keys)
    var seen: [FindingKey] = []
    for finding in findings {
      let key = FindingKey(finding)
      gone.remove(key)
      if let known = open[key], known == finding.severity {
        seen.append(key)
      } else {
        try run(
          HistoryStatement.addFinding.rawValue,
          key.values(lockfile) + [
            .text(finding.pin.version.description), .text(optional: finding.severity), .integer(time),
          ])
      }
    }
    let kinds = Set(lookedFor.map(\.rawValue))
    for key in gone where kinds.contains(key.kind) {
      try run(HistoryStatement.resolveFinding.rawValue, key.values(lockfile) + [.integer(time)])
    }
    if gone.allSatisfy({ kinds.contains($0.kind) }) {
      try run(HistoryStatement.seeAllFindings.rawValue, [.integer(lockfile), .integer(time)])
    } else {
      for key in seen {
        try run(HistoryStatement.seeFinding.rawValue, key.values(lockfile) + [.integer(time)])
      }
    }
  }

  /// No policy's word.
  private static let newer = "\0"

  /// When all open findings of a lockfile were there, whatever they say themselves; nil if that isn't kept.
  private func findingsSeen(_ lockfile: Int64) throws(SQLiteError) -> Int64? {
    // A file that is only read may be of an older repin.
    guard try schemaVersion >= 3 else { return nil }
    return try prepare(HistoryQuery.findingsSeen.rawValue).first([.integer(lockfile)]) {
      (row) throws(SQLiteError) in row.integer(at: 0)
    }
  }

  fileprivate func findings(
    _ query: HistoryQuery, _ values: [Value], lockfile: Int64, _ texts: PinTexts
  ) throws(SQLiteError) -> [RecordedFinding] {
    let seen = try findingsSeen(lockfile) ?? .min
    return try rows(query, values) { (row) throws(SQLiteError) in
      let pin = try texts.pin(row, at: 0, path: path)
      guard let kind = Finding.Kind(rawValue: row.text(at: 2)) else {
        throw SQLiteError(
          extendedCode: SQLiteError.Code.mismatch.rawValue, message: "it names a finding of no known kind",
          sql: nil, path: path)
      }
      return RecordedFinding(
        finding: Finding(pin: pin, kind: kind, key: row.text(at: 3), severity: row.optionalText(at: 4)),
        firstSeen: row.integer(at: 5),
        lastSeen: row.optionalInteger(at: 7) == nil ? max(row.integer(at: 6), seen) : row.integer(at: 6),
        resolvedAt: row.optionalInteger(at: 7))
    }
  }
}
