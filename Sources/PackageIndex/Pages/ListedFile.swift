import PythonPackaging

/// One file as a project page lists it, by the places of its texts in a ``PageText``.
struct ListedFile {
  /// `yanked` (PEP 592).
  enum Yank {
    case no
    case yes
    case reason(Range<Int>)
  }

  /// `core-metadata` (PEP 658, PEP 714).
  enum CoreMetadata {
    case unknown
    case absent
    /// The digest's digits, nil if there are none.
    case present(sha256: Range<Int>?)
  }

  /// The most digests that are kept of a file, besides the SHA-256 one.
  static let greatestHashCount = 32

  var filename: Range<Int>?
  /// As written: perhaps relative, perhaps with a fragment.
  var url: Range<Int>?
  /// The digits, not checked yet.
  var sha256: Range<Int>?
  var otherHashes: [Distribution.Digest] = []
  var requiresPython: Range<Int>?
  var size: Int?
  /// In milliseconds since 1970-01-01 00:00 UTC.
  var uploadedAt: Int64?
  var yank = Yank.no
  var coreMetadata = CoreMetadata.unknown
}

/// A page's bytes, and behind them the texts that had to be decoded.
struct PageText {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Keeps a decoded text; gives its place.
  mutating func append(_ text: some Collection<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return start..<bytes.count
  }

  /// The text at a place, with bytes that aren't UTF-8 repaired.
  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The place of a text of at most `limit` bytes that may be shown as it is: what isn't printable becomes
  /// a space, bytes that aren't UTF-8 U+FFFD, and the white space around it is gone. Nil for an empty text.
  mutating func printable(_ range: Range<Int>, limit: Int) -> Range<Int>? {
    var range = range
    while let first = range.first, bytes[first] <= 0x20 { range = first + 1..<range.upperBound }
    while let last = range.last, bytes[last] <= 0x20 { range = range.lowerBound..<last }
    if range.isEmpty { return nil }
    if range.count <= limit, bytes[range].allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return range }
    var text = ""
    var length = 0
    for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
      let shown = PrintableText.isPrintable(scalar) ? scalar : " "
      length += UTF8.width(shown)
      if length > limit { break }
      text.unicodeScalars.append(shown)
    }
    return append(text.utf8)
  }
}
