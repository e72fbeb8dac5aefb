/// Why a text is not the core metadata of a distribution.
package enum CoreMetadataError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The metadata's major version is newer than any known, or no version at all.
  case metadataVersion(String)
  /// There is no such field, and it is required.
  case missing(field: String)
  /// The project's name is none.
  case name(NameError)
  /// The version is none.
  case version(text: String, VersionError)
  /// A requirement on this line, counted from 1, can't be read.
  case requirement(text: String, line: Int, RequirementError)
  /// The Python versions on this line, counted from 1, can't be read.

  /// The reason as a phrase.
  package var description: String {
    switch self {
    case .metadataVersion(let text): "metadata version \(text.quoted) is not supported"
    case .missing(let field): "the field `\(field)` is missing"
    case .name(let error): "the name \(error.text.quoted): \(error)"
    case .version(let text, let error): "the version \(text.quoted): \(error)"
    case .requirement(let text, let line, let error):
      "line \(line), `Requires-Dist: \(text.quoted.dropFirst()): \(error)"
    }
  }
}
