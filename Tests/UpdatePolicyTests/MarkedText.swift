import Testing

/// A text with the sign 1️⃣ in it, which marks the place of an error: `0 1️⃣25 * * *`.
struct MarkedText: CustomTestStringConvertible {
  /// The text without the sign.
  let text: String
  /// The sign's place, in UTF-8 bytes.
  let offset: Int
  /// The text as it was written.
  let testDescription: String

  init(_ marked: String) {
    let parts = marked.split(separator: "1️⃣", omittingEmptySubsequences: false)
    precondition(parts.count == 2, "a marked text has one sign")
    text = parts.joined()
    offset = parts[0].utf8.count
    testDescription = marked
  }
}
