extension VersionSet {
  /// A version and all behind it in PEP 440's order; its local versions are behind it.
  package static func atLeast(_ version: Version) -> VersionSet { VersionSet(from: .before(version)) }

  /// All versions behind one.
  package static func above(_ version: Version) -> VersionSet { VersionSet(from: .after(version)) }

  /// A version and all before it; its local versions aren't.
  package static func atMost(_ version: Version) -> VersionSet {
    VersionSet(from: .start, to: .after(version))
  }

  /// All versions before one.
  package static func below(_ version: Version) -> VersionSet {
    VersionSet(from: .start, to: .before(version))
  }
}
