/// The facts of a whole proof where one sentence can bear them.
///
/// What follows from some facts by steps follows from them at once, so no step is needed for its truth; a reader needs
/// steps only where there are many facts, or where they don't follow one another.
struct TersePremises {
  /// The facts, the root's needs first and in the order of their labels.
  let statements: [Explanation.Statement]

  private static let mostNeeds = 7
  private static let mostClauses = 4
  private static let greatestDepth = 4

  /// Nil if there are too many facts for one sentence.
  init?(of graph: DerivationGraph) {
    guard let leaves = graph.leaves(atMost: Self.mostNeeds + 1) else { return nil }
    let all = leaves.map { graph.statement($0) }
    let rootNeeds = all.filter { Self.rootLabel($0) != nil }
      .sorted { (Self.rootLabel($0) ?? 0) < (Self.rootLabel($1) ?? 0) }
    // The order in which the search came to them is no matter to a reader.
    let others = all.filter { Self.rootLabel($0) == nil }.enumerated()
      .sorted { Self.place($0.element, $0.offset) < Self.place($1.element, $1.offset) }.map(\.element)
    statements = rootNeeds + others
    let needs = statements.compactMap { ExplanationNeed(ExplanationPremise(statement: $0)) }
    let trees = NeedTree.forest(needs)
    let facts = statements.flatMap { $0.asides.isEmpty && !Self.isNeed($0) ? [$0] : $0.asides }
    let refused = Set(facts.flatMap { $0.terms.map(\.package) })
    guard needs.count <= Self.mostNeeds, trees.count + refused.count <= Self.mostClauses,
      trees.allSatisfy({ $0.depth <= Self.greatestDepth })
    else { return nil }
  }

  /// The premises of a step, the root's needs last and in the order of their labels.
  static func sorted(_ premises: [IncompatibilityID], in graph: DerivationGraph) -> [IncompatibilityID] {
    let labelled = premises.map {
      (id: $0, label: graph.isDerived($0) ? nil : rootLabel(graph.statement($0)))
    }
    let needs = labelled.compactMap { entry in entry.label.map { (id: entry.id, label: $0) } }
    return labelled.filter { $0.label == nil }.map(\.id) + needs.sorted { $0.label < $1.label }.map(\.id)
  }

  /// By package, of one package the newest versions first.
  private static func place(_ statement: Explanation.Statement, _ offset: Int) -> (UInt32, Int, Int) {
    guard let term = statement.terms.first(where: \.isPositive) else { return (0, 0, offset) }
    return (term.package.index, -Int(term.versions.max ?? 0), offset)
  }

  private static func isNeed(_ statement: Explanation.Statement) -> Bool {
    if case .dependency = statement.cause { true } else { false }
  }

  private static func rootLabel(_ statement: Explanation.Statement) -> UInt32? {
    guard case .dependency(of: Solver.root, _, _, _, let label) = statement.cause else { return nil }
    return label
  }
}
