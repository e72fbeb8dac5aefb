/// Text from outside made safe for one line of output: a file name or an index value must never be able to
/// end a lockfile's line or move a terminal's cursor.
enum PrintableText {
  /// `text` with every control character (C0, DEL, C1, the line and paragraph separators) as U+FFFD.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 >= 0x80 }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(isControl(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }

  /// Whether `scalar` could end a line or steer a terminal.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }
}

extension String {
  /// Python's order of strings, by code point (the order of UTF-8 bytes is the same); the same in any locale.
  static func codePointOrder(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
