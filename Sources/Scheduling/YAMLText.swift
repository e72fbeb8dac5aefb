import PythonPackaging

/// Scalars of YAML (YAML 1.2.2, 7.3.1), which 1.1 reads the same.
enum YAMLText {
  /// A text in double quotes, on one line: no colon, `#` or tag in it means anything.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case _ where PrintableText.isPrintable(scalar) && !(0xFFFE...0xFFFF).contains(scalar.value):
        result.unicodeScalars.append(scalar)
      default: result += "\\u" + hexadecimal(scalar.value)
      }
    }
    return result + "\""
  }

  /// Lines of a literal block, each behind so many blanks. None may hold the end of a line; the first isn't empty and begins
  /// with no blank.
  static func block(_ lines: [String], indentation: Int) -> String {
    let blanks = String(repeating: " ", count: indentation)
    return "|\n" + lines.map { $0.isEmpty ? "" : blanks + $0 }.joined(separator: "\n")
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
