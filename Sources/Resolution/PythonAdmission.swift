import PythonPackaging

/// Which Python would do where the target's is outside `Requires-Python`.
struct PythonAdmission {
  /// The nearest newer Python that one of the texts admits, else the nearest older one; nil if there is none.
  let version: Version?
  let isNewer: Bool

  /// - Parameter texts: values of `Requires-Python`, none of which admits `target`.
  init(of texts: [String], target: Version) {
    version = Self.pythons(admittedBy: texts, nearestTo: target).first
    isNewer = version.map { $0 > target } ?? false
  }

  /// The Pythons that one of some texts admits: the newer ones from the oldest, then the older ones from the newest.
  static func pythons(admittedBy texts: [String], nearestTo target: Version) -> [Version] {
    let sets = Set(texts).compactMap { try? SpecifierSet(lenient: $0) }
    let named = sets.flatMap(\.specifiers).compactMap { specifier -> Version? in
      guard let numbers = specifier.version?.release, numbers.count > 2 else { return nil }
      return try? Version(numbers.prefix(3).map(String.init).joined(separator: "."))
    }
    let known = Set(pythons + named).filter { version in sets.contains { $0.allows(version) } }
    return known.filter { $0 > target }.sorted() + known.filter { $0 < target }.sorted().reversed()
  }

  /// `3.13`, `3.12.4`.
  static func text(of version: Version) -> String {
    let numbers = version.release
    return numbers.prefix(numbers.count > 2 && numbers[2] > 0 ? 3 : 2).map(String.init).joined(separator: ".")
  }

  /// The version as a person asks for it.
  var text: String? { version.map(Self.text) }

  /// The Pythons there are and some that may come.
  private static let pythons =
    ["2.7"].compactMap { try? Version($0) } + (0...30).compactMap { try? Version("3.\($0).0") }
}
