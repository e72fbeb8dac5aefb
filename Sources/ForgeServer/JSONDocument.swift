import FoundationEssentials

/// A value of JSON, by Foundation's own reader and writer, so that tests don't agree with repin's by sharing them.
package enum JSONDocument: Sendable, Hashable, Codable, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case text(String)
  case number(Int)
  case truth(Bool)
  case list([JSONDocument])
  case object([String: JSONDocument])
  case null

  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral number: Int) { self = .number(number) }
  package init(arrayLiteral items: JSONDocument...) { self = .list(items) }
  package init(dictionaryLiteral members: (String, JSONDocument)...) {
    self = .object(Dictionary(members) { $1 })
  }

  package init?(_ bytes: [UInt8]) {
    guard let value = try? JSONDecoder().decode(JSONDocument.self, from: Data(bytes)) else { return nil }
    self = value
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let items = try? container.decode([JSONDocument].self) {
      self = .list(items)
    } else {
      self = .object(try container.decode([String: JSONDocument].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .truth(let truth): try container.encode(truth)
    case .list(let items): try container.encode(items)
    case .object(let members): try container.encode(members)
    case .null: try container.encodeNil()
    }
  }

  package var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map(Array.init) ?? []
  }

  package subscript(_ name: String) -> JSONDocument? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var number: Int? { if case .number(let number) = self { number } else { nil } }
  package var list: [JSONDocument]? { if case .list(let items) = self { items } else { nil } }
}
