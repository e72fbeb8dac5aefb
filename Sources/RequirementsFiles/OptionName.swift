/// An option of requirements files, as pip 26 knows them.
package enum OptionName: String, Sendable, Hashable, CaseIterable {
  case indexURL = "--index-url"
  case extraIndexURL = "--extra-index-url"
  case noIndex = "--no-index"
  case constraint = "--constraint"
  case requirement = "--requirement"
  case editable = "--editable"
  case findLinks = "--find-links"
  case noBinary = "--no-binary"
  case onlyBinary = "--only-binary"
  case preferBinary = "--prefer-binary"
  case requireHashes = "--require-hashes"
  case noRequireHashes = "--no-require-hashes"
  case preReleases = "--pre"
  case allReleases = "--all-releases"
  case onlyFinal = "--only-final"
  case trustedHost = "--trusted-host"
  case useFeature = "--use-feature"
  case hash = "--hash"
  case configSettings = "--config-settings"

  /// Whether a value follows.
  package var takesValue: Bool {
    switch self {
    case .noIndex, .preferBinary, .requireHashes, .noRequireHashes, .preReleases: false
    default: true
    }
  }

  /// The long spellings, the canonical one first.
  var longNames: [String] {
    self == .indexURL ? [rawValue, "--pypi-url"] : [rawValue]
  }

  init?(short character: Character) {
    switch character {
    case "i": self = .indexURL
    case "c": self = .constraint
    case "r": self = .requirement
    case "e": self = .editable
    case "f": self = .findLinks
    case "C": self = .configSettings
    default: return nil
    }
  }

  /// What a long spelling, possibly shortened, can stand for: an exact name is itself alone.
  static func matches(of long: String) -> [OptionName] {
    if let exact = OptionName(rawValue: long) { return [exact] }
    if long == "--pypi-url" { return [.indexURL] }
    return allCases.filter { option in option.longNames.contains { $0.hasPrefix(long) } }
  }
}

/// One option as written on a line.
struct WrittenOption: Sendable, Hashable {
  var name: OptionName
  /// The value after expansion; empty for a flag.
  var value: String
  /// The value as written in the file, with its variables; what is put out again.
  var written: String
  /// Where the option begins, in bytes of the line.
  var offset: Int
  /// Where the value begins, in bytes of the line.
  var valueOffset: Int
}
