import FoundationEssentials

/// The one form in which reports are written as JSON: members by name, two spaces a level.
enum ReportJSON {
  /// A value's document; it may hold no numbers that JSON doesn't have.
  static func text(of value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("strings, numbers and truth values that can't be encoded")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// A moment in a document: in seconds since 1970-01-01 00:00 UTC, and as RFC 3339 has it.
struct DocumentMoment: Encodable {
  let seconds: Int64
  let time: String

  init(_ seconds: Int64) {
    self.seconds = seconds
    time = ShownMoments.timestamp(seconds)
  }
}
