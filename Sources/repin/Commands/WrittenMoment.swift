import PackageIndex

/// A moment as the user writes one: a date and a time of RFC 3339, or a date.
struct WrittenMoment: Sendable, Hashable {
  /// Since 1970-01-01 00:00 UTC; of a date, when its day begins in UTC.
  let milliseconds: Int64
  let isDate: Bool

  init?(_ text: String) {
    isDate = text.utf8.count == 10
    guard let milliseconds = uploadMoment(isDate ? "\(text)T00:00:00Z" : text) else { return nil }
    self.milliseconds = milliseconds
  }
}
