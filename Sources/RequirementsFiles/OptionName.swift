/// An option of requirements files, as pip 26 knows them.
enum OptionName: String, Sendable, Hashable, CaseIterable {
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
  var takesValue: Bool {
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
