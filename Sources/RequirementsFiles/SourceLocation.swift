import PythonPackaging

/// A place in a requirements file: where a requirement was written, or where reading it went wrong.
///
/// Lines are counted as `str.splitlines` of Python counts them (so that the numbers are pip's), columns in
/// Unicode scalars; both start at 1. Line 0 stands for the file as a whole. In a line continued with a
/// backslash the physical line and column are meant.
///
/// Example: `requirements.in:4:7`.
package struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
  /// The file as it is shown to people: as given, or joined to the file that includes it; `-` is standard input.
  package var file: String
  /// The line, from 1; 0 for the whole file.
  package var line: Int
  /// The column in Unicode scalars, from 1; 0 for the whole file.
  package var column: Int

  /// A value of the given parts.
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The whole of a file, where no line can be named.
  package init(file: String) {
    self.init(file: file, line: 0, column: 0)
  }

  /// `path:line:column`, or the path alone for the whole file. Control characters are made visible.
  package var description: String {
    let shown = PrintableText.escaped(file)
    return line == 0 ? shown : "\(shown):\(line):\(column)"
  }
}
