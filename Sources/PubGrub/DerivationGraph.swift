/// The incompatibilities that one follows from, with the causes between them (dart-lang/pub `doc/solver.md`,
/// "Derivation Graph"), folded if asked.
///
/// Invariant: acyclic, as causes have lower ids than what they cause. Nothing here recurses: a graph may be deep.
struct DerivationGraph {
  /// What a vertex is to an explanation.
  enum Vertex {
    /// It needs no proof. `base` is the dependency it says, less what `asides` say; or nil, and it says all `asides`.
    case leaf(base: IncompatibilityID?, asides: [IncompatibilityID])
    case derived(IncompatibilityID, IncompatibilityID)
  }

  let root: IncompatibilityID
  private let solver: Solver
  private var vertices: [IncompatibilityID: Vertex] = [:]

  /// For each derived vertex, how many others it is a cause of.
  private var uses: [IncompatibilityID: Int] = [:]

  init(of root: IncompatibilityID, in solver: Solver, folding: Bool) {
    self.root = root
    self.solver = solver
    for id in reachable() {
      vertices[id] = folding ? folded(id) : plain(id)
    }
    countUses()
  }

  func vertex(_ id: IncompatibilityID) -> Vertex {
    vertices[id] ?? .leaf(base: id, asides: [])
  }

  func isDerived(_ id: IncompatibilityID) -> Bool {
    if case .derived = vertex(id) { true } else { false }
  }

  /// Whether two external incompatibilities or fewer prove the vertex.
  func isSingleLine(_ id: IncompatibilityID) -> Bool {
    guard case .derived(let first, let second) = vertex(id) else { return true }
    return !isDerived(first) && !isDerived(second)
  }

  /// The vertices that need no proof, in the order of the solver; nil if there are more than given.
  func leaves(atMost limit: Int) -> [IncompatibilityID]? {
    var seen: Set<IncompatibilityID> = [root]
    var pending = [root]
    var result: [IncompatibilityID] = []
    while let id = pending.popLast() {
      guard case .derived(let first, let second) = vertex(id) else {
        if result.count == limit { return nil }
        result.append(id)
        continue
      }
      for cause in [first, second] where seen.insert(cause).inserted { pending.append(cause) }
      if seen.count > 4 * limit { return nil }
    }
    return result.sorted()
  }

  /// How many facts a vertex that needs no proof says.
  func weight(of id: IncompatibilityID) -> Int {
    guard case .leaf(let base, let asides) = vertex(id) else { return 0 }
    return (base == nil ? 0 : 1) + asides.count
  }

  func useCount(of id: IncompatibilityID) -> Int { uses[id] ?? 0 }

  /// What the vertex states.
  func statement(_ id: IncompatibilityID) -> Explanation.Statement {
    let terms = solver.terms(of: id).map {
      Explanation.StatedTerm(package: $0.0, isPositive: $0.isPositive, versions: $0.2)
    }
    var cause = solver.cause(of: id)
    var asides: [Explanation.Statement] = []
    if case .leaf(let base, let folded) = vertex(id) {
      if let base { cause = solver.cause(of: base) }
      if folded != [id] {
        asides = folded.map { aside in
          let terms = solver.terms(of: aside).map {
            Explanation.StatedTerm(package: $0.0, isPositive: $0.isPositive, versions: $0.2)
          }
          return Explanation.Statement(id: aside, terms: terms, cause: solver.cause(of: aside), asides: [])
        }
      } else {
        cause = solver.cause(of: id)
      }
    }
    return Explanation.Statement(id: id, terms: terms, cause: cause, asides: asides)
  }

  /// The root and all that it follows from, causes before what they cause.
  private func reachable() -> [IncompatibilityID] {
    var seen: Set<IncompatibilityID> = [root]
    var pending = [root]
    var result: [IncompatibilityID] = []
    while let id = pending.popLast() {
      result.append(id)
      guard case .conflict(let first, let second) = solver.cause(of: id) else { continue }
      if seen.insert(first).inserted { pending.append(first) }
      if seen.insert(second).inserted { pending.append(second) }
    }
    return result.sorted()
  }

  private func plain(_ id: IncompatibilityID) -> Vertex {
    if case .conflict(let first, let second) = solver.cause(of: id) { return .derived(first, second) }
    return .leaf(base: id, asides: [])
  }

  private func folded(_ id: IncompatibilityID) -> Vertex {
    switch solver.cause(of: id) {
    case .root, .dependency: return .leaf(base: id, asides: [])
    case .unavailable, .noVersions: return .leaf(base: nil, asides: [id])
    case .conflict(let first, let second):
      if case .leaf(let firstBase, let firstAsides) = vertex(first),
        case .leaf(let secondBase, let secondAsides) = vertex(second)
      {
        let asides = united(firstAsides, secondAsides)
        switch (firstBase, secondBase) {
        case (nil, nil): return .leaf(base: nil, asides: asides)
        case (let base?, nil) where isBetweenTwo(base): return .leaf(base: base, asides: asides)
        case (nil, let base?) where isBetweenTwo(base): return .leaf(base: base, asides: asides)
        default: break
        }
      }
      return .derived(first, second)
    }
  }

  /// Whether the external incompatibility is a dependency of a package on another one.
  private func isBetweenTwo(_ base: IncompatibilityID) -> Bool {
    guard case .dependency(let depender, _, let target, _, _) = solver.cause(of: base) else { return false }
    return depender != target
  }

  /// Both lists of facts; of those about one package with one cause only the last said, which says them all.
  private func united(_ first: [IncompatibilityID], _ second: [IncompatibilityID]) -> [IncompatibilityID] {
    var result = first
    for id in second {
      if let place = result.firstIndex(where: { saysSame($0, id) }) {
        result[place] = max(result[place], id)
      } else {
        result.append(id)
      }
    }
    return result.sorted()
  }

  private func saysSame(_ first: IncompatibilityID, _ second: IncompatibilityID) -> Bool {
    solver.cause(of: first) == solver.cause(of: second)
      && solver.terms(of: first).first?.0 == solver.terms(of: second).first?.0
  }

  private mutating func countUses() {
    var pending = [root]
    uses[root] = 0
    while let id = pending.popLast() {
      guard case .derived(let first, let second) = vertex(id) else { continue }
      for cause in [first, second] where isDerived(cause) {
        if uses[cause] == nil { pending.append(cause) }
        uses[cause, default: 0] += 1
      }
    }
  }
}
