/// Why a file's name is not that of a distribution.
///
/// Example: `flask-1.0.exe` fails with `.unknownKind`.
package struct FilenameError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with the name.
  package enum Reason: Sendable, Hashable {
    /// The ending is neither a wheel's nor a source distribution's.
    case unknownKind
    /// A wheel's name has this many parts between its dashes, not five or six.
    case partCount(Int)
    /// Nothing divides the name from the version.
    case noVersion
    /// The project's name is none.
    case name(NameError)
    /// The file belongs to another project than the expected one.
    case otherProject(expected: PackageName)
    /// The text in the version's place is none.
    case version(text: String, VersionError)
    /// A wheel's build tag does not begin with a digit, or its number is too large.
    case buildTag(String)
    /// One of a wheel's tags is empty.
    case emptyTag
    /// A wheel's Python tag is no identifier.
    case pythonTag(String)
    /// The name has more than `limit` bytes.
    case tooLong(limit: Int)
  }

  /// How long a file's name may be, in bytes.
  package static let maximumLength = 1024

  /// The file's name as it was given.
  package let filename: String
  /// What is wrong with it.
  package let reason: Reason

  init(_ filename: String, _ reason: Reason) {
    self.filename = filename
    self.reason = reason
  }

  /// The reason as a phrase.
  package var description: String {
    switch reason {
    case .unknownKind: "the file is neither a wheel (.whl) nor a source distribution (.tar.gz, .zip)"
    case .partCount(let count): "a wheel's name has five or six parts between dashes, not \(count)"
    case .noVersion: "no dash divides the project's name from a version"
    case .name(let error): error.description
    case .otherProject(let expected): "the file does not belong to `\(expected)`"
    case .version(let text, let error): "\(text.quoted) is not a version: \(error)"
    case .buildTag(let text): "\(text.quoted) is not a build tag"
    case .emptyTag: "a tag is empty"
    case .pythonTag(let text): "\(text.quoted) is not a Python tag"
    case .tooLong(let limit): "the name is longer than \(limit) bytes"
    }
  }
}
