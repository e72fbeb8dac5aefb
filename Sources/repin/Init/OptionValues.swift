import Scheduling

/// Options of `repin compile` and what they are set to, read from the words that set them.
struct OptionValues {
  /// By name, in the order of their first words.
  private(set) var settings: [Scheduling.ProjectSurvey.Setting] = []

  /// What is a person's or a machine's own, and for no project's configuration.
  private static let personal: Set<String> = [
    "cache-dir", "no-cache", "history", "no-history", "offline", "refresh", "python", "resolver",
    "max-rounds", "cert",
    "client-cert", "keyring-provider",
  ]

  /// - Parameter words: each an option with its value, such as `--extra=dev` or `--no-header`.
  init(_ words: [String]) {
    for word in words {
      guard let option = CompileOption.given(by: word), option.isConfigurable,
        !Self.personal.contains(option.name)
      else { continue }
      let value = word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) }
      switch option.kind {
      case .flag, .switching: set(option.name, .flag(!word.hasPrefix("--no-\(option.name)")))
      case .value: if let value { set(option.name, .text(value)) }
      case .list:
        guard let value else { continue }
        let place = settings.firstIndex { $0.name == option.name }
        if let place, case .list(let values) = settings[place].value {
          settings[place] = .init(option.name, .list(values + [value]))
        } else {
          set(option.name, .list([value]))
        }
      }
    }
  }

  private mutating func set(_ name: String, _ value: Scheduling.ProjectSurvey.Setting.Value) {
    settings.removeAll { $0.name == name }
    settings.append(.init(name, value))
  }

  /// The same with other texts, by the options' names.
  func mapped(_ change: (_ name: String, _ value: String) -> String) -> OptionValues {
    var mapped = self
    mapped.settings = settings.map { setting in
      switch setting.value {
      case .flag: setting
      case .text(let text): .init(setting.name, .text(change(setting.name, text)))
      case .list(let texts): .init(setting.name, .list(texts.map { change(setting.name, $0) }))
      }
    }
    return mapped
  }
}
