import PythonPackaging

/// Two numbers between which every version lies that an advisory may affect of a package: much smaller to keep, and much
/// quicker to ask, than the versions themselves, of most of which they tell that they are free.
///
/// Invariant: a version that is affected has no position, or one from `low` to `high`; nil is no bound.
struct VersionHull: Equatable {
  let low: Int64?
  let high: Int64?

  /// Where a version lies; nil for one that can be anywhere. Positions ascend with versions, and versions side by side may
  /// have the same.
  static func position(of version: Version) -> Int64? { version.packedKey.map { Int64($0 >> 1) } }

  /// The hull of the versions that are affected.
  init(_ affected: AffectedVersions) {
    guard !affected.isEmpty else {
      (low, high) = (.max, .min)
      return
    }
    low = affected.bounds.first.flatMap { VersionHull.position(of: $0) }
    high =
      affected.bounds.count % 2 == 0 ? affected.bounds.last.flatMap { VersionHull.position(of: $0) } : nil
  }

  /// A bound's place; one at a version that can be anywhere, or at the start, has none.
  private static func position(of bound: VersionBound) -> Int64? {
    switch bound {
    case .start: nil
    case .before(let version), .after(let version): position(of: version)
    }
  }
}
