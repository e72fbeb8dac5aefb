/// White space as Python's `str.isspace` and the `\s` of its regular expressions know it, in UTF-8.
enum PythonWhiteSpace {
  /// The number of bytes of the white-space character that starts at `index`; 0 if none does.
  static func length(at index: Int, in bytes: Span<UInt8>) -> Int {
    guard index < bytes.count else { return 0 }
    switch bytes[index] {
    case 0x09...0x0D, 0x1C...0x20: return 1
    case 0xC2:  // U+0085, U+00A0
      guard index + 1 < bytes.count else { return 0 }
      return bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0 ? 2 : 0
    case 0xE1...0xE3:
      guard index + 2 < bytes.count else { return 0 }
      switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
      case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
        (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
        return 3
      default: return 0
      }
    default: return 0
    }
  }

  /// The first index from `index` on that is not white space.
  static func skip(from index: Int, in bytes: Span<UInt8>) -> Int {
    var index = index
    while true {
      let length = length(at: index, in: bytes)
      if length == 0 { return index }
      index += length
    }
  }
}
