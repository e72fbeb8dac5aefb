import PythonPackaging
import TOMLReading

/// Options that a configuration or the environment sets, as the words of a command line that give them.
struct OptionSettings: Sendable, Hashable {
  /// One option that is set.
  struct Setting: Sendable, Hashable {
    let option: CompileOption
    let words: [String]
    /// Where it is set, for messages.
    let place: String
  }

  /// By option; a later one takes an earlier one's place.
  private(set) var settings: [Setting] = []

  /// Nothing set.
  init() {}

  /// Sets an option, whatever was set before.
  mutating func set(_ setting: Setting) {
    settings.removeAll {
      $0.option.name == setting.option.name || $0.option.name == setting.option.opposite
    }
    settings.append(setting)
  }

  /// Adds settings that win over these.
  mutating func override(with other: OptionSettings) {
    for setting in other.settings { set(setting) }
  }

  /// The words for a command line that gives other options itself: those win, and all of a list comes from one place.
  func words(beside given: Set<CompileOption>) -> [String] {
    let opposites = Set(given.compactMap(\.opposite))
    return settings.filter { !given.contains($0.option) && !opposites.contains($0.option.name) }
      .flatMap(\.words)
  }

  // MARK: Tables

  /// Reads the keys of a table that are options: long names, with `-` or `_`; `no-NAME = true` is `NAME = false`.
  ///
  /// - Parameters:
  ///   - file: as messages show it.
  ///   - others: keys of the table that are no options and are read elsewhere.
  init(_ table: TOMLTable, file: String, others: Set<String> = []) throws(ConfigurationError) {
    for entry in table.entries {
      let key = String(entry.key.drop { $0 == "-" }.map { $0 == "_" ? "-" : $0 }).lowercased()
      if others.contains(key) { continue }
      let setting = try Self.setting(key, entry, file: file, others: others)
      if let other = settings.first(where: { $0.option == setting.option }), other.words != setting.words {
        throw ConfigurationError(
          place: setting.place, found: "`\(entry.key)`, which \(other.place) sets otherwise",
          expected: "one of them")
      }
      set(setting)
    }
  }

  private static func setting(
    _ key: String, _ entry: TOMLTable.Entry, file: String, others: Set<String>
  ) throws(ConfigurationError) -> Setting {
    let place = "\(file):\(entry.place)"
    var option = CompileOption.named(aliases[key] ?? key)
    var isInverted = false
    if option == nil, key.hasPrefix("no-") {
      option = CompileOption.named(String(key.dropFirst(3)))
      isInverted = option?.kind == .switching
      if !isInverted { option = nil }
    }
    if let option, !option.isConfigurable {
      throw ConfigurationError(
        place: place, found: "the key `\(entry.key)`", expected: "an option that can be configured",
        hint: "`--\(option.name)` is for one run: say it on the command line")
    }
    guard let option else {
      let names = CompileOption.all.filter(\.isConfigurable).map(\.name) + others
      let near = NearNames.of(key, among: names).first
      throw ConfigurationError(
        place: place, found: "the unknown key `\(entry.key)`", expected: "an option of `repin compile`",
        hint: key == "tool"
          ? "`[tool.repin]` is for a pyproject.toml: here options stand at the top, without a table"
          : near.map { "did you mean `\($0)`?" })
    }
    let words = try words(for: option, entry.item, key: entry.key, isInverted: isInverted, file: file)
    return Setting(option: option, words: words, place: place)
  }

  private static func words(
    for option: CompileOption, _ item: TOMLItem, key: String, isInverted: Bool, file: String
  ) throws(ConfigurationError) -> [String] {
    func failure(_ expected: String, at other: TOMLItem? = nil) -> ConfigurationError {
      let item = other ?? item
      return ConfigurationError(
        place: "\(file):\(item.place)", found: "\(item.value.noun) for `\(key)`", expected: expected,
        hint: option.name.hasPrefix("python") && item.value.isFloat ? "put it in quotes" : nil)
    }
    switch option.kind {
    case .flag, .switching:
      guard case .boolean(let isOn) = item.value else { throw failure("`true` or `false`") }
      return option.words(isOn: isOn != isInverted)
    case .value:
      guard let text = text(item.value, of: option) else {
        throw failure(option.takesMoment ? "a day, a moment or a string" : "a string or a number")
      }
      return option.words([text])
    case .list:
      if option.takesMoment, case .table(let table) = item.value {
        return option.words(try packageMoments(table, of: option, file: file))
      }
      guard case .array(let items) = item.value else {
        guard let text = text(item.value, of: option) else {
          throw failure(option.takesMoment ? "a table, or an array of strings" : "an array of strings")
        }
        return option.words([text])
      }
      var values: [String] = []
      for item in items {
        guard let text = text(item.value, of: option) else { throw failure("an array of strings", at: item) }
        values.append(text)
      }
      return option.words(values)
    }
  }

  /// `{ flask = "7 days", werkzeug = 2026-01-31, click = false }`.
  private static func packageMoments(
    _ table: TOMLTable, of option: CompileOption, file: String
  ) throws(ConfigurationError) -> [String] {
    var values: [String] = []
    for entry in table.entries {
      if case .boolean(false) = entry.item.value {
        values.append("\(entry.key)=false")
      } else if let text = text(entry.item.value, of: option) {
        values.append("\(entry.key)=\(text)")
      } else {
        throw ConfigurationError(
          place: "\(file):\(entry.item.place)",
          found: "\(entry.item.value.noun) for `\(entry.key)` of `\(option.name)`",
          expected: "a day, a moment, a string, or `false`")
      }
    }
    return values
  }

  private static func text(_ value: TOMLValue, of option: CompileOption) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .dateTime(let text): option.takesMoment ? text : nil
    default: nil
    }
  }

  /// Names that pip-compile's own variables have and its options don't.
  private static let aliases = [
    "extras": "extra", "upgrade-packages": "upgrade-package", "pip-args-str": "pip-args",
    "build-deps-targets": "build-deps-for", "resolver-name": "resolver",
  ]

  // MARK: Environment

  /// Reads `REPIN_NAME` of every option that isn't read elsewhere: lists divided by white space, switches `true` or
  /// `false`.
  init(environment: [String: String]) throws(ConfigurationError) {
    for option in CompileOption.all where option.isConfigurable && !Self.indexOptions.contains(option.name) {
      let variable = "REPIN_" + String(option.name.uppercased().map { $0 == "-" ? "_" : $0 })
      guard let value = environment[variable], !value.isEmpty else { continue }
      let words: [String]
      switch option.kind {
      case .flag, .switching:
        guard let isOn = Self.boolean(value) else {
          throw ConfigurationError(place: variable, found: "`\(value)`", expected: "`true` or `false`")
        }
        words = option.words(isOn: isOn)
      case .value: words = option.words([value])
      case .list: words = option.words(value.split(whereSeparator: \.isWhitespace).map(String.init))
      }
      set(Setting(option: option, words: words, place: variable))
    }
  }

  /// Those that the module of indexes reads from the environment, with pip's own variables and files.
  private static let indexOptions: Set<String> = [
    "index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "cert", "client-cert",
    "keyring-provider", "no-binary", "only-binary",
  ]

  /// What a switch's word means; nil: it is none.
  static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "true", "yes", "on": true
    case "0", "false", "no", "off": false
    default: nil
    }
  }
}

extension TOMLValue {
  fileprivate var isFloat: Bool { if case .float = self { true } else { false } }
}
