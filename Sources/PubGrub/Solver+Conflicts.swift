extension Solver {
  /// One package of which versions are ruled out by what is known of another.
  package struct Conflict: Sendable {
    package let culprit: PackageID
    package let affected: PackageID
    /// What can't all be true.
    package let incompatibility: IncompatibilityID
  }

  /// The conflicts since last asked, for the caller's priorities, oldest first.
  ///
  /// There are two kinds. A chosen version is *turned down* if its own dependencies contradict what is known. A
  /// *conflict* in what is known is resolved to an incompatibility of which, after the jump back, all terms but one are
  /// true, which rules versions out. In both, ``Conflict/affected`` is the package of which versions are ruled out, and each
  /// other package of the incompatibility but the root is a ``Conflict/culprit``: what is known of it rules them out.
  ///
  /// Example: `b` is decided at 1, then `a` 5, 4, 3 … are turned down as each needs `b` 2: every time `(b, a)`. The
  /// culprit need not be decided: where `c`'s decision has capped `b`, it is still `b`; ``decider(of:)`` gives `c`.
  package mutating func takeConflicts() -> [Conflict] {
    let taken = conflicts
    conflicts = []
    return taken
  }

  mutating func noteConflict(_ id: IncompatibilityID, affected: PackageID) {
    for entry in store.terms(of: id) where entry.package != affected && entry.package != Solver.root {
      conflicts.append(Conflict(culprit: entry.package, affected: affected, incompatibility: id))
    }
  }

  /// The package whose decision led to what is now known of the given one (itself, if it is decided); the root if no
  /// other decision was needed, nil if nothing is known.
  package func decider(of package: PackageID) -> PackageID? {
    guard let last = solution.assignments[package.offset].last else { return nil }
    return solution.trail[solution.decisions[last.level - 1]]
  }

  /// Takes back the package's decision and every later one, so that priorities set since come to bear; false, and
  /// nothing happens, if the package isn't decided or is the root. What was learned stays.
  package mutating func backtrack(before package: PackageID) -> Bool {
    guard failure == nil, package != Solver.root, let level = solution.decisionLevel(of: package) else {
      return false
    }
    retreat(to: level - 1)
    return true
  }
}
