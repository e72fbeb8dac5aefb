import Testing

@testable import TOMLReading

/// A text with the sign 👉 in it, which marks the place of an error: `a = 👉]`.
struct MarkedText: CustomTestStringConvertible {
  /// The text without the sign.
  let text: String
  /// The sign's place.
  let place: TOMLPlace
  /// The text as it was written.
  let testDescription: String

  init(_ marked: String) {
    let parts = marked.split(separator: "👉", omittingEmptySubsequences: false)
    precondition(parts.count == 2, "a marked text has one sign")
    text = parts.joined()
    let lines = parts[0].unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    place = TOMLPlace(line: lines.count, column: (lines.last?.count ?? 0) + 1)
    testDescription = marked
  }
}

extension TOMLDocument {
  init(_ text: String) throws(TOMLError) { try self.init(Array(text.utf8)) }

  /// The error of a text; nil if it can be read.
  static func error(_ text: String) -> TOMLError? { error(Array(text.utf8)) }

  /// The error of a text; nil if it can be read.
  static func error(_ bytes: [UInt8]) -> TOMLError? {
    do throws(TOMLError) {
      _ = try TOMLDocument(bytes)
      return nil
    } catch {
      return error
    }
  }
}
