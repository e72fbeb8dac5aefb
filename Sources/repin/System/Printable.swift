/// Text from outside, made fit for a terminal.
enum Printable {
  /// One line without control and formatting characters, cut at 300 characters.
  static func line(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(300) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: result.append("\u{fffd}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
