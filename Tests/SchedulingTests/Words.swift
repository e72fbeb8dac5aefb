/// Readers of what is quoted, each as the manual of its program has it: nothing of what they judge is used.
enum Words {
  /// A crontab's sixth field: a backslash before a `%` goes, a bare `%` ends the command (Vixie's cron, do_command.c).
  static func cron(_ text: String) -> (command: String, hasInput: Bool) {
    var result: [Character] = []
    var isEscaped = false
    for character in text {
      if isEscaped {
        if character == "%" { result.removeLast() }
        result.append(character)
        isEscaped = false
        continue
      }
      if character == "%" { return (String(result), true) }
      isEscaped = character == "\\"
      result.append(character)
    }
    return (String(result), false)
  }

  /// A shell's words; nil where something would be expanded, or a quote isn't closed. `&&` and `--` are words.
  static func shell(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote = false
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        word = (word ?? "") + String(scalar)
        isEscaped = false
      } else if quote {
        if scalar == "'" { quote = false } else { word = (word ?? "") + String(scalar) }
      } else if scalar == "'" {
        quote = true
        word = word ?? ""
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == " " {
        if let word { words.append(word) }
        word = nil
      } else if "\"`$*?[]{}()<>|;!~#^\n\t".unicodeScalars.contains(scalar) {
        return nil
      } else {
        word = (word ?? "") + String(scalar)
      }
    }
    if let word { words.append(word) }
    return quote || isEscaped ? nil : words
  }

  /// The words of `ExecStart=`, after quotes, C escapes, specifiers and variables; nil where one of those would be replaced.
  static func systemd(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"":
        isQuoted.toggle()
        word = word ?? ""
      case "\\":
        guard let next = scalars.popFirst(), next == "\\" || next == "\"" else { return nil }
        word = (word ?? "") + String(next)
      case "%", "$":
        guard scalars.popFirst() == scalar else { return nil }
        word = (word ?? "") + String(scalar)
      case " " where !isQuoted:
        if let word { words.append(word) }
        word = nil
      case "'" where !isQuoted, ";" where !isQuoted: return nil
      default: word = (word ?? "") + String(scalar)
      }
    }
    if let word { words.append(word) }
    return isQuoted ? nil : words
  }
}
