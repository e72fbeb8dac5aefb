/// A string in a JSON text, as it is written there: where it stands and whether it has escapes.
///
/// Invariant: the scanner that gave it has checked every escape, so that decoding can't fail.
package struct JSONText: Sendable, Hashable {
  /// The bytes between the quotes.
  package let range: Range<Int>
  /// Whether a `\` is among them.
  package let isEscaped: Bool
}

extension JSONScanner {
  /// A string's value. A lone surrogate and bytes that aren't UTF-8 become U+FFFD.
  package func string(of text: JSONText) -> String {
    guard text.isEscaped else { return String(decoding: bytes[text.range], as: UTF8.self) }
    var decoded: [UInt8] = []
    decode(text, into: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// Whether a string's value is this ASCII one.
  package func value(of text: JSONText, is expected: StaticString) -> Bool {
    guard !text.isEscaped else { return string(of: text) == "\(expected)" }
    guard text.range.count == expected.utf8CodeUnitCount else { return false }
    return JSONScanner.holds(expected, at: text.range.lowerBound, in: bytes.span)
  }

  /// The length of a string's value in bytes.
  package func length(of text: JSONText) -> Int {
    text.isEscaped ? string(of: text).utf8.count : text.range.count
  }

  /// Appends a string's value with its escapes resolved; bytes that aren't UTF-8 stay as they are.
  package func decode(_ text: JSONText, into result: inout [UInt8]) {
    var index = text.range.lowerBound
    while index < text.range.upperBound {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        index += 1
        continue
      }
      let escape = bytes[index + 1]
      index += 2
      switch escape {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        let scalar = escapedScalar(at: &index, end: text.range.upperBound)
        result.append(contentsOf: Array(String(Character(scalar)).utf8))
      default: result.append(escape)
      }
    }
  }

  /// The scalar of the four digits at `index` and, if those are a high surrogate, of the low one behind them.
  private func escapedScalar(at index: inout Int, end: Int) -> Unicode.Scalar {
    let first = codeUnit(at: index)
    index += 4
    if let scalar = Unicode.Scalar(first) { return scalar }
    let isPair =
      first < 0xDC00 && index + 6 <= end && bytes[index] == UInt8(ascii: "\\")
      && bytes[index + 1] == UInt8(ascii: "u")
    if isPair {
      let second = codeUnit(at: index + 2)
      if (0xDC00...0xDFFF).contains(second) {
        index += 6
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
      }
    }
    return "\u{FFFD}"
  }

  private func codeUnit(at index: Int) -> UInt16 {
    var unit: UInt16 = 0
    for position in index..<index + 4 {
      unit = unit << 4 | UInt16(JSONScanner.hexadecimalValue(of: bytes[position]) ?? 0)
    }
    return unit
  }
}
