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
    try read { (connection) throws(SQLiteError) in
      guard let id = try connection.identifier(of: lockfile) else { return [] }
      return try connection.findings(.openFindings, [.integer(id)])
    }
  }

  /// All findings of a package in a lockfile, the oldest first.
  package func findings(
    of package: PackageName, in lockfile: LockfileIdentity
  ) throws(PinHistoryError) -> [RecordedFinding] {
    try read { (connection) throws(SQLiteError) in
      guard let id = try connection.identifier(of: lockfile) else { return [] }
      return try connection.findings(.findingsOfPackage, [.integer(id), .text(package.normalized)])
    }
  }
}

/// What makes two findings the same.
private struct FindingKey: Hashable {
  let pin: Pin
  let kind: Finding.Kind
  let key: String

  init(_ finding: Finding) {
    pin = finding.pin
    kind = finding.kind
    key = finding.key
  }
}

extension Connection {
  /// Records the findings of a lockfile, in the transaction that is open.
  func record(
    findings: [Finding], for lockfile: Int64, at time: Int64, lookedFor: Set<Finding.Kind>
  ) throws(SQLiteError) {
    var gone: Set<FindingKey> = []
    for known in try self.findings(.openFindings, [.integer(lockfile)]) {
      gone.insert(FindingKey(known.finding))
    }
    for finding in findings {
      gone.remove(FindingKey(finding))
      try run(
        HistoryStatement.addFinding.rawValue,
        [
          .integer(lockfile), .text(finding.pin.package.normalized), .text(finding.pin.version.canonicalText),
          .text(finding.pin.version.description), .text(finding.kind.rawValue), .text(finding.key),
          .text(optional: finding.severity), .integer(time),
        ])
    }
    for key in gone where lookedFor.contains(key.kind) {
      try run(
        HistoryStatement.resolveFinding.rawValue,
        [
          .integer(lockfile), .text(key.pin.package.normalized), .text(key.pin.version.canonicalText),
          .text(key.kind.rawValue), .text(key.key), .integer(time),
        ])
    }
  }

  fileprivate func findings(
    _ query: HistoryQuery, _ values: [Value]
  ) throws(SQLiteError) -> [RecordedFinding] {
    try rows(query, values) { (row) throws(SQLiteError) in
      let pin = try Pin(row, at: 0, path: path)
      guard let kind = Finding.Kind(rawValue: row.text(at: 2)) else {
        throw SQLiteError(
          extendedCode: SQLiteError.Code.mismatch.rawValue, message: "it names a finding of no known kind",
          sql: nil, path: path)
      }
      return RecordedFinding(
        finding: Finding(pin: pin, kind: kind, key: row.text(at: 3), severity: row.optionalText(at: 4)),
        firstSeen: row.integer(at: 5), lastSeen: row.integer(at: 6), resolvedAt: row.optionalInteger(at: 7))
    }
  }
}
