/// Header fields in the order received; names compare without case (RFC 9110 §5.1).
struct HTTPFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  struct Field: Sendable, Hashable {
    /// Lower case.
    var name: String
    var value: String
  }

  private(set) var fields: [Field] = []

  init() {}

  init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { append(name, value) }
  }

  mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name.lowercased(), value: value))
  }

  mutating func remove(_ name: String) { fields.removeAll { $0.name == name } }

  /// The first field of that (lower-case) name.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// All fields of that (lower-case) name as one list.
  func joined(_ name: String) -> String? {
    let values = fields.filter { $0.name == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }
}
