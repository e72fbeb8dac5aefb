/// Where a text stops being JSON (RFC 8259), what stands there, and what had to.
///
/// Example: `[1 2]` fails at offset 3 with a found `2` where a comma or `]` was expected.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What stands at ``offset``.
  package enum Found: Sendable, Hashable {
    /// A byte.
    case byte(UInt8)
    /// Nothing: the text has ended.
    case end
  }

  /// What had to stand at ``offset``.
  package enum Expected: Sendable, Hashable {
    case value
    case object
    case array
    case string
    case number
    case boolean
    case null
    /// A digit of a number.
    case digit
    /// A member's name, in an object after `,`.
    case name
    /// A member's name or `}`, in an object after `{`.
    case nameOrEnd
    /// `:` behind a member's name.
    case colon
    /// `,` or `}`.
    case commaOrObjectEnd
    /// `,` or `]`.
    case commaOrArrayEnd
    /// What may follow `\` in a string.
    case escape
    /// One of four hexadecimal digits behind `\u`.
    case hexadecimalDigit
    /// A character or the closing quote: a control character must be escaped.
    case stringCharacter
    /// Nothing behind the outermost value.
    case end
    /// Fewer arrays and objects inside one another.
    case depth(limit: Int)
  }

  /// The place, in bytes from the start of the text.
  package let offset: Int
  package let found: Found
  package let expected: Expected

  /// The error as a phrase, without the place: "expected a value, found `}`".
  package var description: String {
    if case .depth(let limit) = expected { return "more than \(limit) levels inside one another" }
    return "expected \(expected.phrase), found \(found.phrase)"
  }
}

extension JSONError.Found {
  fileprivate var phrase: String {
    switch self {
    case .end: "the end"
    case .byte(0x20): "a space"
    case .byte(0x60): "a backtick"
    case .byte(let byte) where byte > 0x20 && byte < 0x7F: "`\(Unicode.Scalar(byte))`"
    case .byte(let byte): "byte \(byte)"
    }
  }
}

extension JSONError.Expected {
  fileprivate var phrase: String {
    switch self {
    case .value: "a value"
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "`true` or `false`"
    case .null: "`null`"
    case .digit: "a digit"
    case .name: "a name in quotes"
    case .nameOrEnd: "a name in quotes or `}`"
    case .colon: "`:`"
    case .commaOrObjectEnd: "`,` or `}`"
    case .commaOrArrayEnd: "`,` or `]`"
    case .escape: "an escape sequence"
    case .hexadecimalDigit: "a hexadecimal digit"
    case .stringCharacter: "a string to go on or end"
    case .end: "the end"
    case .depth(let limit): "at most \(limit) levels"
    }
  }
}

extension JSONError {
  /// What stands at ``offset``, as a phrase.
  package var foundPhrase: String {
    if case .depth(let limit) = expected { return "more than \(limit) levels inside one another" }
    return found.phrase
  }

  /// What had to stand at ``offset``, as a phrase.
  package var expectedPhrase: String { expected.phrase }
}
