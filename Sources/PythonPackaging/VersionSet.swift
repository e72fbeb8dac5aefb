/// A set of versions: a union of intervals in PEP 440's order.
///
/// Held as the cuts at which a walk up the order enters and leaves the set, in turn. Invariant: the cuts
/// ascend strictly, and no two different cuts stand for the same place, so equal sets are `==`:
///
///     >=1.0, <2.0    [before 1.0, before 2.0.dev0]
///     !=1.5          [start, before 1.5, before 1.5.post0.dev0]
package struct VersionSet: Sendable, Hashable {
  /// Where the set begins, ends, begins again …; an odd number of cuts reaches to the end of the order.
  let cuts: [VersionCut]

  init(cuts: [VersionCut]) {
    self.cuts = cuts
  }

  /// The versions from one cut to another, to the end of the order if there is no other.
  init(from lower: VersionCut, to upper: VersionCut? = nil) {
    guard let upper else {
      cuts = [lower]
      return
    }
    cuts = lower < upper ? [lower, upper] : []
  }

  /// The set without a version.
  package static let empty = VersionSet(cuts: [])
  /// The set of all versions.
  package static let all = VersionSet(cuts: [.start])

  /// The set of one version: of `1.0` and not of `1.0+cpu`.
  package init(exactly version: Version) {
    cuts = [.before(version), .after(version)]
  }

  /// Whether there is no version in the set.
  package var isEmpty: Bool { cuts.isEmpty }

  /// Whether a version is in the set.
  package func contains(_ version: Version) -> Bool {
    var low = 0
    var high = cuts.count
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle].isBelow(version) { low = middle + 1 } else { high = middle }
    }
    return low % 2 == 1
  }

  /// The versions in either set.
  package func union(_ other: VersionSet) -> VersionSet { combined(with: other) { $0 || $1 } }

  /// The versions in both sets.
  package func intersection(_ other: VersionSet) -> VersionSet { combined(with: other) { $0 && $1 } }

  /// The versions in this set and not in the other.
  package func subtracting(_ other: VersionSet) -> VersionSet { combined(with: other) { $0 && !$1 } }

  /// The versions not in this set.
  package var complement: VersionSet {
    cuts.first == .start ? VersionSet(cuts: Array(cuts.dropFirst())) : VersionSet(cuts: [.start] + cuts)
  }

  /// Whether the other set has every version of this one.
  package func isSubset(of other: VersionSet) -> Bool { !isAnywhere(with: other) { $0 && !$1 } }

  /// Whether no version is in both sets.
  package func isDisjoint(with other: VersionSet) -> Bool { !isAnywhere(with: other) { $0 && $1 } }

  /// The versions for which a rule holds, given whether they are in this set and in the other.
  ///
  /// - Precondition: the rule doesn't hold for a version in neither.
  private func combined(with other: VersionSet, where rule: (Bool, Bool) -> Bool) -> VersionSet {
    var result: [VersionCut] = []
    var isInside = false
    walk(with: other) { cut, left, right in
      if rule(left, right) != isInside {
        isInside.toggle()
        result.append(cut)
      }
      return true
    }
    return VersionSet(cuts: result)
  }

  /// Whether a rule holds for some version, given whether it is in this set and in the other.
  private func isAnywhere(with other: VersionSet, where rule: (Bool, Bool) -> Bool) -> Bool {
    var isFound = false
    walk(with: other) { _, left, right in
      isFound = rule(left, right)
      return !isFound
    }
    return isFound
  }

  /// Visits the cuts of both sets in order, each with whether the versions behind it are in this set and in
  /// the other, until the visitor answers false.
  private func walk(with other: VersionSet, visit: (VersionCut, Bool, Bool) -> Bool) {
    var (left, right) = (0, 0)
    while left < cuts.count || right < other.cuts.count {
      let cut: VersionCut
      if right == other.cuts.count {
        cut = cuts[left]
        left += 1
      } else if left == cuts.count || other.cuts[right] < cuts[left] {
        cut = other.cuts[right]
        right += 1
      } else {
        cut = cuts[left]
        if cut == other.cuts[right] { right += 1 }
        left += 1
      }
      if !visit(cut, left % 2 == 1, right % 2 == 1) { return }
    }
  }
}
