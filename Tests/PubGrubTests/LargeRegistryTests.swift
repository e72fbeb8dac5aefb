import PubGrub
import Testing

/// Registries of thousands of packages, whose cost is counted in questions and incompatibilities.
@Suite struct LargeRegistryTests {
  static let packageCount = 2000
  static let versionCount = 12

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let seed: UInt64
    /// The part of dependencies, in percent, that exclude the newest versions.
    let caps: Int
    var testDescription: String { name }
  }

  /// Package `p` depends on up to four of the twenty after it. The lowest version of each depends on nothing, so
  /// there is an answer.
  private func needs(_ package: Int, _ version: UInt32, _ test: Case) -> [Solver.Dependency] {
    if version == 0 && package > 0 { return [] }
    // Two neighbouring versions have the same dependencies.
    var random = SplitMix64(seed: test.seed &+ UInt64(package) &* 1009 &+ UInt64(version / 2))
    var result: [Solver.Dependency] = []
    for _ in 0..<(package == 0 ? 60 : 1 + random.below(4)) {
      let target = 1 + (package == 0 ? random.below(Self.packageCount) : package + random.below(20))
      let isKnown = result.contains { $0.package.index == UInt32(target) }
      if target > Self.packageCount || isKnown { continue }
      let high = random.chance(test.caps) ? 1 + random.below(Self.versionCount) : Self.versionCount
      let versions = VersionRanges(0..<UInt32(high))
      result.append(
        Solver.Dependency(package: PackageID(index: UInt32(target)), versions: versions, label: UInt32(high)))
    }
    return result
  }

  @Test(arguments: [
    Case(name: "without conflicts", seed: 1, caps: 0),
    Case(name: "few conflicts", seed: 2, caps: 10),
    Case(name: "many conflicts", seed: 3, caps: 50),
  ])
  func `is solved in about as many questions as packages`(_ test: Case) {
    var solver = Solver()
    for _ in 0..<Self.packageCount { _ = solver.addPackage(versionCount: Self.versionCount) }
    var steps = 0
    var conflicts = 0
    while true {
      steps += 1
      switch solver.step() {
      case .chooseVersion(let package, let versions):
        guard let highest = versions.max else {
          Issue.record("asked to choose among nothing")
          return
        }
        solver.supply(version: highest, of: package)
      case .dependencies(let package, let version):
        let needs = needs(Int(package.index), version, test)
        solver.supply(dependencies: needs, of: package, versions: VersionRanges(version))
        conflicts += solver.takeConflicts().count
      case .failed:
        Issue.record("there is an answer")
        return
      case .solved(let answer):
        var chosen: [PackageID: UInt32] = [Solver.root: 0]
        for (package, version) in answer { chosen[package] = version }
        #expect(answer.count > 1000)
        for (package, version) in chosen {
          for need in needs(Int(package.index), version, test) {
            #expect(chosen[need.package].map(need.versions.contains) == true)
          }
        }
        #expect(steps < 4 * Self.packageCount, "\(steps) steps, \(conflicts) conflicts")
        #expect(solver.incompatibilityCount < 12 * Self.packageCount)
        return
      }
    }
  }
}
