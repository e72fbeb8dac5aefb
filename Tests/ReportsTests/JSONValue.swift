import JSONReading

/// A document of JSON, read again by a strict reader; no object may have a member twice.
indirect enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  struct RepeatedMember: Error {
    let name: String
  }

  init(_ text: String) throws {
    var scanner = JSONScanner(Array(text.utf8))
    self = try JSONValue(&scanner)
    try scanner.finish()
  }

  private init(_ scanner: inout JSONScanner) throws {
    switch try scanner.kind() {
    case .null:
      try scanner.null()
      self = .null
    case .boolean: self = .bool(try scanner.boolean())
    case .number: self = .number(try scanner.double() ?? .nan)
    case .string: self = .string(try scanner.string())
    case .array:
      try scanner.beginArray()
      var items: [JSONValue] = []
      while try scanner.nextElement() { items.append(try JSONValue(&scanner)) }
      self = .array(items)
    case .object:
      try scanner.beginObject()
      var members: [String: JSONValue] = [:]
      while let text = try scanner.nextName() {
        let name = scanner.string(of: text)
        if members.updateValue(try JSONValue(&scanner), forKey: name) != nil {
          throw RepeatedMember(name: name)
        }
      }
      self = .object(members)
    }
  }

  subscript(key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }

  var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
}
