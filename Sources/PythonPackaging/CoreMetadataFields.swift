/// The raw fields of core metadata, as the headers have them.
///
///     headers = (header continuation*)* (blank line | line that is no header | end)
///     header  = field-name ":" value line-end         field-name = printable ASCII but ":" and space
///     continuation = (" " | "\t") value line-end
///
/// One pass over the bytes; only the fields that are used are made into text.
struct CoreMetadataFields {
  /// A value and where it stands.
  struct Line {
    var text: String
    /// Counted from 1.
    var number: Int
  }

  var metadataVersion: String?
  var name: String?
  var version: String?
  var requiresDist: [Line] = []
  var providesExtra: [String] = []
  var requiresPython: Line?
  var dynamic: [String] = []
  var summary: String?
  var license: String?
  var licenseExpression: String?
  var projectURLs: [String] = []
  var homePage: String?

  /// Reads the headers of a file.
  mutating func read(_ bytes: [UInt8]) {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 1
    while index < bytes.count {
      let start = index
      let line = number
      guard let colon = Self.colon(of: bytes, from: start) else { return }
      index = Self.nextLine(in: bytes, from: colon)
      number += 1
      let firstEnd = index
      while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 {
        index = Self.nextLine(in: bytes, from: index)
        number += 1
      }
      store(
        bytes, field: start..<colon, value: colon + 1..<index, firstLine: colon + 1..<firstEnd, number: line)
    }
  }

  /// The place of the colon that ends a field's name, nil if the line is no header.
  private static func colon(of bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count, bytes[index] > 0x20, bytes[index] < 0x7F, bytes[index] != UInt8(ascii: ":") {
      index += 1
    }
    guard index > start, index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
    return index
  }

  /// The start of the line after this one; a line ends in LF, CR LF or CR.
  private static func nextLine(in bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if bytes[index] == 0x0A { return index + 1 }
      if bytes[index] == 0x0D {
        return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? index + 2 : index + 1
      }
      index += 1
    }
    return index
  }

  /// The field's value on one line: line ends with the blanks round them become one space, the ends are trimmed.
  private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while start < end, isBlank(bytes[end - 1]) { end -= 1 }
    let value = bytes[start..<end]
    return value.contains { $0 == 0x0A || $0 == 0x0D }
      ? unfolded(value) : String(decoding: value, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func unfolded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var pendingBreak = false
    for byte in bytes {
      switch byte {
      case 0x0A, 0x0D:
        while let last = result.last, last == 0x20 || last == 0x09 { result.removeLast() }
        pendingBreak = true
      case 0x20, 0x09:
        if !pendingBreak { result.append(byte) }
      default:
        if pendingBreak { result.append(0x20) }
        pendingBreak = false
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func store(
    _ bytes: [UInt8], field: Range<Int>, value: Range<Int>, firstLine: Range<Int>, number: Int
  ) {
    func isNamed(_ name: StaticString) -> Bool {
      guard name.utf8CodeUnitCount == field.count else { return false }
      return name.withUTF8Buffer { expected in
        zip(expected, bytes[field]).allSatisfy { $0 == ($1.isASCIIUppercase ? $1 | 0x20 : $1) }
      }
    }
    func text() -> String { Self.text(bytes, value) }
    /// The value, nil if it is empty or what setuptools once wrote for nothing.
    func known(_ range: Range<Int>) -> String? {
      let text = Self.text(bytes, range)
      return text.isEmpty || text == "UNKNOWN" ? nil : text
    }
    // The length tells most fields apart, so that few names are compared.
    switch field.count {
    case 4 where name == nil && isNamed("name"): name = text()
    case 7 where version == nil && isNamed("version"): version = text()
    case 7 where summary == nil && isNamed("summary"): summary = known(value)
    case 7 where license == nil && isNamed("license"): license = known(firstLine)
    case 7 where isNamed("dynamic"): dynamic.append(text())
    case 9 where homePage == nil && isNamed("home-page"): homePage = known(value)
    case 11 where isNamed("project-url"): projectURLs.append(text())
    case 13 where isNamed("requires-dist"): requiresDist.append(Line(text: text(), number: number))
    case 14 where isNamed("provides-extra"): providesExtra.append(text())
    case 15 where requiresPython == nil && isNamed("requires-python"):
      requiresPython = Line(text: text(), number: number)
    case 16 where metadataVersion == nil && isNamed("metadata-version"): metadataVersion = text()
    case 18 where licenseExpression == nil && isNamed("license-expression"):
      licenseExpression = known(value)
    default: break
    }
  }
}
