import PythonPackaging

/// Values of TOML (TOML 1.0.0, "String", "Array").
enum TOMLText {
  /// A basic string on one line. The text has no NUL.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if PrintableText.isPrintable(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += escape(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Strings in an array: on one line if it is short, else one a line.
  static func array(_ texts: [String]) -> String {
    let line = "[" + texts.map(quoted).joined(separator: ", ") + "]"
    if line.utf8.count <= 80 { return line }
    return "[\n" + texts.map { "  \(quoted($0)),\n" }.joined() + "]"
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let width = scalar.value > 0xFFFF ? 8 : 4
    return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
