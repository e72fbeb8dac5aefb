import LockfileFormats
package import PythonPackaging
package import UpdatePolicy

/// A change with what is known of both releases.
package struct ExplainedChange: Sendable, Hashable {
  /// Which advisories a change does away with, brings, and leaves.
  package struct AdvisoryChange: Sendable, Hashable {
    package let fixed: [AdvisoryFacts]
    package let introduced: [AdvisoryFacts]
    package let remaining: [AdvisoryFacts]
  }

  package let change: PinChange
  /// Nil where there is no release of an index: a pin that isn't there, or of another source.
  package let old: ReleaseDetails?
  package let new: ReleaseDetails?
  /// Unknown if one side's advisories or pin are; of a pin that is added or removed the other side has none.
  package let advisories: Fact<AdvisoryChange>
  /// Why, the best reason first; empty: nobody knows.
  package let reasons: [PinReason]
  /// The new release's links, else the old one's.
  package let links: ProjectLinks

  init(_ change: PinChange, _ facts: DiffFacts, _ lineage: PinLineage) {
    self.change = change
    old = Self.details(of: change.old, facts)
    new = Self.details(of: change.new, facts)
    advisories = Self.advisories(change, old, new)
    var reasons: [PinReason] = []
    if let fixed = advisories.value?.fixed, !fixed.isEmpty { reasons.append(.security(fixed.map(\.id))) }
    if let name = change.subject.name { reasons += (facts.causes[name] ?? []).map(PinReason.cause) }
    self.reasons = reasons + lineage.reasons(of: change)
    let urls = new?.projectURLs ?? []
    links = ProjectLinks(urls.isEmpty ? old?.projectURLs ?? [] : urls)
  }

  /// Whether the new release is malware, or has an advisory that the old one hasn't.
  package var introducesAdvisories: Bool { !(advisories.value?.introduced ?? []).isEmpty }

  /// Whether advisories are done away with.
  package var fixesAdvisories: Bool { !(advisories.value?.fixed ?? []).isEmpty }

  /// The new release's yank.
  package var yank: Distribution.Yank? { (new?.yank.value).flatMap { $0 } }

  /// How much the licence changes; nil if it doesn't, or if nobody knows of both.
  package var licenseChange: (old: String?, new: String?)? { Self.differing(old?.license, new?.license) }

  /// How much `Requires-Python` changes.
  package var requiresPythonChange: (old: String?, new: String?)? {
    Self.differing(old?.requiresPython, new?.requiresPython)
  }

  private static func differing(
    _ old: Fact<String?>?, _ new: Fact<String?>?
  ) -> (old: String?, new: String?)? {
    guard case .known(let old)? = old, case .known(let new)? = new, old != new else { return nil }
    return (old, new)
  }

  private static func details(of pin: FilePin?, _ facts: DiffFacts) -> ReleaseDetails? {
    guard let pin, pin.source.isIndex, let name = pin.name, let version = pin.version else { return nil }
    return facts.releases[DiffFacts.Release(name, version)] ?? ReleaseDetails()
  }

  private static func advisories(
    _ change: PinChange, _ old: ReleaseDetails?, _ new: ReleaseDetails?
  ) -> Fact<AdvisoryChange> {
    func known(_ details: ReleaseDetails?, _ pin: FilePin?) -> [AdvisoryFacts]? {
      if pin == nil { return change.kind == .unknown ? nil : [] }
      return details?.advisories.value?.filter { !$0.isWithdrawn }
    }
    guard let before = known(old, change.old), let after = known(new, change.new) else { return .unknown }
    let (oldIDs, newIDs) = (ids(of: before), ids(of: after))
    return .known(
      AdvisoryChange(
        fixed: sorted(before.filter { !$0.isNamed(in: newIDs) }),
        introduced: sorted(after.filter { !$0.isNamed(in: oldIDs) }),
        remaining: sorted(after.filter { $0.isNamed(in: oldIDs) })))
  }

  private static func ids(of advisories: [AdvisoryFacts]) -> Set<String> {
    Set(advisories.flatMap(\.ids).map { $0.lowercased() })
  }

  /// The worst first: malware, then by severity, then by id.
  private static func sorted(_ advisories: [AdvisoryFacts]) -> [AdvisoryFacts] {
    advisories.sorted { left, right in
      if left.isMalware != right.isMalware { return left.isMalware }
      if left.severity != right.severity { return left.severity > right.severity }
      return left.id.unicodeScalars.lexicographicallyPrecedes(right.id.unicodeScalars)
    }
  }
}

extension AdvisoryFacts {
  /// Whether one of its ids is among these, in lower case.
  fileprivate func isNamed(in ids: Set<String>) -> Bool {
    self.ids.contains { ids.contains($0.lowercased()) }
  }
}

extension LockDiff {
  /// The changes with what is known of them, in the order of ``changes``.
  package func explained(by facts: DiffFacts) -> [ExplainedChange] {
    changes.map { ExplainedChange($0, facts, lineage) }
  }
}
