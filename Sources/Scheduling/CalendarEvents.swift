package import UpdatePolicy

/// A window as calendar events of systemd (systemd.time(7), "Calendar Events"), which happen together at all its times.
///
/// An event says which days of the week *and* of the month are meant; a window that means either has two. Where a clock is
/// put forward systemd leaves out what the clock leaps over, and where it is put back it passes over what is shown again;
/// those times are written out, in UTC, for as long as they are looked for.
package struct CalendarEvents: Sendable, Hashable {
  /// How many times may be written out.
  package static let greatestCount = 40

  /// What follows `OnCalendar=`: the window's own, which hold forever.
  package let events: [String]
  /// Single times, ascending, which systemd would leave out.
  package let moments: [String]

  /// All there is, in the order in which it is written.
  package var all: [String] { events + moments }

  /// The events of a window.
  ///
  /// - Parameters:
  ///   - rules: those of the schedule's zone.
  ///   - time: in which times are looked for that systemd would leave out.
  /// - Throws: ``ScheduleError`` with `.clockChanges`.
  package init(_ schedule: Schedule, rules: TimeZoneRules, in time: Range<Int64>) throws(ScheduleError) {
    let window = schedule.window
    let changes = rules.changes(in: time)
    let ticks = ScheduleTicks(schedule, rules: rules, in: time)
    if !changes.isEmpty, !ticks.needsQuestion {
      // By an hour's clock every hour is the same in UTC, where no clock is changed.
      events = ticks.lines.flatMap { Self.events(of: $0, zone: "UTC") }
      moments = []
      return
    }
    events = Self.events(of: window, zone: schedule.timeZone.isUTC ? "UTC" : schedule.timeZone.description)
    var left: [Int64] = []
    for change in changes {
      left += Self.leftOut(at: change, of: window, rules: rules)
    }
    guard left.count <= Self.greatestCount else {
      throw ScheduleError(.systemd, .clockChanges(limit: Self.greatestCount))
    }
    moments = left.map { MomentText.dayAndClock($0) + ":00 UTC" }
  }

  /// The windows that systemd leaves out at a change of the clock.
  private static func leftOut(
    at change: TimeZoneRules.Change, of window: CronExpression, rules: TimeZoneRules
  ) -> [Int64] {
    // Up to here the clock shows what it has shown before, or leaps.
    let end = change.moment + Int64(abs(change.after - change.before))
    let isPutForward = change.after > change.before
    var moments: [Int64] = []
    var last = change.moment - 1
    while moments.count <= Self.greatestCount, let next = window.next(after: last, in: rules),
      isPutForward ? next == change.moment : next < end
    {
      // Of what is right after a leap, only what isn't shown there is missing.
      let shown = next + Int64(change.after)
      let isShown = window.next(after: shown - 1, in: .utc) == shown
      if !isPutForward || !isShown { moments.append(next) }
      last = next
    }
    return moments
  }

  // MARK: Events

  private static func events(of window: CronExpression, zone: String) -> [String] {
    let time =
      "\(CronFieldText.systemd(window.hours, .hour)):\(CronFieldText.systemd(window.minutes, .minute)):00 \(zone)"
    let months = CronFieldText.systemd(window.months, .month)
    let days = CronFieldText.systemd(window.daysOfMonth, .dayOfMonth)
    let weekdays = weekdays(of: window.daysOfWeek)
    let isEveryDate = days == "*"
    guard window.takesEitherDay else {
      return ["\(weekdays.map { $0 + " " } ?? "")*-\(months)-\(days) \(time)"]
    }
    guard !isEveryDate, let weekdays else { return ["*-\(months)-* \(time)"] }
    guard window.hasDate else { return ["\(weekdays) *-\(months)-* \(time)"] }
    return ["*-\(months)-\(days) \(time)", "\(weekdays) *-\(months)-* \(time)"]
  }

  /// `Mon..Fri`; nil for all. systemd's week begins on Monday.
  private static func weekdays(of field: CronField) -> String? {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let days = (0...6).filter { field.contains(($0 + 1) % 7) }
    if days.count == 7 { return nil }
    return CronFieldText.runs(days).map { run in
      switch run.count {
      case 1: names[run.lowerBound]
      case 2: "\(names[run.lowerBound]),\(names[run.upperBound])"
      default: "\(names[run.lowerBound])..\(names[run.upperBound])"
      }
    }
    .joined(separator: ",")
  }
}
