/// The encodings a requirements file may be in.
enum TextEncoding: Sendable {
  case utf8(skipping: Int)
  case utf16(bigEndian: Bool)
  case utf32(bigEndian: Bool)
  case latin1
  case ascii

  static func of(_ bytes: [UInt8], file: String) throws(RequirementsFileError) -> TextEncoding {
    // UTF-32's little-endian mark begins with UTF-16's
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8(skipping: 3) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32(bigEndian: false) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32(bigEndian: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16(bigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16(bigEndian: true) }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    for (index, line) in lines.prefix(2).enumerated() where line.first == UInt8(ascii: "#") {
      guard let (name, offset) = declaredName(in: line) else { continue }
      let normalized = name.lowercased().replacing("_", with: "-")
      switch normalized {
      case "utf-8", "utf8", "utf-8-sig", "u8", "utf": return .utf8(skipping: 0)
      case "latin-1", "latin1", "latin", "l1", "iso-8859-1", "iso8859-1", "8859", "cp819": return .latin1
      case "ascii", "us-ascii", "646": return .ascii
      default:
        throw RequirementsFileError(
          location: SourceLocation(file: file, line: index + 1, column: offset + 1), reason: .unknownEncoding,
          found: "the encoding `\(name)`", expected: "`utf-8`, `latin-1` or `ascii`",
          remedy: "save the file as UTF-8 and drop the declaration")
      }
    }
    return .utf8(skipping: 0)
  }

  /// `coding[:=]\s*([-\w.]+)` of PEP 263, with the name's offset.
  private static func declaredName(in line: ArraySlice<UInt8>) -> (String, Int)? {
    let key = Array("coding".utf8)
    var start = line.startIndex
    while start + key.count < line.endIndex {
      defer { start += 1 }
      guard line[start...].starts(with: key) else { continue }
      var index = start + key.count
      guard line[index] == UInt8(ascii: ":") || line[index] == UInt8(ascii: "=") else { continue }
      index += 1
      while index < line.endIndex, line[index] == 0x20 || (9...13).contains(line[index]) { index += 1 }
      let name = line[index...].prefix { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
          true
        default: false
        }
      }
      if !name.isEmpty { return (String(decoding: name, as: UTF8.self), index - line.startIndex) }
    }
    return nil
  }

  func decode(_ bytes: ArraySlice<UInt8>, file: String) throws(RequirementsFileError) -> [UInt8] {
    switch self {
    case .utf8(let skipped):
      let text = Array(bytes.dropFirst(skipped))
      if let position = Self.firstInvalidUTF8(in: text) {
        throw RequirementsFileError(
          location: SourceText.location(of: position, in: text, file: file), reason: .undecodable,
          found: "a byte \(Self.hexadecimal(text[position])) that isn't UTF-8", expected: "UTF-8 text",
          remedy:
            "save the file as UTF-8, or name its encoding in the first line: `# -*- coding: latin-1 -*-`")
      }
      return text
    case .latin1:
      var text: [UInt8] = []
      for byte in bytes {
        if byte < 0x80 { text.append(byte) } else { text += [0xC0 | byte >> 6, 0x80 | byte & 0x3F] }
      }
      return text
    case .ascii:
      let text = Array(bytes)
      if let position = text.firstIndex(where: { $0 >= 0x80 }) {
        throw RequirementsFileError(
          location: SourceText.location(of: position, in: text, file: file), reason: .undecodable,
          found: "a byte \(Self.hexadecimal(text[position])) that isn't ASCII",
          expected: "ASCII text, as the file declares")
      }
      return text
    case .utf16(let bigEndian):
      let units = Self.units(bytes.dropFirst(2), width: 2, bigEndian: bigEndian).map(
        UInt16.init(truncatingIfNeeded:))
      return try Self.transcode(units, as: UTF16.self, complete: bytes.count.isMultiple(of: 2), file: file)
    case .utf32(let bigEndian):
      let units = Self.units(bytes.dropFirst(4), width: 4, bigEndian: bigEndian)
      return try Self.transcode(units, as: UTF32.self, complete: bytes.count.isMultiple(of: 4), file: file)
    }
  }

  private static func units(_ bytes: ArraySlice<UInt8>, width: Int, bigEndian: Bool) -> [UInt32] {
    var units: [UInt32] = []
    var index = bytes.startIndex
    while index + width <= bytes.endIndex {
      let group = bytes[index..<index + width]
      let ordered = bigEndian ? Array(group) : group.reversed()
      units.append(ordered.reduce(0) { $0 << 8 | UInt32($1) })
      index += width
    }
    return units
  }

  private static func transcode<Encoding: Unicode.Encoding>(
    _ units: [Encoding.CodeUnit], as encoding: Encoding.Type, complete: Bool, file: String
  ) throws(RequirementsFileError) -> [UInt8] {
    var text: [UInt8] = []
    let failed = Swift.transcode(
      units.makeIterator(), from: encoding, to: UTF8.self, stoppingOnError: true, into: { text.append($0) })
    if failed || !complete {
      throw RequirementsFileError(
        location: SourceText.location(of: text.count, in: text, file: file), reason: .undecodable,
        found: "bytes that aren't \(encoding == UTF16.self ? "UTF-16" : "UTF-32")",
        expected: "the text its byte order mark promises", remedy: "save the file as UTF-8")
    }
    return text
  }

  private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.count == 1 ? "0" : "") + digits
  }
}
