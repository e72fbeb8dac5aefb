import PythonPackaging

/// A place between versions in PEP 440's order, where versions begin or cease to be affected.
///
///     start      before every version
///     before(V)  V is the first version behind it
///     after(V)   V is before it, and so are its local versions if it isn't one itself: `1.0+cpu` is built from `1.0`
///
/// The last is what PEP 440 means by "equals `1.0`" and "at most `1.0`" ("Version matching").
enum VersionBound: Sendable, Hashable, Comparable {
  case start
  case before(Version)
  case after(Version)

  /// Whether a version is behind the bound.
  func isBelow(_ version: Version) -> Bool {
    switch self {
    case .start: true
    case .before(let bound): bound <= version
    case .after(let bound): bound < version && !version.isLocal(of: bound)
    }
  }

  static func < (left: VersionBound, right: VersionBound) -> Bool {
    switch (left, right) {
    case (_, .start): false
    case (.start, _): true
    case (.before(let left), .before(let right)): left < right
    case (.before(let left), .after(let right)): left <= right || left.isLocal(of: right)
    case (.after(let left), .before(let right)): left < right && !right.isLocal(of: left)
    case (.after(let left), .after(let right)):
      left < right ? !right.isLocal(of: left) : left.isLocal(of: right)
    }
  }
}

extension Version {
  /// Whether this is another version with a local part: `1.0+cpu` of `1.0`.
  func isLocal(of other: Version) -> Bool { hasLocal && !other.hasLocal && `public` == other }
}
