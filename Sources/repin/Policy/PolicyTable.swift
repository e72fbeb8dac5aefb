import PythonPackaging
import TOMLReading
import UpdatePolicy

/// A table of the policy's configuration, with its file and its name for messages.
struct PolicyTable {
  let table: TOMLTable
  let name: String
  let file: String

  /// - Throws: where the value is no table.
  init(_ item: TOMLItem, named name: String, file: String) throws(CommandFailure) {
    guard case .table(let table) = item.value else {
      throw .configuration("\(file):\(item.place): `\(name)`: found \(item.value.noun), expected a table")
    }
    self.table = table
    self.name = name
    self.file = file
  }

  var entries: [TOMLTable.Entry] { table.entries }

  func item(_ key: String) -> TOMLItem? { table.item(key) }

  func place(of item: TOMLItem) -> String { "\(file):\(item.place)" }

  /// What is wrong with the table as a whole.
  func failure(_ reason: String) -> CommandFailure {
    .configuration("\(file):\(table.place): `[\(name)]`: \(reason)")
  }

  /// A value of another type than is expected.
  func unexpected(_ item: TOMLItem, of key: String, expected: String) -> CommandFailure {
    .configuration("\(place(of: item)): `\(name).\(key)`: found \(item.value.noun), expected \(expected)")
  }

  /// Refuses keys that nobody reads: they may be misspelt.
  func refuseOthers(than known: [String]) throws(CommandFailure) {
    for entry in entries where !known.contains(entry.key) {
      let shown = PrintableText.excerpt(entry.key, limit: 80)
      let names = known.map { "`\($0)`" }.joined(separator: ", ")
      throw .configuration(
        "\(file):\(entry.place): found `\(shown)` in `[\(name)]`, expected one of \(names)")
    }
  }

  /// A text read as something else.
  func value<Value, Fault: Error>(
    of text: String, at place: TOMLPlace, _ read: (String) throws(Fault) -> Value
  ) throws(CommandFailure) -> Value {
    do throws(Fault) {
      return try read(text)
    } catch {
      throw .configuration("\(file):\(place): \(error)")
    }
  }

  /// A string read as something else.
  func text<Value, Fault: Error>(
    _ item: TOMLItem, of key: String, _ read: (String) throws(Fault) -> Value
  ) throws(CommandFailure) -> Value {
    guard case .string(let text) = item.value else { throw unexpected(item, of: key, expected: "a string") }
    do throws(Fault) {
      return try read(text)
    } catch {
      throw .configuration("\(place(of: item)): `\(name).\(key)`: \(error)")
    }
  }

  /// The string of a key, or, where one may stand there, the date; nil: there is no such key.
  func text(of key: String, orDate takesDates: Bool) throws(CommandFailure) -> String? {
    guard let item = item(key) else { return nil }
    switch item.value {
    case .string(let text): return text
    case .dateTime(let text) where takesDates: return text
    default: throw unexpected(item, of: key, expected: takesDates ? "a date" : "a string")
    }
  }

  /// The strings of an array; nil: there is no such key.
  func texts(of key: String, expected: String) throws(CommandFailure) -> [String]? {
    guard let item = item(key) else { return nil }
    guard case .array(let items) = item.value else {
      throw unexpected(item, of: key, expected: "an array of \(expected)")
    }
    var texts: [String] = []
    for item in items {
      guard case .string(let text) = item.value else {
        throw unexpected(item, of: key, expected: "an array of \(expected)")
      }
      texts.append(text)
    }
    return texts
  }

  /// A length of time: a number of days, or a string such as `"3 days"`; nil: there is no such key.
  func duration(_ key: String) throws(CommandFailure) -> PolicyDuration? {
    guard let item = item(key) else { return nil }
    guard case .integer(let days) = item.value else {
      return try text(item, of: key) { text throws(PolicyValueError) in try PolicyDuration(text) }
    }
    do throws(PolicyValueError) {
      return try PolicyDuration(days: days)
    } catch {
      throw .configuration("\(place(of: item)): `\(name).\(key)`: \(error)")
    }
  }
}
