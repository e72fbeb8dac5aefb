import PythonPackaging
import Resolution
import UpdatePolicy

/// What an update may pick, as the policy has it: what advisories count of a release, and whether it is old enough.
struct UpdateJudgement: Sendable {
  let policy: Policy
  /// In seconds since 1970-01-01 00:00 UTC.
  let now: Int64
  /// What is known of the advisories that affect a release.
  let facts: @Sendable (PackageName, Version) -> [AdvisoryFacts]
  /// The option that gives the cooldown, and where it stands; nil: none does.
  let cooldownPlace: String?
  private let assessor: Assessor

  init(
    policy: Policy, now: Int64, cooldownPlace: String? = nil,
    facts: @escaping @Sendable (PackageName, Version) -> [AdvisoryFacts]
  ) {
    self.cooldownPlace = cooldownPlace
    self.policy = policy
    self.now = now
    self.facts = facts
    assessor = Assessor(policy: policy, now: now, projects: [ProjectFacts]())
  }

  /// The advisories that affect a release and are due now or at the window, and not ignored; malware in any case.
  func counting(_ name: PackageName, _ version: Version) -> [AdvisoryFacts] {
    let known = facts(name, version).filter { !$0.isWithdrawn }
    if known.isEmpty { return [] }
    let pin = PinFacts(
      package: name, version: version, place: PinFacts.Place(path: "", line: 0), pinnedAt: nil,
      uploadedAt: nil,
      presence: .neverSeen, advisories: known)
    return assessor.assess(LockFacts(pins: [pin])).findings.compactMap { finding in
      guard case .vulnerable(let advisory) = finding.kind else { return nil }
      let counts = finding.urgency == .dueNow || finding.urgency == .dueAtWindow || advisory.isMalware
      return counts ? advisory : nil
    }
  }

  /// Their ids, ascending.
  func affecting(_ name: PackageName, _ version: Version) -> [String] {
    counting(name, version).map(\.id).sorted()
  }

  /// The same of those that keep a release from being picked: of one that a person names exactly, malware alone.
  func affecting(_ name: PackageName, _ version: Version, chosen aims: [UpdateAim]) -> [String] {
    guard aims.contains(where: { $0.target.name == name && $0.names(version) }) else {
      return affecting(name, version)
    }
    return counting(name, version).filter(\.isMalware).map(\.id).sorted()
  }

  /// The rules of an update of some pins.
  ///
  /// - Parameters:
  ///   - direct: the projects that come from a URL, of which nothing is picked.
  ///   - quarantined: the projects of which the pinned release is quarantined.
  ///   - chosen: what is to be got, which may name releases.
  ///   - index: the index that has a project.
  func rules(
    for pins: [PackageName: Version], direct: Set<PackageName>, quarantined: Set<PackageName>,
    chosen aims: [UpdateAim] = [], largestStep: UpdateStep,
    index: @escaping @Sendable (PackageName) -> String?
  ) -> UpdateRules {
    UpdateRules(
      affecting: { name, version in direct.contains(name) ? [] : affecting(name, version, chosen: aims) },
      cooldown: cooldown(for: pins, direct: direct, quarantined: quarantined, index: index),
      largestStep: largestStep)
  }

  private func cooldown(
    for pins: [PackageName: Version], direct: Set<PackageName>, quarantined: Set<PackageName>,
    index: @escaping @Sendable (PackageName) -> String?
  ) -> (@Sendable (PackageName, Version, [Distribution]) -> UpdateRules.Cooldown)? {
    let length = policy.cooldown(for: .update)
    if length == .off { return nil }
    let exempt = IndexAddresses(policy.cooldownExemptIndexes)
    let place = cooldownPlace.map { " (\($0))" } ?? ""
    return { name, version, files in
      // What a person has put on this machine was never uploaded.
      if direct.contains(name) || files.contains(where: { $0.url.hasPrefix("file:") }) { return .over }
      if index(name).map(exempt.contains) == true { return .over }
      let uploaded = files.compactMap(\.uploadedAt).min()
      if let uploaded, uploaded <= (now - length.seconds) * 1_000 { return .over }
      if let phrase = exemption(of: name, version, pinned: pins[name], quarantined) {
        return .exempt(phrase)
      }
      return .heldBack(
        uploaded == nil
          ? "has no upload time, and the cooldown is \(length)\(place)"
          : "is younger than the cooldown of \(length)\(place)")
    }
  }

  /// Why a release may be picked that is too young; nil: it may not.
  private func exemption(
    of name: PackageName, _ version: Version, pinned: Version?, _ quarantined: Set<PackageName>
  ) -> String? {
    guard let pinned else { return nil }
    if quarantined.contains(name) { return "replaces a release that is quarantined" }
    let left = Set(counting(name, version).map(\.id))
    let fixed = counting(name, pinned).filter { policy.exemptsFixes(of: $0) && !left.contains($0.id) }
    if fixed.isEmpty { return nil }
    return "fixes \(fixed.map(\.id).sorted().joined(separator: ", "))"
  }
}
