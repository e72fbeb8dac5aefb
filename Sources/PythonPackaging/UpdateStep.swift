/// How far it is from one version to another, by the first number of the release segment (PEP 440) that differs.
///
/// Example: from 1.4.2 to 1.5 is `minor`, from 1.4.2 to 1.4.2.post1 is `patch`, and so is from 1.4.2 to 1.4.1.
package enum UpdateStep: String, Sendable, Hashable, Comparable, CaseIterable {
  /// The third number or what comes behind it.
  case patch
  /// The second number.
  case minor
  /// The first number or the epoch.
  case major

  /// The step from one version to another, in either direction.
  package init(from old: Version, to new: Version) {
    let (mine, its) = (old.release, new.release)
    func number(_ release: [Int], _ place: Int) -> Int { place < release.count ? release[place] : 0 }
    if old.epoch != new.epoch || number(mine, 0) != number(its, 0) {
      self = .major
    } else {
      self = number(mine, 1) != number(its, 1) ? .minor : .patch
    }
  }

  /// The versions that are no larger a step from a version than this.
  package func versions(around version: Version) -> VersionSet {
    let numbers = version.release
    let second = numbers.count > 1 ? numbers[1] : 0
    let prefix =
      switch self {
      case .major: ""
      case .minor: "\(numbers.first ?? 0)"
      case .patch: "\(numbers.first ?? 0).\(second)"
      }
    if prefix.isEmpty { return .all }
    return (try? SpecifierSet("==\(version.epoch)!\(prefix).*"))?.versions ?? .all
  }

  package static func < (left: UpdateStep, right: UpdateStep) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .patch: 0
    case .minor: 1
    case .major: 2
    }
  }
}
