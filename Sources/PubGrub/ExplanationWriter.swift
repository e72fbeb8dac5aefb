/// Puts a derivation graph in the order of a proof (dart-lang/pub `doc/solver.md`, "Error Reporting").
///
/// What that algorithm does by recursion is done here by a stack of tasks.
struct ExplanationWriter {
  private enum Task {
    /// Write the proof of the incompatibility, unless it is written.
    case explain(IncompatibilityID, isConclusion: Bool)
    /// Write the last step of its proof.
    case write(IncompatibilityID, Explanation.Opening, from: [IncompatibilityID])
    /// The next step begins a part.
    case beginPart
  }

  private let graph: DerivationGraph
  /// Whether steps are left out where one sentence can bear their facts.
  private let isTerse: Bool
  private var tasks: [Task] = []
  private var steps: [Explanation.Step] = []

  /// The place of the step that concludes an incompatibility.
  private var places: [IncompatibilityID: Int] = [:]
  private var beginsPart = false

  init(graph: DerivationGraph, isTerse: Bool) {
    self.graph = graph
    self.isTerse = isTerse
  }

  /// The steps, numbers not yet given.
  mutating func write() -> [Explanation.Step] {
    if isTerse, let premises = TersePremises(of: graph) {
      return [
        Explanation.Step(
          opening: .because, premises: premises.statements.map { .external($0) },
          conclusion: graph.statement(graph.root), beginsPart: false, number: nil)
      ]
    }
    tasks.append(.explain(graph.root, isConclusion: true))
    while let task = tasks.popLast() {
      switch task {
      case .explain(let id, let isConclusion):
        if places[id] == nil { plan(id, isConclusion: isConclusion) }
      case .write(let id, let opening, let premises): writeStep(id, opening, from: premises)
      case .beginPart: beginsPart = true
      }
    }
    return steps
  }

  /// Puts on the stack what proves the incompatibility.
  private mutating func plan(_ id: IncompatibilityID, isConclusion: Bool) {
    let opening: Explanation.Opening = isConclusion ? .so : .and
    guard case .derived(let first, let second) = graph.vertex(id) else {
      return then(.write(id, .because, from: [id]))
    }
    switch (graph.isDerived(first), graph.isDerived(second)) {
    case (true, true): planBranching(id, first, second, opening)
    case (true, false): planLinear(id, derived: first, external: second, opening)
    case (false, true): planLinear(id, derived: second, external: first, opening)
    case (false, false): then(.write(id, .because, from: [first, second]))
    }
  }

  private mutating func planBranching(
    _ id: IncompatibilityID, _ first: IncompatibilityID, _ second: IncompatibilityID,
    _ opening: Explanation.Opening
  ) {
    switch (places[first] != nil, places[second] != nil) {
    case (true, true): then(.write(id, .because, from: [first, second]))
    case (true, false):
      then(.explain(second, isConclusion: false), .write(id, opening, from: [second, first]))
    case (false, true):
      then(.explain(first, isConclusion: false), .write(id, opening, from: [first, second]))
    case (false, false):
      if graph.isSingleLine(first) || graph.isSingleLine(second) {
        let (complex, simple) = graph.isSingleLine(second) ? (first, second) : (second, first)
        then(
          .explain(complex, isConclusion: false), .explain(simple, isConclusion: false),
          .write(id, .thus, from: [complex, simple])
        )
      } else {
        then(
          .explain(first, isConclusion: true), .beginPart, .explain(second, isConclusion: false),
          .write(id, opening, from: [second, first])
        )
      }
    }
  }

  private mutating func planLinear(
    _ id: IncompatibilityID, derived: IncompatibilityID, external: IncompatibilityID,
    _ opening: Explanation.Opening
  ) {
    if places[derived] != nil {
      then(.write(id, .because, from: [external, derived]))
    } else if let (prior, priorExternal) = collapsed(derived) {
      then(.explain(prior, isConclusion: false), .write(id, opening, from: [prior, priorExternal, external]))
    } else if let pair = short(derived), graph.weight(of: external) + pair.weight <= Self.mostFactsInSentence
    {
      then(.write(id, .because, from: [pair.first, pair.second, external]))
    } else {
      then(.explain(derived, isConclusion: false), .write(id, opening, from: [derived, external]))
    }
  }

  /// As many facts as one sentence can bear.
  private static let mostFactsInSentence = 4

  /// The causes of a step that needs no sentence of its own: it is used once, and both are external.
  private func short(
    _ id: IncompatibilityID
  ) -> (first: IncompatibilityID, second: IncompatibilityID, weight: Int)? {
    guard isTerse, graph.useCount(of: id) == 1, case .derived(let first, let second) = graph.vertex(id),
      !graph.isDerived(first), !graph.isDerived(second)
    else { return nil }
    return (first, second, graph.weight(of: first) + graph.weight(of: second))
  }

  /// The derived and the external cause of a step that can be passed over; nil if it can't be.
  private func collapsed(_ id: IncompatibilityID) -> (IncompatibilityID, IncompatibilityID)? {
    guard graph.useCount(of: id) == 1, case .derived(let first, let second) = graph.vertex(id) else {
      return nil
    }
    let pair: (IncompatibilityID, IncompatibilityID)
    switch (graph.isDerived(first), graph.isDerived(second)) {
    case (true, false): pair = (first, second)
    case (false, true): pair = (second, first)
    default: return nil
    }
    return places[pair.0] == nil ? pair : nil
  }

  /// Puts tasks on the stack, to be done in the order given.
  private mutating func then(_ next: Task...) {
    tasks.append(contentsOf: next.reversed())
  }

  private mutating func writeStep(
    _ id: IncompatibilityID, _ wanted: Explanation.Opening, from premises: [IncompatibilityID]
  ) {
    let last = steps.count - 1
    let premises = isTerse ? TersePremises.sorted(premises, in: graph) : premises
    var opening = wanted
    let derivedPlaces = premises.compactMap { places[$0] }
    // "Thus" speaks of the two steps before; where they stand elsewhere, they are referred to.
    let isThus = wanted == .thus && derivedPlaces == [last - 1, last] && !beginsPart
    if wanted == .thus && !isThus { opening = .and }
    if opening == .and && (beginsPart || !derivedPlaces.contains(last)) { opening = .because }
    let stated = premises.map { premise -> Explanation.Premise in
      let statement = graph.statement(premise)
      guard let place = places[premise] else { return .external(statement) }
      if isThus || (place == last && opening != .because && !beginsPart) { return .preceding(statement) }
      return .step(place, statement)
    }
    places[id] = steps.count
    steps.append(
      Explanation.Step(
        opening: opening, premises: stated, conclusion: graph.statement(id), beginsPart: beginsPart,
        number: nil
      )
    )
    beginsPart = false
  }
}
