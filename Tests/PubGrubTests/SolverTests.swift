import Testing

@testable import PubGrub

/// Single properties of the solver's interface.
@Suite struct SolverTests {
  /// A solver with packages of the given numbers of versions, in which the root needs all of them, any version.
  private func solver(versionCounts: [Int]) -> (Solver, [PackageID]) {
    var solver = Solver()
    let packages = versionCounts.map { solver.addPackage(versionCount: $0) }
    let needs = zip(packages, versionCounts).map { need($0, .all(count: $1)) }
    solver.supply(dependencies: needs, of: Solver.root, versions: VersionRanges(0))
    return (solver, packages)
  }

  private func need(_ package: PackageID, _ versions: VersionRanges, label: UInt32 = 0) -> Solver.Dependency {
    Solver.Dependency(package: package, versions: versions, label: label)
  }

  /// Expects the solver's next step, by its text.
  private func expect(
    _ solver: inout Solver, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text =
      switch solver.step() {
      case .chooseVersion(let package, let versions): "choose \(package.index) \(versions)"
      case .dependencies(let package, let version): "dependencies \(package.index) \(version)"
      case .solved(let answer): "solved" + answer.map { " \($0.0.index)=\($0.1)" }.joined()
      case .failed: "failed"
      }
    #expect(text == expected, sourceLocation: sourceLocation)
  }

  @Test func `a step stays the same until something is supplied`() {
    var (solver, packages) = solver(versionCounts: [3])
    expect(&solver, "choose 1 {0..<3}")
    expect(&solver, "choose 1 {0..<3}")
    solver.supply(version: 2, of: packages[0])
    expect(&solver, "dependencies 1 2")
    expect(&solver, "dependencies 1 2")
    solver.supply(dependencies: [], of: packages[0], versions: VersionRanges(2))
    expect(&solver, "solved 1=2")
    expect(&solver, "solved 1=2")
  }

  @Test func `a root without dependencies is solved by nothing`() {
    var solver = Solver()
    expect(&solver, "dependencies 0 0")
    solver.supply(dependencies: [], of: Solver.root, versions: VersionRanges(0))
    expect(&solver, "solved")
  }

  @Test func `greater priority is decided first, then first need`() {
    var (solver, packages) = solver(versionCounts: [1, 1, 1, 1])
    #expect(solver.undecided.isEmpty)
    _ = solver.step()
    #expect(solver.undecided.map(\.0.index) == [1, 2, 3, 4])
    solver.setPriority(5, of: packages[2])
    solver.setPriority(9, of: packages[3])
    #expect(solver.undecided.map(\.0.index) == [4, 3, 1, 2])
    expect(&solver, "choose 4 {0..<1}")
    solver.setPriority(0, of: packages[3])
    expect(&solver, "choose 3 {0..<1}")
  }

  @Test func `newly needed packages are told once, in order`() {
    var (solver, packages) = solver(versionCounts: [1, 1])
    let late = solver.addPackage(versionCount: 2)
    _ = solver.step()
    let first = solver.takeNewlyNeeded()
    let none = solver.takeNewlyNeeded()
    #expect(first == packages)
    #expect(none.isEmpty)
    solver.supply(version: 0, of: packages[0])
    solver.supply(
      dependencies: [need(late, VersionRanges(1))], of: packages[0], versions: VersionRanges(0))
    _ = solver.step()
    let second = solver.takeNewlyNeeded()
    #expect(second == [late])
    #expect(solver.possibleVersions(of: late) == VersionRanges(1))
    #expect(solver.decider(of: late) == packages[0])
    #expect(solver.decider(of: packages[1]) == Solver.root)
  }

  @Test func `unavailable versions are not asked for again`() {
    var (solver, packages) = solver(versionCounts: [4])
    _ = solver.step()
    solver.supply(unavailable: VersionRanges(2..<4), of: packages[0], label: 1)
    expect(&solver, "choose 1 {0..<2}")
    solver.supply(version: 1, of: packages[0])
    expect(&solver, "dependencies 1 1")
    // Its dependencies turn out to be unreadable.
    solver.supply(unavailable: VersionRanges(1), of: packages[0], label: 2)
    expect(&solver, "choose 1 {0..<1}")
    solver.supply(noVersionOf: packages[0])
    guard case .failed(let id) = solver.step() else {
      Issue.record("not failed")
      return
    }
    var labels: [UInt32] = []
    for fact in Explanation(of: id, in: solver).facts {
      if case .unavailable(let label) = fact.cause { labels.append(label) }
    }
    #expect(labels.sorted() == [1, 2])
  }

  @Test func `an unavailable version that is decided is given up`() {
    var (solver, packages) = solver(versionCounts: [2, 1])
    _ = solver.step()
    solver.supply(version: 1, of: packages[0])
    solver.supply(dependencies: [], of: packages[0], versions: .all(count: 2))
    expect(&solver, "choose 2 {0..<1}")
    solver.supply(unavailable: VersionRanges(1), of: packages[0], label: 0)
    expect(&solver, "choose 1 {0..<1}")
  }

  struct SelfDependency: Sendable, CustomTestStringConvertible {
    let allowed: VersionRanges
    let result: String
    var testDescription: String { "\(allowed)" }
  }

  @Test(arguments: [
    SelfDependency(allowed: VersionRanges(0..<3), result: "solved 1=2"),
    SelfDependency(allowed: VersionRanges(2), result: "solved 1=2"),
    SelfDependency(allowed: VersionRanges(1), result: "choose 1 {0..<2}"),
    SelfDependency(allowed: VersionRanges(), result: "choose 1 {0..<2}"),
  ])
  func `a package may need itself, at a fitting version`(_ dependency: SelfDependency) {
    var (solver, packages) = solver(versionCounts: [3])
    _ = solver.step()
    solver.supply(version: 2, of: packages[0])
    solver.supply(
      dependencies: [need(packages[0], dependency.allowed)], of: packages[0], versions: VersionRanges(2))
    expect(&solver, dependency.result)
  }

  struct Twice: Sendable, CustomTestStringConvertible {
    let first: VersionRanges
    let second: VersionRanges
    let result: String
    var testDescription: String { "\(first) and \(second)" }
  }

  @Test(arguments: [
    Twice(first: VersionRanges(0..<3), second: VersionRanges(2..<4), result: "choose 1 {2..<3}"),
    Twice(first: VersionRanges(0..<2), second: VersionRanges(0..<2), result: "choose 1 {0..<2}"),
    Twice(first: VersionRanges(0..<2), second: VersionRanges(2..<4), result: "failed"),
    Twice(first: VersionRanges(), second: VersionRanges(2..<4), result: "failed"),
    Twice(first: VersionRanges(0..<9), second: VersionRanges(7..<9), result: "failed"),
  ])
  func `two dependencies on one package both bind`(_ twice: Twice) {
    var solver = Solver()
    let package = solver.addPackage(versionCount: 4)
    let needs = [need(package, twice.first, label: 1), need(package, twice.second, label: 2)]
    solver.supply(dependencies: needs, of: Solver.root, versions: VersionRanges(0))
    expect(&solver, twice.result)
  }

  @Test func `what is first said of a version stands`() {
    var (solver, packages) = solver(versionCounts: [2])
    let other = solver.addPackage(versionCount: 1)
    _ = solver.step()
    solver.supply(dependencies: [], of: packages[0], versions: .all(count: 2))
    solver.supply(dependencies: [need(other, VersionRanges(0))], of: packages[0], versions: .all(count: 2))
    solver.supply(version: 1, of: packages[0])
    expect(&solver, "solved 1=1")
  }

  /// `b` is decided before `a`, and every version of `a` but the lowest needs another version of `b`.
  @Test func `conflicts name culprit and affected, and backtracking lets priorities act`() {
    var (solver, packages) = solver(versionCounts: [6, 2])
    let (a, b) = (packages[0], packages[1])
    solver.setPriority(1, of: b)
    _ = solver.step()
    solver.supply(version: 1, of: b)
    solver.supply(dependencies: [], of: b, versions: .all(count: 2))
    _ = solver.step()
    for version in [UInt32(5), 4, 3] {
      solver.supply(version: version, of: a)
      let needs = [need(b, VersionRanges(0), label: version)]
      solver.supply(dependencies: needs, of: a, versions: VersionRanges(version))
      expect(&solver, "choose 1 {0..<\(version)}")
      let conflicts = solver.takeConflicts()
      #expect(conflicts.map(\.culprit) == [b])
      #expect(conflicts.map(\.affected) == [a])
    }
    let left = solver.takeConflicts()
    #expect(left.isEmpty)
    let wentBack1 = solver.backtrack(before: a)
    #expect(!wentBack1)
    let wentBack2 = solver.backtrack(before: Solver.root)
    #expect(!wentBack2)
    solver.setPriority(2, of: a)
    let wentBack3 = solver.backtrack(before: b)
    #expect(wentBack3)
    let wentBack4 = solver.backtrack(before: b)
    #expect(!wentBack4)
    expect(&solver, "choose 1 {0..<6}")
    solver.supply(version: 5, of: a)
    expect(&solver, "choose 2 {0..<1}")
  }

  @Test func `backtracking undoes a choice that waits for its dependencies`() {
    var (solver, packages) = solver(versionCounts: [1, 2])
    _ = solver.step()
    solver.supply(version: 0, of: packages[0])
    solver.supply(dependencies: [], of: packages[0], versions: VersionRanges(0))
    _ = solver.step()
    solver.supply(version: 1, of: packages[1])
    expect(&solver, "dependencies 2 1")
    let wentBack5 = solver.backtrack(before: packages[0])
    #expect(wentBack5)
    expect(&solver, "choose 1 {0..<1}")
  }

  /// The number of incompatibilities that propagation may meet.
  private func indexedCount(_ solver: Solver) -> Int {
    Set(solver.incompatibilitiesByPackage.joined()).count
  }

  @Test func `equal dependencies of many versions share an incompatibility`() {
    let count = 500
    var (solver, packages) = solver(versionCounts: [count, 3])
    let (a, b) = (packages[0], packages[1])
    _ = solver.step()
    let before = indexedCount(solver)
    for version in (0..<UInt32(count)).reversed() {
      let allowed = version < 100 ? VersionRanges(0) : VersionRanges(1..<3)
      let needs = [need(b, allowed, label: version < 200 ? 1 : 2)]
      solver.supply(dependencies: needs, of: a, versions: VersionRanges(version))
    }
    for version in 0..<UInt32(count) where version % 7 == 0 {
      solver.supply(unavailable: VersionRanges(version), of: a, label: version % 2)
    }
    // Three of dependencies (two sets; one of them with two labels) and two of unavailable versions.
    #expect(indexedCount(solver) == before + 5)
    #expect(solver.incompatibilityCount <= before + count + count / 7 + 1)
  }

  /// A chain of packages of one version, the last of which needs what doesn't exist.
  @Test func `a deep derivation overflows no stack`() {
    let count = 20_000
    var solver = Solver()
    let packages = (0..<count).map { _ in solver.addPackage(versionCount: 1) }
    let ghost = solver.addPackage(versionCount: 0)
    solver.supply(
      dependencies: [need(packages[0], VersionRanges(0))], of: Solver.root, versions: VersionRanges(0))
    while true {
      switch solver.step() {
      case .chooseVersion(let package, _): solver.supply(version: 0, of: package)
      case .dependencies(let package, _):
        let next = Int(package.index) < count ? packages[Int(package.index)] : ghost
        solver.supply(dependencies: [need(next, VersionRanges(0))], of: package, versions: VersionRanges(0))
      case .solved:
        Issue.record("solved")
        return
      case .failed(let id):
        let explanation = Explanation(of: id, in: solver)
        #expect(explanation.facts.count == count + 1)
        #expect(explanation.steps.count == count / 2 + 1)
        #expect(ExplanationCheck(explanation).fault == nil)
        return
      }
    }
  }

  @Test func `a need said apart from the question rules versions out and answers nothing`() {
    var (solver, packages) = solver(versionCounts: [3, 3])
    expect(&solver, "choose 1 {0..<3}")
    let lower = VersionRanges(UInt32(0)..<2)
    solver.supply(unavailable: VersionRanges(2), of: packages[1], label: 0)
    solver.supply(need: need(packages[0], lower), of: packages[1], versions: lower)
    expect(&solver, "choose 1 {0..<2}")
    solver.supply(version: 1, of: packages[0])
    solver.supply(dependencies: [], of: packages[0], versions: .all(count: 3))
    expect(&solver, "choose 2 {0..<2}")
    solver.supply(version: 0, of: packages[1])
    expect(&solver, "dependencies 2 0")
    solver.supply(dependencies: [], of: packages[1], versions: VersionRanges(0))
    expect(&solver, "solved 1=1 2=0")
  }
}
