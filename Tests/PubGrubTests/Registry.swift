import PubGrub

/// A small world of packages to solve: package 0 is the root with one version; sets of versions are bit masks.
struct Registry: Sendable {
  struct Need: Sendable, Hashable {
    var package: Int
    var allowed: UInt32
  }

  struct Release: Sendable {
    var needs: [Need] = []
    var isUsable = true
  }

  var packages: [[Release]]

  func everyVersion(of package: Int) -> UInt32 { (1 << UInt32(packages[package].count)) - 1 }

  /// The bits as a set of the solver.
  static func ranges(_ mask: UInt32) -> VersionRanges {
    VersionRanges((0..<UInt32(32)).filter { mask >> $0 & 1 == 1 }.map { $0..<($0 + 1) })
  }

  /// The set of the solver as bits.
  static func mask(_ ranges: VersionRanges) -> UInt32 {
    var mask: UInt32 = 0
    for range in ranges.ranges {
      for version in range { mask |= 1 << version }
    }
    return mask
  }

  /// Whether the chosen versions, with nil for packages left out, satisfy every need, are usable, and include exactly
  /// what the root reaches.
  func isAnswer(_ chosen: [Int?]) -> Bool {
    guard chosen[0] == 0 else { return false }
    var reached: Set<Int> = [0]
    var pending = [0]
    while let package = pending.popLast() {
      guard let version = chosen[package] else { return false }
      let release = packages[package][version]
      if !release.isUsable { return false }
      for need in release.needs {
        guard let other = chosen[need.package], need.allowed >> UInt32(other) & 1 == 1 else { return false }
        if reached.insert(need.package).inserted { pending.append(need.package) }
      }
    }
    return chosen.indices.allSatisfy { (chosen[$0] != nil) == reached.contains($0) }
  }

  /// Whether there is an answer, by trying everything that isn't contradictory at once.
  var isSolvable: Bool {
    let chosen = [Int?](repeating: nil, count: packages.count)
    let allowed = packages.indices.map { everyVersion(of: $0) }
    let needed = packages.indices.map { $0 == 0 }
    return isSolvable(chosen: chosen, allowed: allowed, needed: needed)
  }

  private func isSolvable(chosen: [Int?], allowed: [UInt32], needed: [Bool]) -> Bool {
    guard let package = chosen.indices.first(where: { needed[$0] && chosen[$0] == nil }) else { return true }
    for version in packages[package].indices
    where allowed[package] >> UInt32(version) & 1 == 1 && packages[package][version].isUsable {
      var chosen = chosen
      var allowed = allowed
      var needed = needed
      chosen[package] = version
      var isPossible = true
      for need in packages[package][version].needs {
        allowed[need.package] &= need.allowed
        needed[need.package] = true
        if let other = chosen[need.package] {
          isPossible = isPossible && allowed[need.package] >> UInt32(other) & 1 == 1
        }
      }
      if isPossible && isSolvable(chosen: chosen, allowed: allowed, needed: needed) { return true }
    }
    return false
  }
}
