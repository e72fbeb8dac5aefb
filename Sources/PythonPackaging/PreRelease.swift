/// The pre-release segment of a version: `rc1` in `1.0rc1` (PEP 440, "Pre-releases").
///
/// Ordered by kind, then number: `a1 < a2 < b1 < rc1`.
package struct PreRelease: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The phase of a pre-release, in the order PEP 440 gives them.
  package enum Kind: UInt8, Sendable, Hashable, Comparable {
    /// `a`, also written `alpha`.
    case alpha
    /// `b`, also written `beta`.
    case beta
    /// `rc`, also written `c`, `pre` or `preview`.
    case candidate

    package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// The phase.
  package let kind: Kind
  /// The number within the phase; 0 where none is written.
  package let number: Int

  package init(kind: Kind, number: Int) {
    self.kind = kind
    self.number = number
  }

  package static func < (left: PreRelease, right: PreRelease) -> Bool {
    left.kind == right.kind ? left.number < right.number : left.kind < right.kind
  }

  /// The normal form: `a1`, `b2`, `rc0`.
  package var description: String {
    switch kind {
    case .alpha: "a\(number)"
    case .beta: "b\(number)"
    case .candidate: "rc\(number)"
    }
  }
}
