/// Which kinds of distribution may be used, by package: `--no-binary` and `--only-binary`, accumulated as pip's
/// `FormatControl` does it. A package's own rule wins over `:all:`.
///
/// Example: `--only-binary :all:` then `--no-binary lxml` allows sdists of lxml alone.
package struct FormatControl: Sendable, Hashable {
  /// The kinds of distribution that are left.
  package enum Allowed: Sendable, Hashable {
    /// Wheels and sdists.
    case any
    /// Wheels only.
    case binaryOnly
    /// Sdists only.
    case sourceOnly
  }

  /// Normalised names, or `:all:`, that must be built from source.
  package private(set) var noBinary: Set<String> = []
  /// Normalised names, or `:all:`, that must be wheels.
  package private(set) var onlyBinary: Set<String> = []

  /// Nothing said yet: every value at its default.
  package init() {}

  /// Applies one `--no-binary` value: names separated by commas, `:all:`, or `:none:`.
  package mutating func addNoBinary(_ value: String) {
    NameSelection.apply(value, to: &noBinary, excluding: &onlyBinary)
  }

  /// Applies one `--only-binary` value: names separated by commas, `:all:`, or `:none:`.
  package mutating func addOnlyBinary(_ value: String) {
    NameSelection.apply(value, to: &onlyBinary, excluding: &noBinary)
  }

  /// Adds that what another control wants as wheels is taken as nothing else.
  ///
  /// - Returns: The names of which nothing is left, since this control takes source distributions alone of them.
  package mutating func requireWheels(where other: FormatControl) -> [String] {
    let names = other.onlyBinary.subtracting(onlyBinary)
    let isSourceOnly = noBinary.contains(NameSelection.all)
    let excluded = names.filter { $0 != NameSelection.all && (isSourceOnly || noBinary.contains($0)) }
    onlyBinary.formUnion(names)
    noBinary.subtract(names)
    return excluded.sorted()
  }

  /// Whether every kind may be used of every package.
  package var isUnrestricted: Bool { noBinary.isEmpty && onlyBinary.isEmpty }

  /// What may be used of a package.
  package func allowed(of package: PackageName) -> Allowed {
    if onlyBinary.contains(package.normalized) { return .binaryOnly }
    if noBinary.contains(package.normalized) { return .sourceOnly }
    if onlyBinary.contains(NameSelection.all) { return .binaryOnly }
    return noBinary.contains(NameSelection.all) ? .sourceOnly : .any
  }
}
