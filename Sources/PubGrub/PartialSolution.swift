/// The solver's current best guess: an ordered list of assignments (dart-lang/pub `doc/solver.md`, "Partial
/// Solution").
///
/// Each package has its own assignments; `trail` says in which order they came. Going back only cuts the ends of both
/// off, nothing is computed again.
struct PartialSolution: Sendable {
  /// What must be true of each package now; ``Term/any`` where nothing is known.
  private(set) var current: [Term] = []

  /// The assignments of each package, oldest first.
  private(set) var assignments: [[Assignment]] = []

  /// The package of every assignment, oldest first.
  private(set) var trail: [PackageID] = []

  /// For each decision level from 1, the place in `trail` of the decision that begins it.
  private(set) var decisions: [Int] = []

  /// The packages that a term requires and no decision selects.
  var queue = DecisionQueue()

  /// The number of decisions, the root's included.
  var level: Int { decisions.count }

  /// Makes room for one more package.
  mutating func extend() {
    current.append(.any)
    assignments.append([])
    queue.extend()
  }

  /// Whether a version of the package is decided.
  func isDecided(_ package: PackageID) -> Bool {
    guard let last = assignments[package.offset].last else { return false }
    return last.cause == nil
  }

  /// The level that the package's decision begins; nil if it isn't decided.
  func decisionLevel(of package: PackageID) -> Int? {
    guard let last = assignments[package.offset].last, last.cause == nil else { return nil }
    return last.level
  }

  /// Selects a version, and so begins a decision level.
  mutating func decide(_ package: PackageID, version: UInt32) {
    queue.remove(package)
    decisions.append(trail.count)
    append(.positive(VersionRanges(version)), to: package, cause: nil)
  }

  /// Adds what follows from `cause` to what is known of the package.
  mutating func derive(_ term: Term, for package: PackageID, cause: IncompatibilityID) {
    let before = current[package.offset]
    let after = before.intersection(term)
    append(after, to: package, cause: cause)
    if !before.isPositive && after.isPositive { queue.insert(package) }
  }

  private mutating func append(_ term: Term, to package: PackageID, cause: IncompatibilityID?) {
    precondition(!term.isImpossible, "an assignment contradicts the ones before it")
    current[package.offset] = term
    assignments[package.offset].append(
      Assignment(accumulated: term, cause: cause, level: level, position: trail.count)
    )
    trail.append(package)
  }

  /// Removes every assignment of a level above the given one, which is at least 1.
  mutating func backtrack(to level: Int) {
    if level >= decisions.count { return }
    let kept = decisions[level]
    while trail.count > kept {
      let package = trail.removeLast()
      let offset = package.offset
      let removed = assignments[offset].removeLast()
      let term = assignments[offset].last?.accumulated ?? .any
      current[offset] = term
      if removed.cause == nil {
        if term.isPositive { queue.insert(package) }
      } else if removed.accumulated.isPositive && !term.isPositive {
        queue.remove(package)
      }
    }
    decisions.removeSubrange(level...)
  }

  /// The place among a package's assignments of the first after which `term` is satisfied.
  func firstSatisfying(_ term: Term, of package: PackageID) -> Int {
    firstPlace(of: package, below: assignments[package.offset].count) { $0.satisfies(term) }
  }

  /// Bisects the package's assignments before `end` for the first whose accumulated term meets a condition that,
  /// once met, stays so; `end` if none does.
  func firstPlace(of package: PackageID, below end: Int, where holds: (Term) -> Bool) -> Int {
    var low = 0
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if holds(assignments[package.offset][middle].accumulated) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
