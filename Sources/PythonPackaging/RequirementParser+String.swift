extension RequirementParser {
  /// A quoted string of a marker, its escape sequences resolved as Python resolves those of a literal.
  ///
  ///     escape = "\" ("\" | "'" | '"' | octal{1,3} | "x" hex{2} | "u" hex{4} | "U" hex{8})
  ///
  /// A backslash before another character stays as it is. Control characters, however spelled, are refused: a marker
  /// is written to lockfiles.
  mutating func quotedString() throws(RequirementError) -> String {
    let start = position
    guard let quote = peek else { throw unexpected(.markerOperand) }
    position += 1
    let open = position
    var hasEscape = false
    while let byte = peek, byte != quote {
      if byte == UInt8(ascii: "\\") { hasEscape = true }
      if byte < 0x20 && byte != 0x09 || byte == 0x7F {
        throw RequirementError(offset: position, reason: .controlCharacter(Character(Unicode.Scalar(byte))))
      }
      position += 1
    }
    guard consume(Unicode.Scalar(quote)) else { throw unexpected(.closingQuote) }
    let value = hasEscape ? try unescaped(open..<position - 1) : text(open..<position - 1)
    if value.utf8.contains(UInt8(ascii: "\"")), value.utf8.contains(UInt8(ascii: "'")) {
      throw RequirementError(offset: start, reason: .bothQuotes)
    }
    return value
  }

  private func unescaped(_ range: Range<Int>) throws(RequirementError) -> String {
    var result: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        index += 1
        continue
      }
      guard index + 1 < range.upperBound else { throw RequirementError(offset: index, reason: .escape) }
      let next = bytes[index + 1]
      switch next {
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""):
        result.append(next)
        index += 2
      case UInt8(ascii: "x"): try appendHexadecimal(2, at: &index, before: range.upperBound, to: &result)
      case UInt8(ascii: "u"): try appendHexadecimal(4, at: &index, before: range.upperBound, to: &result)
      case UInt8(ascii: "U"): try appendHexadecimal(8, at: &index, before: range.upperBound, to: &result)
      case 0x30...0x37: try appendOctal(at: &index, before: range.upperBound, to: &result)
      case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
        UInt8(ascii: "v"), UInt8(ascii: "N"):
        throw RequirementError(offset: index, reason: .escape)
      case UInt8(ascii: "t"):
        result.append(0x09)
        index += 2
      default:
        result.append(byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func appendHexadecimal(
    _ count: Int, at index: inout Int, before end: Int, to result: inout [UInt8]
  ) throws(RequirementError) {
    let digits = index + 2..<min(index + 2 + count, end)
    guard digits.count == count, bytes[digits].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(text(digits), radix: 16)
    else { throw RequirementError(offset: index, reason: .escape) }
    try append(value, at: index, to: &result)
    index = digits.upperBound
  }

  private func appendOctal(
    at index: inout Int, before end: Int, to result: inout [UInt8]
  ) throws(RequirementError) {
    var value: UInt32 = 0
    var next = index + 1
    while next < min(index + 4, end), (0x30...0x37).contains(bytes[next]) {
      value = value * 8 + UInt32(bytes[next] - 0x30)
      next += 1
    }
    try append(value, at: index, to: &result)
    index = next
  }

  private func append(_ value: UInt32, at index: Int, to result: inout [UInt8]) throws(RequirementError) {
    guard let scalar = Unicode.Scalar(value) else { throw RequirementError(offset: index, reason: .escape) }
    if scalar.value < 0x20 && scalar.value != 0x09 || scalar.value == 0x7F {
      throw RequirementError(offset: index, reason: .controlCharacter(Character(scalar)))
    }
    result.append(contentsOf: String(Character(scalar)).utf8)
  }
}
