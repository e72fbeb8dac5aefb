/// Bytes written as hexadecimal digits.
enum HexadecimalDigits {
  /// The value of a digit in either case, nil for any other byte.
  static func value(of digit: UInt8) -> UInt8? {
    let value = values[Int(digit)]
    return value < 16 ? value : nil
  }

  /// Appends the bytes that pairs of digits in either case give; false, and nothing appended, if a byte is no
  /// digit or they are odd in number.
  static func append(_ digits: Range<Int>, in text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
    guard digits.count % 2 == 0 else { return false }
    let values = values.span
    let count = bytes.count
    var seen: UInt8 = 0
    for index in stride(from: digits.lowerBound, to: digits.upperBound, by: 2) {
      let high = values[Int(text[index])]
      let low = values[Int(text[index + 1])]
      seen |= high | low
      bytes.append(high << 4 | low & 0xF)
    }
    if seen >= 16 { bytes.removeLast(bytes.count - count) }
    return seen < 16
  }

  /// Appends two lower-case digits for a byte.
  static func append(_ byte: UInt8, to text: inout [UInt8]) {
    text.append(digit(byte >> 4))
    text.append(digit(byte & 0xF))
  }

  /// The lower-case digit of a value below 16.
  static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
  }

  /// By byte: a digit's value, 0xFF for others.
  private static let values: [UInt8] = (0...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: 0xFF
    }
  }
}
