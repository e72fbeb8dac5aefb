import FoundationEssentials
import Testing

@testable import TOMLReading

/// What Python's tomllib makes of 700 small documents (`scripts/oracle.d/toml.py`).
@Suite struct TOMLOracleTests {
  @Test func readsAsTomllib() throws {
    let rows = try Oracle.rows()
    #expect(rows.count > 600)
    #expect(rows.count { $0.value == nil } > 150)
    for row in rows {
      let ours = row.read().map { Oracle.Value($0) }
      if let reason = Deviation.reasons[row.text] {
        #expect(ours != row.value, "\(row.text.debugDescription) no longer deviates: \(reason)")
      } else {
        #expect(ours == row.value, "\(row.text.debugDescription)")
      }
    }
  }

  /// Where a key or a value is said to stand, something stands that can be its beginning.
  @Test func placesAreWhereTheTextIs() throws {
    var count = 0
    for row in try Oracle.rows() {
      guard let root = row.read() else { continue }
      let text = PlacedText(row.text)
      for entry in root.entriesInDepth {
        count += 1
        let key = text.rest(at: entry.place)
        let isQuoted = key.hasPrefix("\"") || key.hasPrefix("'")
        #expect(isQuoted || key.hasPrefix(entry.key), "key \(entry.key) in \(row.text.debugDescription)")
      }
      for item in root.itemsInDepth {
        count += 1
        #expect(text.canBegin(item), "\(item) in \(row.text.debugDescription)")
      }
    }
    #expect(count > 3_000)
  }

  /// Every rejection says where: a line and a column within the text.
  @Test func rejectionsHaveAPlace() throws {
    for row in try Oracle.rows() {
      guard let error = TOMLDocument.error(row.text) else { continue }
      let lines = row.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      let isInside =
        (1...lines.count).contains(error.place.line)
        && (1...lines[error.place.line - 1].count + 2).contains(error.place.column)
      #expect(isInside, "\(error.place) \(error) in \(row.text.debugDescription)")
      #expect(!error.description.contains("\n"))
    }
  }
}

/// Where the reader differs from tomllib.
private enum Deviation {
  static let reasons: [String: String] = [
    "i = 9223372036854775808": "64 bits don't hold it",
    "i = -9223372036854775809": "64 bits don't hold it",
    "i = 0xFFFFFFFFFFFFFFFFF": "64 bits don't hold it",
    "f = 1e400": "64 bits don't hold it",
    "f = -1e400": "64 bits don't hold it",
    "a = \"\"\"b\\\n\u{A0}c\"\"\"\n":
      "TOMLKit trims any white space of Unicode behind a line-ending backslash",
  ]
}

private enum Oracle {
  struct Row: Decodable {
    var text: String
    /// nil for a rejected document
    var value: Value?

    func read() -> TOMLTable? { try? TOMLDocument(text).root }
  }

  /// A value without places.
  indirect enum Value: Decodable, Equatable {
    struct Pair: Decodable, Equatable {
      var key: String
      var value: Value

      init(key: String, value: Value) {
        self.key = key
        self.value = value
      }

      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        key = try container.decode(String.self)
        value = try container.decode(Value.self)
      }
    }

    case table([Pair])
    case array([Value])
    case scalar(kind: String, text: String)

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      let kind = try container.decode(String.self)
      switch kind {
      case "t": self = .table(try container.decode([Pair].self))
      case "a": self = .array(try container.decode([Value].self))
      case "b": self = .scalar(kind: kind, text: try container.decode(Bool.self) ? "true" : "false")
      case "f":
        let text = try container.decode(String.self)
        let number = try #require(Double(text))
        self = .scalar(kind: kind, text: "\(number)")
      default: self = .scalar(kind: kind, text: try container.decode(String.self))
      }
    }

    init(_ table: TOMLTable) {
      self = .table(table.entries.map { Pair(key: $0.key, value: Value($0.item.value)) })
    }

    init(_ value: TOMLValue) {
      switch value {
      case .string(let text): self = .scalar(kind: "s", text: text)
      case .integer(let number): self = .scalar(kind: "i", text: "\(number)")
      case .float(let number): self = .scalar(kind: "f", text: "\(number)")
      case .boolean(let flag): self = .scalar(kind: "b", text: "\(flag)")
      case .dateTime(let text): self = .scalar(kind: "d", text: text)
      case .array(let items): self = .array(items.map { Value($0.value) })
      case .table(let table): self = Value(table)
      }
    }
  }

  static func rows() throws -> [Row] {
    let lines = try Fixture.bytes("oracle/toml.jsonl").split(separator: UInt8(ascii: "\n"))
    return try lines.dropFirst().map { try JSONDecoder().decode(Row.self, from: Data($0)) }
  }
}

/// A text to be looked at by lines and columns.
private struct PlacedText {
  let lines: [Substring.UnicodeScalarView]

  init(_ text: String) {
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
  }

  func rest(at place: TOMLPlace) -> String {
    String(String.UnicodeScalarView(lines[place.line - 1].dropFirst(place.column - 1)))
  }

  /// Whether the value's place, and of a string written as it is the text's, can be right.
  func canBegin(_ item: TOMLItem) -> Bool {
    let rest = rest(at: item.place)
    switch item.value {
    case .string(let text):
      guard let first = rest.first, first == "\"" || first == "'" else { return false }
      guard let start = item.textStart else { return rest.contains("\\") || rest.hasPrefix("\"\"\"") }
      let line = text.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
      return self.rest(at: start).hasPrefix(line)
    case .integer, .float: return rest.first.map { "+-0123456789in".contains($0) } ?? false
    case .boolean(let flag): return rest.hasPrefix("\(flag)")
    case .dateTime(let text): return rest.hasPrefix(text)
    case .array: return rest.hasPrefix("[")
    case .table: return true
    }
  }
}

extension TOMLTable {
  fileprivate var entriesInDepth: [Entry] { entries + itemsInDepth.flatMap(\.table).flatMap(\.entries) }

  fileprivate var itemsInDepth: [TOMLItem] {
    var items = entries.map(\.item)
    var index = 0
    while index < items.count {
      switch items[index].value {
      case .array(let inner) where inner.first?.place != items[index].place: items += inner
      // the array of `[[a]]` stands where its first table does
      case .array(let inner): items = items[..<index] + inner + items[(index + 1)...]
      case .table(let table): items += table.entries.map(\.item)
      default: break
      }
      index += 1
    }
    return items
  }
}

extension TOMLItem {
  fileprivate var table: [TOMLTable] {
    guard case .table(let table) = value else { return [] }
    return [table]
  }
}
