/// Reads the start tags of an HTML text from start to end (HTML standard, section 13.2.5, "Tokenization"), as
/// far as a list of links needs: no tree is built, and no end tag has to be there.
///
/// Comments, declarations, end tags and the content of scripts, style sheets and the like are passed over. Time
/// and memory are bounded by the text's length, whatever it holds.
///
///     var scanner = HTMLScanner(bytes)
///     while let tag = try scanner.nextTag() {
///       while let attribute = try scanner.nextAttribute() { … }
///     }
///
/// Invariant: ``offset`` is at most the text's length.
struct HTMLScanner: Sendable {
  /// An attribute of a start tag, by the places of its parts.
  struct Attribute: Hashable {
    /// The name as written, in either case.
    let name: Range<Int>
    /// The value without its quotes, its character references not resolved; empty if none is written.
    let value: Range<Int>
  }

  /// The text.
  let bytes: [UInt8]
  /// How far the text is read, in bytes.
  private(set) var offset = 0
  /// Where the tag whose attributes are being read begins; nil outside a tag.
  private var tagStart: Int?
  /// The tag's element and where the tag begins, if the element's content is no markup.
  private var rawElement: (name: StaticString, start: Int)?

  /// A scanner at the start of a text.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The name of the next start tag, as written; nil if there is none. Attributes of the tag before that
  /// weren't read are passed over.
  ///
  /// - Throws: ``HTMLError`` where the text ends too early.
  mutating func nextTag() throws(HTMLError) -> Range<Int>? {
    while try nextAttribute() != nil {}
    if let element = rawElement {
      rawElement = nil
      try skipContent(of: element.name, at: element.start)
    }
    while let start = index(of: UInt8(ascii: "<"), from: offset) {
      switch byte(at: start + 1) {
      case UInt8(ascii: "!"):
        offset = try isCommentStart(at: start) ? endOfComment(at: start) : endOfDeclaration(at: start)
      case UInt8(ascii: "?"): offset = try endOfDeclaration(at: start)
      case UInt8(ascii: "/"):
        if HTMLScanner.isLetter(byte(at: start + 2)) {
          beginTag(at: start, nameStart: start + 2)
          while try nextAttribute() != nil {}
        } else {
          offset = try endOfDeclaration(at: start)
        }
      case let first where HTMLScanner.isLetter(first):
        let name = beginTag(at: start, nameStart: start + 1)
        rawElement = HTMLScanner.rawElements.first { holds($0, at: name) }.map { ($0, start) }
        return name
      case nil: throw HTMLError(offset: start, unfinished: .tag)
      default: offset = start + 1
      }
    }
    offset = bytes.count
    return nil
  }

  /// The tag's next attribute; nil behind the last one.
  mutating func nextAttribute() throws(HTMLError) -> Attribute? {
    guard let start = tagStart else { return nil }
    while let byte = byte(at: offset), HTMLScanner.isSpace(byte) || byte == UInt8(ascii: "/") { offset += 1 }
    if byte(at: offset) == UInt8(ascii: ">") {
      offset += 1
      tagStart = nil
      return nil
    }
    let nameStart = offset
    // A `=` that begins a name belongs to it.
    if offset < bytes.count { offset += 1 }
    while let byte = byte(at: offset), !HTMLScanner.isSpace(byte), byte != UInt8(ascii: "/"),
      byte != UInt8(ascii: ">"), byte != UInt8(ascii: "=")
    {
      offset += 1
    }
    let name = nameStart..<offset
    skipSpace()
    var value = offset..<offset
    if byte(at: offset) == UInt8(ascii: "=") {
      offset += 1
      skipSpace()
      value = try attributeValue(tagStart: start)
    }
    guard offset < bytes.count else { throw HTMLError(offset: start, unfinished: .tag) }
    return Attribute(name: name, value: value)
  }

  /// Whether these lower-case ASCII letters stand at a place, in either case, and nothing else.
  func holds(_ word: StaticString, at range: Range<Int>) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { word in
      for index in word.indices where lowered(bytes[range.lowerBound + index]) != word[index] { return false }
      return true
    }
  }

  // MARK: Tokens

  /// The elements whose content is text up to their end tag.
  private static let rawElements: [StaticString] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
  ]

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func index(of byte: UInt8, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == byte { return index }
      index += 1
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  private static func isLetter(_ byte: UInt8?) -> Bool {
    byte.map { ($0 | 0x20) &- UInt8(ascii: "a") < 26 } ?? false
  }

  private func lowered(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }

  private mutating func skipSpace() {
    while let byte = byte(at: offset), HTMLScanner.isSpace(byte) { offset += 1 }
  }

  @discardableResult
  private mutating func beginTag(at start: Int, nameStart: Int) -> Range<Int> {
    tagStart = start
    offset = nameStart
    while let byte = byte(at: offset), !HTMLScanner.isSpace(byte), byte != UInt8(ascii: "/"),
      byte != UInt8(ascii: ">")
    {
      offset += 1
    }
    return nameStart..<offset
  }

  private mutating func attributeValue(tagStart: Int) throws(HTMLError) -> Range<Int> {
    let quote = byte(at: offset)
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), let quote {
      let start = offset + 1
      guard let end = index(of: quote, from: start) else {
        throw HTMLError(offset: tagStart, unfinished: .tag)
      }
      offset = end + 1
      return start..<end
    }
    let start = offset
    while let byte = byte(at: offset), !HTMLScanner.isSpace(byte), byte != UInt8(ascii: ">") { offset += 1 }
    return start..<offset
  }

  private func isCommentStart(at start: Int) -> Bool {
    byte(at: start + 2) == UInt8(ascii: "-") && byte(at: start + 3) == UInt8(ascii: "-")
  }

  /// The index behind a comment: `<!-->`, `<!--->`, or up to `-->` or `--!>`.
  private func endOfComment(at start: Int) throws(HTMLError) -> Int {
    var from = start + 4
    if byte(at: from) == UInt8(ascii: ">") { return from + 1 }
    if byte(at: from) == UInt8(ascii: "-"), byte(at: from + 1) == UInt8(ascii: ">") { return from + 2 }
    while let end = index(of: UInt8(ascii: ">"), from: from) {
      let mark = bytes[end - 1] == UInt8(ascii: "!") ? end - 1 : end
      if mark - 2 >= start + 4, bytes[mark - 1] == UInt8(ascii: "-"), bytes[mark - 2] == UInt8(ascii: "-") {
        return end + 1
      }
      from = end + 1
    }
    throw HTMLError(offset: start, unfinished: .comment)
  }

  private func endOfDeclaration(at start: Int) throws(HTMLError) -> Int {
    guard let end = index(of: UInt8(ascii: ">"), from: start) else {
      throw HTMLError(offset: start, unfinished: .declaration)
    }
    return end + 1
  }

  /// Reads up to an element's end tag.
  private mutating func skipContent(of element: StaticString, at start: Int) throws(HTMLError) {
    while let mark = index(of: UInt8(ascii: "<"), from: offset) {
      let name = mark + 2..<mark + 2 + element.utf8CodeUnitCount
      let behind = byte(at: name.upperBound)
      let isEnd = behind.map { HTMLScanner.isSpace($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") }
      if isEnd == true, bytes[mark + 1] == UInt8(ascii: "/"), holds(element, at: name) {
        offset = mark
        return
      }
      offset = mark + 1
    }
    throw HTMLError(offset: start, unfinished: .element)
  }
}
