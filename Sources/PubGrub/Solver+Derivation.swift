extension Solver {
  /// The number of incompatibilities there are; their indices are below it.
  package var incompatibilityCount: Int { store.incompatibilities.count }

  /// The incompatibility at a place below ``incompatibilityCount``.
  package func incompatibility(at index: UInt32) -> IncompatibilityID {
    precondition(index < incompatibilityCount, "there is no such incompatibility")
    return IncompatibilityID(index: index)
  }

  /// The terms of an incompatibility, not all of which can be true, sorted by package. A positive one says that the
  /// package is selected at one of the versions, a negative one that it isn't.
  package func terms(of id: IncompatibilityID) -> [(PackageID, isPositive: Bool, VersionRanges)] {
    store.terms(of: id).map { ($0.package, isPositive: $0.term.isPositive, $0.term.versions) }
  }

  /// Why an incompatibility holds.
  package func cause(of id: IncompatibilityID) -> Cause {
    store[id].cause
  }
}
