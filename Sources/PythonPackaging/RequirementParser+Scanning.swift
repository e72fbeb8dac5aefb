extension RequirementParser {
  /// The next byte, nil at the end.
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Whether everything has been read.
  var isAtEnd: Bool { position >= bytes.count }

  /// Moves over spaces and tabs; a lenient parser, over line ends too.
  mutating func skipBlanks() {
    while let byte = peek {
      guard byte == 0x20 || byte == 0x09 || (isLenient && (0x0A...0x0D).contains(byte)) else { return }
      position += 1
    }
  }

  /// Moves over this character if it is next, and tells whether it was.
  mutating func consume(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    position += 1
    return true
  }

  /// Moves over this text if it is next, and tells whether it was.
  mutating func consume(text: String) -> Bool {
    guard hasPrefix(text) else { return false }
    position += text.utf8.count
    return true
  }

  /// Moves over this word if it is next and stands alone, as `\b` in a regular expression means it.
  mutating func consume(word: String) -> Bool {
    guard hasPrefix(word), !isWordCharacter(before: position),
      !isWordCharacter(at: position + word.utf8.count)
    else { return false }
    position += word.utf8.count
    return true
  }

  private func hasPrefix(_ text: String) -> Bool {
    var index = position
    for byte in text.utf8 {
      guard index < bytes.count, bytes[index] == byte else { return false }
      index += 1
    }
    return true
  }

  private func isWordCharacter(before index: Int) -> Bool {
    guard index > 0 else { return false }
    var start = index - 1
    while start > 0, index - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return isWordCharacter(at: start)
  }

  /// Whether the character at this offset is what `\w` matches in Python: a letter, a number or `_`.
  private func isWordCharacter(at index: Int) -> Bool {
    guard index < bytes.count else { return false }
    let byte = bytes[index]
    if byte < 0x80 { return byte.isASCIILetterOrDigit || byte == UInt8(ascii: "_") }
    guard let scalar = character(at: index)?.unicodeScalars.first else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// The character at this offset, nil at the end.
  func character(at index: Int) -> Character? {
    guard index < bytes.count else { return nil }
    return String(decoding: bytes[index..<min(index + 64, bytes.count)], as: UTF8.self).first
  }

  /// The text of a range of bytes.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The error that something else than `expected` is at this place.
  func unexpected(_ expected: RequirementError.Expectation) -> RequirementError {
    RequirementError(
      offset: position, reason: .unexpected(found: character(at: position), expected: expected))
  }
}
