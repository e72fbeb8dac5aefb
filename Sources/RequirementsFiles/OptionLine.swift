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

/// Python's `optparse` over the words of one line.
private struct OptionParser {
  let line: LogicalLine
  var remaining: ArraySlice<ShellWord>
  var options: [WrittenOption] = []
  var ignored: [ShellWord] = []

  init(line: LogicalLine, words: [ShellWord]) {
    self.line = line
    remaining = words[...]
  }

  mutating func parse() throws(RequirementsFileError) {
    while let word = remaining.popFirst() {
      if word.text == "--" {
        ignored += remaining
        return
      }
      if word.text.hasPrefix("--") {
        try parseLong(word)
      } else if word.text.hasPrefix("-"), word.text.utf8.count > 1 {
        try parseShort(word)
      } else {
        ignored.append(word)
      }
    }
  }

  private mutating func parseLong(_ word: ShellWord) throws(RequirementsFileError) {
    let equals = word.text.firstIndex(of: "=")
    let name = String(word.text[..<(equals ?? word.text.endIndex)])
    let matches = OptionName.matches(of: name)
    guard let option = matches.first else { throw unknown(name, at: word.range.lowerBound) }
    guard matches.count == 1 else {
      throw RequirementsFileError(
        location: line.location(at: word.range.lowerBound), reason: .ambiguousOption, found: "`\(name)`",
        expected: "one of \(matches.map { "`\($0.rawValue)`" }.joined(separator: ", "))")
    }
    if let equals {
      let value = String(word.text[word.text.index(after: equals)...])
      let offset = word.range.lowerBound + name.utf8.count + 1
      guard option.takesValue else {
        throw RequirementsFileError(
          location: line.location(at: offset - 1), reason: .unexpectedValue,
          found: "a value for `\(option.rawValue)`", expected: "the flag alone")
      }
      add(option, value, word, valueOffset: min(offset, word.range.upperBound))
    } else {
      try addSeparate(option, named: name, word)
    }
  }

  private mutating func parseShort(_ word: ShellWord) throws(RequirementsFileError) {
    let letter = word.text[word.text.index(after: word.text.startIndex)]
    guard let option = OptionName(short: letter) else {
      throw unknown("-\(letter)", at: word.range.lowerBound)
    }
    let rest = String(word.text.dropFirst(2))
    if rest.isEmpty {
      try addSeparate(option, named: "-\(letter)", word)
    } else {
      add(option, rest, word, valueOffset: min(word.range.lowerBound + 2, word.range.upperBound))
    }
  }

  private mutating func addSeparate(
    _ option: OptionName, named name: String, _ word: ShellWord
  ) throws(RequirementsFileError) {
    guard option.takesValue else {
      options.append(
        WrittenOption(
          name: option, value: "", written: "", offset: word.range.lowerBound,
          valueOffset: word.range.upperBound))
      return
    }
    guard let value = remaining.popFirst() else {
      throw RequirementsFileError(
        location: line.location(at: word.range.upperBound), reason: .missingValue,
        found: "the end of the line",
        expected: "a value for `\(name)`")
    }
    add(option, value.text, value, optionOffset: word.range.lowerBound, valueOffset: value.range.lowerBound)
  }

  private mutating func add(
    _ option: OptionName, _ value: String, _ word: ShellWord, optionOffset: Int? = nil, valueOffset: Int
  ) {
    let written = line.isExpanded ? writtenValue(of: word, from: valueOffset) : value
    options.append(
      WrittenOption(
        name: option, value: value, written: written, offset: optionOffset ?? word.range.lowerBound,
        valueOffset: valueOffset))
  }

  /// The word unquoted as it is written, before its variables are expanded.
  private func writtenValue(of word: ShellWord, from valueOffset: Int) -> String {
    let raw = Array(line.written(word.range).utf8)
    let words = try? ShellWord.split(raw, in: 0..<raw.count)
    let unquoted = words?.map(\.text).joined(separator: " ") ?? line.written(word.range)
    let prefix = line.string(word.range.lowerBound..<valueOffset)
    return unquoted.hasPrefix(prefix) ? String(unquoted.dropFirst(prefix.count)) : unquoted
  }

  private func unknown(_ name: String, at offset: Int) -> RequirementsFileError {
    RequirementsFileError(
      location: line.location(at: offset), reason: .unknownOption, found: "the option `\(name)`",
      expected: "an option of requirements files", remedy: remedy(for: name))
  }

  private func remedy(for name: String) -> String? {
    switch name {
    case "--global-option", "--install-option", "--build-option":
      "pip dropped it; use `--config-settings`"
    case "--process-dependency-links", "--allow-external", "--allow-unverified", "--use-wheel",
      "--no-use-wheel":
      "pip dropped it; remove it"
    case "-Z", "--always-unzip": "it never had an effect; remove it"
    default:
      OptionName.nearest(to: name).map { "did you mean `\($0.rawValue)`?" }
    }
  }
}

extension OptionName {
  /// The option whose name is at most two edits away from `name`.
  fileprivate static func nearest(to name: String) -> OptionName? {
    let ranked = allCases.map { (option: $0, distance: distance(Array(name.utf8), Array($0.rawValue.utf8))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= 2 else { return nil }
    return best.option
  }

  /// Levenshtein's edit distance.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard left.count <= 64 else { return .max }
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substituted = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
