/// A failure proved anew from fewer and wider facts, so that a person can read the proof.
///
/// A search meets releases one by one, and its proof says of each what it needs. Here, what the releases of one package
/// need of another is *united* into one fact, which is weaker: of `a` 1 needing `b` 1, and `a` 2 needing `b` 2, it says
/// that `a` {1, 2} needs `b` {1, 2}. If the united facts still contradict each other, that is the proof. If not, an answer
/// to them shows which of the true facts were lost; these are taken out of their unions, and so on (Clarke et al.,
/// *Counterexample-Guided Abstraction Refinement*, 2000). What the proof can do without is then left out.
///
/// Example: a thousand releases of `a` that need a `b` each, which the root excludes, are three facts.
package struct CondensedFailure: Sendable {
  /// One of the dependencies that were united.
  package struct Part: Sendable, Hashable {
    /// The caller's label of the dependency.
    package let label: UInt32
    /// The versions that depend.
    package let versions: VersionRanges
    /// What they admit of the other package.
    package let allowed: VersionRanges
  }

  /// Knows the new facts, and how they fail.
  package let solver: Solver
  /// The last incompatibility of the new proof.
  package let root: IncompatibilityID
  /// What is behind each label from the first free one on, newest versions first.
  package let unions: [[Part]]

  /// Shortens a proof; nil if that would take too long or gain nothing.
  ///
  /// - Parameters:
  ///   - firstFreeLabel: a number that is greater than every label the caller has given; unions are labelled from it on.
  ///   - separate: labels of dependencies that are never united with others.
  package init?(of id: IncompatibilityID, in solver: Solver, firstFreeLabel: UInt32, separate: Set<UInt32>) {
    let facts = ProofFacts(of: id, in: solver)
    var unions = FactUnions(facts.facts, firstLabel: firstFreeLabel, separate: separate)
    for _ in 0..<Self.mostRefinements {
      switch facts.replaced(by: unions.facts).outcome() {
      case .unknown: return nil
      case .solved(let versions):
        if !unions.split(contradicting: versions) { return nil }
      case .failed(let wide, let root):
        let proof = Self.minimal(ProofFacts(of: root, in: wide)) ?? (wide, root)
        self.solver = proof.0
        self.root = proof.1
        self.unions = unions.parts
        return
      }
    }
    return nil
  }

  /// A bound on how often unions are taken apart.
  private static let mostRefinements = 64

  /// With more facts than this, none is tried to be left out.
  private static let mostFactsToDrop = 64

  /// A proof by facts none of which can be left out; nil if there are too many to try.
  private static func minimal(_ facts: ProofFacts) -> (Solver, IncompatibilityID)? {
    guard facts.facts.count <= mostFactsToDrop, case .failed(var solver, var root) = facts.outcome() else {
      return nil
    }
    // What rules releases out goes before what asks for them, and what the root asks for stays the longest.
    let order = facts.facts.sorted { Self.rank($0) < Self.rank($1) }
    var left = Set(facts.facts)
    for candidate in order where left.contains(candidate) {
      let fewer = facts.facts.filter { left.contains($0) && $0 != candidate }
      guard case .failed(let shorter, let end) = facts.replaced(by: fewer).outcome() else { continue }
      (solver, root) = (shorter, end)
      left = Set(ProofFacts(of: end, in: shorter).facts)
    }
    let narrow = facts.replaced(by: narrowed(facts.facts.filter(left.contains)))
    if case .failed(let told, let end) = narrow.outcome() { return (told, end) }
    return (solver, root)
  }

  /// Says of what can't be used only what something asks for.
  private static func narrowed(_ facts: [ProofFacts.Fact]) -> [ProofFacts.Fact] {
    var asked: [PackageID: VersionRanges] = [:]
    for fact in facts {
      guard case .dependency(_, let target, let allowed, _) = fact.key else { continue }
      asked[target] = asked[target]?.union(allowed) ?? allowed
    }
    return facts.map { fact in
      switch fact.key {
      case .dependency: return fact
      case .unavailable(let package, _), .noVersions(let package):
        let versions = asked[package].map { fact.versions.intersection($0) } ?? fact.versions
        return versions.isEmpty ? fact : ProofFacts.Fact(key: fact.key, versions: versions)
      }
    }
  }

  private static func rank(_ fact: ProofFacts.Fact) -> Int {
    switch fact.key {
    case .unavailable, .noVersions: 0
    case .dependency(let package, _, _, _): package == Solver.root ? 2 : 1
    }
  }
}
