import FoundationEssentials

/// A value of a document that is sent.
enum JSONMember: Sendable, Encodable, ExpressibleByStringLiteral {
  case text(String)
  case texts([String])
  case numbers([Int])

  init(stringLiteral text: String) { self = .text(text) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .texts(let texts): try container.encode(texts)
    case .numbers(let numbers): try container.encode(numbers)
    }
  }

  /// The document of an object.
  static func document(_ members: [String: JSONMember]) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(members) else {
      preconditionFailure("texts and whole numbers that can't be encoded")
    }
    return Array(data)
  }
}
