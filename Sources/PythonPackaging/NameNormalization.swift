/// PEP 503's normalisation of names, which PEP 685 takes over for extras.
enum NameNormalization {
  /// The normalised form of a valid name.
  static func validated(_ text: String) throws(NameError) -> String {
    var isNormal = true
    var previousIsSeparator = false
    var count = 0
    var lastOffset = 0
    for byte in text.utf8 {
      if byte.isSeparator {
        if count == 0 { throw NameError(text: text, offset: 0, reason: .edge(character(of: byte))) }
        if previousIsSeparator || byte != UInt8(ascii: "-") { isNormal = false }
        previousIsSeparator = true
      } else if byte.isASCIILetterOrDigit {
        if byte.isASCIIUppercase { isNormal = false }
        previousIsSeparator = false
      } else {
        throw invalidCharacter(in: text, at: count)
      }
      lastOffset = count
      count += 1
    }
    guard count > 0 else { throw NameError(text: text, offset: 0, reason: .empty) }
    if previousIsSeparator, let last = text.utf8.last {
      throw NameError(text: text, offset: lastOffset, reason: .edge(character(of: last)))
    }
    return isNormal ? text : normalized(text)
  }

  /// The normalised form of any text, valid name or not, as `packaging.utils.canonicalize_name` gives it.
  static func normalized(_ text: String) -> String {
    let lower = text.utf8.allSatisfy { $0 < 0x80 } ? text : text.lowercased()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lower.utf8.count)
    for byte in lower.utf8 {
      if byte.isSeparator {
        if bytes.last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
      } else {
        bytes.append(byte.isASCIIUppercase ? byte | 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func character(of byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }

  private static func invalidCharacter(in text: String, at offset: Int) -> NameError {
    let index = text.utf8.index(text.utf8.startIndex, offsetBy: offset)
    return NameError(text: text, offset: offset, reason: .character(text[index]))
  }
}

extension UInt8 {
  /// `a`–`z`, `A`–`Z` or `0`–`9`.
  var isASCIILetterOrDigit: Bool { isASCIIDigit || isASCIIUppercase || (0x61...0x7A).contains(self) }
  /// `0`–`9`.
  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  /// `A`–`Z`.
  var isASCIIUppercase: Bool { (0x41...0x5A).contains(self) }
  /// `-`, `_` or `.`: what PEP 503 takes for one separator.
  var isSeparator: Bool {
    self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: ".")
  }
}
