import PackageIndex

/// The first line of a text that `repin schedule install` writes, by which it knows whether somebody has changed it since.
///
///     # Written by `repin schedule install` (digest 0123456789abcdef): it overwrites this file only while nobody else has changed it.
enum WrittenByRepin {
  private static let start = "# Written by `repin schedule install` (digest "
  private static let end = "): it overwrites this only while nobody else has changed it."

  /// A text with that line.
  static func marked(_ text: String) -> String { "\(start)\(digest(of: text))\(end)\n\(text)" }

  /// Whether a text has that line, and is otherwise as it was written.
  static func isUnchanged(_ text: String) -> Bool {
    guard let lineEnd = text.firstIndex(of: "\n") else { return false }
    return text == marked(String(text[text.index(after: lineEnd)...]))
  }

  private static func digest(of text: String) -> Substring { FileHash.sha256(Array(text.utf8)).prefix(16) }
}
