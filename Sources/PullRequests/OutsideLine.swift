import PythonPackaging

/// Text from outside on one line of a message.
enum OutsideLine {
  static func text(_ text: String, limit: Int = 300) -> String {
    let words = text.prefix(8 * limit).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return PrintableText.excerpt(words, limit: limit)
  }
}
