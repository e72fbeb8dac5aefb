extension Solver {
  /// How the partial solution stands to an incompatibility (dart-lang/pub `doc/solver.md`, "Incompatibility").
  enum Relation {
    /// All its terms are true: a conflict.
    case satisfied
    /// All but the one at this place among the store's terms are true, and that one isn't false.
    case almostSatisfied(Int)
    /// A term is false: it can't come to a conflict from here.
    case contradicted
    /// Two terms or more are undetermined.
    case inconclusive
  }

  /// How the partial solution stands to an incompatibility.
  func relation(to id: IncompatibilityID) -> Relation {
    var undetermined: Int?
    var isInconclusive = false
    for position in store[id].terms {
      let entry = store.terms[position]
      let known = solution.current[entry.package.offset]
      if known.satisfies(entry.term) { continue }
      if known.contradicts(entry.term) { return .contradicted }
      if undetermined == nil { undetermined = position } else { isInconclusive = true }
    }
    if isInconclusive { return .inconclusive }
    if let undetermined { return .almostSatisfied(undetermined) }
    return .satisfied
  }

  /// Whether all terms of an incompatibility would be true if one package were known to be as assumed.
  func isSatisfied(_ id: IncompatibilityID, assuming assumed: Term, of package: PackageID) -> Bool {
    for entry in store.terms(of: id) {
      let known = entry.package == package ? assumed : solution.current[entry.package.offset]
      if !known.satisfies(entry.term) { return false }
    }
    return true
  }

  /// Derives what follows from the assignments, resolving conflicts, until nothing more does or ``failure`` is set
  /// (dart-lang/pub `doc/solver.md`, "Unit Propagation").
  mutating func propagate() {
    while let package = changed.removeFirst() {
      facts[package.offset].propagatedAfter = retreats
      // Newest first: what was learned from conflicts is more general than what it was learned from.
      var place = incompatibilitiesByPackage[package.offset].count
      scan: while place > 0 {
        place -= 1
        let id = store.latest[incompatibilitiesByPackage[package.offset][place].offset]
        if contradictionLevels[id.offset] != Solver.notContradicted { continue }
        switch relation(to: id) {
        case .satisfied:
          guard let learned = resolveConflict(id) else { return }
          guard case .almostSatisfied(let position) = relation(to: learned) else {
            fatalError("conflict resolution ends with an almost satisfied incompatibility")
          }
          noteConflict(learned, affected: store.terms[position].package)
          derive(notTermAt: position, cause: learned)
          break scan
        case .almostSatisfied(let position):
          derive(notTermAt: position, cause: id)
        case .contradicted:
          contradictionLevels[id.offset] = solution.level
          contradicted.append(id)
        case .inconclusive:
          break
        }
      }
    }
  }

  private mutating func derive(notTermAt position: Int, cause: IncompatibilityID) {
    let entry = store.terms[position]
    solution.derive(entry.term.negated, for: entry.package, cause: cause)
    changed.insert(entry.package)
    // The cause has a false term now.
    contradictionLevels[cause.offset] = solution.level
    contradicted.append(cause)
  }
}
