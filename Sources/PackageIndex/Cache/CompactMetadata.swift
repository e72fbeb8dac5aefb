import PythonPackaging

/// Core metadata cut down to the fields a resolution or a report reads: a README of 100 KB isn't kept.
enum CompactMetadata {
  private static let kept: Set<String> = [
    "metadata-version", "name", "version", "requires-dist", "requires-python", "provides-extra", "dynamic",
    "summary", "license", "license-expression", "project-url", "home-page",
  ]

  /// The header lines of those fields with their continuation lines.
  static func filtered(_ metadata: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var keeps = false
    for line in headerLines(metadata) {
      if let first = metadata[line].first, first != 0x20, first != 0x09 {
        let name = metadata[line].prefix { $0 != UInt8(ascii: ":") }
        keeps = name.count <= 20 && kept.contains(String(decoding: name, as: UTF8.self).lowercased())
      }
      if keeps { result.append(contentsOf: metadata[line]) }
    }
    return result
  }

  /// The project that metadata is of; nil if it doesn't say.
  static func project(of metadata: [UInt8]) -> PackageName? {
    let field = Array("name:".utf8)
    for line in headerLines(metadata) {
      let bytes = metadata[line]
      guard bytes.prefix(field.count).elementsEqual(field, by: { $0 | 0x20 == $1 | 0x20 }) else { continue }
      let value = bytes.dropFirst(field.count).drop { $0 <= 0x20 }
      return try? PackageName(String(decoding: value.prefix { $0 > 0x20 }, as: UTF8.self))
    }
    return nil
  }

  /// All header lines: what an unreadable file's error counts its lines by.
  static func headers(_ metadata: [UInt8]) -> [UInt8] {
    Array(metadata[..<(headerLines(metadata).last?.upperBound ?? 0)])
  }

  /// Lines with their ends (LF, CR LF or CR) up to the first blank one.
  private static func headerLines(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0a, bytes[end] != 0x0d { end += 1 }
      if end == start { break }
      if end + 1 < bytes.count, bytes[end] == 0x0d, bytes[end + 1] == 0x0a { end += 1 }
      end = min(end + 1, bytes.count)
      lines.append(start..<end)
      start = end
    }
    return lines
  }
}
