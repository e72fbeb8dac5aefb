package import PythonPackaging

/// Which kinds of distribution may be used, by package: `--no-binary` and `--only-binary`, accumulated as pip's
/// `FormatControl` does it. A package's own rule wins over `:all:`.
///
/// Example: `--only-binary :all:` then `--no-binary lxml` allows sdists of lxml alone.
package struct FormatControl: Sendable, Hashable {
  /// The kinds of distribution that are left.
  package enum Allowed: Sendable, Hashable {
    case any
    case binaryOnly
    case sourceOnly
  }

  /// Normalised names, or `:all:`, that must be built from source.
  package private(set) var noBinary: Set<String> = []
  /// Normalised names, or `:all:`, that must be wheels.
  package private(set) var onlyBinary: Set<String> = []

  package init() {}

  /// Applies one `--no-binary` value: names separated by commas, `:all:`, or `:none:`.
  package mutating func addNoBinary(_ value: String) {
    NameSelection.apply(value, to: &noBinary, excluding: &onlyBinary)
  }

  /// Applies one `--only-binary` value: names separated by commas, `:all:`, or `:none:`.
  package mutating func addOnlyBinary(_ value: String) {
    NameSelection.apply(value, to: &onlyBinary, excluding: &noBinary)
  }

  /// What may be used of a package.
  package func allowed(of package: PackageName) -> Allowed {
    if onlyBinary.contains(package.normalized) { return .binaryOnly }
    if noBinary.contains(package.normalized) { return .sourceOnly }
    if onlyBinary.contains(NameSelection.all) { return .binaryOnly }
    return noBinary.contains(NameSelection.all) ? .sourceOnly : .any
  }
}

/// Which packages may have pre-releases: `--pre`, `--all-releases` and `--only-final`.
package struct ReleaseControl: Sendable, Hashable {
  /// Normalised names, or `:all:`, whose pre-releases count as releases.
  package private(set) var allReleases: Set<String> = []
  /// Normalised names, or `:all:`, whose pre-releases never count.
  package private(set) var onlyFinal: Set<String> = []

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

  /// Whether a package's pre-releases count; nil if nothing is said about it.
  package func allowsPreReleases(of package: PackageName) -> Bool? {
    if allReleases.contains(package.normalized) { return true }
    if onlyFinal.contains(package.normalized) { return false }
    if allReleases.contains(NameSelection.all) { return true }
    return onlyFinal.contains(NameSelection.all) ? false : nil
  }
}

/// The lists of package names that pip's selecting options take.
enum NameSelection {
  static let all = ":all:"
  static let none = ":none:"

  /// Adds the names of `value` to `target` and takes them from `other`; `:all:` replaces both, `:none:` empties
  /// the target.
  static func apply(_ value: String, to target: inout Set<String>, excluding other: inout Set<String>) {
    var names = value.split(separator: ",", omittingEmptySubsequences: false)[...]
    while let position = names.firstIndex(of: Substring(all)) {
      other = []
      target = [all]
      names = names[(position + 1)...]
      // without `:none:` what follows is covered already
      if !names.contains(Substring(none)) { return }
    }
    for name in names {
      if name == none {
        target = []
        continue
      }
      let canonical = canonicalized(name)
      other.remove(canonical)
      target.insert(canonical)
    }
  }

  /// PEP 503 without the check: runs of `-_.` become one `-`, letters lower case.
  static func canonicalized(_ name: some StringProtocol) -> String {
    var result: [UInt8] = []
    for byte in name.lowercased().utf8 {
      let isSeparator = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      if !isSeparator {
        result.append(byte)
      } else if result.last != UInt8(ascii: "-") {
        result.append(UInt8(ascii: "-"))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
