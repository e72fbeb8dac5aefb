import PythonPackaging

/// What one resolution on the way to an update keeps to, beside the rules of any.
struct UpdateTerms: Sendable {
  let rules: UpdateRules
  /// The present pins.
  let pinned: [PackageName: Version]
  /// What must become of projects.
  let needs: [PackageName: [UpdateTarget.Need]]
  /// The projects of which the newest release is wanted, and not the one nearest to the present pin.
  let newest: Set<PackageName>
  /// The versions that this attempt keeps projects to.
  var holds: [PackageName: VersionSet] = [:]
  /// The projects of which this attempt takes no pre-release but a present pin.
  var stable: Set<PackageName> = []

  /// Whether this attempt keeps from a pre-release.
  func isUnwanted(preRelease version: Version, of name: PackageName) -> Bool {
    stable.contains(name) && version != pinned[name]
  }

  /// Why a release may not be picked; nil if it may. What an attempt keeps to has no part in it.
  ///
  /// - Parameter files: the release's files; asked for only where they matter.
  func barrier(
    to version: Version, of name: PackageName, files: () -> [Distribution]
  ) -> ReleaseBarrier? {
    let pin = pinned[name]
    let isPinned = version == pin
    for need in needs[name] ?? [] {
      switch need {
      case .cleared:
        // Of another release than the pinned one, advisories count always.
        guard isPinned else { continue }
        let ids = rules.affecting(name, version)
        if !ids.isEmpty { return .affected(ids) }
      case .replaced(let phrase): if isPinned { return .replaced(phrase) }
      case .raised(let least):
        if let least, version < least { return .notRaised(to: least) }
        if let pin, version <= pin { return .notRaised(to: least) }
      case .within(let bounds): if !bounds.allows(version) { return .outsideBounds(bounds) }
      }
    }
    if isPinned { return nil }
    if let pin, version < pin, !rules.mayLower(name, version) { return .notRaised(to: nil) }
    let ids = rules.affecting(name, version)
    if !ids.isEmpty { return .affected(ids) }
    if let pin, UpdateStep(from: pin, to: version) > rules.largestStep {
      return .largerStep(rules.largestStep)
    }
    if let cooldown = rules.cooldown, case .heldBack(let phrase) = cooldown(name, version, files()) {
      return .coolingDown(phrase)
    }
    return nil
  }

  /// The present pin from which releases of a project are tried, the nearest newer one first; nil: from the newest down.
  func pivot(of name: PackageName) -> Version? { newest.contains(name) ? nil : pinned[name] }
}
