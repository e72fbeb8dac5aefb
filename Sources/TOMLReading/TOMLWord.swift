/// The grammar of the values that stand without quotes or brackets.
///
///     word     = "true" | "false" | number | date (("T" | "t" | " ") time offset?)? | time
///     number   = sign? ("inf" | "nan" | integer ("." run)? (("e" | "E") sign? run)?)
///              | "0x" run | "0o" run | "0b" run                                         each of its own digits
///     integer  = "0" | run                                                              a run that begins with 1 to 9
///     run      = digit ("_"? digit)*
///     date     = 4 digits "-" 2 digits "-" 2 digits
///     time     = 2 digits ":" 2 digits ":" 2 digits ("." digit+)?
///     offset   = "Z" | "z" | sign 2 digits ":" 2 digits
///
/// The library checks the same and more, but ends the process at some words that are none: `1979-05-27T:`. So it is
/// given none of these.
struct TOMLWord {
  /// The greatest length, in bytes; the library looks no further ahead than 127.
  static let greatestLength = 100

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// Whether the bytes are a word of the grammar; whether a date is in the calendar and a number fits is not asked.
  static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count <= greatestLength else { return false }
    if bytes.elementsEqual("true".utf8) || bytes.elementsEqual("false".utf8) { return true }
    return [number, prefixedInteger, dateAndTime, timeAlone].contains { rule in
      var word = TOMLWord(bytes)
      return rule(&word) && word.index == bytes.endIndex
    }
  }

  // MARK: Rules

  private static func number(_ word: inout TOMLWord) -> Bool {
    _ = word.consume(anyOf: "+-")
    if word.consume("inf") || word.consume("nan") { return true }
    guard word.consume(anyOf: "0") || word.run(isDigit) else { return false }
    if word.consume(anyOf: "."), !word.run(isDigit) { return false }
    guard word.consume(anyOf: "eE") else { return true }
    _ = word.consume(anyOf: "+-")
    return word.run(isDigit)
  }

  private static func prefixedInteger(_ word: inout TOMLWord) -> Bool {
    if word.consume("0x") { return word.run { Character(Unicode.Scalar($0)).isHexDigit } }
    if word.consume("0o") { return word.run { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) } }
    return word.consume("0b") && word.run { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }
  }

  private static func dateAndTime(_ word: inout TOMLWord) -> Bool {
    guard word.digits(4), word.consume(anyOf: "-"), word.digits(2), word.consume(anyOf: "-"), word.digits(2)
    else { return false }
    guard word.consume(anyOf: "Tt ") else { return true }
    guard timeAlone(&word) else { return false }
    if word.consume(anyOf: "+-") { return word.digits(2) && word.consume(anyOf: ":") && word.digits(2) }
    _ = word.consume(anyOf: "Zz")
    return true
  }

  private static func timeAlone(_ word: inout TOMLWord) -> Bool {
    guard word.digits(2), word.consume(anyOf: ":"), word.digits(2), word.consume(anyOf: ":"), word.digits(2)
    else { return false }
    return !word.consume(anyOf: ".") || word.digits(1) && word.skipDigits()
  }

  // MARK: Bytes

  private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private mutating func consume(anyOf text: String) -> Bool {
    guard let byte = peek, text.utf8.contains(byte) else { return false }
    index += 1
    return true
  }

  private mutating func consume(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  private mutating func digits(_ count: Int) -> Bool {
    let digits = bytes[index...].prefix(count)
    guard digits.count == count, digits.allSatisfy(Self.isDigit) else { return false }
    index += count
    return true
  }

  private mutating func skipDigits() -> Bool {
    while let byte = peek, Self.isDigit(byte) { index += 1 }
    return true
  }

  /// Digits with single underscores between them.
  private mutating func run(_ isDigit: (UInt8) -> Bool) -> Bool {
    repeat {
      guard let byte = peek, isDigit(byte) else { return false }
      while let byte = peek, isDigit(byte) { index += 1 }
    } while consume(anyOf: "_")
    return true
  }
}
