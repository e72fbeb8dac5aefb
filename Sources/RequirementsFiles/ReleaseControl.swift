package import PythonPackaging

/// Which packages may have pre-releases: `--pre`, `--all-releases` and `--only-final`.
package struct ReleaseControl: Sendable, Hashable {
  /// Normalised names, or `:all:`, whose pre-releases count as releases.
  package private(set) var allReleases: Set<String> = []
  /// Normalised names, or `:all:`, whose pre-releases never count.
  package private(set) var onlyFinal: Set<String> = []

  /// Nothing said yet: every value at its default.
  package init() {}

  /// Applies one `--all-releases` value.
  package mutating func addAllReleases(_ value: String) {
    NameSelection.apply(value, to: &allReleases, excluding: &onlyFinal)
  }

  /// Applies one `--only-final` value.
  package mutating func addOnlyFinal(_ value: String) {
    NameSelection.apply(value, to: &onlyFinal, excluding: &allReleases)
  }

  /// Applies `--pre`, which is `--all-releases :all:` that leaves packages' own rules in place.
  package mutating func addPreReleases() {
    allReleases.insert(NameSelection.all)
  }

  /// Whether pre-releases count for every package.
  package var allowsAll: Bool { allReleases.contains(NameSelection.all) }

  /// Whether a package's pre-releases count; nil if nothing is said about it.
  package func allowsPreReleases(of package: PackageName) -> Bool? {
    if allReleases.contains(package.normalized) { return true }
    if onlyFinal.contains(package.normalized) { return false }
    if allReleases.contains(NameSelection.all) { return true }
    return onlyFinal.contains(NameSelection.all) ? false : nil
  }
}
