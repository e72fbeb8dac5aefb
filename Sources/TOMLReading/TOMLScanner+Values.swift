extension TOMLScanner {
  /// Reads a value and notes where it stands.
  ///
  ///     value = string | array | inline-table | word
  mutating func value(of node: Int) throws(TOMLError) {
    outline[node].valuePlace = place(at: position)
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let content = try anyString()
      if !content.hasEscape { outline[node].textStart = place(at: content.range.lowerBound) }
    case UInt8(ascii: "["): try array(node)
    case UInt8(ascii: "{"): try inlineTable(node)
    default: outline[node].source = try word()
    }
  }

  ///     array = "[" gap (value gap ("," gap value gap)* ("," gap)?)? "]"
  ///     gap   = (ws comment? "\n")* ws
  private mutating func array(_ node: Int) throws(TOMLError) {
    position += 1
    while true {
      skipGap()
      if consume("]") { return }
      try value(of: outline.item(of: node, at: place(at: position)))
      skipGap()
      if consume(",") { continue }
      guard consume("]") else { throw unexpected(.commaOrClosingBracket) }
      return
    }
  }

  mutating func skipGap() {
    repeat {
      skipBlanks()
      skipComment()
    } while consumeLineEnd()
  }

  ///     inline-table = "{" ws (pair ws ("," ws pair ws)*)? "}"
  private mutating func inlineTable(_ node: Int) throws(TOMLError) {
    position += 1
    skipBlanks()
    if consume("}") { return }
    var expected = TOMLError.Expectation.keyOrClosingBrace
    while true {
      try pair(in: node, expecting: expected)
      skipBlanks()
      guard consume(",") else { break }
      skipBlanks()
      expected = .key
    }
    guard consume("}") else { throw unexpected(.commaOrClosingBrace) }
  }

  /// The range of a number, a date or a name such as `true`; see ``TOMLWord``.
  mutating func word() throws(TOMLError) -> Range<Int> {
    let start = position
    skipWord()
    // A date may have a space before its time.
    if isDate(start..<position), peek == UInt8(ascii: " "), position + 1 < bytes.count,
      Self.isDigit(bytes[position + 1])
    {
      position += 1
      skipWord()
    }
    guard position > start else { throw unexpected(.value) }
    guard TOMLWord.isValid(bytes[start..<position]) else {
      let word = String(decoding: bytes[start..<position].prefix(TOMLWord.greatestLength), as: UTF8.self)
      throw TOMLError(place: place(at: start), reason: .noValue(word))
    }
    return start..<position
  }

  private mutating func skipWord() {
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: ":"):
        position += 1
      default: return
      }
    }
  }

  /// Whether the bytes have the form `2026-12-31`.
  private func isDate(_ range: Range<Int>) -> Bool {
    guard range.count == 10 else { return false }
    return range.allSatisfy { index in
      let offset = index - range.lowerBound
      return offset == 4 || offset == 7 ? bytes[index] == UInt8(ascii: "-") : Self.isDigit(bytes[index])
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
