package import PythonPackaging

/// What the policy makes of single findings.
extension Policy {
  /// When it wants something done, ignores aside. Malware waits for nobody.
  func due(of kind: Finding.Kind) -> Due {
    switch kind {
    case .vulnerable(let advisory): advisory.isMalware ? .now : due[advisory.severity]
    case .quarantined: due[.quarantined]
    case .withdrawn: due[.withdrawn]
    case .yanked: due[.yanked]
    case .stale: due[.stale]
    case .archived: due[.archived]
    case .deprecated: due[.deprecated]
    case .old: .noted
    }
  }

  /// Gives a finding the ignore that silences it, and notes the place of each that is about it, ended ones too.
  func silence(_ finding: inout Finding, noting matched: inout Set<Int>, at now: Int64) {
    for (index, ignore) in ignores.enumerated() where ignore.matches(finding) {
      matched.insert(index)
      guard !ignore.isExpired(at: now) else { continue }
      if let other = finding.ignore, other.until >= ignore.until { continue }
      finding.ignore = ignore
    }
  }

  /// A finding that a history has kept, as the policy has it today.
  ///
  /// What the history doesn't keep isn't known here: reasons, how far behind a pin is, and the other ids of an advisory, so that
  /// an ignore by one of those doesn't silence it.
  ///
  /// - Parameters:
  ///   - kind: its word, as ``Finding/Kind/name`` has it.
  ///   - key: the id of an advisory; of other kinds anything.
  ///   - severity: the word of an advisory's; another word or none is unknown.
  ///   - path: the lockfile's.
  ///   - firstSeen: in seconds since 1970-01-01 00:00 UTC, as is `now`.
  /// - Returns: nil where there is no kind of that name.
  package func finding(
    recordedAs kind: String, key: String, severity: String?, of package: PackageName, _ version: Version,
    in path: String, firstSeen: Int64, now: Int64
  ) -> Finding? {
    let known: Finding.Kind
    switch kind {
    case "vulnerable":
      known = .vulnerable(
        AdvisoryFacts(id: key, severity: severity.flatMap(Severity.init(rawValue:)) ?? .unknown))
    case "quarantined": known = .quarantined(reason: nil)
    case "withdrawn": known = .withdrawn
    case "yanked": known = .yanked(reason: nil)
    case "stale": known = .stale(timeBehind: 0)
    case "archived": known = .archived(reason: nil)
    case "deprecated": known = .deprecated(reason: nil)
    case "pin-age": known = .old(pinAge: 0)
    default: return nil
    }
    var finding = Finding(
      package: package, version: version, place: PinFacts.Place(path: path, line: 0), kind: known,
      due: due(of: known), firstSeen: firstSeen)
    var matched = Set<Int>()
    silence(&finding, noting: &matched, at: now)
    return finding
  }
}
