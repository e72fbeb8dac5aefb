/// A package as the solver knows it: a dense number, given out by ``Solver/addPackage(versionCount:)`` in order.
///
/// Invariant: it is below the number of packages of the solver that gave it out. Example: ``Solver/root`` is 0,
/// the first package added is 1.
package struct PackageID: Sendable, Hashable, Comparable {
  /// The number, counted from 0 (the root).
  package let index: UInt32

  /// Names a package by its number; meaningful only for a solver that has given that number out.
  package init(index: UInt32) {
    self.index = index
  }

  package static func < (left: PackageID, right: PackageID) -> Bool {
    left.index < right.index
  }

  /// The number as a subscript into arrays that are dense in packages.
  var offset: Int { Int(index) }
}
