/// A cron expression: the minutes, in some time zone, at which something is to be done.
///
///     expression = field field field field field | "@" macro
///                  minute (0-59), hour (0-23), day of month (1-31), month (1-12, JAN-DEC), day of week (0-7, SUN-SAT)
///     field      = item ("," item)*
///     item       = ("*" | value "-" value) ("/" step)? | value
///     macro      = "yearly" | "annually" | "monthly" | "weekly" | "daily" | "midnight" | "hourly"
///
/// Letter case doesn't matter; Sunday is 0 and 7, and `SUN` may end a range. If neither day field begins with `*`, a day
/// that either has is meant, else one that both have (Vixie's cron).
///
/// Invariant: some year has a day that is meant. Example: `0 6 * * MON`.
package struct CronExpression: Sendable, Hashable, CustomStringConvertible {
  /// The greatest length of its text, in UTF-8 bytes.
  package static let greatestLength = 256

  /// The words that stand for an expression.
  static let macros: [(name: String, expression: String)] = [
    ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"), ("@monthly", "0 0 1 * *"), ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@hourly", "0 * * * *"),
  ]

  /// The expression as it was written, with one space between its fields.
  package let description: String
  package let minutes: CronField
  package let hours: CronField
  package let daysOfMonth: CronField
  package let months: CronField
  package let daysOfWeek: CronField

  /// Mondays at 06:00.
  package static let mondayMorning = CronExpression(
    description: "0 6 * * MON", minutes: CronField(bits: 1, beginsWithStar: false),
    hours: CronField(bits: 1 << 6, beginsWithStar: false),
    daysOfMonth: CronField(bits: 0xFFFF_FFFE, beginsWithStar: true),
    months: CronField(bits: 0x1FFE, beginsWithStar: true),
    daysOfWeek: CronField(bits: 1 << 1, beginsWithStar: false))

  private init(
    description: String, minutes: CronField, hours: CronField, daysOfMonth: CronField, months: CronField,
    daysOfWeek: CronField
  ) {
    self.description = description
    self.minutes = minutes
    self.hours = hours
    self.daysOfMonth = daysOfMonth
    self.months = months
    self.daysOfWeek = daysOfWeek
  }

  /// Reads an expression.
  ///
  /// - Throws: ``CronError``, its offset in UTF-8 bytes from the start of `text`.
  package init(_ text: String) throws(CronError) {
    guard text.utf8.count <= Self.greatestLength else {
      throw CronError(at: Self.greatestLength, .tooLong(limit: Self.greatestLength))
    }
    let bytes = Array(text.utf8)
    let words = bytes.indices.split { bytes[$0] == UInt8(ascii: " ") || bytes[$0] == UInt8(ascii: "\t") }
    if let first = words.first, bytes[first.startIndex] == UInt8(ascii: "@") {
      let word = String(decoding: bytes[first.startIndex..<(words.last ?? first).endIndex], as: UTF8.self)
      guard let macro = Self.macros.first(where: { $0.name == word.lowercased() }) else {
        throw CronError(at: first.startIndex, .macro(word))
      }
      let expression = try CronExpression(macro.expression)
      self.init(
        description: macro.name, minutes: expression.minutes, hours: expression.hours,
        daysOfMonth: expression.daysOfMonth, months: expression.months, daysOfWeek: expression.daysOfWeek)
      return
    }
    guard words.count == 5 else {
      throw CronError(at: words.count > 5 ? words[5].startIndex : bytes.count, .fieldCount(words.count))
    }
    func field(_ kind: CronField.Kind, _ index: Int) throws(CronError) -> CronField {
      try CronFieldParser(kind: kind, bytes: bytes, range: words[index].startIndex..<words[index].endIndex)
        .field()
    }
    self.init(
      description: words.map { String(decoding: bytes[$0.startIndex..<$0.endIndex], as: UTF8.self) }
        .joined(separator: " "),
      minutes: try field(.minute, 0), hours: try field(.hour, 1), daysOfMonth: try field(.dayOfMonth, 2),
      months: try field(.month, 3), daysOfWeek: try field(.dayOfWeek, 4))
    guard hasDay else { throw CronError(.dayOfMonth, at: words[2].startIndex, .neverOccurs) }
  }

  /// Whether a day is meant that either day field has, and not one that both have.
  package var takesEitherDay: Bool { !daysOfMonth.beginsWithStar && !daysOfWeek.beginsWithStar }

  /// Whether some year has a day that is meant. Within 400 years every day of the year falls on every weekday, 29 February
  /// too.
  private var hasDay: Bool {
    takesEitherDay
      || (1...12).contains { month in
        months.contains(month)
          && daysOfMonth.first(from: 1).map { $0 <= CalendarDate.dayCount(year: 2000, month: month) } == true
      }
  }

  /// The days of a month that are meant: bit n for the n-th.
  func days(year: Int, month: Int) -> UInt64 {
    guard months.contains(month) else { return 0 }
    let count = CalendarDate.dayCount(year: year, month: month)
    let first = CalendarDate.weekday(daysSince1970: CalendarDate.days(year: year, month: month, day: 1))
    var weekdays: UInt64 = 0
    for day in 1...count where daysOfWeek.contains((first + day - 1) % 7) { weekdays |= 1 << UInt64(day) }
    let dates = daysOfMonth.bits & (1 << UInt64(count + 1) - 1)
    return takesEitherDay ? dates | weekdays : dates & weekdays
  }

  package static func == (left: CronExpression, right: CronExpression) -> Bool {
    left.minutes == right.minutes && left.hours == right.hours && left.daysOfMonth == right.daysOfMonth
      && left.months == right.months && left.daysOfWeek == right.daysOfWeek
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(minutes)
    hasher.combine(hours)
    hasher.combine(daysOfMonth)
    hasher.combine(months)
    hasher.combine(daysOfWeek)
  }
}
