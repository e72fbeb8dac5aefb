package import PythonPackaging
package import UpdatePolicy

/// How old a pin of a lockfile is today, and how far behind. What isn't known is nil; lengths are in seconds and never
/// negative: where a clock was wrong, what is later than now counts as now.
package struct PinAge: Sendable, Hashable {
  /// The package.
  package var package: PackageName
  /// The version pinned.
  package var version: Version
  /// Since that version was pinned in that lockfile.
  package let pinAge: Int64?
  /// Since the release was uploaded.
  package let releaseAge: Int64?
  /// Since the oldest newer release was uploaded that the policy lets be picked.
  package let timeBehind: Int64?
  /// How many such releases there are.
  package var releasesBehind: Int?
  /// The newest of them.
  package var newest: Version?
  /// Between the uploads of the pinned and of the newest.
  package let libyearSeconds: Int64?

  package init(
    package: PackageName, version: Version, pinAge: Int64? = nil, releaseAge: Int64? = nil,
    timeBehind: Int64? = nil, releasesBehind: Int? = nil, newest: Version? = nil, libyearSeconds: Int64? = nil
  ) {
    self.package = package
    self.version = version
    self.pinAge = pinAge.map { max(0, $0) }
    self.releaseAge = releaseAge.map { max(0, $0) }
    self.timeBehind = timeBehind.map { max(0, $0) }
    self.releasesBehind = releasesBehind
    self.newest = newest
    self.libyearSeconds = libyearSeconds.map { max(0, $0) }
  }

  /// What the policy makes of a pin.
  package init(_ metrics: PinMetrics) {
    self.init(
      package: metrics.package, version: metrics.version, pinAge: metrics.pinAge,
      releaseAge: metrics.releaseAge, timeBehind: metrics.timeBehind, releasesBehind: metrics.releasesBehind,
      newest: metrics.newest, libyearSeconds: metrics.libyearSeconds)
  }

  /// Full days behind.
  var daysBehind: Int64? { timeBehind.map { $0 / 86_400 } }
}

/// What pins are sorted by.
package enum PinOrder: String, Sendable, Hashable, CaseIterable {
  /// By name, ascending.
  case name
  /// The oldest pins first.
  case pinAge = "pin-age"
  /// The oldest releases first.
  case releaseAge = "release-age"
  /// Those that are the longest behind first.
  case daysBehind = "days-behind"
  /// Those with the most newer releases first.
  case releasesBehind = "releases-behind"
  /// Those with the most libyears first.
  case libyears

  /// Sorted, the worst first, those of which it isn't known last; among equals by name and version.
  func sorted(_ pins: [PinAge]) -> [PinAge] {
    pins.sorted { left, right in
      let (first, second) = (key(left), key(right))
      if first != second { return first > second }
      return (left.package, left.version) < (right.package, right.version)
    }
  }

  private func key(_ pin: PinAge) -> Int64 {
    switch self {
    case .name: 0
    case .pinAge: pin.pinAge ?? .min
    case .releaseAge: pin.releaseAge ?? .min
    case .daysBehind: pin.timeBehind ?? .min
    case .releasesBehind: pin.releasesBehind.map(Int64.init) ?? .min
    case .libyears: pin.libyearSeconds ?? .min
    }
  }
}
