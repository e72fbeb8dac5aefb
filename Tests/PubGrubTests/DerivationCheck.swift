import PubGrub

/// Checks a failure's derivation against a registry, by trying every combination.
struct DerivationCheck {
  /// An incompatibility by masks: for each package that it has a term for, the states that make the term true, of
  /// which the bit above the versions' is *absent*.
  typealias Box = [Int: UInt32]

  /// Labels from here on are those of united dependencies; see ``Driver/label(_:)`` for the others.
  static let firstUnionLabel: UInt32 = 1 << 20

  let registry: Registry
  let solver: Solver

  /// What is wrong with the derivation; nil if nothing is.
  func fault(in failure: IncompatibilityID) -> String? {
    var seen: Set<IncompatibilityID> = [failure]
    var pending = [failure]
    var external: [Box] = []
    while let id = pending.popLast() {
      if case .conflict(let first, let second) = solver.cause(of: id) {
        if max(first, second) >= id { return "\(id) isn't younger than its causes" }
        if !follows(box(id), from: box(first), box(second)) { return "\(id) doesn't follow from its causes" }
        for cause in [first, second] where seen.insert(cause).inserted { pending.append(cause) }
      } else {
        if !isTrue(id) { return "\(id) isn't true of the registry" }
        external.append(box(id))
      }
    }
    var states: [UInt32] = []
    if isPossible(external, &states) { return "the external incompatibilities leave a way out" }
    return nil
  }

  private func box(_ id: IncompatibilityID) -> Box {
    var box: Box = [:]
    for (package, isPositive, versions) in solver.terms(of: id) {
      let index = Int(package.index)
      let mask = Registry.mask(versions)
      box[index] = isPositive ? mask : everyState(of: index) & ~mask
    }
    return box
  }

  private func everyState(of package: Int) -> UInt32 {
    package == 0 ? 1 : registry.everyVersion(of: package) << 1 | 1
  }

  /// Whether every selection with the root that makes the terms of one incompatibility true does so of another.
  private func follows(_ box: Box, from first: Box, _ second: Box) -> Bool {
    let packages = Set(box.keys).union(first.keys).union(second.keys).sorted()
    return isCovered(box, by: first, second, packages[...])
  }

  private func isCovered(_ box: Box, by first: Box?, _ second: Box?, _ packages: ArraySlice<Int>) -> Bool {
    if first == nil && second == nil { return false }
    guard let package = packages.first else { return true }
    var left = (box[package] ?? .max) & everyState(of: package)
    while left != 0 {
      let state = left & (~left + 1)
      left &= ~state
      let inFirst = first.flatMap { ($0[package] ?? .max) & state != 0 ? $0 : nil }
      let inSecond = second.flatMap { ($0[package] ?? .max) & state != 0 ? $0 : nil }
      if !isCovered(box, by: inFirst, inSecond, packages.dropFirst()) { return false }
    }
    return true
  }

  /// Whether some selection with the root makes no incompatibility's terms all true.
  private func isPossible(_ boxes: [Box], _ states: inout [UInt32]) -> Bool {
    if boxes.contains(where: { $0.keys.allSatisfy { $0 < states.count } }) { return false }
    if states.count == registry.packages.count { return true }
    let package = states.count
    var left = everyState(of: package)
    while left != 0 {
      let state = left & (~left + 1)
      left &= ~state
      states.append(state)
      defer { states.removeLast() }
      if isPossible(boxes.filter { ($0[package] ?? .max) & state != 0 }, &states) { return true }
    }
    return false
  }

  /// Whether an external incompatibility says what the registry does.
  private func isTrue(_ id: IncompatibilityID) -> Bool {
    switch solver.cause(of: id) {
    case .root, .conflict: return false
    case .unavailable, .noVersions:
      let terms = solver.terms(of: id)
      guard terms.count == 1, let (package, isPositive, versions) = terms.first, isPositive else {
        return false
      }
      let releases = registry.packages[Int(package.index)]
      return versions.ranges.allSatisfy { $0.allSatisfy { !releases[Int($0)].isUsable } }
    case .dependency(let package, let versions, let target, let allowed, let label):
      let need = Registry.Need(package: Int(target.index), allowed: Registry.mask(allowed))
      let releases = registry.packages[Int(package.index)]
      if label >= Self.firstUnionLabel {
        // What several needs have in common: each release has one that says at least as much.
        return versions.ranges.joined().allSatisfy { version in
          releases[Int(version)].needs.contains {
            $0.package == need.package && $0.allowed & ~need.allowed == 0
          }
        }
      }
      return label == Driver.label(need)
        && versions.ranges.allSatisfy { $0.allSatisfy { releases[Int($0)].needs.contains(need) } }
    }
  }
}
