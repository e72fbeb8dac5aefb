/// An identifier made of content: equal parts have equal ones.
enum StableIdentifier {
  /// In the form of a UUID (RFC 9562, section 5.8: version 8, of one's own making).
  static func text(of parts: [String]) -> String {
    let high = hash(parts, seed: 0xCBF2_9CE4_8422_2325) & 0xFFFF_FFFF_FFFF_0FFF | 0x8000
    let low = hash(parts, seed: 0x9E37_79B9_7F4A_7C15) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = Array(padded(high) + padded(low))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }

  /// In 16 hexadecimal digits.
  static func digits(of parts: [String]) -> String { padded(hash(parts, seed: 0xCBF2_9CE4_8422_2325)) }

  /// FNV-1a over the parts and their ends.
  private static func hash(_ parts: [String], seed: UInt64) -> UInt64 {
    var hash = seed
    for part in parts {
      for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
    }
    return hash
  }

  private static func padded(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
