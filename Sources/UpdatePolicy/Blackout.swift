/// Days on which no scheduled rebuild runs: an entry of `[schedule] blackout`.
///
///     entry = day | day ".." day        2026-12-24, 2026-12-20..2027-01-02
///
/// The days are those of the schedule's time zone, the first and the last included.
/// Invariant: the last isn't before the first.
package struct Blackout: Sendable, Hashable, CustomStringConvertible {
  /// So many entries a schedule has at most: each is walked through where windows are looked for.
  package static let greatestCount = 200

  package let first: CalendarDate
  package let last: CalendarDate

  /// Reads an entry.
  ///
  /// - Throws: ``PolicyValueError`` about the day that is none, or with `.reversedDays`.
  package init(_ text: String) throws(PolicyValueError) {
    guard let dots = text.firstRange(of: "..") else {
      first = try CalendarDate(text)
      last = first
      return
    }
    first = try CalendarDate(String(text[..<dots.lowerBound]))
    last = try CalendarDate(String(text[dots.upperBound...]))
    guard first <= last else { throw PolicyValueError(text, .reversedDays) }
  }

  /// Whether a clock that shows a time, in seconds since its 1970-01-01 00:00, shows one of the days.
  func contains(shown: Int64) -> Bool { shown >= first.start && shown < last.end }

  /// `2026-12-24`, `2026-12-20..2027-01-02`.
  package var description: String { first == last ? "\(first)" : "\(first)..\(last)" }
}
