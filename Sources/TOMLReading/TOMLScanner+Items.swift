/// Values read as they stand, without outline and library. The rules are those of `TOMLScanner+Values.swift`.
extension TOMLScanner {
  /// Reads a value.
  ///
  /// - Parameter depth: How many levels it stands in.
  mutating func item(depth: Int) throws(TOMLError) -> TOMLItem {
    let place = place(at: position)
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let content = try anyString()
      guard content.hasEscape else {
        let text = String(decoding: bytes[content.range], as: UTF8.self)
        return TOMLItem(
          value: .string(text), place: place, textStart: self.place(at: content.range.lowerBound))
      }
      guard hasOnlyEscapes(content.range) else {
        throw TOMLError(place: place, reason: .invalid("an escape sequence that TOML doesn't have"))
      }
      let text = String(decoding: unescaped(content.range), as: UTF8.self)
      return TOMLItem(value: .string(text), place: place, textStart: nil)
    case UInt8(ascii: "["):
      try checkDepth(depth)
      var items: [TOMLItem] = []
      try array { scanner throws(TOMLError) in items.append(try scanner.item(depth: depth + 1)) }
      return TOMLItem(value: .array(items), place: place, textStart: nil)
    case UInt8(ascii: "{"):
      try checkDepth(depth)
      var entries: [TOMLTable.Entry] = []
      try inlineTable { scanner throws(TOMLError) in
        let (path, keyPlace) = try scanner.keyPath()
        let item = try scanner.item(depth: depth + path.count)
        try entries.insert(item, at: path[...], keyPlace: keyPlace)
      }
      return TOMLItem(
        value: .table(TOMLTable(entries: entries, place: place)), place: place, textStart: nil)
    default:
      return TOMLItem(value: Self.value(of: bytes[try word()]), place: place, textStart: nil)
    }
  }

  /// Reads past a value, as strictly as if it was kept; gives the number of an array's items, else 1.
  mutating func skipItem(depth: Int) throws(TOMLError) -> Int {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try anyString()
    case UInt8(ascii: "["):
      try checkDepth(depth)
      var count = 0
      try array { scanner throws(TOMLError) in
        _ = try scanner.skipItem(depth: depth + 1)
        count += 1
      }
      return count
    case UInt8(ascii: "{"):
      try checkDepth(depth)
      try inlineTable { scanner throws(TOMLError) in
        try scanner.skipKey()
        _ = try scanner.skipItem(depth: depth + 1)
      }
    default: _ = try word()
    }
    return 1
  }

  private mutating func array(
    _ readItem: (inout TOMLScanner) throws(TOMLError) -> Void
  ) throws(TOMLError) {
    position += 1
    while true {
      skipGap()
      if consume("]") { return }
      try readItem(&self)
      skipGap()
      if consume(",") { continue }
      guard consume("]") else { throw unexpected(.commaOrClosingBracket) }
      return
    }
  }

  /// TOML 1.1 allows line ends and a comma at the end, and tools write them.
  private mutating func inlineTable(
    _ readPair: (inout TOMLScanner) throws(TOMLError) -> Void
  ) throws(TOMLError) {
    position += 1
    while true {
      skipGap()
      if consume("}") { return }
      try readPair(&self)
      skipGap()
      if consume(",") { continue }
      guard consume("}") else { throw unexpected(.commaOrClosingBrace) }
      return
    }
  }

  /// Reads a key and its `=` with the blanks behind it; gives the parts and where the last one stands.
  mutating func keyPath() throws(TOMLError) -> ([String], TOMLPlace) {
    var path: [String] = []
    while true {
      let place = place(at: position)
      path.append(String(decoding: try keyPart(expecting: .key), as: UTF8.self))
      skipBlanks()
      if consume(".") {
        guard path.count < TOMLDocument.greatestDepth else { throw tooDeep() }
        skipBlanks()
        continue
      }
      guard consume("=") else { throw unexpected(.dotOrEquals) }
      skipBlanks()
      return (path, place)
    }
  }

  private mutating func skipKey() throws(TOMLError) {
    repeat {
      skipBlanks()
      if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
        _ = try string()
      } else {
        let start = position
        while let byte = peek, Self.isBareKeyByte(byte) { position += 1 }
        guard position > start else { throw unexpected(.key) }
      }
      skipBlanks()
    } while consume(".")
    guard consume("=") else { throw unexpected(.dotOrEquals) }
    skipBlanks()
  }

  private mutating func checkDepth(_ depth: Int) throws(TOMLError) {
    guard depth < TOMLDocument.greatestDepth else { throw tooDeep() }
  }

  private mutating func tooDeep() -> TOMLError {
    TOMLError(place: place(at: position), reason: .tooDeep(limit: TOMLDocument.greatestDepth))
  }

  private static func value(of word: ArraySlice<UInt8>) -> TOMLValue {
    let text = String(decoding: word, as: UTF8.self)
    if text == "true" || text == "false" { return .boolean(text == "true") }
    let digits = text.replacing("_", with: "")
    if let integer = Int(digits) { return .integer(integer) }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      if let integer = Int(digits.dropFirst(2), radix: radix) { return .integer(integer) }
    }
    // After those with a prefix, of which hexadecimal ones are numbers to `Double`, too.
    if let float = Double(digits) { return .float(float) }
    return .dateTime(text)
  }

  private func hasOnlyEscapes(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      defer { index += 1 }
      guard bytes[index] == UInt8(ascii: "\\") else { continue }
      index += 1
      guard index < range.upperBound else { return false }
      switch bytes[index] {
      case UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "f"), UInt8(ascii: "r"),
        UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"),
        UInt8(ascii: "\r"):
        break
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        let count = bytes[index] == UInt8(ascii: "u") ? 4 : 8
        let digits = bytes[(index + 1)..<range.upperBound].prefix(count)
        guard digits.count == count,
          let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), Unicode.Scalar(value) != nil
        else { return false }
      default: return false
      }
    }
    return true
  }
}

// MARK: Lines of a text that may be damaged

extension TOMLScanner {
  /// Skips blanks, comments and empty lines; gives whether a pair may follow, rather than a header or the end.
  mutating func isBeforePair() -> Bool {
    skipGap()
    guard let byte = peek else { return false }
    return byte != UInt8(ascii: "[")
  }

  /// Reads a header on one line.
  mutating func sectionHeader() throws(TOMLError) -> ([String], isTableArray: Bool, TOMLPlace) {
    position += 1
    let isTableArray = consume("[")
    skipBlanks()
    var path: [String] = []
    while true {
      let place = place(at: position)
      path.append(String(decoding: try keyPart(expecting: .key), as: UTF8.self))
      skipBlanks()
      if consume(".") {
        guard path.count < TOMLDocument.greatestDepth else { throw tooDeep() }
        skipBlanks()
        continue
      }
      guard consume("]"), !isTableArray || consume("]") else {
        throw unexpected(isTableArray ? .dotOrClosingBrackets : .dotOrClosingBracket)
      }
      return (path, isTableArray, place)
    }
  }

  /// Goes on, after a fault in what began at `start`, to the next line that begins, without blanks before it, with `[` and
  /// a key, or with a bare key and its `=`.
  mutating func recover(from error: TOMLError, in start: Int) {
    if case .unexpected(_, .closingQuotes(let quotes, _)) = error.reason, quotes.count == 3 {
      // All that follows stands in the string; so the string is left out.
      position = start
    }
    var line = min(position, bytes.count)
    while line > start, bytes[line - 1] != UInt8(ascii: "\n") { line -= 1 }
    if line > start {
      position = line
      if isAtPairOrHeader() { return }
    }
    repeat {
      while let byte = peek, byte != UInt8(ascii: "\n") { position += 1 }
      guard consume("\n") else { return }
    } while !isAtPairOrHeader()
  }

  private func isAtPairOrHeader() -> Bool {
    var index = position
    func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    if byte(index) == UInt8(ascii: "[") {
      index += byte(index + 1) == UInt8(ascii: "[") ? 2 : 1
      return Self.isBareKeyByte(byte(index)) || byte(index) == UInt8(ascii: "\"")
    }
    guard Self.isBareKeyByte(byte(index)) else { return false }
    while Self.isBareKeyByte(byte(index)) { index += 1 }
    while byte(index) == UInt8(ascii: " ") { index += 1 }
    return byte(index) == UInt8(ascii: "=")
  }
}
