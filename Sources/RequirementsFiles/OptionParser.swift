/// Python's `optparse` over the words of one line.
struct OptionParser {
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
