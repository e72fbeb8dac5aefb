package import PythonPackaging

/// What kind of step leads from one version to another.
///
///     from       to           kind   size
///     1.4.2      2.0          major  major
///     1.4.2      1.5rc1       pre    minor
///     1.4.2      1.4.2.post1  post   patch
///     1.4.2      1.3          down   minor
package struct PinStep: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// To a higher version whose first, second, or third or later number is another.
    case major
    case minor
    case patch
    /// To a higher version that is a pre-release or a development release.
    case pre
    /// To a post-release of the same release.
    case post
    /// To a lower version.
    case down
  }

  package let kind: Kind
  /// The number that differs, in either direction.
  package let size: UpdateStep

  /// The step between two versions; nil if PEP 440 holds them equal.
  package init?(from old: Version, to new: Version) {
    if old == new { return nil }
    size = UpdateStep(from: old, to: new)
    if new < old {
      kind = .down
    } else if new.isPreRelease {
      kind = .pre
    } else if new.isPostRelease, new.base == old.base {
      kind = .post
    } else {
      kind =
        switch size {
        case .major: .major
        case .minor: .minor
        case .patch: .patch
        }
    }
  }
}
