/// A place in a text: line and column, both from 1.
///
/// Lines end in LF, as TOML has it; columns are counted in Unicode scalars, and a byte order mark is none.
/// Example: in `a = 1⏎b = 2` the `2` is at `2:5`.
package struct TOMLPlace: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The start of every text.
  package static let start = TOMLPlace(line: 1, column: 1)

  /// The line.
  package let line: Int
  /// The column in Unicode scalars.
  package let column: Int

  /// A place of the given numbers.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// `line:column`, as it stands after a file's name in messages.
  package var description: String { "\(line):\(column)" }

  /// Orders places as they follow one another in a text.
  package static func < (left: TOMLPlace, right: TOMLPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  /// The place behind a byte of UTF-8 that stands here: a line end leads to the next line, a byte within a scalar
  /// nowhere.
  func after(_ byte: UInt8) -> TOMLPlace {
    if byte == UInt8(ascii: "\n") { return TOMLPlace(line: line + 1, column: 1) }
    return byte & 0xC0 == 0x80 ? self : TOMLPlace(line: line, column: column + 1)
  }
}
