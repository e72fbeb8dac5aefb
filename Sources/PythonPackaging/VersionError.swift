/// Why a text is not a version of PEP 440, and where.
package struct VersionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong at ``offset``.
  package enum Reason: Sendable, Hashable, CustomStringConvertible {
    /// A digit has to stand here: the version, or a part of its release segment, is missing.
    case expectedDigit(found: Unicode.Scalar?)
    /// A letter or a digit has to stand here: a segment of the local version is missing.
    case expectedLocalSegment(found: Unicode.Scalar?)
    /// The version has ended, but the text goes on.
    case unexpected(found: Unicode.Scalar)
    /// The number that starts here is greater than ``Version/greatestNumber``.
    case numberTooLarge
    /// The text has more bytes than ``Version/greatestLength``.
    case tooLong(limit: Int)

    /// The reason as a phrase: "expected a digit, found `x`".
    package var description: String {
      switch self {
      case .expectedDigit(let found): "expected a digit, found \(quoted(found))"
      case .expectedLocalSegment(let found): "expected a letter or a digit after `+`, found \(quoted(found))"
      case .unexpected(let found): "expected the version to end, found \(quoted(found))"
      case .numberTooLarge: "the number is too large"
      case .tooLong(let limit): "the version is longer than \(limit) bytes"
      }
    }
  }

  /// The place of the error, in UTF-8 bytes from the start of the text.
  package let offset: Int
  /// What is wrong there.
  package let reason: Reason

  package init(offset: Int, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }

  /// The reason as a phrase, without the place.
  package var description: String { reason.description }
}
