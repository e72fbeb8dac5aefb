import PythonPackaging

/// Why a text is not a TOML document that can be read, and where.
///
/// Example: `a = [1 2]` fails at `1:8` with a found `2` where `,` or `]` was expected.
package struct TOMLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What may stand at a place.
  package enum Expectation: Sendable, Hashable {
    /// A key.
    case key
    /// A key, or the end of an inline table that holds nothing.
    case keyOrClosingBrace
    /// What follows a key.
    case dotOrEquals
    /// What follows the key of a header `[a]`.
    case dotOrClosingBracket
    /// What follows the key of a header `[[a]]`.
    case dotOrClosingBrackets
    /// A value.
    case value
    /// What follows an item of an array.
    case commaOrClosingBracket
    /// What follows a value of an inline table.
    case commaOrClosingBrace
    /// The end of a string that began at `opening`.
    case closingQuotes(String, opening: TOMLPlace)
    /// A comment or the end of the line.
    case lineEnd
  }

  /// What is wrong with the text.
  package enum Reason: Sendable, Hashable {
    /// The text has more than `limit` bytes.
    case tooLarge(limit: Int)
    /// Tables and arrays nest deeper than `limit`.
    case tooDeep(limit: Int)
    /// The text has more than `limit` keys and items.
    case tooMany(limit: Int)
    /// A byte that isn't UTF-8.
    case undecodable(UInt8)
    /// A NUL, as it is or as an escape.
    case nul
    /// The text has `found` (nil: its end) where TOML has `expected`.
    case unexpected(found: Unicode.Scalar?, expected: Expectation)
    /// A word that is no value: a string without its quotes, a number that isn't one.
    case noValue(String)
    /// Anything else, in the words of the library that judges it: `cannot redefine existing table 'a'`.
    case invalid(String)
  }

  /// Where the fault is.
  package let place: TOMLPlace
  /// What is wrong there.
  package let reason: Reason

  package init(place: TOMLPlace, reason: Reason) {
    self.place = place
    self.reason = reason
  }

  /// The reason as a phrase, without the place: "found `2`, expected `,` or `]`".
  package var description: String { "found \(found), expected \(expected)" }

  /// What stands at the place, as a phrase.
  package var found: String {
    switch reason {
    case .tooLarge: "a longer text"
    case .tooDeep: "tables and arrays that nest deeper"
    case .tooMany: "more keys and items"
    case .undecodable(let byte): "a byte \(Self.hexadecimal(byte)) that isn't UTF-8"
    case .nul: "a NUL character"
    case .unexpected(let found, _): Self.phrase(found)
    case .noValue(let word): "`\(PrintableText.escaped(word, limit: 80))`"
    case .invalid(let phrase): "invalid TOML (\(PrintableText.escaped(phrase, limit: 200)))"
    }
  }

  /// What may stand at the place, as a phrase.
  package var expected: String {
    switch reason {
    case .tooLarge(let limit): "at most \(limit) bytes"
    case .tooDeep(let limit): "at most \(limit) levels"
    case .tooMany(let limit): "at most \(limit)"
    case .undecodable: "UTF-8 text"
    case .nul: "text without one"
    case .unexpected(_, let expected): expected.phrase
    case .noValue: "a number, a date, `true`, `false` or a string in quotes"
    case .invalid: "a document of TOML 1.0"
    }
  }

  private static func phrase(_ found: Unicode.Scalar?) -> String {
    switch found {
    case nil: "the end of the file"
    case "\n"?, "\r"?: "the end of the line"
    case "`"?: "a backtick"
    case "\t"?: "a tab"
    case let scalar? where scalar != " " && PrintableText.isPrintable(scalar): "`\(scalar)`"
    case let scalar?: "U+" + padded(String(scalar.value, radix: 16, uppercase: true), to: 4)
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    "0x" + padded(String(byte, radix: 16, uppercase: true), to: 2)
  }

  private static func padded(_ digits: String, to width: Int) -> String {
    String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension TOMLError.Expectation {
  fileprivate var phrase: String {
    switch self {
    case .key: "a key"
    case .keyOrClosingBrace: "a key or `}`"
    case .dotOrEquals: "`.` or `=` after the key"
    case .dotOrClosingBracket: "`.` or `]` after the key"
    case .dotOrClosingBrackets: "`.` or `]]` after the key"
    case .value: "a value"
    case .commaOrClosingBracket: "`,` or `]`"
    case .commaOrClosingBrace: "`,` or `}`"
    case .closingQuotes(let quotes, let opening): "`\(quotes)` to close the string that begins at \(opening)"
    case .lineEnd: "the end of the line"
    }
  }
}
