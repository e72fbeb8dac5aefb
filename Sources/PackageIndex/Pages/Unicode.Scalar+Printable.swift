extension Unicode.Scalar {
  /// Whether the character may go to a terminal or a file as it is: it is no control character, ends no line,
  /// and doesn't turn the direction of the text around it.
  var isPrintable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: false
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
    default: true
    }
  }
}

extension String {
  /// The text for a message: at most `limit` characters, each that isn't printable as U+FFFD.
  func inMessage(limit: Int = 200) -> String {
    var result = ""
    for scalar in unicodeScalars.prefix(limit) {
      result.unicodeScalars.append(scalar.isPrintable ? scalar : "\u{FFFD}")
    }
    return result
  }
}
