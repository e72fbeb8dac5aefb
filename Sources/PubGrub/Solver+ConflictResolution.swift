extension Solver {
  /// The assignment that makes an incompatibility's terms all true, and how far back the others go.
  struct Satisfier {
    let package: PackageID
    /// Nil if the assignment is a decision.
    let cause: IncompatibilityID?
    let level: Int
    /// The least level at which the incompatibility is satisfied but for the satisfier; at least 1.
    let previousLevel: Int
  }

  /// Finds the root cause of a conflict and goes back to where it lets something new be derived; nil, and ``failure``
  /// is set, if there is no such place (dart-lang/pub `doc/solver.md`, "Conflict Resolution").
  mutating func resolveConflict(_ conflict: IncompatibilityID) -> IncompatibilityID? {
    var current = conflict
    while true {
      if isTerminal(current) {
        failure = current
        return nil
      }
      let satisfier = satisfier(of: current)
      guard let cause = satisfier.cause, satisfier.previousLevel == satisfier.level else {
        if current != conflict { index(current) }
        retreat(to: satisfier.previousLevel)
        return current
      }
      current = store.add(resolving: current, with: cause, on: satisfier.package)
    }
  }

  /// Whether the incompatibility says that the root can't be selected.
  private func isTerminal(_ id: IncompatibilityID) -> Bool {
    let terms = store.terms(of: id)
    guard let first = terms.first else { return true }
    return terms.count == 1 && first.package == Solver.root && first.term.isPositive
  }

  /// Finds the earliest assignment with which all terms are true, and the earliest before it that suffices together
  /// with it.
  func satisfier(of id: IncompatibilityID) -> Satisfier {
    var latest = -1
    var latestTerm = Term.any
    var latestPackage = Solver.root
    var latestPlace = 0
    var previousLevel = 1
    var latestLevel = 0
    for entry in store.terms(of: id) {
      let own = solution.assignments[entry.package.offset]
      let place = solution.firstSatisfying(entry.term, of: entry.package)
      let assignment = own[place]
      if assignment.position > latest {
        previousLevel = max(previousLevel, latestLevel)
        latest = assignment.position
        latestTerm = entry.term
        latestPackage = entry.package
        latestPlace = place
        latestLevel = assignment.level
      } else {
        previousLevel = max(previousLevel, assignment.level)
      }
    }
    let satisfier = solution.assignments[latestPackage.offset][latestPlace]
    if let cause = satisfier.cause {
      // Alone, the satisfier may not make the term true: then an earlier assignment of the same package helps.
      let alone = store.term(of: cause, for: latestPackage).negated
      if !alone.satisfies(latestTerm) {
        let helper = solution.firstPlace(of: latestPackage, below: latestPlace) {
          $0.intersection(alone).satisfies(latestTerm)
        }
        previousLevel = max(previousLevel, solution.assignments[latestPackage.offset][helper].level)
      }
    }
    return Satisfier(
      package: latestPackage, cause: satisfier.cause, level: latestLevel, previousLevel: previousLevel
    )
  }

  /// Takes back every assignment of a level above the given one.
  mutating func retreat(to level: Int) {
    if level >= solution.level { return }
    solution.backtrack(to: level)
    retreats += 1
    if chosen?.package != Solver.root { chosen = nil }
    // Levels of contradictions don't fall, except after a retreat, which has removed the higher ones.
    while let last = contradicted.last, contradictionLevels[last.offset] > level {
      contradictionLevels[last.offset] = Solver.notContradicted
      contradicted.removeLast()
    }
  }
}
