import PythonPackaging

/// A word of an option line, split as Python's `shlex.split` does it in POSIX mode: quotes and backslashes
/// resolved, with the place it was written.
package struct ShellWord: Sendable, Hashable {
  /// The word without its quotes.
  var text: String
  /// Its bytes in the line, quotes included.
  var range: Range<Int>

  /// What is wrong with a line: it ends in the middle of a word.
  struct SplitError: Error, Sendable, Hashable {
    /// The offset of the quote or the backslash.
    var offset: Int
    /// The quote, or the backslash.
    var opener: UInt8
  }

  /// Splits the bytes of `range`.
  ///
  /// Between `'…'` everything stands for itself; between `"…"` a backslash escapes only `"` and `\`; elsewhere
  /// it escapes anything.
  static func split(_ bytes: [UInt8], in range: Range<Int>) throws(SplitError) -> [ShellWord] {
    var words: [ShellWord] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if isSpace(bytes[index]) {
        index += 1
        continue
      }
      let start = index
      var word: [UInt8] = []
      while index < range.upperBound, !isSpace(bytes[index]) {
        switch bytes[index] {
        case UInt8(ascii: "\\"):
          guard index + 1 < range.upperBound else { throw SplitError(offset: index, opener: bytes[index]) }
          word.append(bytes[index + 1])
          index += 2
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
          index = try quoted(bytes, from: index, to: range.upperBound, into: &word)
        default:
          word.append(bytes[index])
          index += 1
        }
      }
      words.append(ShellWord(text: String(decoding: word, as: UTF8.self), range: start..<index))
    }
    return words
  }

  /// The words of a line, without their quotes; nil: it ends in the middle of one.
  package static func words(of line: String) -> [String]? {
    let bytes = Array(line.utf8)
    return (try? split(bytes, in: 0..<bytes.count))?.map(\.text)
  }

  private static func quoted(
    _ bytes: [UInt8], from start: Int, to end: Int, into word: inout [UInt8]
  ) throws(SplitError) -> Int {
    let quote = bytes[start]
    var index = start + 1
    while index < end, bytes[index] != quote {
      if bytes[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), index + 1 < end {
        let next = bytes[index + 1]
        if next != quote, next != UInt8(ascii: "\\") { word.append(bytes[index]) }
        word.append(next)
        index += 2
      } else {
        word.append(bytes[index])
        index += 1
      }
    }
    guard index < end else { throw SplitError(offset: start, opener: quote) }
    return index + 1
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  /// `text` quoted for a POSIX shell as Python's `shlex.quote` does it: as it is if it holds only
  /// `[A-Za-z0-9_@%+=:,./-]`, else in single quotes.
  ///
  /// A control character, which could end a comment line, is written in the `$'…'` form of POSIX.1-2024 instead.
  package static func quoted(_ text: String) -> String {
    if text.isEmpty { return "''" }
    if text.unicodeScalars.contains(where: { !PrintableText.isPrintable($0) }) { return dollarQuoted(text) }
    if text.utf8.allSatisfy(isPlain) { return text }
    return "'" + text.replacing("'", with: "'\"'\"'") + "'"
  }

  private static func dollarQuoted(_ text: String) -> String {
    var result = "$'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where !PrintableText.isPrintable(scalar):
        for byte in String(scalar).utf8 {
          let digits = String(byte, radix: 8)
          result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: Array("_@%+=:,./-".utf8).contains(byte)
    }
  }
}
