/// A day of the Gregorian calendar, from 0001-01-01 to 9999-12-31: `2026-12-31`.
///
/// Invariant: the calendar has the day.
package struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The year, 1 to 9999.
  package let year: Int
  /// The month, 1 to 12.
  package let month: Int
  /// The day of the month, from 1.
  package let day: Int

  /// The day of these numbers; nil if the calendar has none.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Self.dayCount(year: year, month: month)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Reads a date as ISO 8601 and RFC 3339, section 5.6, have it, `full-date`: `YYYY-MM-DD`.
  ///
  /// - Throws: ``PolicyValueError`` with `.date` or `.noSuchDay`.
  package init(_ text: String) throws(PolicyValueError) {
    let bytes = Array(text.utf8.prefix(11))
    let isWritten =
      bytes.count == 10
      && zip(bytes, "0000-00-00".utf8).allSatisfy { byte, model in
        model == UInt8(ascii: "-") ? byte == model : byte.isDigit
      }
    guard isWritten else { throw PolicyValueError(text, .date) }
    func number(_ range: Range<Int>) -> Int {
      bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    guard let date = CalendarDate(year: number(0..<4), month: number(5..<7), day: number(8..<10)) else {
      throw PolicyValueError(text, .noSuchDay)
    }
    self = date
  }

  /// The day a moment is in, in UTC; moments outside the years 1 to 9999 count as the first and the last day.
  package init(containing seconds: Int64) {
    self.init(daysSince1970: Int(Moment.clamped(seconds).flooredQuotient(86_400)))
  }

  /// The day so many days after 1970-01-01, which must be within the years 1 to 9999.
  init(daysSince1970 days: Int) {
    // Years begin in March here, so that the leap day is the last; 400 of them are 146 097 days (Howard Hinnant,
    // "chrono-Compatible Low-Level Date Algorithms").
    let shifted = days + 719_468
    let era = shifted.flooredQuotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The days from 1970-01-01.
  package var daysSince1970: Int { Self.days(year: year, month: month, day: day) }

  /// The first second of the day in UTC, since 1970-01-01 00:00 UTC.
  package var start: Int64 { Int64(daysSince1970) * 86_400 }

  /// The first second behind the day in UTC.
  package var end: Int64 { start + 86_400 }

  /// `YYYY-MM-DD`.
  package var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// The days from 1970-01-01 to a day, which may be past the month's end.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year.flooredQuotient(400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  /// The day of the week of a day since 1970-01-01, which was a Thursday: 0 is Sunday.
  static func weekday(daysSince1970 days: Int) -> Int { (days + 4).flooredRemainder(7) }
}
