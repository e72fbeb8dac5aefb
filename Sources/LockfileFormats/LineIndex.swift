/// Where the lines of a text begin. They end in LF, CR LF or CR.
struct LineIndex: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      if index < bytes.count { starts.append(index) }
    }
    self.bytes = bytes
    self.starts = starts
  }

  /// The number of lines; 1 for a text without any.
  var count: Int { starts.count }

  /// The line of a byte, from 1.
  func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The place of a byte. Far out in a long line, the column is counted in bytes.
  func place(of offset: Int) -> FilePlace {
    let line = line(of: offset)
    let before = bytes[starts[line - 1]..<min(max(offset, starts[line - 1]), bytes.count)]
    let isLong = before.count > 4096
    return FilePlace(
      line: line, column: (isLong ? before.count : before.count { $0 & 0xC0 != 0x80 }) + 1)
  }

  /// The bytes of a line with its end.
  func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
    return starts[line - 1]..<(line < starts.count ? starts[line] : bytes.count)
  }

  /// Where a text stands in some lines; else where the first of them begins behind its blanks.
  func place(of text: String, inLines lines: ClosedRange<Int>) -> FilePlace {
    let needle = Array(text.utf8)
    let first = range(ofLine: lines.lowerBound)
    let range = first.lowerBound..<max(first.lowerBound, self.range(ofLine: lines.upperBound).upperBound)
    if !needle.isEmpty, needle.count <= range.count {
      for start in range.lowerBound...(range.upperBound - needle.count)
      where bytes[start] == needle[0] && bytes[start..<start + needle.count].elementsEqual(needle) {
        return place(of: start)
      }
    }
    return place(of: first.lowerBound + bytes[first].prefix { $0 == 0x20 || $0 == 0x09 }.count)
  }
}
