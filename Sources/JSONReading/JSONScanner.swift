/// Reads a JSON text (RFC 8259) from start to end, value by value, as the caller asks for them.
///
/// Invariant: ``offset`` is at the end of a token, and everything before it is JSON. What the caller skips is
/// checked as strictly as what it reads. Nothing recurses, and arrays and objects nest to a limit.
///
///     var scanner = JSONScanner(bytes)
///     try scanner.beginObject()
///     while let name = try scanner.nextName() {
///       if scanner.value(of: name, is: "id") { id = try scanner.string() } else { try scanner.skipValue() }
///     }
///     try scanner.finish()
///
/// Beyond RFC 8259 it reads past a byte order mark; it lets strings hold bytes that aren't UTF-8 and repairs
/// them when it makes a `String`.
package struct JSONScanner: Sendable {
  /// What a value is, by its first byte.
  package enum Kind: Sendable, Hashable {
    case object
    case array
    case string
    case number
    case boolean
    case null
  }

  /// The most levels that ``init(_:maximumDepth:)`` takes.
  package static let greatestDepth = 64

  /// The text.
  package let bytes: [UInt8]
  /// How far the text is read, in bytes.
  package private(set) var offset = 0
  /// The number of arrays and objects that are begun and not ended.
  package private(set) var depth = 0
  /// Whether a value has ended since the innermost array or object began.
  private var isBehindValue = false
  private let maximumDepth: Int

  /// A scanner at the start of a text.
  ///
  /// - Parameter maximumDepth: The most levels of arrays and objects inside one another, at most
  ///   ``greatestDepth``.
  package init(_ bytes: [UInt8], maximumDepth: Int = greatestDepth) {
    self.bytes = bytes
    self.maximumDepth = min(maximumDepth, JSONScanner.greatestDepth)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// A scanner at an offset within a text, for one that is damaged before it: what is read first must be a value.
  ///
  /// - Precondition: The offset is not beyond the text's end.
  package init(_ bytes: [UInt8], from offset: Int, maximumDepth: Int = greatestDepth) {
    self.init(bytes, maximumDepth: maximumDepth)
    precondition(offset <= bytes.count)
    self.offset = offset
  }

  /// What the next value is, without reading it.
  ///
  /// - Throws: ``JSONError`` if there is none.
  package mutating func kind() throws(JSONError) -> Kind {
    switch nextByte() {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw failure(.value)
    }
  }

  /// Reads `{`; the members follow by ``nextName()``.
  package mutating func beginObject() throws(JSONError) {
    guard nextByte() == UInt8(ascii: "{") else { throw failure(.object) }
    try begin()
  }

  /// Reads a member's name and `:`, or nil and `}`. The member's value must be read before the next name.
  package mutating func nextName() throws(JSONError) -> JSONText? {
    let byte = nextByte()
    if byte == UInt8(ascii: "}") {
      end()
      return nil
    }
    var expected = JSONError.Expected.nameOrEnd
    if isBehindValue {
      guard byte == UInt8(ascii: ",") else { throw failure(.commaOrObjectEnd) }
      offset += 1
      expected = .name
    }
    return try name(or: expected)
  }

  /// Reads `[`; the elements follow by ``nextElement()``.
  package mutating func beginArray() throws(JSONError) {
    guard nextByte() == UInt8(ascii: "[") else { throw failure(.array) }
    try begin()
  }

  /// Reads up to an element and gives true, or reads `]` and gives false. The element must be read before the
  /// next is asked for.
  package mutating func nextElement() throws(JSONError) -> Bool {
    let byte = nextByte()
    if byte == UInt8(ascii: "]") {
      end()
      return false
    }
    if isBehindValue {
      guard byte == UInt8(ascii: ",") else { throw failure(.commaOrArrayEnd) }
      offset += 1
    }
    return true
  }

  /// Reads a string without decoding it.
  package mutating func text() throws(JSONError) -> JSONText {
    guard nextByte() == UInt8(ascii: "\"") else { throw failure(.string) }
    isBehindValue = true
    return try quoted()
  }

  /// Reads a string.
  package mutating func string() throws(JSONError) -> String {
    let text = try text()
    return string(of: text)
  }

  /// Reads `true` or `false`.
  package mutating func boolean() throws(JSONError) -> Bool {
    let isTrue = nextByte() == UInt8(ascii: "t")
    try literal(isTrue ? "true" : "false", expected: .boolean)
    return isTrue
  }

  /// Reads `null`.
  package mutating func null() throws(JSONError) {
    _ = nextByte()
    try literal("null", expected: .null)
  }

  /// Reads a number; nil if it has a fraction or an exponent, or doesn't fit.
  package mutating func integer() throws(JSONError) -> Int? {
    let range = try number()
    var value = 0
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    for byte in bytes[range].dropFirst(isNegative ? 1 : 0) {
      let digit = Int(byte) - 0x30
      guard (0...9).contains(digit) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.subtractingReportingOverflow(digit)
      if overflow || carry { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// Reads a number; nil if it is beyond the greatest `Double`.
  package mutating func double() throws(JSONError) -> Double? {
    let range = try number()
    let value = Double(String(decoding: bytes[range], as: UTF8.self))
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Reads a string, or skips a value that is none and gives nil.
  package mutating func textIfString() throws(JSONError) -> JSONText? {
    if nextByte() == UInt8(ascii: "\"") { return try text() }
    try skipValue()
    return nil
  }

  /// Reads a value of any kind and forgets it.
  package mutating func skipValue() throws(JSONError) {
    // A bit a level, the innermost lowest: 1 in an object, 0 in an array.
    var isObject: UInt64 = 0
    let base = depth
    repeat {
      switch nextByte() {
      case UInt8(ascii: "\""):
        offset += 1
        _ = try quoted(from: offset)
      case UInt8(ascii: "t"): try literal("true", expected: .value)
      case UInt8(ascii: "f"): try literal("false", expected: .value)
      case UInt8(ascii: "n"): try literal("null", expected: .value)
      case UInt8(ascii: "{"):
        try begin()
        if nextByte() != UInt8(ascii: "}") {
          isObject = isObject << 1 | 1
          _ = try name(or: .nameOrEnd)
          continue
        }
        end()
      case UInt8(ascii: "["):
        try begin()
        if nextByte() != UInt8(ascii: "]") {
          isObject <<= 1
          continue
        }
        end()
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
      default: throw failure(.value)
      }
      while depth > base {
        let isInObject = isObject & 1 == 1
        let byte = nextByte()
        if byte == UInt8(ascii: ",") {
          offset += 1
          if isInObject { _ = try name(or: .name) }
          break
        }
        guard byte == (isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw failure(isInObject ? .commaOrObjectEnd : .commaOrArrayEnd)
        }
        end()
        isObject >>= 1
      }
    } while depth > base
    isBehindValue = true
  }

  /// Checks that nothing but white space follows.
  package mutating func finish() throws(JSONError) {
    if nextByte() != 0 || offset < bytes.count { throw failure(.end) }
  }

  // MARK: Tokens

  /// The error that something else was expected here.
  private func failure(_ expected: JSONError.Expected, at offset: Int? = nil) -> JSONError {
    let offset = offset ?? self.offset
    let found: JSONError.Found = offset < bytes.count ? .byte(bytes[offset]) : .end
    return JSONError(offset: offset, found: found, expected: expected)
  }

  /// The first byte behind white space, which is read; 0 at the end.
  @inline(__always)
  private mutating func nextByte() -> UInt8 {
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return byte
      }
    }
    return 0
  }

  private mutating func begin() throws(JSONError) {
    guard depth < maximumDepth else { throw failure(.depth(limit: maximumDepth)) }
    offset += 1
    depth += 1
    isBehindValue = false
  }

  private mutating func end() {
    offset += 1
    depth -= 1
    isBehindValue = true
  }

  private mutating func name(or expected: JSONError.Expected) throws(JSONError) -> JSONText {
    guard nextByte() == UInt8(ascii: "\"") else { throw failure(expected) }
    let name = try quoted()
    guard nextByte() == UInt8(ascii: ":") else { throw failure(.colon) }
    offset += 1
    return name
  }

  /// Reads a string whose opening quote is at ``offset``.
  @inline(__always)
  private mutating func quoted() throws(JSONError) -> JSONText {
    let start = offset + 1
    let isEscaped = try quoted(from: start)
    return JSONText(range: start..<offset - 1, isEscaped: isEscaped)
  }

  /// Reads a string from behind its opening quote; gives whether it has escapes.
  @inline(__always)
  private mutating func quoted(from start: Int) throws(JSONError) -> Bool {
    var index = JSONScanner.endOfPlainText(from: start, in: bytes.span)
    if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
      offset = index + 1
      return false
    }
    while index < bytes.count, bytes[index] == UInt8(ascii: "\\") {
      index = try escape(at: index)
      index = JSONScanner.endOfPlainText(from: index, in: bytes.span)
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
      throw failure(.stringCharacter, at: index)
    }
    offset = index + 1
    return true
  }

  /// The index behind an escape.
  private func escape(at start: Int) throws(JSONError) -> Int {
    guard start + 1 < bytes.count else { throw failure(.escape, at: start + 1) }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start + 2
    case UInt8(ascii: "u"):
      for index in start + 2..<start + 6 {
        guard index < bytes.count, JSONScanner.hexadecimalValue(of: bytes[index]) != nil else {
          throw failure(.hexadecimalDigit, at: index)
        }
      }
      return start + 6
    default: throw failure(.escape, at: start + 1)
    }
  }

  /// Reads a number: `-`? (`0` | [1-9] digit*) (`.` digit+)? ([eE] [+-]? digit+)?
  private mutating func number() throws(JSONError) -> Range<Int> {
    let first = nextByte()
    let start = offset
    if first == UInt8(ascii: "-") { offset += 1 }
    guard isDigit(at: offset) else { throw failure(offset == start ? .number : .digit) }
    if bytes[offset] == UInt8(ascii: "0") { offset += 1 } else { skipDigits() }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      guard isDigit(at: offset) else { throw failure(.digit) }
      skipDigits()
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
        offset += 1
      }
      guard isDigit(at: offset) else { throw failure(.digit) }
      skipDigits()
    }
    isBehindValue = true
    return start..<offset
  }

  /// The value of a hexadecimal digit in either case, nil for any other byte.
  static func hexadecimalValue(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private func isDigit(at index: Int) -> Bool { index < bytes.count && bytes[index] &- 0x30 < 10 }

  private mutating func skipDigits() {
    while isDigit(at: offset) { offset += 1 }
  }

  private mutating func literal(_ word: StaticString, expected: JSONError.Expected) throws(JSONError) {
    guard JSONScanner.holds(word, at: offset, in: bytes.span) else {
      let common = word.withUTF8Buffer { word in zip(word, bytes[offset...]).prefix { $0 == $1 }.count }
      throw failure(expected, at: offset + common)
    }
    offset += word.utf8CodeUnitCount
    isBehindValue = true
  }

  /// Whether these ASCII characters stand at an index.
  static func holds(_ word: StaticString, at start: Int, in text: Span<UInt8>) -> Bool {
    guard text.count - start >= word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { word in
      for index in word.indices where text[start + index] != word[index] { return false }
      return true
    }
  }

  /// The index of the first quote, backslash or control character from `start` on, else the end.
  private static func endOfPlainText(from start: Int, in text: Span<UInt8>) -> Int {
    var index = start
    while text.count &- index >= 8 {
      let word = eightBytes(at: index, in: text)
      // A byte's high bit is set where the byte is one of the three; bits above the lowest may be too many.
      let quote = word ^ (lowBits &* UInt64(UInt8(ascii: "\"")))
      let backslash = word ^ (lowBits &* UInt64(UInt8(ascii: "\\")))
      let marks =
        ((quote &- lowBits) & ~quote | (backslash &- lowBits) & ~backslash
          | (word &- lowBits &* 0x20) & ~word) & highBits
      if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return index }
      index += 1
    }
    return index
  }

  /// Eight bytes as a number, the first one lowest. The optimiser makes one load of it.
  ///
  /// - Precondition: The eight bytes from `index` on exist.
  @inline(__always)
  private static func eightBytes(at index: Int, in text: Span<UInt8>) -> UInt64 {
    let eight = text.extracting(index..<(index &+ 8))
    return UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16 | UInt64(eight[3]) << 24
      | UInt64(eight[4]) << 32 | UInt64(eight[5]) << 40 | UInt64(eight[6]) << 48 | UInt64(eight[7]) << 56
  }

  private static let lowBits: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
}
