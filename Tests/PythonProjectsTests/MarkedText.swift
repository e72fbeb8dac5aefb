import PythonProjects
import TOMLReading
import Testing

/// A file's text with the sign 👉 in it, which marks the place of an error.
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

/// A row of a table of errors: a text with 👉 at the place the error must name.
struct ErrorRow: Sendable, CustomTestStringConvertible {
  var marked: MarkedText
  var reason: ProjectFileError.Reason
  var found: String
  var expected: String
  var remedy: String?
  var testDescription: String { marked.testDescription }

  init(
    _ text: String, _ reason: ProjectFileError.Reason, found: String, expected: String, remedy: String? = nil
  ) {
    marked = MarkedText(text)
    self.reason = reason
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// Checks that reading a part of the file fails as the row says.
  func check(_ read: (PyprojectFile) throws(ProjectFileError) -> Void) {
    do throws(ProjectFileError) {
      try read(PyprojectFile(Array(marked.text.utf8), file: "sub/pyproject.toml"))
      Issue.record("no error")
    } catch {
      #expect(error.description == "sub/pyproject.toml:\(marked.place): found \(found), expected \(expected)")
      #expect(error.reason == reason)
      #expect(error.remedy == remedy)
    }
  }
}

extension PyprojectFile {
  init(_ text: String) throws(ProjectFileError) {
    try self.init(Array(text.utf8), file: "pyproject.toml")
  }
}
