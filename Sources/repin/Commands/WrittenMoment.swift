import PythonPackaging

/// A moment as the user writes one: a date and a time of RFC 3339, or a date.
struct WrittenMoment: Sendable, Hashable {
  /// Since 1970-01-01 00:00 UTC; of a date, when its day begins in UTC.
  let milliseconds: Int64
  let isDate: Bool

  init(_ text: String) throws(MomentFault) {
    isDate = text.utf8.count == 10
    if let milliseconds = uploadMoment(isDate ? "\(text)T00:00:00Z" : text) {
      self.milliseconds = milliseconds
      return
    }
    guard Self.beginsLikeDate(text) else { throw .malformed }
    if uploadMoment("\(text.prefix(10))T00:00:00Z") == nil { throw .noSuchDay }
    throw uploadMoment("\(text)Z") == nil ? .time : .noZone(text)
  }

  /// Whether a text begins like `2026-01-31`, whatever comes then.
  static func beginsLikeDate(_ text: String) -> Bool {
    let start = text.utf8.prefix(10)
    return start.count == 10
      && zip(start, "0000-00-00".utf8).allSatisfy { byte, model in
        model == UInt8(ascii: "-") ? byte == model : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
  }
}
