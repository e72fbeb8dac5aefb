/// A proof that something can't be, as an ordered list of steps: data that any renderer can walk.
///
/// It is the derivation graph of an incompatibility, linearised (dart-lang/pub `doc/solver.md`, "Error Reporting"):
/// every step concludes an incompatibility from premises that are external, or conclusions of earlier steps. A
/// derivation that is used once and has an external and a derived cause is passed over, its premises going into the next
/// step. Invariant: a premise's step comes before the step it is used in; the last step concludes what is explained.
///
/// Example: `a` needs `b`, `b` needs `c`, the root needs `a` and excludes `c`:
///
///     Because every version of a depends on b which depends on c, every version of a requires c.
///     So, because root depends on both a and …, version solving failed.
package struct Explanation: Sendable, Hashable {
  /// An incompatibility as it was when the explanation was made.
  package struct Statement: Sendable, Hashable {
    /// Its name in the solver.
    package let id: IncompatibilityID
    /// Its terms, sorted by package; see ``Solver/terms(of:)``.
    package let terms: [StatedTerm]
    /// Why it holds.
    package let cause: Cause
    /// External facts that have been folded into this external one (see ``init(of:in:folding:)``), in the order of
    /// the solver: what ``terms`` say follows from them together. Empty if nothing was folded.
    package let asides: [Statement]

    /// What is said, each fact alone: the statement without its asides, unless they are all of it, then these.
    package var parts: [Statement] {
      if asides.isEmpty || cause.isDerived { return asides.isEmpty ? [self] : asides }
      return [Statement(id: id, terms: terms, cause: cause, asides: [])] + asides
    }
  }

  /// One term of a statement.
  package struct StatedTerm: Sendable, Hashable {
    package let package: PackageID
    /// Whether the term says that the package is selected at one of the versions, or that it isn't.
    package let isPositive: Bool
    package let versions: VersionRanges
  }

  /// What a step argues from.
  package enum Premise: Sendable, Hashable {
    /// A fact that needs no proof here.
    case external(Statement)
    /// The conclusion of the step just before.
    case preceding(Statement)
    /// The conclusion of an earlier step, by its place among ``Explanation/steps``.
    case step(Int, Statement)

    /// What is stated.
    package var statement: Statement {
      switch self {
      case .external(let statement), .preceding(let statement), .step(_, let statement): statement
      }
    }
  }

  /// How a step goes on from the one before.
  package enum Opening: Sendable, Hashable {
    /// It begins a new line of thought.
    case because
    /// It argues from the step before and something else.
    case and
    /// Like ``and``, but it ends a line of thought.
    case so
    /// It follows from what was said last, without anything else.
    case thus
  }

  /// One line of the proof.
  package struct Step: Sendable, Hashable {
    package let opening: Opening
    package let premises: [Premise]
    package let conclusion: Statement
    /// Whether the step begins a part that doesn't argue from the step before.
    package let beginsPart: Bool
    /// A number to refer back to the step by, counted from 1 in the order of the steps; nil if no later step does
    /// other than from right behind it.
    package internal(set) var number: Int?
  }

  /// The steps, at least one.
  package private(set) var steps: [Step]

  /// Explains an incompatibility of a solver, such as that of ``Solver/Step/failed(_:)``.
  ///
  /// With `folding`, external facts (``Cause/unavailable(_:)``, ``Cause/noVersions``) about the versions that a
  /// dependency leaves, or about other versions of what depends, become asides of that dependency, and such facts
  /// about one package become one, so that they don't take a step each.
  ///
  /// With `isTerse`, steps are left out where one sentence can bear what they argue from, and the root's needs are told
  /// in the order of their labels.
  package init(of id: IncompatibilityID, in solver: Solver, folding: Bool = true, isTerse: Bool = false) {
    let graph = DerivationGraph(of: id, in: solver, folding: folding)
    var writer = ExplanationWriter(graph: graph, isTerse: isTerse)
    steps = writer.write()
    var cited: Set<Int> = []
    for step in steps {
      for case .step(let place, _) in step.premises { cited.insert(place) }
    }
    var number = 0
    for place in steps.indices where cited.contains(place) {
      number += 1
      steps[place].number = number
    }
  }

  /// The external facts that the proof rests on, each once, in the order of the steps; asides come after what they
  /// are folded into.
  package var facts: [Statement] {
    var seen: Set<IncompatibilityID> = []
    var result: [Statement] = []
    for step in steps {
      for case .external(let statement) in step.premises where seen.insert(statement.id).inserted {
        result.append(statement)
        for aside in statement.asides where seen.insert(aside.id).inserted { result.append(aside) }
      }
    }
    return result
  }
}
