import FoundationEssentials

/// The one form in which documents of JSON are written: members by name, two spaces a level.
package enum JSONText {
  /// A value's document; it may hold no numbers that JSON doesn't have.
  package static func text(of value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("strings, numbers and truth values that can't be encoded")
    }
    // A line begins with nothing from outside; what a workflow's runner looks for within a line stands in a string.
    return WorkflowText.inert(String(decoding: data, as: UTF8.self), hash: "\\u0023")
  }
}
