/// A logical line divided as pip divides it: what comes before the first word that begins with `-` (the
/// requirement), and the options after it.
///
///     line = arguments, " ", options        ; split at single spaces
///     options = { option | ignored word }   ; words as in a POSIX shell
///     option = "-" letter, [value] | "-" letter, space, value
///            | "--" name, ["=" value] | "--" name, space, value    ; unambiguous beginnings of names count
struct OptionLine: Sendable {
  /// The requirement's bytes in the line; empty if the line has only options.
  let arguments: Range<Int>
  /// The options in the order written.
  let options: [WrittenOption]
  /// Words that are neither an option nor a value, which pip ignores.
  let ignored: [ShellWord]

  init(_ line: LogicalLine) throws(RequirementsFileError) {
    let start = Self.optionsStart(in: line.text)
    arguments = 0..<max(0, start == line.text.count ? start : start - 1)
    let words: [ShellWord]
    do {
      words = try ShellWord.split(line.text, in: start..<line.text.count)
    } catch {
      let isBackslash = error.opener == UInt8(ascii: "\\")
      throw RequirementsFileError(
        location: line.location(at: error.offset), reason: .unclosedQuote,
        found: isBackslash
          ? "a backslash at the end" : "an opening `\(Character(Unicode.Scalar(error.opener)))`",
        expected: isBackslash ? "a character after it" : "the closing one before the line ends")
    }
    var parser = OptionParser(line: line, words: words)
    try parser.parse()
    options = parser.options
    ignored = parser.ignored
  }

  /// The offset of the first space-separated word that begins with `-`.
  private static func optionsStart(in text: [UInt8]) -> Int {
    var atWordStart = true
    for (offset, byte) in text.enumerated() {
      if atWordStart, byte == UInt8(ascii: "-") { return offset }
      atWordStart = byte == UInt8(ascii: " ")
    }
    return text.count
  }

  /// All values of an option, in order.
  func values(of name: OptionName) -> [WrittenOption] {
    options.filter { $0.name == name }
  }
}
