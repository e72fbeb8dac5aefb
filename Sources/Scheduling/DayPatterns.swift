import UpdatePolicy

/// The day fields of a window as another zone's calendar has them: its days some days before or behind.
struct DayPatterns {
  /// Whether the patterns have those days and no others.
  private(set) var isExact = true
  private let window: CronExpression
  private let shift: Int

  /// - Parameter shift: the days that are added to each: -1 is the day before.
  init(_ window: CronExpression, shift: Int) {
    self.window = window
    self.shift = shift
  }

  /// `day-of-month month day-of-week`, of which no pattern restricts both kinds of days: programs differ in what that means.
  mutating func patterns() -> [String] {
    let hasDates = !CronFieldText.isFull(window.daysOfMonth, .dayOfMonth)
    let hasWeekdays = !CronFieldText.isFull(window.daysOfWeek, .dayOfWeek)
    if window.takesEitherDay {
      // One that has every day is none that restricts.
      guard hasDates, hasWeekdays else {
        return [dates(of: Array(1...31))].compactMap { $0 }
      }
      return [dates(of: dateNumbers), weekdays()].compactMap { $0 }
    }
    if hasWeekdays {
      // Where both have to hold, the weekdays are more than is meant.
      if hasDates { isExact = false }
      return [weekdays()]
    }
    return [dates(of: dateNumbers)].compactMap { $0 }
  }

  private var dateNumbers: [Int] { (1...31).filter(window.daysOfMonth.contains) }

  private var monthNumbers: [Int] { (1...12).filter(window.months.contains) }

  private mutating func weekdays() -> String {
    var bits: UInt64 = 0
    for day in 0...6 where window.daysOfWeek.contains(day) {
      bits |= 1 << UInt64(flooredRemainder(day + shift, 7))
    }
    let text = bits == 0x7F ? "*" : CronFieldText.list(bits: bits, in: 0...6, through: "-", step: "/")
    guard shift != 0, monthNumbers.count < 12 else { return "* \(months(monthNumbers)) \(text)" }
    // A month's first day is the month before's last.
    isExact = false
    let others = monthNumbers.map { flooredRemainder($0 - 1 + (shift < 0 ? -1 : 1), 12) + 1 }
    return "* \(months(monthNumbers + others)) \(text)"
  }

  /// Each day of each month, moved: in a year with 29 February and in one without. Nil if no year has one of them, as of 31
  /// February or Mondays in February the first part.
  private mutating func dates(of days: [Int]) -> String? {
    if days.count == 31, monthNumbers.count == 12 { return "* * *" }
    let isSome = monthNumbers.contains { month in days.contains { $0 <= Self.greatestDay(of: month) } }
    guard isSome else { return nil }
    if shift == 0 { return "\(daysText(days)) \(months(monthNumbers)) *" }
    var wanted: Set<Int> = []
    var moved: Set<Int> = []
    for year in [2023, 2024] {
      for month in monthNumbers {
        for day in days {
          guard let date = CalendarDate(year: year, month: month, day: day) else { continue }
          let other = CalendarDate(containing: Int64(date.daysSince1970 + shift) * 86_400)
          wanted.insert(other.month * 32 + other.day)
        }
      }
    }
    let months = Set(wanted.map { $0 / 32 })
    let dates = Set(wanted.map { $0 % 32 })
    for month in months {
      for date in dates where date <= Self.greatestDay(of: month) { moved.insert(month * 32 + date) }
    }
    // Of 28 and 29 February, one is right in some years only.
    if moved != wanted || wanted.contains(2 * 32 + 28) || wanted.contains(2 * 32 + 29) { isExact = false }
    return "\(daysText(dates.sorted())) \(self.months(months.sorted())) *"
  }

  private static func greatestDay(of month: Int) -> Int {
    switch month {
    case 2: 29
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private func daysText(_ days: [Int]) -> String {
    days.count == 31 ? "*" : CronFieldText.list(bits: Self.bits(days), in: 1...31, through: "-", step: "/")
  }

  private func months(_ months: [Int]) -> String {
    let bits = Self.bits(months)
    return bits == 0x1FFE ? "*" : CronFieldText.list(bits: bits, in: 1...12, through: "-", step: "/")
  }

  private static func bits(_ numbers: [Int]) -> UInt64 { numbers.reduce(0) { $0 | 1 << UInt64($1) } }
}
