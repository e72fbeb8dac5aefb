/// White space as Python's `str.isspace` and `\s` know it, over UTF-8.
enum WhiteSpace {
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// The number of bytes of the white space character that ends just before `end`; 0 if there is none.
  static func length(before end: Int, in bytes: ArraySlice<UInt8>) -> Int {
    guard end > bytes.startIndex else { return 0 }
    var start = end - 1
    while start > bytes.startIndex, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return isSpace(bytes[start..<end]) ? end - start : 0
  }

  /// The number of bytes of the white space character at `start`; 0 if there is none.
  static func length(at start: Int, in bytes: ArraySlice<UInt8>) -> Int {
    guard start < bytes.endIndex else { return 0 }
    var end = start + 1
    while end < bytes.endIndex, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return isSpace(bytes[start..<end]) ? end - start : 0
  }

  private static func isSpace(_ character: ArraySlice<UInt8>) -> Bool {
    guard let first = character.first else { return false }
    if first < 0x80 { return isSpace(Unicode.Scalar(first)) }
    return String(decoding: character, as: UTF8.self).unicodeScalars.allSatisfy(isSpace)
  }

  /// `str.strip()`.
  static func stripped(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result = bytes
    while case let length = length(at: result.startIndex, in: result), length > 0 {
      result = result.dropFirst(length)
    }
    while case let length = length(before: result.endIndex, in: result), length > 0 {
      result = result.dropLast(length)
    }
    return result
  }

  /// Whether the line is a comment as a whole: white space, then `#`.
  static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    var index = line.startIndex
    while case let length = length(at: index, in: line), length > 0 { index += length }
    return index < line.endIndex && line[index] == UInt8(ascii: "#")
  }

  /// Where `(^|\s+)#.*$` begins; the end if there is no comment.
  static func commentStart(in bytes: [UInt8]) -> Int {
    var index = 0
    while let hash = bytes[index...].firstIndex(of: UInt8(ascii: "#")) {
      if hash == 0 { return 0 }
      var start = hash
      while case let length = length(before: start, in: bytes[...]), length > 0 { start -= length }
      if start < hash { return start }
      index = hash + 1
    }
    return bytes.count
  }
}
