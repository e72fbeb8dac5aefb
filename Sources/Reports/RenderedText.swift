/// A rendering on its way to where a line feed is put behind it.
package enum RenderedText {
  /// Without the line feed that it ends with, if it does; of a CRLF the CR stays.
  package static func withoutLastLineFeed(_ text: String) -> String {
    // By bytes: a CRLF is one character.
    text.utf8.last == UInt8(ascii: "\n") ? String(decoding: text.utf8.dropLast(), as: UTF8.self) : text
  }
}
