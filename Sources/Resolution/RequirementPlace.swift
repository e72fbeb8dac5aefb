import PythonPackaging

/// Where a requirement of the user's own, a constraint or an override is written.
package struct RequirementPlace: Sendable, Hashable, CustomStringConvertible {
  /// The file as the user calls it, or the option.
  package let source: String
  /// The line, from 1; nil for an option, and where no line can be named.
  package let line: Int?

  /// A line of a file, or the whole file; the file's name is made fit for a terminal.
  package init(file: String, line: Int?) {
    source = PrintableText.escaped(file, limit: 300)
    self.line = line
  }

  /// An option of the command line.
  package init(option: String) {
    source = option
    line = nil
  }

  /// What a person asks whether it could be: no line that could be changed instead.
  package static let question = RequirementPlace(option: "your question")

  /// `requirements.in:4`
  package var description: String { line.map { "\(source):\($0)" } ?? source }
}
