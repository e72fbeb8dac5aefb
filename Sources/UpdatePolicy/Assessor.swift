import PythonPackaging

/// Judges locks by a policy at one moment. What a project's releases come to is worked out once, for all locks.
///
/// The same facts, policy and moment give the same answer. All its locks are for one target; other targets take another
/// assessor, since which releases can be picked depends on it.
package struct Assessor: Sendable {
  /// The policy.
  package let policy: Policy
  /// The moment, in seconds since 1970-01-01 00:00 UTC.
  package let now: Int64
  /// When the next window is; nil if it is past the year 9999.
  package let nextWindow: Int64?
  private let outlooks: [PackageName: ProjectOutlook]

  /// - Parameters:
  ///   - projects: those of the pins; of several with one name the first counts.
  ///   - timeZone: the rules of the policy's time zone.
  package init(
    policy: Policy, now: Int64, projects: some Collection<ProjectFacts>, timeZone: TimeZoneRules = .utc
  ) {
    self.policy = policy
    self.now = now
    nextWindow = policy.schedule.next(after: now, rules: timeZone)
    var outlooks: [PackageName: ProjectOutlook] = Dictionary(minimumCapacity: projects.count)
    for project in projects where outlooks[project.name] == nil {
      outlooks[project.name] = ProjectOutlook(project, policy: policy, now: now)
    }
    self.outlooks = outlooks
  }

  /// What is wrong with a lock's pins, how old they are, and when something has to be done.
  package func assess(_ lock: LockFacts) -> Assessment {
    var findings: [Finding] = []
    var metrics: [PinMetrics] = []
    metrics.reserveCapacity(lock.pins.count)
    var failures = lock.failures
    for pin in lock.pins {
      let outlook = outlooks[pin.package]
      failures += self.failures(of: pin, isKnown: outlook != nil)
      let advisories = Self.distinct(pin.advisories.filter { !$0.isWithdrawn })
      let newer = outlook?.newer(than: pin.version, advisories: advisories, policy: policy, now: now)
      let pinMetrics = PinMetrics(pin, newer: newer, in: outlook?.project, now: now)
      metrics.append(pinMetrics)
      for kind in kinds(of: pin, advisories, outlook?.project.status ?? .active, pinMetrics) {
        findings.append(
          Finding(
            package: pin.package, version: pin.version, place: pin.place, kind: kind,
            due: policy.due(of: kind),
            firstSeen: firstSeen(of: kind, pin, in: lock.firstSeen)))
      }
    }
    var matched = Set<Int>()
    for index in findings.indices { policy.silence(&findings[index], noting: &matched, at: now) }
    return Assessment(
      now: now, nextWindow: nextWindow, findings: Self.sorted(findings), pins: metrics,
      failures: Array(Set(failures)).sorted(),
      notices: notices(matched: matched, isComplete: failures.isEmpty))
  }

  private func failures(of pin: PinFacts, isKnown: Bool) -> [SourceFailure] {
    switch pin.presence {
    case .unknown(let source): [SourceFailure(source: source, subject: .releases, package: pin.package)]
    // Who knows that the release is there has seen its project.
    case .present where !isKnown: [SourceFailure(source: "index", subject: .releases, package: pin.package)]
    case .present, .gone, .neverSeen: []
    }
  }

  private func kinds(
    of pin: PinFacts, _ advisories: [AdvisoryFacts], _ status: ProjectFacts.Status, _ metrics: PinMetrics
  ) -> [Finding.Kind] {
    var kinds = advisories.map { Finding.Kind.vulnerable($0) }
    var isQuarantined = false
    switch status {
    case .active: break
    case .archived(let reason): kinds.append(.archived(reason: reason))
    case .deprecated(let reason): kinds.append(.deprecated(reason: reason))
    case .quarantined(let reason):
      isQuarantined = true
      kinds.append(.quarantined(reason: reason))
    }
    if pin.presence == .gone {
      // Of a quarantined project an index offers nothing; that is one finding.
      if !isQuarantined { kinds.append(.withdrawn) }
    } else if let yank = pin.yank {
      kinds.append(.yanked(reason: yank.reason))
    }
    if let behind = metrics.timeBehind, behind > policy.maxDaysBehind.seconds {
      kinds.append(.stale(timeBehind: behind))
    }
    if let age = metrics.pinAge, age > policy.maxPinAge.seconds { kinds.append(.old(pinAge: age)) }
    return kinds
  }

  /// When the history first saw a finding: an advisory by any of its ids, since the one it is shown by may change. Never
  /// later than now.
  private func firstSeen(
    of kind: Finding.Kind, _ pin: PinFacts, in firstSeen: [FindingIdentity: Int64]
  ) -> Int64 {
    if firstSeen.isEmpty { return now }
    let keys = if case .vulnerable(let advisory) = kind { advisory.ids } else { [kind.name] }
    let moments = keys.compactMap {
      firstSeen[FindingIdentity(package: pin.package, version: pin.version, kind: kind.name, key: $0)]
    }
    return min(moments.min() ?? now, now)
  }

  private func notices(matched: Set<Int>, isComplete: Bool) -> [IgnoreNotice] {
    policy.ignores.enumerated().compactMap { index, ignore in
      if ignore.isExpired(at: now) {
        return IgnoreNotice(index: index, ignore: ignore, fault: .expired(isNeeded: matched.contains(index)))
      }
      // Where a source failed, nobody knows what it would match.
      guard isComplete, !matched.contains(index) else { return nil }
      return IgnoreNotice(index: index, ignore: ignore, fault: .matchesNothing)
    }
  }

  /// Findings in their order. Places are moved and not findings, which are large.
  private static func sorted(_ findings: [Finding]) -> [Finding] {
    guard findings.count > 1 else { return findings }
    let order = findings.withUnsafeBufferPointer { findings in
      let ranks = findings.map(\.rank)
      return findings.indices.sorted { left, right in
        ranks[left] != ranks[right] ? ranks[left] < ranks[right] : findings[left] < findings[right]
      }
    }
    return order.map { findings[$0] }
  }

  /// Advisories each once, in any order. What a source says of one in several records is united: the worst severity, all
  /// aliases, all fixes.
  private static func distinct(_ advisories: [AdvisoryFacts]) -> [AdvisoryFacts] {
    guard advisories.count > 1 else { return advisories }
    return Dictionary(grouping: advisories, by: \.id).map { id, records in
      guard records.count > 1 else { return records[0] }
      return AdvisoryFacts(
        id: id, aliases: Set(records.flatMap(\.aliases)).sorted(),
        summary: records.map(\.summary).filter { !$0.isEmpty }.min() ?? "",
        severity: records.map(\.severity).max() ?? .unknown, score: records.compactMap(\.score).max(),
        fixedVersions: Set(records.flatMap(\.fixedVersions)).sorted(), fix: records.compactMap(\.fix).max())
    }
  }
}
