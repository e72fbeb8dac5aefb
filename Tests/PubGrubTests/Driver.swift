import PubGrub

/// Answers a solver's questions from a registry.
struct Driver {
  /// How the questions are answered; every manner must come to the same verdict.
  enum Manner: CaseIterable, Sendable {
    /// The highest version, one version's dependencies at a time.
    case highest
    /// The lowest version, with all versions of equal dependencies at once.
    case lowestGrouped
    /// Any version, unusable ones reported at random moments, priorities and backtracking at random.
    case erratic
  }

  enum Outcome {
    case solved([(PackageID, UInt32)])
    case failed(IncompatibilityID)
  }

  let registry: Registry
  let manner: Manner
  private(set) var solver = Solver()
  private(set) var stepCount = 0
  private var random: SplitMix64
  private var mischief = 20

  init(_ registry: Registry, _ manner: Manner, seed: UInt64 = 0) {
    self.registry = registry
    self.manner = manner
    random = SplitMix64(seed: seed)
    for package in registry.packages.dropFirst() {
      _ = solver.addPackage(versionCount: package.count)
    }
  }

  /// A label that says the need.
  static func label(_ need: Registry.Need) -> UInt32 { UInt32(need.package) << 8 | need.allowed }

  mutating func run() -> Outcome {
    while true {
      stepCount += 1
      if manner == .erratic && mischief > 0 { disturb() }
      switch solver.step() {
      case .chooseVersion(let package, let versions): choose(package, versions)
      case .dependencies(let package, let version): supplyNeeds(package, version)
      case .solved(let answer): return .solved(answer)
      case .failed(let id): return .failed(id)
      }
    }
  }

  private mutating func choose(_ package: PackageID, _ versions: VersionRanges) {
    let releases = registry.packages[Int(package.index)]
    let all = versions.ranges.flatMap { Array($0) }
    let usable = all.filter { releases[Int($0)].isUsable }
    let unusable = all.filter { !releases[Int($0)].isUsable }
    if !unusable.isEmpty && (manner == .highest || random.chance(50)) {
      let ranges = VersionRanges(unusable.map { $0..<($0 + 1) })
      solver.supply(unavailable: ranges, of: package, label: 7)
    }
    if usable.isEmpty { return solver.supply(noVersionOf: package) }
    switch manner {
    case .highest: solver.supply(version: usable[usable.count - 1], of: package)
    case .lowestGrouped: solver.supply(version: usable[0], of: package)
    case .erratic: solver.supply(version: usable[random.below(usable.count)], of: package)
    }
  }

  private mutating func supplyNeeds(_ package: PackageID, _ version: UInt32) {
    let releases = registry.packages[Int(package.index)]
    let needs = releases[Int(version)].needs
    var versions = VersionRanges(version)
    if manner != .highest {
      let equal = releases.indices.filter { releases[$0].needs == needs }
      versions = VersionRanges(equal.map { $0..<($0 + 1) })
    }
    let dependencies = needs.map {
      Solver.Dependency(
        package: PackageID(index: UInt32($0.package)), versions: Registry.ranges($0.allowed),
        label: Self.label($0)
      )
    }
    solver.supply(dependencies: dependencies, of: package, versions: versions)
  }

  private mutating func disturb() {
    let package = PackageID(index: UInt32(1 + random.below(registry.packages.count - 1)))
    switch random.below(5) {
    case 0: solver.setPriority(UInt64(random.below(4)), of: package)
    case 1: if solver.backtrack(before: package) { mischief -= 1 }
    case 2:
      let releases = registry.packages[Int(package.index)]
      let unusable = releases.indices.filter { !releases[$0].isUsable }
      let ranges = VersionRanges(unusable.map { $0..<($0 + 1) })
      solver.supply(unavailable: ranges, of: package, label: 3)
    default: break
    }
  }
}
