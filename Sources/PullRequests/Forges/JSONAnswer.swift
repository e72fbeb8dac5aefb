import JSONReading

/// A value of an answer. Answers are small, and bounded before they are read.
indirect enum JSONAnswer: Sendable, Hashable {
  case object([String: JSONAnswer])
  case list([JSONAnswer])
  case text(String)
  case number(Int)
  /// `true`, `false`, `null` and numbers that aren't whole, none of which is needed.
  case other

  /// Reads a document. Of members of one name the last counts.
  init(_ bytes: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(bytes, maximumDepth: 32)
    self = try Self.value(&scanner)
    try scanner.finish()
  }

  private static func value(_ scanner: inout JSONScanner) throws(JSONError) -> JSONAnswer {
    switch try scanner.kind() {
    case .object:
      var members: [String: JSONAnswer] = [:]
      try scanner.beginObject()
      while let name = try scanner.nextName() {
        members[scanner.string(of: name)] = try value(&scanner)
      }
      return .object(members)
    case .array:
      var items: [JSONAnswer] = []
      try scanner.beginArray()
      while try scanner.nextElement() { items.append(try value(&scanner)) }
      return .list(items)
    case .string: return .text(try scanner.string())
    case .number: return try scanner.integer().map { .number($0) } ?? .other
    case .boolean, .null:
      try scanner.skipValue()
      return .other
    }
  }

  /// A member of an object; nil: it isn't there, or this is none.
  subscript(_ name: String) -> JSONAnswer? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Int? { if case .number(let number) = self { number } else { nil } }
  var list: [JSONAnswer]? { if case .list(let items) = self { items } else { nil } }

  /// What an error's document says, in one text: its `message`, `error` or `errors`, whatever shape they have.
  var complaint: String {
    var parts: [String] = []
    for name in ["message", "error", "error_description", "errors"] {
      guard let value = self[name] else { continue }
      let words = value.words
      if !words.isEmpty, !parts.contains(words) { parts.append(words) }
    }
    return parts.joined(separator: ": ")
  }

  private var words: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .other: ""
    case .list(let items): items.map(\.words).filter { !$0.isEmpty }.joined(separator: ", ")
    case .object(let members):
      if let message = members["message"]?.text {
        message
      } else {
        members.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.words)" }.joined(separator: ", ")
      }
    }
  }
}
