/// All that a set of requirements files says: requirements and constraints in the order read, the options, and
/// what was passed over.
package struct RequirementsInput: Sendable, Hashable {
  /// Requirements and constraints together, in the order read (where several say something of one package, as a
  /// marker, the last counts).
  package var entries: [InputRequirement] = []
  /// The options given to the reader with those of the files applied in order.
  package var options = IndexOptions()
  /// What pip would pass over in silence.
  package var warnings: [RequirementsFileWarning] = []
  /// The files read, as given to the loader, each once, in the order first read.
  package var files: [String] = []
  /// Those of them that are no constraints, but ask for something.
  package var requirementFiles: Set<String> = []

  /// Nothing said yet: every value at its default.
  package init() {}

  /// What is asked for.
  package var requirements: [InputRequirement] { entries.filter { !$0.isConstraint } }
  /// What only limits.
  package var constraints: [InputRequirement] { entries.filter(\.isConstraint) }
}
