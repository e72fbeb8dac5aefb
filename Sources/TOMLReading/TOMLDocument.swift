import PythonPackaging
import TOMLKit

/// A TOML 1.0 document as values with their places.
///
/// TOMLKit judges what is valid and gives the values. It knows neither the order of keys nor places, so a scanner of
/// our own walks over the text first. The scanner also keeps hostile texts from the library, which is C++ that recurses
/// and has assertions: what reaches it is bounded, UTF-8 and without a NUL, all its strings and brackets are closed,
/// and its words are values.
///
/// Three things that TOML allows are refused: an escape of NUL, which the library would take for the end of a string,
/// numbers that 64 bits can't hold, and words of more than ``TOMLWord/greatestLength`` bytes.
package struct TOMLDocument: Sendable {
  /// The greatest length of a text, in bytes.
  package static let greatestLength = 4 << 20
  /// How deep keys and items may stand in one another; `[a.b]` is two levels.
  package static let greatestDepth = 64
  /// The greatest number of keys and items; the library's time grows with the square of the number of tables.
  package static let greatestCount = 65_536

  /// The outermost table.
  package let root: TOMLTable

  /// Reads a document of UTF-8 bytes, with or without a byte order mark.
  ///
  /// - Throws: ``TOMLError`` with the place of the fault.
  package init(_ bytes: [UInt8]) throws(TOMLError) {
    guard bytes.count <= Self.greatestLength else {
      throw TOMLError(place: .start, reason: .tooLarge(limit: Self.greatestLength))
    }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    var scanner = TOMLScanner(text)
    try scanner.checkCharacters()
    try scanner.document()
    root = scanner.outline.table(try Self.library(text), at: 0, near: .start)
  }

  private static func library(_ text: [UInt8]) throws(TOMLError) -> TOMLKit.TOMLTable {
    do {
      return try TOMLKit.TOMLTable(string: String(decoding: text, as: UTF8.self))
    } catch let error as TOMLParseError {
      let begin = error.source.begin
      throw TOMLError(
        place: TOMLPlace(line: max(1, begin.line), column: max(1, begin.column)),
        reason: .invalid(phrase(error.description)))
    } catch {
      throw TOMLError(place: .start, reason: .invalid("the document can't be read"))
    }
  }

  /// `Error while parsing key-value pair: cannot …` → `cannot …`
  private static func phrase(_ description: String) -> String {
    guard description.hasPrefix("Error while parsing "), let colon = description.firstIndex(of: ":") else {
      return PrintableText.escaped(description)
    }
    return PrintableText.escaped(String(description[colon...].dropFirst().drop { $0 == " " }))
  }
}
