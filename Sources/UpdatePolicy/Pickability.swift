import PythonPackaging

/// Whether the policy lets a release be picked, and if not, why.
package enum Pickability: Sendable, Hashable {
  /// It may be.
  case pickable
  /// It may be, though it is younger than the cooldown, since it fixes this advisory.
  case exempt(advisory: String)
  /// Its cooldown lasts until this moment.
  case coolingDown(until: Int64)
  /// The index doesn't tell when it was uploaded, so that nobody knows whether its cooldown is over.
  case uploadTimeUnknown
  /// It is yanked.
  case yanked
  /// It is a pre-release, and none is wanted.
  case preRelease
  /// It asks for another Python.
  case otherPython
  /// The target can install none of its files.
  case noUsableFile

  /// Whether it may be picked.
  package var isPickable: Bool {
    switch self {
    case .pickable, .exempt: true
    default: false
    }
  }
}

extension Policy {
  /// Whether a release may be picked.
  ///
  /// - Parameters:
  ///   - now: in seconds since 1970-01-01 00:00 UTC.
  ///   - fixes: the advisories that picking it would fix.
  ///   - allowsPreReleases: whether a pre-release is as good as another, as where one is pinned already.
  package func pickability(
    of release: ReleaseFacts, now: Int64, fixes: [AdvisoryFacts] = [], allowsPreReleases: Bool = false,
    for purpose: Purpose = .update
  ) -> Pickability {
    if let bar = release.bar(allowsPreReleases: allowsPreReleases) { return bar }
    let cooldown = cooldown(for: purpose).seconds
    if cooldown == 0 { return .pickable }
    let end = release.uploadedAt.map { Moment.sum($0, cooldown) }
    if let end, end <= now { return .pickable }
    if let advisory = fixes.first(where: { exemptsFixes(of: $0) }) { return .exempt(advisory: advisory.id) }
    return end.map { .coolingDown(until: $0) } ?? .uploadTimeUnknown
  }

  /// Whether a release may be picked for an update; see ``pickability(of:now:fixes:allowsPreReleases:for:)``.
  package func isPickable(_ release: ReleaseFacts, now: Int64, fixes: [AdvisoryFacts] = []) -> Bool {
    pickability(of: release, now: now, fixes: fixes).isPickable
  }
}

extension ReleaseFacts {
  /// Why it can't be picked at any time; nil if that is a matter of its cooldown alone.
  package func bar(allowsPreReleases: Bool) -> Pickability? {
    if isYanked { return .yanked }
    if !allowsPreReleases, version.isPreRelease { return .preRelease }
    if !admitsPython { return .otherPython }
    return hasUsableFile ? nil : .noUsableFile
  }
}
