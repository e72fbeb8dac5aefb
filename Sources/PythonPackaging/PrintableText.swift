/// Text from outside made safe for one line of output: a file name or an index's value must never be able to end a
/// lockfile's line, move a terminal's cursor or turn the direction of the text around it. Nor does it show a password: what
/// is written down may have a URL in it, and be cut in the middle of one.
package enum PrintableText {
  /// `text` with every scalar that isn't printable as U+FFFD and with the literal credentials of URLs as `****`, cut after
  /// `limit` scalars.
  package static func escaped(_ text: String, limit: Int = .max) -> String {
    let isBare = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.count <= limit && bytes.allSatisfy { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "@") }
    }
    if isBare == true { return text }
    return replaced(URLCredentials.redacted(within: text), limit: limit)
  }

  /// The same with `…` where it was cut.
  package static func excerpt(_ text: String, limit: Int) -> String {
    escaped(text, limit: limit) + (text.unicodeScalars.count > limit ? "…" : "")
  }

  /// The same with its credentials, which somebody else has seen to.
  static func replaced(_ text: String, limit: Int = .max) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    if isPlain { return text.utf8.count <= limit ? text : String(text.prefix(limit)) }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit) {
      scalars.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
    }
    return String(scalars)
  }

  /// Whether a scalar may go to a terminal or a file as it is: it is no control character (C0, DEL, C1), ends no line,
  /// is no mark that turns the direction of text (Unicode Standard Annex 9, section 2), and is not without width, so that
  /// what is seen is what is there.
  package static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: false
    case 0x00AD, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: false
    default: true
    }
  }
}
