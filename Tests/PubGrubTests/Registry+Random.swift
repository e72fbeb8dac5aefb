extension Registry {
  /// The general look of a random registry.
  enum Shape: String, CaseIterable, Sendable {
    case sparse, dense, chain, cycle, empties, selfish, repeated, wide
  }

  /// The registry of a shape and a seed.
  static func random(_ shape: Shape, seed: UInt64) -> Registry {
    var random = SplitMix64(seed: seed &* 31 &+ UInt64(shape.rawValue.utf8.count) &* 1_000_003)
    let count = 2 + random.below(shape == .wide ? 6 : 4)
    let most = shape == .wide ? 2 : 4
    var packages: [[Release]] = [[Release()]]
    for _ in 0..<count {
      let least = shape == .empties && random.chance(25) ? 0 : 1
      let versions = least == 0 ? 0 : least + random.below(most)
      packages.append([Release](repeating: Release(), count: versions))
    }
    var registry = Registry(packages: packages)
    for package in packages.indices {
      for version in packages[package].indices {
        registry.packages[package][version].needs = registry.needs(of: package, shape, &random)
        if package > 0 && random.chance(shape == .empties ? 20 : 5) {
          registry.packages[package][version].isUsable = false
        }
        // Neighbours often need the same.
        if version > 0 && random.chance(30) {
          registry.packages[package][version].needs = registry.packages[package][version - 1].needs
        }
      }
    }
    return registry
  }

  private func needs(of package: Int, _ shape: Shape, _ random: inout SplitMix64) -> [Need] {
    let number: Int
    switch shape {
    case .dense: number = 1 + random.below(4)
    case .chain, .cycle: number = 1 + random.below(2)
    default: number = package == 0 ? 1 + random.below(3) : random.below(3)
    }
    var result: [Need] = []
    for _ in 0..<number {
      var target = 1 + random.below(packages.count - 1)
      if shape == .chain { target = min(package + 1 + random.below(2), packages.count - 1) }
      if shape == .cycle && random.chance(70) { target = 1 + package % (packages.count - 1) }
      if shape == .selfish && package > 0 && random.chance(50) { target = package }
      if shape != .selfish && target == package { continue }
      if shape != .repeated && result.contains(where: { $0.package == target }) { continue }
      let every = everyVersion(of: target)
      var allowed = UInt32(truncatingIfNeeded: random.next()) & every
      if allowed == 0 && random.chance(90) { allowed = every }
      if random.chance(20) { allowed = every }
      result.append(Need(package: target, allowed: allowed))
    }
    return result
  }

  /// The registry without one need, picked by the generator; nil if it has none.
  func removingNeed(_ random: inout SplitMix64) -> Registry? {
    var places: [(Int, Int, Int)] = []
    for package in packages.indices {
      for version in packages[package].indices {
        for need in packages[package][version].needs.indices { places.append((package, version, need)) }
      }
    }
    if places.isEmpty { return nil }
    let (package, version, need) = places[random.below(places.count)]
    var result = self
    result.packages[package][version].needs.remove(at: need)
    return result
  }
}
