extension Solver {
  /// What the solver needs next, or its answer.
  package enum Step: Sendable {
    /// Choose a version among these, which aren't empty: ``Solver/supply(version:of:)``, or
    /// ``Solver/supply(noVersionOf:)``, or ``Solver/supply(unavailable:of:label:)`` and ask again.
    case chooseVersion(PackageID, VersionRanges)
    /// What does this version depend on: ``Solver/supply(dependencies:of:versions:)``; or it can't be used after all:
    /// ``Solver/supply(unavailable:of:label:)``.
    case dependencies(PackageID, version: UInt32)
    /// A version for every package that is needed, the root left out, in the order of the decisions.
    case solved([(PackageID, UInt32)])
    /// There is no solution; the incompatibility's derivation says why.
    case failed(IncompatibilityID)
  }
}
