/// One entry of the partial solution: a term that must be true of a package given the entries before it
/// (dart-lang/pub `doc/solver.md`, "Partial Solution").
///
/// A *decision* selects a version as a guess and begins a decision level; a *derivation* follows from its cause. What
/// is kept is not the entry's own term but its intersection with all entries before it for the same package, so
/// that the entries of a package shrink from one to the next and can be searched by bisection.
struct Assignment: Sendable {
  /// The intersection of the terms of this package's entries up to and including this one.
  let accumulated: Term

  /// The incompatibility that the entry follows from; nil for a decision.
  let cause: IncompatibilityID?

  /// The number of decisions at or before the entry, the root's included.
  let level: Int

  /// The entry's place among the entries of all packages.
  let position: Int
}
