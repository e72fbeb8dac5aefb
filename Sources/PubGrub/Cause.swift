/// Why an incompatibility holds: an external fact about packages, or two incompatibilities that imply it
/// (dart-lang/pub `doc/solver.md`, "Incompatibility").
///
/// Example: `.dependency(of: a, versions: {2..<5}, on: b, allowed: {0..<3}, label: 7)` is the cause of
/// `{a {2..<5}, not b {0..<3}}`.
package enum Cause: Sendable, Hashable {
  /// The root must be selected. It causes the solver's first incompatibility only, and no derivation names it.
  case root
  /// The versions of one package depend on another package within `allowed`, which is empty where nothing would
  /// do. The label is the caller's, from ``Solver/Dependency``.
  case dependency(
    of: PackageID, versions: VersionRanges, on: PackageID, allowed: VersionRanges, label: UInt32
  )
  /// The caller said that the versions can't be used, and why, by a label of its own.
  case unavailable(UInt32)
  /// The caller found no version to choose among those it was asked for.
  case noVersions
  /// It follows from these two by resolution: in conflict resolution the first was in conflict, and the second is
  /// the cause of the assignment that satisfied it.
  case conflict(IncompatibilityID, IncompatibilityID)

  /// Whether the incompatibility follows from two others.
  package var isDerived: Bool {
    if case .conflict = self { true } else { false }
  }
}
