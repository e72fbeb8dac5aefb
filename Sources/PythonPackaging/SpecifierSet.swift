/// A comma-separated list of specifiers, all of which have to hold: `>=1.0,!=1.5,<2` (PEP 440, "Version
/// specifiers"). Without a specifier it allows every version.
///
/// Two sets are equal if they have equal specifiers, in any order and number.
package struct SpecifierSet: Sendable, Hashable, CustomStringConvertible {
  /// The greatest length of a set's text, in UTF-8 bytes.
  package static let greatestLength = 65_536

  /// The specifiers in the order written.
  package let specifiers: [Specifier]

  /// The set that allows every version.
  package init() { specifiers = [] }

  /// The set of these specifiers.
  package init(_ specifiers: [Specifier]) { self.specifiers = specifiers }

  /// Reads specifiers as PEP 440 has them; as in `packaging`, empty ones between commas don't count.
  ///
  /// - Throws: ``SpecifierError``, its offset in UTF-8 bytes from the start of `text`.
  package init(_ text: String) throws(SpecifierError) {
    let bytes = text.utf8.span
    try SpecifierSet.checkLength(of: bytes)
    var specifiers: [Specifier] = []
    var index = PythonWhiteSpace.skip(from: 0, in: bytes)
    while let next = Specifier.byte(at: index, in: bytes) {
      if next != UInt8(ascii: ",") {
        specifiers.append(try Specifier.parse(bytes, at: &index))
        index = PythonWhiteSpace.skip(from: index, in: bytes)
        if let found = scalar(at: index, in: bytes), found != "," {
          throw SpecifierError(offset: index, reason: .expectedComma(found: found))
        }
      }
      index = PythonWhiteSpace.skip(from: min(index + 1, bytes.count), in: bytes)
    }
    self.specifiers = specifiers
  }

  static func checkLength(of bytes: Span<UInt8>) throws(SpecifierError) {
    guard bytes.count <= greatestLength else {
      throw SpecifierError(offset: greatestLength, reason: .tooLong(limit: greatestLength))
    }
  }

  /// The version of a set that names one by `==` or `===`, whatever else it says; nil: it names none.
  package var exactVersion: Version? {
    specifiers.first { ($0.operator == .equal && !$0.isWildcard) || $0.operator == .arbitrary }?.version
  }

  /// Whether there is no specifier.
  package var isEmpty: Bool { specifiers.isEmpty }

  /// Whether a version satisfies every specifier and the pre-release policy: `false` leaves pre-releases out;
  /// `true` takes them; nil is PEP 440's own rule, which takes a pre-release if nothing else satisfies the
  /// set, as is the case for one version alone ("Handling of pre-releases"; `contains` of `packaging` 26).
  package func contains(_ version: Version, preReleases: Bool?) -> Bool {
    (preReleases ?? true || !version.isPreRelease) && allows(version)
  }

  /// Whether a version satisfies every specifier, pre-release policy aside.
  package func allows(_ version: Version) -> Bool {
    for specifier in specifiers where !specifier.allows(version) { return false }
    return true
  }

  /// The versions that satisfy every specifier, pre-release policy aside; see ``Specifier/versions`` for `===`.
  package var versions: VersionSet {
    var sets = specifiers.map(\.versions)
    guard !sets.isEmpty else { return .all }
    while sets.count > 1 {
      sets = stride(from: 0, to: sets.count, by: 2).map { index in
        index + 1 < sets.count ? sets[index].intersection(sets[index + 1]) : sets[index]
      }
    }
    return sets[0]
  }

  /// The specifiers sorted by their text, equal ones once, joined by commas without a space, as `packaging`
  /// prints them: `!=1.5,<2,>=1.0`.
  package var description: String {
    canonicalSpecifiers.map(\.description).joined(separator: ",")
  }

  private var canonicalSpecifiers: [Specifier] {
    if specifiers.count < 2 { return specifiers }
    var seen: Set<Specifier> = []
    return specifiers.map { (text: $0.description, specifier: $0) }
      .sorted { $0.text.unicodeScalars.lexicographicallyPrecedes($1.text.unicodeScalars) }
      .compactMap { seen.insert($0.specifier).inserted ? $0.specifier : nil }
  }

  package static func == (left: SpecifierSet, right: SpecifierSet) -> Bool {
    Set(left.specifiers) == Set(right.specifiers)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(Set(specifiers)) }
}
