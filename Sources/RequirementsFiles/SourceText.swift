/// A requirements file's bytes as UTF-8 text, decoded as pip decodes them: a byte order mark first, else a
/// `# -*- coding: … -*-` in the first two lines (PEP 263), else UTF-8. Unlike pip there is no falling back to
/// the locale: what isn't UTF-8 and doesn't say what it is, is an error, so that any host reads the same.
package struct SourceText: Sendable {
  /// The text without its byte order mark; valid UTF-8 without NUL.
  package let utf8: [UInt8]

  /// Decodes `bytes` of the file shown as `file`.
  package init(_ bytes: [UInt8], file: String) throws(RequirementsFileError) {
    let encoding = try TextEncoding.of(bytes, file: file)
    utf8 = try encoding.decode(bytes[...], file: file)
    if let position = utf8.firstIndex(of: 0) {
      throw RequirementsFileError(
        location: Self.location(of: position, in: utf8, file: file), reason: .nulByte,
        found: "a NUL byte", expected: "text",
        remedy: "save the file as UTF-8, or as UTF-16 with a byte order mark")
    }
  }

  static func location(of position: Int, in bytes: [UInt8], file: String) -> SourceLocation {
    let before = bytes[..<position]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    return SourceLocation(file: file, line: line, column: column)
  }
}
