/// Why a text is not a requirement or a marker of PEP 508, and where.
///
/// Example: `flask>=2; python_version` fails at offset 24 with `.unexpected(found: nil, expected: .markerOperator)`.
package struct RequirementError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What the grammar allows at a place.
  package enum Expectation: Sendable, Hashable, CustomStringConvertible {
    /// The name that a requirement begins with.
    case packageName
    /// An extra's name after a comma.
    case extraName
    /// What may follow an extra's name.
    case commaOrClosingBracket
    /// The address after `@`.
    case url
    /// What may follow an address and a space.
    case semicolon
    /// What may follow a name or its extras.
    case specifierOrSemicolon
    /// What may follow a specifier.
    case commaOrSemicolon
    /// What may follow a specifier in parentheses.
    case commaOrClosingParenthesis
    /// A marker variable or a quoted string.
    case markerOperand
    /// A comparison of a marker.
    case markerOperator
    /// The space that divides `not` and `in`.
    case spaceAfterNot
    /// `in`, after `not`.
    case inAfterNot
    /// What may follow a comparison.
    case booleanOperator
    /// What may follow a comparison within parentheses.
    case booleanOperatorOrClosingParenthesis
    /// The quote that ends a string.
    case closingQuote

    /// The expectation as a phrase.
    package var description: String {
      switch self {
      case .packageName: "a package name"
      case .extraName: "an extra's name"
      case .commaOrClosingBracket: "`,` or `]`"
      case .url: "a URL after `@`"
      case .semicolon: "`;` or the end"
      case .specifierOrSemicolon: "a version specifier, `;` or the end"
      case .commaOrSemicolon: "`,`, `;` or the end"
      case .commaOrClosingParenthesis: "`,` or `)`"
      case .markerOperand: "a marker variable or a quoted string"
      case .markerOperator: "one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`, `in`, `not in`"
      case .spaceAfterNot: "a space after `not`"
      case .inAfterNot: "`in` after `not`"
      case .booleanOperator: "`and`, `or` or the end"
      case .booleanOperatorOrClosingParenthesis: "`and`, `or` or `)`"
      case .closingQuote: "the closing quote"
      }
    }
  }

  /// What is wrong with the text.
  package enum Reason: Sendable, Hashable {
    /// The text has `found` (nil: its end) where the grammar has `expected`.
    case unexpected(found: Character?, expected: Expectation)
    /// The name of the project or of an extra is none.
    case name(NameError)
    /// A version specifier is none.
    case specifier(SpecifierError)
    /// A backslash in a quoted string begins nothing that Python knows, or a control character.
    case escape
    /// A quoted string holds both kinds of quotes, so that it could not be written down again.
    case bothQuotes
    /// A control character, which may not reach a lockfile.
    case controlCharacter(Character)
    /// A comparison of a marker that has no meaning: `~=` and `===` are for versions, and one side must be a variable.
    case undefinedComparison
    /// Parentheses nest deeper than `limit`.
    case tooDeep(limit: Int)
    /// The text has more than `limit` bytes.
    case tooLong(limit: Int)
  }

  /// Where the fault is, in UTF-8 bytes from the start of the text.
  package let offset: Int
  /// What is wrong there.
  package let reason: Reason

  package init(offset: Int, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }

  /// The reason as a phrase.
  package var description: String {
    switch reason {
    case .unexpected(let found, let expected): "expected \(expected), found \(found?.quoted ?? "the end")"
    case .name(let error): error.description
    case .specifier(let error): "\(error)"
    case .escape: "the backslash begins no escape sequence that a quoted string may have"
    case .bothQuotes: "a quoted string can't hold both `'` and `\"`"
    case .controlCharacter(let found): "the control character \(found.quoted) is not allowed"
    case .undefinedComparison: "the marker's comparison has no meaning"
    case .tooDeep(let limit): "parentheses nest deeper than \(limit) levels"
    case .tooLong(let limit): "the text is longer than \(limit) bytes"
    }
  }
}
