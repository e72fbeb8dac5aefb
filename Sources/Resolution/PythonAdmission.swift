import PythonPackaging

/// Which Python would do where the target's is outside `Requires-Python`.
struct PythonAdmission {
  /// The nearest newer Python that one of the texts admits, else the nearest older one; nil if there is none.
  let version: Version?
  let isNewer: Bool

  /// - Parameter texts: values of `Requires-Python`, none of which admits `target`.
  init(of texts: [String], target: Version) {
    let sets = texts.compactMap { try? SpecifierSet(lenient: $0) }
    let named = sets.flatMap(\.specifiers).compactMap { specifier -> Version? in
      guard let numbers = specifier.version?.release, numbers.count > 2 else { return nil }
      return try? Version(numbers.prefix(3).map(String.init).joined(separator: "."))
    }
    let known = (Self.pythons + named).filter { version in sets.contains { $0.allows(version) } }
    let newer = known.filter { $0 > target }.min()
    isNewer = newer != nil
    version = newer ?? known.filter { $0 < target }.max()
  }

  /// `3.13`, `3.12.4`.
  var text: String? {
    version.map { version in
      let numbers = version.release
      return numbers.prefix(numbers.count > 2 && numbers[2] > 0 ? 3 : 2).map(String.init).joined(
        separator: ".")
    }
  }

  /// The Pythons there are and some that may come.
  private static let pythons =
    ["2.7"].compactMap { try? Version($0) } + (0...30).compactMap { try? Version("3.\($0).0") }
}
