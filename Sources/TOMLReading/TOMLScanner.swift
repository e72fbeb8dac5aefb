/// Walks over a TOML 1.0 text and notes where its keys and items stand.
///
/// Each method's comment has the rule it reads; `ws` is `(" " | "\t")*`. What the text means (escapes, numbers, dates,
/// keys given twice) is not judged. No step is taken twice, and what recurses is bounded by
/// ``TOMLDocument/greatestDepth``.
struct TOMLScanner {
  let bytes: [UInt8]
  /// The offset of the next byte to be read.
  var position = 0
  var outline: TOMLOutline
  /// How far the lines and columns are counted, and the place there.
  private var counted = 0
  private var countedPlace = TOMLPlace.start

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    outline = TOMLOutline(bytes)
  }

  /// Checks that the bytes are UTF-8 and none is NUL.
  mutating func checkCharacters() throws(TOMLError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      throw TOMLError(place: place(at: offset), reason: .undecodable(bytes[offset]))
    }
    if let offset = bytes.firstIndex(of: 0) { throw TOMLError(place: place(at: offset), reason: .nul) }
  }

  /// Reads the whole text.
  ///
  ///     document = line ("\n" line)*
  ///     line     = ws (header | pair)? ws comment?
  mutating func document() throws(TOMLError) {
    var table = 0
    while true {
      skipBlanks()
      switch peek {
      case nil: return
      case UInt8(ascii: "["): table = try header()
      case UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
      default: try pair(in: table, expecting: .key)
      }
      try endLine()
    }
  }

  /// Reads a header and gives the table it opens.
  ///
  ///     header = "[" ws key ws "]" | "[[" ws key ws "]]"
  private mutating func header() throws(TOMLError) -> Int {
    position += 1
    let isTableArray = consume("[")
    skipBlanks()
    let (parent, name, place) = try key(in: 0, expecting: .key)
    var node = try outline.child(of: parent, named: name, at: place)
    guard consume("]"), !isTableArray || consume("]") else {
      throw unexpected(isTableArray ? .dotOrClosingBrackets : .dotOrClosingBracket)
    }
    if isTableArray {
      outline[node].isTableArray = true
      node = try outline.item(of: node, at: place)
    } else {
      // The header is what people take for the table, though `[a.b]` may have named `a` before.
      outline[node].place = place
      outline[node].valuePlace = place
    }
    return node
  }

  ///     pair = key ws "=" ws value
  mutating func pair(in table: Int, expecting expected: TOMLError.Expectation) throws(TOMLError) {
    let (parent, name, place) = try key(in: table, expecting: expected)
    guard consume("=") else { throw unexpected(.dotOrEquals) }
    skipBlanks()
    try value(of: outline.child(of: parent, named: name, at: place))
  }

  /// Reads a key and the blanks after it; gives its last part and the node that has it.
  ///
  ///     key  = part (ws "." ws part)*
  ///     part = (letter | digit | "_" | "-")+ | basic-string | literal-string
  private mutating func key(
    in table: Int, expecting expected: TOMLError.Expectation
  ) throws(TOMLError) -> (parent: Int, name: [UInt8], place: TOMLPlace) {
    var parent = table
    var expected = expected
    while true {
      let place = place(at: position)
      let name = try keyPart(expecting: expected)
      skipBlanks()
      guard consume(".") else { return (parent, name, place) }
      skipBlanks()
      // In two steps: the outline that tells must be the one with the child.
      let child = try outline.child(of: parent, named: name, at: place)
      parent = outline.openTable(child)
      expected = .key
    }
  }

  mutating func keyPart(expecting expected: TOMLError.Expectation) throws(TOMLError) -> [UInt8] {
    switch peek {
    case UInt8(ascii: "\""):
      let content = try string()
      return content.hasEscape ? unescaped(content.range) : Array(bytes[content.range])
    case UInt8(ascii: "'"): return try Array(bytes[string().range])
    default:
      let start = position
      while let byte = peek, Self.isBareKeyByte(byte) { position += 1 }
      guard position > start else { throw unexpected(expected) }
      return Array(bytes[start..<position])
    }
  }

  static func isBareKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

// MARK: Bytes and places

extension TOMLScanner {
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Whether the byte is next, which is then behind.
  mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte = peek, Unicode.Scalar(byte) == scalar else { return false }
    position += 1
    return true
  }

  mutating func skipBlanks() {
    while let byte = peek, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
  }

  mutating func skipComment() {
    guard peek == UInt8(ascii: "#") else { return }
    while let byte = peek, byte != UInt8(ascii: "\n") { position += 1 }
  }

  /// Whether a line end is next, which is then behind.
  mutating func consumeLineEnd() -> Bool {
    if peek == UInt8(ascii: "\r"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\n") {
      position += 2
      return true
    }
    return consume("\n")
  }

  ///     line-end = ws comment? ("\n" | "\r\n" | end)
  mutating func endLine() throws(TOMLError) {
    skipBlanks()
    skipComment()
    guard peek == nil || consumeLineEnd() else { throw unexpected(.lineEnd) }
  }

  func unexpectedReason(_ expected: TOMLError.Expectation) -> TOMLError.Reason {
    let rest = bytes[position..<min(position + 4, bytes.count)]
    return .unexpected(
      found: String(decoding: rest, as: UTF8.self).unicodeScalars.first, expected: expected)
  }

  mutating func unexpected(_ expected: TOMLError.Expectation) -> TOMLError {
    TOMLError(place: place(at: position), reason: unexpectedReason(expected))
  }

  /// The place of a byte. It is counted from the last place that was asked for, which is near in most cases.
  mutating func place(at offset: Int) -> TOMLPlace {
    if offset < counted { countBack(to: offset) }
    var (line, column) = (countedPlace.line, countedPlace.column)
    let bytes = bytes
    let text = bytes.span
    for index in counted..<offset {
      let byte = text[index]
      // As `TOMLPlace.after(_:)`; most of a text is counted here.
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    (counted, countedPlace) = (offset, TOMLPlace(line: line, column: column))
    return countedPlace
  }

  /// Takes the counting back to the start of the line that has a byte.
  private mutating func countBack(to offset: Int) {
    let line = countedPlace.line - bytes[offset..<counted].count { $0 == UInt8(ascii: "\n") }
    counted = offset
    while counted > 0, bytes[counted - 1] != UInt8(ascii: "\n") { counted -= 1 }
    countedPlace = TOMLPlace(line: line, column: 1)
  }
}
