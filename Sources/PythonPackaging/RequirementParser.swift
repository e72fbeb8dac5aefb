/// A recursive-descent parser of PEP 508, over UTF-8 bytes.
///
/// Each method's comment has the rule it reads; `ws` is `(" " | "\t")*`, terminals are in quotes. The grammar is that
/// of the dependency specifiers specification in the form that `packaging` 26.3 accepts.
/// Bounded: at most ``maximumLength`` bytes and ``maximumDepth`` nested parentheses, and no step is taken twice.
struct RequirementParser {
  /// The greatest length of a requirement or marker, in bytes.
  static let maximumLength = 65_536
  /// How deep parentheses of a marker may nest.
  static let maximumDepth = 64

  /// The text.
  let bytes: [UInt8]
  /// The offset of the next byte to be read.
  var position = 0
  /// Whether old metadata's ways are read as well; see `Requirement.init(lenient:)`.
  let isLenient: Bool
  /// How many parentheses of a marker are open.
  var depth = 0
  /// Where the first comparison begins that no environment gives a meaning.
  var undefinedComparison: Int?

  init(_ text: String, isLenient: Bool = false) throws(RequirementError) {
    guard text.utf8.count <= Self.maximumLength else {
      throw RequirementError(offset: Self.maximumLength, reason: .tooLong(limit: Self.maximumLength))
    }
    bytes = Array(text.utf8)
    self.isLenient = isLenient
  }

  /// Reads a whole requirement.
  ///
  ///     requirement = ws name ws extras? ws ("@" ws url (blank+ (";" marker)?)? | specifiers ws (";" marker)?)
  mutating func requirement() throws(RequirementError) -> Requirement {
    skipBlanks()
    let (written, name) = try packageName()
    skipBlanks()
    let writtenExtras = try extras()
    skipBlanks()
    var url: String?
    var specifiers = SpecifierSet()
    if consume("@") {
      skipBlanks()
      url = try self.url()
      skipBlanks()
    } else {
      specifiers = try self.specifiers()
      skipBlanks()
    }
    var marker: Marker?
    if !isAtEnd {
      marker = try requirementMarker(
        after: url == nil ? (specifiers.isEmpty ? .specifierOrSemicolon : .commaOrSemicolon) : .semicolon)
    }
    return Requirement(
      name: name, writtenName: written, writtenExtras: writtenExtras, specifiers: specifiers, url: url,
      marker: marker)
  }

  /// The marker of a requirement, its semicolon included; a lenient one may be missing.
  ///
  ///     requirement_marker = ";" marker
  private mutating func requirementMarker(
    after expected: RequirementError.Expectation
  ) throws(RequirementError) -> Marker? {
    guard consume(";") else { throw unexpected(expected) }
    if isLenient {
      skipBlanks()
      while consume(";") { skipBlanks() }
      if isAtEnd { return nil }
    }
    return try wholeMarker()
  }

  /// A name at this place.
  ///
  ///     identifier = alphanumeric (alphanumeric | "." | "_" | "-")*
  private mutating func identifier(_ expected: RequirementError.Expectation) throws(RequirementError)
    -> String
  {
    guard let first = peek, first.isASCIILetterOrDigit else { throw unexpected(expected) }
    let start = position
    while let byte = peek, byte.isASCIILetterOrDigit || byte.isSeparator { position += 1 }
    return text(start..<position)
  }

  private mutating func packageName() throws(RequirementError) -> (written: String, name: PackageName) {
    let start = position
    let written = try identifier(.packageName)
    do {
      return (written, try PackageName(written))
    } catch {
      throw RequirementError(offset: start + error.offset, reason: .name(error))
    }
  }

  /// The extras' names as written, in the order written.
  ///
  ///     extras = "[" ws (identifier (ws "," ws identifier)*)? ws "]"
  private mutating func extras() throws(RequirementError) -> [(written: String, name: ExtraName)] {
    var extras: [(written: String, name: ExtraName)] = []
    guard consume("[") else { return extras }
    skipBlanks()
    if consume("]") { return extras }
    while true {
      let start = position
      let written = try identifier(.extraName)
      do {
        extras.append((written, try ExtraName(written)))
      } catch {
        throw RequirementError(offset: start + error.offset, reason: .name(error))
      }
      skipBlanks()
      if consume("]") { return extras }
      guard consume(",") else { throw unexpected(.commaOrClosingBracket) }
      skipBlanks()
      if isLenient, consume("]") { return extras }
    }
  }

  /// The address of a direct reference: everything up to a blank, so a `;` for a marker needs one before it.
  ///
  ///     url = (any byte but " " and "\t")+
  private mutating func url() throws(RequirementError) -> String {
    let start = position
    while let byte = peek, byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") {
      guard byte >= 0x20, byte != 0x7F else {
        throw RequirementError(offset: position, reason: .controlCharacter(Character(Unicode.Scalar(byte))))
      }
      position += 1
    }
    guard position > start else { throw unexpected(.url) }
    return text(start..<position)
  }
}
