/// A line of the file between two line ends, as Python's `str.splitlines` sees it.
struct PhysicalLine: Sendable, Hashable {
  /// From 1.
  let number: Int
  /// Without the line end.
  let range: Range<Int>

  /// Line ends are LF, CR LF, CR, VT, FF, FS, GS, RS, NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR.
  static func lines(of bytes: [UInt8]) -> [PhysicalLine] {
    var lines: [PhysicalLine] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let length = lineEndLength(bytes, at: index)
      if length == 0 {
        index += 1
      } else {
        lines.append(PhysicalLine(number: lines.count + 1, range: start..<index))
        index += length
        start = index
      }
    }
    if start < bytes.count { lines.append(PhysicalLine(number: lines.count + 1, range: start..<bytes.count)) }
    return lines
  }

  private static func lineEndLength(_ bytes: [UInt8], at index: Int) -> Int {
    switch bytes[index] {
    case 0x0D: index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0x0A, 0x0B, 0x0C, 0x1C, 0x1D, 0x1E: 1
    case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      index + 2 < bytes.count && bytes[index + 1] == 0x80 && (bytes[index + 2] & 0xFE) == 0xA8 ? 3 : 0
    default: 0
    }
  }
}
