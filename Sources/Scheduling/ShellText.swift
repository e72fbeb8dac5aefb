/// Words for a POSIX shell (POSIX.1-2024, Shell Command Language, 2.2).
package enum ShellText {
  /// A word so that the shell takes every character of it as it is: bare where nothing in it means anything, else within
  /// single quotes.
  ///
  /// Some pairs of characters never stand side by side, since those who read a line before the shell does take them for
  /// theirs: `\%`, which cron would take for an escaped `%`, and `${` and `$[`, with which GitHub's and GitLab's expressions
  /// begin. Between them the quotes end and begin anew, which says the same.
  static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.unicodeScalars.allSatisfy(isPlain) { return word }
    var text = "'"
    var last: Unicode.Scalar?
    for scalar in word.unicodeScalars {
      if last == "\\" && scalar == "%" || last == "$" && (scalar == "{" || scalar == "[") { text += "''" }
      if scalar == "'" { text += "'\\''" } else { text.unicodeScalars.append(scalar) }
      last = scalar
    }
    return text + "'"
  }

  /// Words as one command.
  package static func command(_ words: [String]) -> String {
    // A first word with a `=` in it would set a variable if it were bare.
    let first = words.prefix(1).map { $0.contains("=") ? forced($0) : quoted($0) }
    return (first + words.dropFirst().map(quoted)).joined(separator: " ")
  }

  private static func forced(_ word: String) -> String {
    let text = quoted(word)
    return text.hasPrefix("'") ? text : "'\(text)'"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      || "/._-+=:,@".unicodeScalars.contains(scalar)
  }
}
