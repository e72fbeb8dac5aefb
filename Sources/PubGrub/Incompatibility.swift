/// Terms that can't all be true (dart-lang/pub `doc/solver.md`, "Incompatibility").
///
/// Invariant: the terms are sorted by package, one a package, and none is always true. An incompatibility without
/// terms says that nothing is a solution. Example: "`a` 2 depends on `b` below 3" is `{a {2..<3}, not b {0..<3}}`.
/// The terms themselves lie in ``IncompatibilityStore``.
struct Incompatibility: Sendable {
  /// Where its terms lie in the store.
  let terms: Range<Int>

  /// Why it holds.
  let cause: Cause
}
