/// Finds one version for each package that is needed, such that all dependencies hold, or a proof that there is none.
///
/// The algorithm is PubGrub (Natalie Weizenbaum, *PubGrub: Next-Generation Version Solving*, 2018; dart-lang/pub
/// `doc/solver.md`), as a state machine: ``step()`` says what it needs to know, the `supply` methods say it. Nothing
/// is read from outside, and equal supplies give equal steps. Example, a root that needs some version of a package
/// with two:
///
///     var solver = Solver()
///     let a = solver.addPackage(versionCount: 2)
///     _ = solver.step()                                  // .dependencies(Solver.root, version: 0)
///     let need = Solver.Dependency(package: a, versions: .all(count: 2), label: 0)
///     solver.supply(dependencies: [need], of: Solver.root, versions: VersionRanges(0))
///     _ = solver.step()                                  // .chooseVersion(a, {0..<2})
///     solver.supply(version: 1, of: a)
///     _ = solver.step()                                  // .dependencies(a, version: 1)
///     solver.supply(dependencies: [], of: a, versions: .all(count: 2))
///     _ = solver.step()                                  // .solved([(a, 1)])
package struct Solver: Sendable {
  /// The package that must be selected: number 0, with the one version 0.
  package static let root = PackageID(index: 0)

  var store = IncompatibilityStore()
  var solution = PartialSolution()

  /// For each package, the incompatibilities with a term for it, oldest first, each by its line's first.
  var incompatibilitiesByPackage: [[IncompatibilityID]] = []

  /// What is known of each package beside incompatibilities.
  var facts: [PackageFacts] = []

  /// The dependency and unavailability incompatibilities that one more version can join.
  var mergeable: [MergeKey: IncompatibilityID] = [:]

  /// The packages whose incompatibilities must be looked at.
  var changed = ChangeQueue()

  /// For each incompatibility, the level at which a term of it became false, ``notContradicted`` if none is.
  var contradictionLevels: [Int] = []

  /// The incompatibilities known to have a false term, in the order of the discovery.
  var contradicted: [IncompatibilityID] = []

  static let notContradicted = Int.max

  /// The number of times that assignments were taken back.
  var retreats = 0

  /// The version that is chosen but not decided, because its dependencies aren't known or not looked at.
  var chosen: (package: PackageID, version: UInt32)?

  /// The incompatibility that proves that there is no solution.
  var failure: IncompatibilityID?

  var conflicts: [Conflict] = []

  /// How many of the packages ever needed ``takeNewlyNeeded()`` has told.
  var toldNeeded = 0

  /// A solver that knows the root only.
  package init() {
    let root = addPackage(versionCount: 1)
    let rootVersion = VersionRanges(0)
    index(store.add(PackageTerm(package: root, term: .negative(rootVersion)), cause: .root))
    solution.decide(root, version: 0)
    chosen = (root, 0)
  }

  /// Adds a package with versions `0..<versionCount`, ascending; there may be none.
  package mutating func addPackage(versionCount: Int) -> PackageID {
    let package = PackageID(index: UInt32(facts.count))
    facts.append(PackageFacts(versionCount: versionCount))
    incompatibilitiesByPackage.append([])
    solution.extend()
    changed.extend()
    return package
  }

  /// The number of packages, the root included.
  package var packageCount: Int { facts.count }

  /// The number of versions of a package.
  package func versionCount(of package: PackageID) -> Int { facts[package.offset].versionCount }

  /// Sets when the package is decided among those that are needed: the greatest priority is first, and packages of
  /// equal priority come in the order in which they were first needed. All begin with 0.
  package mutating func setPriority(_ priority: UInt64, of package: PackageID) {
    solution.queue.setPriority(priority, of: package)
  }

  /// Goes on as far as it can: what it needs, or the answer. Without a supply in between, the answer stays the same.
  package mutating func step() -> Step {
    while true {
      if failure == nil { propagate() }
      if let failure { return .failed(failure) }
      if let chosen {
        if !solution.current[chosen.package.offset].versions.contains(chosen.version) {
          // What was supplied since the choice has ruled it out.
          self.chosen = nil
          continue
        }
        if !facts[chosen.package.offset].known.contains(chosen.version) {
          return .dependencies(chosen.package, version: chosen.version)
        }
        self.chosen = nil
        solution.decide(chosen.package, version: chosen.version)
        changed.insert(chosen.package)
        continue
      }
      guard let package = solution.queue.first else { return .solved(decided) }
      if facts[package.offset].propagatedAfter != retreats {
        // What followed for this package may have been taken back together with later decisions.
        changed.insert(package)
        continue
      }
      return .chooseVersion(package, solution.current[package.offset].versions)
    }
  }

  /// The decisions so far, oldest first, the root left out.
  package var decided: [(PackageID, UInt32)] {
    solution.decisions.dropFirst().map { place in
      let package = solution.trail[place]
      return (package, solution.current[package.offset].versions.first.lowerBound)
    }
  }

  /// The packages that are needed but not decided, each with the versions still possible, in the order in which they
  /// would be decided now. What is known before ``step()`` has answered may be stale.
  package var undecided: [(PackageID, VersionRanges)] {
    solution.queue.sorted.map { ($0, solution.current[$0.offset].versions) }
  }

  /// The versions of a needed package that are still possible (the one decided, if so); nil if it isn't needed now.
  package func possibleVersions(of package: PackageID) -> VersionRanges? {
    let term = solution.current[package.offset]
    return term.isPositive ? term.versions : nil
  }

  /// How often assignments were taken back so far.
  package var retreatCount: Int { retreats }

  /// Whether a version of a package is decided now.
  package func isDecided(_ package: PackageID) -> Bool { solution.isDecided(package) }

  /// The packages that became needed for the first time since last asked, in that order: what to begin to fetch.
  package mutating func takeNewlyNeeded() -> [PackageID] {
    let fresh = solution.queue.seen[toldNeeded...]
    toldNeeded = solution.queue.seen.count
    return Array(fresh)
  }
}
