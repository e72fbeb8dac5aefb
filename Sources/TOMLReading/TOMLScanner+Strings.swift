extension TOMLScanner {
  /// What stands between the quotes of a string.
  struct Content {
    /// The bytes; without the line end that an opening `"""` or `'''` may have behind it.
    var range: Range<Int>
    /// Whether a backslash in them means something else than itself.
    var hasEscape = false
  }

  /// Reads a string of any kind.
  ///
  ///     string     = basic-string | literal-string | three quotes (byte | escape)* three quotes
  mutating func anyString() throws(TOMLError) -> Content {
    guard let quote = peek, bytes[position...].prefix(3).elementsEqual([quote, quote, quote]) else {
      return try string()
    }
    let opening = position
    position += 3
    _ = consumeLineEnd()
    var content = Content(range: position..<position)
    while true {
      try skipText(until: quote, onOneLine: false, of: opening, &content)
      let run = bytes[position...].prefix(5).prefix { $0 == quote }.count
      position += run
      // The string ends in three quotes; one or two before them belong to it.
      guard run >= 3 else { continue }
      content.range = content.range.lowerBound..<position - 3
      return content
    }
  }

  /// Reads a string on one line.
  ///
  ///     basic-string   = '"' (byte | escape)* '"'
  ///     literal-string = "'" byte* "'"
  mutating func string() throws(TOMLError) -> Content {
    let opening = position
    let quote = bytes[position]
    position += 1
    var content = Content(range: position..<position)
    try skipText(until: quote, onOneLine: true, of: opening, &content)
    content.range = content.range.lowerBound..<position
    position += 1
    return content
  }

  /// Goes to the next quote, which is there.
  private mutating func skipText(
    until quote: UInt8, onOneLine isOneLine: Bool, of opening: Int, _ content: inout Content
  ) throws(TOMLError) {
    skipPlainText(until: quote)
    while let byte = peek, byte != quote {
      if isOneLine, byte == UInt8(ascii: "\n") { break }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        try checkEscape()
        content.hasEscape = true
        position += 1
        if position == bytes.count { break }
      }
      // An escaped line end doesn't belong to a string on one line.
      if isOneLine, bytes[position] == UInt8(ascii: "\n") { break }
      position += 1
    }
    guard peek == quote else {
      let quotes = String(repeating: String(Unicode.Scalar(quote)), count: isOneLine ? 1 : 3)
      throw unclosed(quotes, opening)
    }
  }

  /// Goes to the next quote, backslash or line end.
  private mutating func skipPlainText(until quote: UInt8) {
    let bytes = bytes
    let text = bytes.span
    var index = position
    while index < text.count {
      let byte = text[index]
      if byte == quote || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") { break }
      index += 1
    }
    position = index
  }

  private mutating func unclosed(_ quotes: String, _ opening: Int) -> TOMLError {
    let end = place(at: position)
    return TOMLError(
      place: end, reason: unexpectedReason(.closingQuotes(quotes, opening: place(at: opening))))
  }

  /// The library ends a string at a NUL.
  private mutating func checkEscape() throws(TOMLError) {
    let digits: Int
    switch position + 1 < bytes.count ? bytes[position + 1] : 0 {
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default: return
    }
    let zeros = bytes[(position + 2)...].prefix(digits).prefix { $0 == UInt8(ascii: "0") }
    if zeros.count == digits { throw TOMLError(place: place(at: position), reason: .nul) }
  }

  /// The text of a basic string with its escapes resolved. One that TOML doesn't have is left out; the library refuses
  /// the document.
  func unescaped(_ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < range.upperBound else {
        result.append(byte)
        continue
      }
      let kind = bytes[index]
      index += 1
      switch kind {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result.append(kind)
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        let digits = bytes[index..<range.upperBound].prefix(kind == UInt8(ascii: "u") ? 4 : 8)
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        if let scalar = value.flatMap(Unicode.Scalar.init) {
          result.append(contentsOf: Array(String(scalar).utf8))
        }
        index = digits.endIndex
      default: break
      }
    }
    return result
  }
}
