/// When a file was last changed, within what a zip file can hold (APPNOTE 6.3.10, §4.4.6): a wheel is one, and Python's
/// `zipfile` refuses a file from before 1980, in local time.
struct ModificationTime: Sendable, Hashable {
  /// Since 1970.
  let seconds: Int
  /// Beside the seconds, below 1 000 000 000.
  let nanoseconds: Int

  /// From 2 January 1980 to 30 December 2107 in UTC, a day less than the bounds for the sake of every time zone.
  static let bounds = 315_619_200...4_354_646_400

  /// The nearest time within the bounds.
  init(seconds: Int, nanoseconds: Int = 0) {
    let isWithin = Self.bounds.contains(seconds) && (0..<1_000_000_000).contains(nanoseconds)
    self.seconds = min(max(seconds, Self.bounds.lowerBound), Self.bounds.upperBound)
    self.nanoseconds = isWithin ? nanoseconds : 0
  }
}
