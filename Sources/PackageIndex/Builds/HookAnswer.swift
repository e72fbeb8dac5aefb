import JSONReading

/// What a Python program of a build has answered: a JSON object of at most ``limit`` bytes with texts, lists of texts
/// and switches. Members of any other kind are left out.
struct HookAnswer: Sendable, Hashable {
  /// A member's value.
  enum Value: Sendable, Hashable {
    case text(String)
    case list([String])
    case boolean(Bool)
  }

  static let limit = 1 << 20
  private static let greatestDepth = 8

  private var values: [String: Value] = [:]

  init(_ json: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(json, maximumDepth: HookAnswer.greatestDepth)
    try scanner.beginObject()
    while let name = try scanner.nextName() {
      let value = try HookAnswer.value(&scanner)
      if let value { values[scanner.string(of: name)] = value }
    }
    try scanner.finish()
  }

  func text(_ name: String) -> String? {
    if case .text(let text) = values[name] { return text }
    return nil
  }

  func list(_ name: String) -> [String]? {
    if case .list(let list) = values[name] { return list }
    return nil
  }

  func isTrue(_ name: String) -> Bool { values[name] == .boolean(true) }

  private static func value(_ scanner: inout JSONScanner) throws(JSONError) -> Value? {
    switch try scanner.kind() {
    case .string: return .text(try scanner.string())
    case .boolean: return .boolean(try scanner.boolean())
    case .array:
      var texts: [String] = []
      var isOfTexts = true
      try scanner.beginArray()
      while try scanner.nextElement() {
        if let text = try scanner.textIfString() {
          texts.append(scanner.string(of: text))
        } else {
          isOfTexts = false
        }
      }
      return isOfTexts ? .list(texts) : nil
    case .object, .number, .null:
      try scanner.skipValue()
      return nil
    }
  }
}
