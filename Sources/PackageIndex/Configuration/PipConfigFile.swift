import PythonPackaging

/// A pip configuration file, read as pip's `RawConfigParser` reads it.
///
///     file         = { blank | comment | "[" section "]" | option | continuation }
///     comment      = white space* ("#" | ";") anything             (a whole line; there are none behind a value)
///     option       = name white space* ("=" | ":") value           name ends at the first "=" or ":"
///     continuation = a line indented deeper than its option        joined to the value by a line end
///
/// Names are lower case with `_` as `-` and without leading `--`; a blank line inside a value that goes on is
/// part of it. A section or option given twice is an error, as it is for pip.
package struct PipConfigFile: Sendable, Hashable {
  /// One option with its place.
  struct Option: Sendable, Hashable {
    var value: String
    /// Counted from 1.
    var line: Int
  }

  /// The file, as named in messages.
  package let path: String
  private(set) var sections: [String: [String: Option]] = [:]

  /// Reads `text`; `path` is for messages.
  package init(path: String, text: String) throws(PipConfigError) {
    self.path = path
    var section: String?
    var current: (name: String, indentation: Int)?
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let content = line.trimmed
      if content.hasPrefix("#") || content.hasPrefix(";") { continue }
      if content.isEmpty {
        // Kept, since the value may go on below; trimmed at the end if it doesn't.
        if let section, let current { append("", to: current.name, in: section) }
        continue
      }
      let indentation = line.prefix { $0 == " " || $0 == "\t" }.count
      if let section, let current, indentation > current.indentation {
        append(String(content), to: current.name, in: section)
        continue
      }
      if content.hasPrefix("["), let end = content.lastIndex(of: "]") {
        let name = String(content[content.index(after: content.startIndex)..<end])
        guard sections[name] == nil else {
          throw PipConfigError(path: path, line: number, problem: .repeatedSection(name))
        }
        sections[name] = [:]
        section = name
        current = nil
        continue
      }
      guard let section else { throw PipConfigError(path: path, line: number, problem: .noSection) }
      guard let delimiter = content.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
        throw PipConfigError(path: path, line: number, problem: .noDelimiter)
      }
      let name = PipConfigFile.normalized(content[..<delimiter].trimmed)
      guard !name.isEmpty else { throw PipConfigError(path: path, line: number, problem: .noDelimiter) }
      guard sections[section]?[name] == nil else {
        throw PipConfigError(path: path, line: number, problem: .repeatedOption(name))
      }
      let value = String(content[content.index(after: delimiter)...].trimmed)
      sections[section]?[name] = Option(value: value, line: number)
      current = (name, indentation)
    }
    for (section, options) in sections {
      for (name, option) in options {
        sections[section]?[name]?.value = String(option.value.trimmed)
      }
    }
  }

  static func normalized(_ name: Substring) -> String {
    let name = String(name.lowercased().map { $0 == "_" ? "-" : $0 })
    return name.hasPrefix("--") ? String(name.dropFirst(2)) : name
  }

  private mutating func append(_ text: String, to option: String, in section: String) {
    sections[section]?[option]?.value += "\n" + text
  }
}

/// Where a pip configuration file can't be read, and why.
package struct PipConfigError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with the line.
  package enum Problem: Sendable, Hashable {
    /// An option before the first section.
    case noSection
    /// Neither a section nor an option.
    case noDelimiter
    case repeatedSection(String)
    case repeatedOption(String)
  }

  /// The file.
  package var path: String
  /// Counted from 1.
  package var line: Int
  /// What can't be read.
  package var problem: Problem

  /// One line without a full stop.
  package var description: String {
    let found =
      switch problem {
      case .noSection: "found an option, expected a `[section]` before it"
      case .noDelimiter: "expected `name = value`"
      case .repeatedSection(let name):
        "the section `\(PrintableText.escaped(name, limit: 200))` is there twice"
      case .repeatedOption(let name): "the option `\(PrintableText.escaped(name, limit: 200))` is there twice"
      }
    return "\(path):\(line): \(found)"
  }
}
