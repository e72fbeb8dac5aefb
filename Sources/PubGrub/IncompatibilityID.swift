/// An incompatibility by its place in the solver's arena.
///
/// Two ids of one solver are equal exactly when they name the same incompatibility; nothing else is ever compared.
package struct IncompatibilityID: Sendable, Hashable, Comparable {
  /// The place, counted from 0 in order of creation: the causes of a derived incompatibility have lower ones.
  package let index: UInt32

  init(index: UInt32) {
    self.index = index
  }

  package static func < (left: IncompatibilityID, right: IncompatibilityID) -> Bool {
    left.index < right.index
  }

  /// The place as a subscript into arrays that are dense in incompatibilities.
  var offset: Int { Int(index) }
}
