/// The external facts that a proof rests on, apart from the solver that knew them, so that a question can be put to
/// some of them or to weaker ones.
///
/// Invariant: no two have the same key. Example: of "the root needs `a`, `a` 1 needs `b` 2, `b` 2 is unavailable" the
/// first two alone leave `b` {2}.
package struct ProofFacts: Sendable {
  /// One fact: what the key says, of these versions of its package.
  struct Fact: Sendable, Hashable {
    let key: MergeKey
    let versions: VersionRanges

    /// The caller's label, if it has one.
    var label: UInt32? {
      switch key {
      case .dependency(_, _, _, let label), .unavailable(_, let label): label
      case .noVersions: nil
      }
    }
  }

  /// What follows from facts.
  enum Outcome {
    /// They contradict each other.
    case failed(Solver, IncompatibilityID)
    /// These versions contradict none of them.
    case solved([PackageID: UInt32])
    /// It would take too long to tell.
    case unknown
  }

  private(set) var facts: [Fact]
  private let versionCounts: [Int]

  /// The facts behind a proof's last incompatibility.
  package init(of root: IncompatibilityID, in solver: Solver) {
    var versions: [MergeKey: VersionRanges] = [:]
    var order: [MergeKey] = []
    var seen: Set<IncompatibilityID> = [root]
    var pending = [root]
    func note(_ key: MergeKey, _ stated: VersionRanges) {
      if versions[key] == nil { order.append(key) }
      versions[key] = versions[key]?.union(stated) ?? stated
    }
    while let id = pending.popLast() {
      switch solver.cause(of: id) {
      case .root: continue
      case .dependency(let package, let stated, let target, let allowed, let label):
        note(.dependency(of: package, on: target, allowed: allowed, label: label), stated)
      case .unavailable(let label):
        for (package, _, stated) in solver.terms(of: id) { note(.unavailable(package, label: label), stated) }
      case .noVersions:
        for (package, _, stated) in solver.terms(of: id) { note(.noVersions(package), stated) }
      case .conflict(let first, let second):
        if seen.insert(second).inserted { pending.append(second) }
        if seen.insert(first).inserted { pending.append(first) }
      }
    }
    facts = order.map { Fact(key: $0, versions: versions[$0] ?? VersionRanges()) }
    versionCounts = (0..<UInt32(solver.packageCount)).map { solver.versionCount(of: PackageID(index: $0)) }
  }

  /// Other facts about the same packages.
  func replaced(by facts: [Fact]) -> ProofFacts {
    var result = self
    result.facts = facts
    return result
  }

  /// These facts, and what another proof says of versions that can't be used.
  package func addingRefusals(of other: ProofFacts) -> ProofFacts {
    var known = facts
    for fact in other.facts {
      if case .dependency = fact.key { continue }
      known.removeAll { $0.key == fact.key }
      known.append(fact)
    }
    return replaced(by: known)
  }

  /// The versions of a package that would be left if the root had asked for any of it, and labelled facts weren't
  /// there; nil if there would be none even so. What no fact speaks of is taken to be possible.
  package func possibleVersions(of package: PackageID, without labels: Set<UInt32>) -> VersionRanges? {
    let all = VersionRanges.all(count: versionCounts[package.offset])
    let asked = MergeKey.dependency(of: Solver.root, on: package, allowed: all, label: .max)
    let others =
      facts.filter { fact in !(fact.label.map(labels.contains) ?? false) } + [
        Fact(key: asked, versions: VersionRanges(0))
      ]
    var solver = replaced(by: others).toldSolver()
    if case .failed = solver.step() { return nil }
    return solver.possibleVersions(of: package)
  }

  /// What follows from the facts, found by a solver of their own.
  func outcome() -> Outcome {
    var solver = toldSolver()
    for _ in 0..<Self.greatestStepCount {
      switch solver.step() {
      case .failed(let root): return .failed(solver, root)
      case .solved(let decisions):
        return .solved(Dictionary(decisions, uniquingKeysWith: { first, _ in first }))
      case .dependencies(let package, _):
        let all = VersionRanges.all(count: versionCounts[package.offset])
        solver.supply(dependencies: [], of: package, versions: all)
      case .chooseVersion(let package, let allowed):
        guard let newest = allowed.max else { return .unknown }
        solver.supply(version: newest, of: package)
      }
    }
    return .unknown
  }

  /// A bound on the work that shortening a proof may take.
  private static let greatestStepCount = 4000

  /// A solver that knows the facts and nothing else.
  private func toldSolver() -> Solver {
    var solver = Solver()
    for count in versionCounts.dropFirst() { _ = solver.addPackage(versionCount: count) }
    var ofRoot: [Solver.Dependency] = []
    for fact in facts {
      switch fact.key {
      case .dependency(let package, let target, let allowed, let label):
        let need = Solver.Dependency(package: target, versions: allowed, label: label)
        if package == Solver.root {
          ofRoot.append(need)
        } else {
          solver.supply(need: need, of: package, versions: fact.versions)
        }
      case .unavailable(let package, let label):
        solver.supply(unavailable: fact.versions, of: package, label: label)
      case .noVersions(let package): solver.supply(noneOf: fact.versions, of: package)
      }
    }
    solver.supply(dependencies: ofRoot, of: Solver.root, versions: VersionRanges(0))
    return solver
  }
}
