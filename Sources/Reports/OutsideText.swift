import PythonPackaging
import UpdatePolicy

/// Text from outside on its way into a report: one line, printable, without credentials, of bounded length. What a format
/// has to escape besides, its own code does.
enum OutsideText {
  /// A reason or another sentence.
  static func sentence(_ text: String) -> String { PrintableText.excerpt(text, limit: 300) }

  /// A path, which is cut later than a sentence: without its end it is another.
  static func path(_ text: String) -> String { PrintableText.excerpt(text, limit: 1_000) }

  /// An advisory's id or a source's name.
  static func name(_ text: String) -> String { PrintableText.excerpt(text, limit: 130) }

  /// A program's version; never empty.
  static func version(_ text: String) -> String { text.isEmpty ? "unknown" : name(text) }

  /// `requirements.txt:12:1`, with as much of it as is known.
  static func place(_ path: String, line: Int, column: Int = 0) -> String {
    let path = Self.path(path)
    if line < 1 { return path }
    return column < 1 ? "\(path):\(line)" : "\(path):\(line):\(column)"
  }

  static func place(_ place: PinFacts.Place) -> String { self.place(place.path, line: place.line) }
}
