package import JSONReading
package import PythonPackaging

/// Why bytes are no project page of the simple repository API, or no record of one.
package enum ProjectPageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The page is not JSON.
  case json(JSONError)
  /// The page is HTML that is cut short.
  case html(HTMLError)
  /// The page is JSON, but has no `files`.
  case noFiles
  /// The page is not HTML: there is no tag in it.
  case notHTML
  /// The page is HTML that neither says it is a project page nor links to a file.
  case noProjectPage
  /// The page is in a version of the API that is not 1.x (PEP 629, PEP 691): the text given for it.
  case apiVersion(String)
  /// The page is another project's: the name on it, fit to be shown.
  case otherProject(found: String, expected: PackageName)
  /// The page has more than fits a record.
  case tooLarge
  /// The bytes are no record of this format, or a broken one: the part that is wrong.
  case record(RecordPart)

  /// A part of a record.
  package enum RecordPart: Sendable, Hashable {
    /// The mark at its start, the format's version, or the way version keys are packed.
    case format
    /// The length, which doesn't fit the counts in the header.
    case length
    /// The project's name.
    case project
    /// The row of a version, by its index.
    case version(Int)
  }

  /// The error as a phrase.
  package var description: String {
    switch self {
    case .json(let error): "the page is not JSON: byte \(error.offset): \(error)"
    case .html(let error): "the page is cut short: byte \(error.offset): \(error)"
    case .noFiles: "the page has no list of files"
    case .notHTML: "the page is not HTML"
    case .noProjectPage: "the page has no link to a file, and doesn't say that it is a project page"
    case .apiVersion(let text): "the page is in version \(text) of the API, which is not 1.x"
    case .otherProject(let found, let expected): "the page is of `\(found)`, not of `\(expected)`"
    case .tooLarge: "the page is too large"
    case .record(let part):
      switch part {
      case .format: "the cached record is of another format"
      case .length: "the cached record is cut short or too long"
      case .project: "the cached record has no project"
      case .version(let index): "the cached record's version \(index) is unreadable"
      }
    }
  }
}
