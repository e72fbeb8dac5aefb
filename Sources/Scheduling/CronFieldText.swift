import UpdatePolicy

/// The text of a field's numbers, in the languages that have them.
enum CronFieldText {
  /// As every cron reads it: without names, which not every program allows in ranges, and with a `*` at the start if and only
  /// if the field has one, since that decides what the day fields mean together, and what happens as clocks change.
  ///
  ///     fri-sun  0,5-6        */15  */15        0-23  0-23        */2,3  */2,3
  static func cron(_ field: CronField, _ kind: CronField.Kind) -> String {
    let range = numbers(of: kind)
    guard field.beginsWithStar else { return list(bits: field.bits, in: range, through: "-", step: "/") }
    let steps = 1...range.count
    let step = steps.first { step in
      stride(from: range.lowerBound, through: range.upperBound, by: step).allSatisfy(field.contains)
    }
    guard let step else { return list(bits: field.bits, in: range, through: "-", step: "/") }
    let stepped = stride(from: range.lowerBound, through: range.upperBound, by: step)
      .reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    let rest = field.bits & ~stepped
    let star = step == 1 ? "*" : "*/\(step)"
    return rest == 0 ? star : "\(star),\(list(bits: rest, in: range, through: "-", step: "/"))"
  }

  /// As systemd's calendar events have it, with two digits: `*`, `06`, `01..05`, `00/15`.
  static func systemd(_ field: CronField, _ kind: CronField.Kind) -> String {
    isFull(field, kind)
      ? "*" : list(bits: field.bits, in: numbers(of: kind), through: "..", step: "/", isPadded: true)
  }

  /// Whether the field has all that it could.
  static func isFull(_ field: CronField, _ kind: CronField.Kind) -> Bool {
    numbers(of: kind).allSatisfy(field.contains)
  }

  /// The numbers that a field may have; a Sunday is 0.
  static func numbers(of kind: CronField.Kind) -> ClosedRange<Int> {
    kind == .dayOfWeek ? 0...6 : kind.range
  }

  /// Numbers with the same step between them as one range, else runs of three and more as ranges.
  static func list(
    bits: UInt64, in range: ClosedRange<Int>, through: String, step: String, isPadded: Bool = false
  ) -> String {
    func text(_ number: Int) -> String { isPadded && number < 10 ? "0\(number)" : "\(number)" }
    let numbers = range.filter { bits >> UInt64($0) & 1 == 1 }
    if numbers.count > 2 {
      let width = numbers[1] - numbers[0]
      let isEven = zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == width }
      if isEven, width > 1 {
        return "\(text(numbers[0]))\(through)\(text(numbers[numbers.count - 1]))\(step)\(width)"
      }
    }
    return runs(numbers).map { run in
      switch run.count {
      case 1: text(run.lowerBound)
      case 2: "\(text(run.lowerBound)),\(text(run.upperBound))"
      default: "\(text(run.lowerBound))\(through)\(text(run.upperBound))"
      }
    }
    .joined(separator: ",")
  }

  /// Ascending numbers as ranges without holes.
  static func runs(_ numbers: [Int]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs
  }
}

extension CronExpression {
  /// The expression in numbers, as every cron reads it: `0 6 * * 1`.
  package var numeric: String {
    [
      CronFieldText.cron(minutes, .minute), CronFieldText.cron(hours, .hour),
      CronFieldText.cron(daysOfMonth, .dayOfMonth), CronFieldText.cron(months, .month),
      CronFieldText.cron(daysOfWeek, .dayOfWeek),
    ]
    .joined(separator: " ")
  }

  /// The days of the week, a Sunday as 0, have to hold beside days of the month, and neither has all.
  var needsBothDays: Bool {
    !takesEitherDay && !CronFieldText.isFull(daysOfMonth, .dayOfMonth)
      && !CronFieldText.isFull(daysOfWeek, .dayOfWeek)
  }

  /// Whether every day is meant.
  var hasEveryDay: Bool {
    CronFieldText.isFull(months, .month)
      && (takesEitherDay
        ? CronFieldText.isFull(daysOfMonth, .dayOfMonth) || CronFieldText.isFull(daysOfWeek, .dayOfWeek)
        : CronFieldText.isFull(daysOfMonth, .dayOfMonth) && CronFieldText.isFull(daysOfWeek, .dayOfWeek))
  }

  /// Whether some year has one of the months' days, whatever the day of the week.
  var hasDate: Bool {
    (1...12).contains { month in
      months.contains(month)
        && (1...31).contains { day in
          daysOfMonth.contains(day) && CalendarDate(year: 2024, month: month, day: day) != nil
        }
    }
  }
}
