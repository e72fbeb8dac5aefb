/// The directory that many indexes keep a file in, named after 32 bytes of a digest: `b7/53/342ee8…/`.
enum HashedDirectory {
  /// The characters: 64 digits and three slashes.
  static let length = 67

  /// Appends the 32 bytes of the directory that begins at `start`; false, and nothing appended, if there is
  /// none: it has lower-case digits only.
  static func append(at start: Int, in text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
    let slash = UInt8(ascii: "/")
    guard text[start + 2] == slash, text[start + 5] == slash, text[start + 66] == slash else { return false }
    for index in start..<start + length where text[index] &- UInt8(ascii: "A") < 26 { return false }
    let count = bytes.count
    let isRead =
      HexadecimalDigits.append(start..<start + 2, in: text, to: &bytes)
      && HexadecimalDigits.append(start + 3..<start + 5, in: text, to: &bytes)
      && HexadecimalDigits.append(start + 6..<start + 66, in: text, to: &bytes)
    if !isRead { bytes.removeLast(bytes.count - count) }
    return isRead
  }

  /// Appends the directory's characters for its 32 bytes.
  static func append(_ bytes: Range<Int>, of record: Span<UInt8>, to text: inout [UInt8]) {
    for (number, index) in bytes.enumerated() {
      HexadecimalDigits.append(record[index], to: &text)
      if number < 2 || number == 31 { text.append(UInt8(ascii: "/")) }
    }
  }
}
