/// Values of systemd's unit files (systemd.syntax(7), systemd.service(5) "Command lines", systemd.unit(5) "Specifiers").
enum SystemdText {
  /// A word of a command line: in double quotes unless it is plain, without variables and specifiers.
  static func word(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.utf8.allSatisfy { isPlainByte($0) }
    if isPlain { return word }
    return "\"" + escaped(word, dollars: true) + "\""
  }

  /// A text in double quotes where systemd knows no variables: `Environment=`, `ReadWritePaths=`.
  static func quoted(_ text: String) -> String { "\"" + escaped(text, dollars: false) + "\"" }

  /// A value that is taken whole and without quotes: a description, a directory. Specifiers alone are escaped; a backslash
  /// at the end would continue the line, and blanks at the ends would be left out, so that those are nobody's to write.
  static func whole(_ text: String) -> String? {
    guard text.last != "\\", text.first != " ", text.last != " " else { return nil }
    return text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
  }

  private static func escaped(_ text: String, dollars: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "%": result += "%%"
      case "$" where dollars: result += "$$"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/._-+=:,@".utf8.contains(byte)
    }
  }
}
