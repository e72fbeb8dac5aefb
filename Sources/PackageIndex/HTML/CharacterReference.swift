/// Character references in HTML: `&gt;`, `&#62;`, `&#x3E;` (HTML standard, section 13.2.5.72).
enum CharacterReference {
  /// The text with the references in it resolved: those by number, and those by a name of an ASCII character.
  /// Any other `&` stays as it is, as does a name without `;` before `=`, a letter or a digit, which is more
  /// likely part of an address's query.
  static func resolved(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "&"), let (scalar, end) = reference(at: index, in: text) {
        result.append(contentsOf: Array(String(Character(scalar)).utf8))
        index = end
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// The character that a reference stands for, and where the reference ends.
  private static func reference(at start: Int, in text: ArraySlice<UInt8>) -> (Unicode.Scalar, end: Int)? {
    let isNumber = start + 1 < text.endIndex && text[start + 1] == UInt8(ascii: "#")
    return isNumber ? numbered(from: start + 2, in: text) : named(from: start + 1, in: text)
  }

  private static func numbered(from start: Int, in text: ArraySlice<UInt8>) -> (Unicode.Scalar, end: Int)? {
    let isHexadecimal = start < text.endIndex && text[start] | 0x20 == UInt8(ascii: "x")
    let digits = isHexadecimal ? start + 1 : start
    var value: UInt32 = 0
    var index = digits
    while index < text.endIndex, let digit = HexadecimalDigits.value(of: text[index]),
      isHexadecimal || digit < 10
    {
      // Past the last scalar the value may stay what it is.
      if value <= 0x10_FFFF { value = value * (isHexadecimal ? 16 : 10) + UInt32(digit) }
      index += 1
    }
    guard index > digits else { return nil }
    if index < text.endIndex, text[index] == UInt8(ascii: ";") { index += 1 }
    return (value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}", index)
  }

  private static func named(from start: Int, in text: ArraySlice<UInt8>) -> (Unicode.Scalar, end: Int)? {
    for (name, scalar, needsSemicolon) in names {
      let end = start + name.utf8CodeUnitCount
      guard end <= text.endIndex, holds(name, at: start, in: text) else { continue }
      guard end < text.endIndex else { return needsSemicolon ? nil : (scalar, end) }
      if text[end] == UInt8(ascii: ";") { return (scalar, end + 1) }
      if needsSemicolon || isNamePart(text[end]) { continue }
      return (scalar, end)
    }
    return nil
  }

  private static func holds(_ name: StaticString, at start: Int, in text: ArraySlice<UInt8>) -> Bool {
    name.withUTF8Buffer { text[start..<start + $0.count].elementsEqual($0) }
  }

  /// Whether a byte behind a name without `;` makes it no reference.
  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "=") || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  /// The names of ASCII characters and of the space that doesn't break, and whether `;` has to follow.
  private static let names: [(name: StaticString, scalar: Unicode.Scalar, needsSemicolon: Bool)] = [
    ("gt", ">", false), ("lt", "<", false), ("amp", "&", false), ("quot", "\"", false), ("apos", "'", true),
    ("nbsp", "\u{A0}", false), ("GT", ">", false), ("LT", "<", false), ("AMP", "&", false),
    ("QUOT", "\"", false), ("Tab", "\t", true), ("NewLine", "\n", true), ("excl", "!", true),
    ("num", "#", true), ("dollar", "$", true), ("percnt", "%", true), ("lpar", "(", true),
    ("rpar", ")", true), ("ast", "*", true), ("plus", "+", true), ("comma", ",", true),
    ("period", ".", true), ("sol", "/", true), ("colon", ":", true), ("semi", ";", true),
    ("equals", "=", true), ("quest", "?", true), ("commat", "@", true), ("lsqb", "[", true),
    ("bsol", "\\", true), ("rsqb", "]", true), ("lowbar", "_", true),
  ]
}
