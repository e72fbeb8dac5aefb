extension RequirementParser {
  /// The version specifiers of a requirement, in parentheses or bare.
  ///
  ///     specifiers = "(" ws version_many ws ")" | version_many
  mutating func specifiers() throws(RequirementError) -> SpecifierSet {
    if isLenient { return try lenientSpecifiers() }
    let hasParenthesis = consume("(")
    if hasParenthesis { skipBlanks() }
    let specifiers = try versionMany(isEnclosed: hasParenthesis)
    if hasParenthesis {
      skipBlanks()
      guard consume(")") else { throw unexpected(.commaOrClosingParenthesis) }
    }
    return specifiers
  }

  /// Comma-separated specifiers; one comma may trail.
  ///
  ///     version_many = (specifier (ws "," ws specifier)* (ws ",")?)?
  ///     specifier    = ("===" | "==" | "~=" | "!=" | "<=" | ">=" | "<" | ">") white_space* version
  private mutating func versionMany(isEnclosed: Bool) throws(RequirementError) -> SpecifierSet {
    let start = position
    var end = position
    while let byte = peek, Self.beginsOperator(byte) {
      skipSpecifier()
      end = position
      skipBlanks()
      guard consume(",") else { break }
      end = position
      skipBlanks()
    }
    position = end
    guard end > start else { return SpecifierSet() }
    do {
      return try SpecifierSet(text(start..<end))
    } catch {
      throw RequirementError(offset: min(start + error.offset, end), reason: .specifier(error))
    }
  }

  /// Moves over an operator, white space, and the version's text up to white space, `,`, `;` or `)`.
  ///
  /// After `===` a comma is part of the text, as in `packaging`: `===1,<2` is two specifiers all the same, but
  /// `===1, <2` is an error, since no comma is left to stand between them.
  private mutating func skipSpecifier() {
    let isArbitrary = bytes[position...].starts(with: [0x3D, 0x3D, 0x3D])
    while let byte = peek, Self.beginsOperator(byte) { position += 1 }
    while let byte = peek, (0x09...0x0D).contains(byte) || byte == 0x20 { position += 1 }
    while let byte = peek, !(0x09...0x0D).contains(byte), byte != 0x20 {
      if byte == UInt8(ascii: ";") || byte == UInt8(ascii: ")") { break }
      if byte == UInt8(ascii: ","), !isArbitrary { break }
      position += 1
    }
  }

  private static func beginsOperator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "=") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
      || byte == UInt8(ascii: "!")
      || byte == UInt8(ascii: "~")
  }

  /// The specifiers of old metadata: all up to the `;`, without parentheses, as `SpecifierSet(lenient:)` reads it.
  private mutating func lenientSpecifiers() throws(RequirementError) -> SpecifierSet {
    guard let first = peek, first != UInt8(ascii: ";") else { return SpecifierSet() }
    let start = position
    // Parentheses become spaces, so that offsets stay.
    var kept: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: ";") {
      kept.append(byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") ? 0x20 : byte)
      position += 1
    }
    do {
      return try SpecifierSet(lenient: String(decoding: kept, as: UTF8.self))
    } catch {
      throw RequirementError(offset: min(start + error.offset, position), reason: .specifier(error))
    }
  }
}
