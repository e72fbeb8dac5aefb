/// Why a text is not a version specifier of PEP 440, and where.
package struct SpecifierError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong at ``offset``.
  package enum Reason: Sendable, Hashable, CustomStringConvertible {
    /// One of the operators of PEP 440 has to stand here.
    case expectedOperator(found: Unicode.Scalar?)
    /// A comma or the end has to stand here.
    case expectedComma(found: Unicode.Scalar)
    /// The operator's version can't be read.
    case invalidVersion(VersionError.Reason)
    /// `.*` stands after an operator other than `==` and `!=`.
    case wildcardNotAllowed(Specifier.Operator)
    /// `.*` stands after a pre, post, dev or local segment.
    case wildcardAfterSuffix
    /// A local version stands after an operator other than `==`, `!=` and `===`.
    case localNotAllowed(Specifier.Operator)
    /// `~=` has a version with one release segment.
    case compatibleNeedsTwoSegments
    /// The text has more bytes than ``SpecifierSet/greatestLength``.
    case tooLong(limit: Int)

    /// The reason as a phrase: "`.*` is not allowed after `>=`".
    package var description: String {
      switch self {
      case .expectedOperator(let found):
        "expected one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`, found \(quoted(found))"
      case .expectedComma(let found): "expected a comma or the end, found \(quoted(found))"
      case .invalidVersion(let reason): reason.description
      case .wildcardNotAllowed(let `operator`): "`.*` is not allowed after `\(`operator`)`"
      case .wildcardAfterSuffix: "`.*` is only allowed after a version of numbers and dots"
      case .localNotAllowed(let `operator`): "a local version is not allowed after `\(`operator`)`"
      case .compatibleNeedsTwoSegments: "`~=` needs a version of at least two numbers, such as `~=1.0`"
      case .tooLong(let limit): "the specifiers are longer than \(limit) bytes"
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
