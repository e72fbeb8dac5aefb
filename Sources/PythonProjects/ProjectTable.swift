import PythonPackaging
import TOMLReading

/// A table of a project's file, its fields read with errors that say where.
struct ProjectTable {
  /// A string and where it stands.
  struct Text {
    let text: String
    let item: TOMLItem
  }

  let table: TOMLTable
  /// The table's name, as its header has it: `build-system`.
  let name: String
  let file: String

  /// The table `[name]` of a file; nil if there is none.
  init?(_ name: String, of root: TOMLTable, file: String) throws(ProjectFileError) {
    guard let item = root.item(name) else { return nil }
    guard case .table(let table) = item.value else {
      throw Self.wrongType(item, expected: "the table `[\(name)]`", file: file)
    }
    self.init(table: table, name: name, file: file)
  }

  private init(table: TOMLTable, name: String, file: String) {
    self.table = table
    self.name = name
    self.file = file
  }

  /// The string of a field; nil if there is no such field.
  func string(_ key: String) throws(ProjectFileError) -> Text? {
    guard let item = table.item(key) else { return nil }
    return try text(item, expected: "a string")
  }

  /// The strings of a field; nil if there is no such field.
  ///
  /// - Parameter plural: What the strings are, as messages call them.
  func strings(_ key: String, _ plural: String = "strings") throws(ProjectFileError) -> [Text]? {
    guard let item = table.item(key) else { return nil }
    return try strings(item, plural)
  }

  /// The strings of an array.
  func strings(_ item: TOMLItem, _ plural: String) throws(ProjectFileError) -> [Text] {
    guard case .array(let items) = item.value else {
      throw Self.wrongType(item, expected: "an array of \(plural)", file: file)
    }
    var texts: [Text] = []
    for item in items { texts.append(try text(item, expected: "a string")) }
    return texts
  }

  /// The table of a field; nil if there is no such field.
  func subtable(_ key: String) throws(ProjectFileError) -> ProjectTable? {
    guard let item = table.item(key) else { return nil }
    guard case .table(let table) = item.value else {
      throw Self.wrongType(item, expected: "a table", file: file)
    }
    return ProjectTable(table: table, name: "\(name).\(key)", file: file)
  }

  /// The error that the table has no such field.
  func missing(_ key: String, expected: String) -> ProjectFileError {
    ProjectFileError(
      file: file, place: table.place, reason: .missingField, found: "no `\(key)` in `[\(name)]`",
      expected: expected)
  }

  private func text(_ item: TOMLItem, expected: String) throws(ProjectFileError) -> Text {
    guard case .string(let text) = item.value else {
      throw Self.wrongType(item, expected: expected, file: file)
    }
    return Text(text: text, item: item)
  }

  private static func wrongType(_ item: TOMLItem, expected: String, file: String) -> ProjectFileError {
    ProjectFileError(
      file: file, place: item.place, reason: .wrongType, found: item.value.noun, expected: expected)
  }
}

extension ProjectTable.Text {
  /// The text in backticks, cut to a length that fits into a message.
  var quoted: String { "`\(Self.shortened(text))`" }

  /// The error that this string is none of what the field has, at a part of it.
  ///
  /// - Parameter offset: The part's place, in UTF-8 bytes of the string.
  func error(
    _ reason: ProjectFileError.Reason, file: String, atOffset offset: Int = 0, found: String? = nil,
    expected: String, remedy: String? = nil
  ) -> ProjectFileError {
    ProjectFileError(
      file: file, place: offset == 0 && found == nil ? item.place : item.place(atOffset: offset),
      reason: reason, found: found ?? quoted, expected: expected, remedy: remedy)
  }

  /// The part of the text at an offset, up to white space or a delimiter, in backticks; `the end` behind it.
  func token(atOffset offset: Int) -> String {
    let rest = String(decoding: text.utf8.dropFirst(offset), as: UTF8.self)
    guard let first = rest.unicodeScalars.first else { return "the end" }
    let token = rest.unicodeScalars.prefix { $0.value > 0x20 && $0 != "," && $0 != ";" && $0 != "]" }
    return "`\(Self.shortened(token.isEmpty ? String(first) : String(token)))`"
  }

  private static func shortened(_ text: String) -> String {
    let shown = PrintableText.escaped(text, limit: 80)
    return shown.unicodeScalars.count < text.unicodeScalars.count ? shown + "…" : shown
  }
}
