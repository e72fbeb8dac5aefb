import PythonPackaging

/// One line of a requirements file as pip works on it: physical lines joined at backslashes, the comment
/// dropped, the edges stripped, `${VARIABLES}` expanded; and the way back from each byte to where it is written.
///
/// Invariant: `text` is valid UTF-8, not empty, and begins and ends with something other than white space.
struct LogicalLine: Sendable {
  /// The text after expansion.
  private(set) var text: [UInt8]
  /// The text before expansion, which is what may be written out again.
  private(set) var raw: [UInt8]
  /// For each byte of `text` its offset in `raw`; nil where the two are the same.
  private var rawOffsets: [Int]?
  private let pieces: [Piece]
  private let file: String

  /// A stretch of `raw` that stands in one physical line.
  private struct Piece: Sendable {
    /// The first byte's offset in `raw`.
    var start: Int
    /// The physical line, from 1.
    var line: Int
    /// The column of the first byte, in scalars from 1.
    var column: Int
  }

  /// Whether a `${VARIABLE}` was replaced.
  var isExpanded: Bool { rawOffsets != nil }

  /// The first physical line, which is pip's line number.
  var firstLine: Int { pieces.first?.line ?? 0 }

  /// Where the byte at `offset` of `text` is written.
  func location(at offset: Int) -> SourceLocation {
    let clamped = min(max(offset, 0), text.count)
    let position = rawOffsets.map { clamped < $0.count ? $0[clamped] : raw.count } ?? clamped
    let piece = pieces.last { $0.start <= position } ?? Piece(start: 0, line: 0, column: 0)
    let column = piece.column + raw[piece.start..<position].count { $0 & 0xC0 != 0x80 }
    return SourceLocation(file: file, line: piece.line, column: column)
  }

  /// The text of a range.
  func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }

  /// A range of `text` as it is written, with its variables' names.
  func written(_ range: Range<Int>) -> String {
    guard let rawOffsets else { return string(range) }
    let start = range.lowerBound < rawOffsets.count ? rawOffsets[range.lowerBound] : raw.count
    let end = range.upperBound < rawOffsets.count ? rawOffsets[range.upperBound] : raw.count
    return String(decoding: raw[min(start, end)..<end], as: UTF8.self)
  }

  /// All logical lines of a text, in order.
  ///
  /// pip: `str.splitlines`; a line that ends in `\` is joined to the next unless it is a comment as a whole;
  /// then `(^|\s+)#.*$` is dropped, the rest stripped, and empty lines skipped.
  static func lines(
    of source: SourceText, file: String, environment: (String) -> String?
  ) -> [LogicalLine] {
    let bytes = source.utf8
    var lines: [LogicalLine] = []
    var joined: [UInt8] = []
    var pieces: [Piece] = []
    func finish() {
      if var line = LogicalLine(joined: joined, pieces: pieces, file: file) {
        line.expand(environment)
        lines.append(line)
      }
      joined.removeAll(keepingCapacity: true)
      pieces.removeAll()
    }
    for physical in PhysicalLine.lines(of: bytes) {
      if WhiteSpace.isComment(bytes[physical.range]) {
        // the comment ends a continued line and adds nothing to it
        if !pieces.isEmpty { finish() }
        continue
      }
      var range = physical.range
      let continues = !range.isEmpty && bytes[range.upperBound - 1] == UInt8(ascii: "\\")
      if continues {
        // pip strips backslashes from both ends
        while !range.isEmpty, bytes[range.upperBound - 1] == UInt8(ascii: "\\") { range = range.dropLast() }
        while !range.isEmpty, bytes[range.lowerBound] == UInt8(ascii: "\\") { range = range.dropFirst() }
      }
      let column = 1 + bytes[physical.range.lowerBound..<range.lowerBound].count { $0 & 0xC0 != 0x80 }
      pieces.append(Piece(start: joined.count, line: physical.number, column: column))
      joined += bytes[range]
      if !continues { finish() }
    }
    if !pieces.isEmpty { finish() }
    return lines
  }

  private init?(joined: [UInt8], pieces: [Piece], file: String) {
    let content = WhiteSpace.stripped(joined[..<WhiteSpace.commentStart(in: joined)])
    guard !content.isEmpty else { return nil }
    // the stripped white space moves every piece, and the first column with it
    var moved: [Piece] = []
    for (index, piece) in pieces.enumerated() {
      let end = index + 1 < pieces.count ? pieces[index + 1].start : joined.count
      let lost = min(max(content.startIndex - piece.start, 0), end - piece.start)
      if lost == end - piece.start, lost > 0 { continue }
      if piece.start >= content.endIndex { break }
      let column = piece.column + joined[piece.start..<piece.start + lost].count { $0 & 0xC0 != 0x80 }
      moved.append(Piece(start: max(piece.start - content.startIndex, 0), line: piece.line, column: column))
    }
    raw = Array(content)
    text = raw
    rawOffsets = nil
    self.pieces = moved
    self.file = file
  }

  /// Replaces every `${NAME}` that the environment gives a value, as pip: one after another over the whole line.
  private mutating func expand(_ environment: (String) -> String?) {
    for name in EnvironmentVariable.names(in: text) {
      guard let value = environment(name), !value.isEmpty else { continue }
      let needle = Array("${\(name)}".utf8)
      let offsets = rawOffsets ?? Array(text.indices)
      var newText: [UInt8] = []
      var newOffsets: [Int] = []
      var index = 0
      while index < text.count {
        if text[index...].starts(with: needle) {
          newText += value.utf8
          newOffsets += Array(repeating: offsets[index], count: value.utf8.count)
          index += needle.count
        } else {
          newText.append(text[index])
          newOffsets.append(offsets[index])
          index += 1
        }
      }
      text = newText
      rawOffsets = newOffsets
    }
  }
}
