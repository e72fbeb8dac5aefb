import PythonPackaging

/// A setting that an option refuses, told where it stands instead of as a word of a command line.
struct RefusedSetting {
  let failure: CommandFailure

  /// - Parameters:
  ///   - words: those of the setting that are refused.
  ///   - message: what the command line's parser says of them.
  init(_ setting: OptionSettings.Setting, words: [String], message: String) {
    let option = setting.option.name
    let value = words.first.flatMap { word in word.firstIndex(of: "=").map { String(word[$0...].dropFirst()) }
    }
    let found = "`\(PrintableText.excerpt(value ?? "", limit: 100))` for `\(option)`"
    // The parser begins with what was said and how it was said: "The value 'x' is invalid for '--newline <newline>': …"
    guard let opening = message.firstRange(of: "is invalid for '--\(option)") else {
      failure =
        value == ""
        ? .invalidConfiguration(
          ConfigurationError(place: setting.place, found: "nothing for `\(option)`", expected: "a value"))
        : .usage("\(setting.place): \(PrintableText.excerpt(message, limit: 500))")
      return
    }
    let rest = message[opening.upperBound...].drop { $0 != "'" }.dropFirst()
    if rest.hasPrefix(": ") {
      failure = .usage("\(setting.place): \(found): \(rest.dropFirst(2))")
      return
    }
    let choices = ". Please provide "
    let expected =
      rest.hasPrefix(choices) ? String(rest.dropFirst(choices.count).dropLast()) : "a whole number"
    failure = .invalidConfiguration(
      ConfigurationError(place: setting.place, found: found, expected: expected))
  }
}
