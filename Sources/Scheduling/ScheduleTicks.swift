package import UpdatePolicy

/// A window in the words of a scheduler that knows no time zone but UTC: the lines at which it ticks, some of them in vain.
///
/// A zone whose clocks change has a line for either time of the year, and a day of the month that is another day in UTC has
/// every day that it could be. Whoever ticks asks ``isTime(of:now:)``: every window belongs to the first tick at or after it,
/// so that it is served once, and at once where the zone's clocks don't change at that very hour.
package struct ScheduleTicks: Sendable, Hashable {
  /// The lines, in UTC; none is twice.
  package let lines: [CronExpression]
  /// Whether there are ticks in vain.
  package let needsQuestion: Bool
  private let schedule: Schedule
  private let rules: TimeZoneRules

  /// The lines of a window.
  ///
  /// - Parameters:
  ///   - rules: those of the schedule's zone.
  ///   - time: when the lines are to hold; the zone's offsets of that time are taken.
  package init(_ schedule: Schedule, rules: TimeZoneRules, in time: Range<Int64>) {
    let offsets = rules.offsets(in: time)
    let sets = offsets.map { Self.lines(of: schedule.window, offset: $0) }
    var lines: [CronExpression] = []
    for set in sets { for line in set.lines where !lines.contains(line) { lines.append(line) } }
    let isSame = sets.allSatisfy { Set($0.lines) == Set(sets[0].lines) }
    self.lines = lines
    // Lines that tick at one time need the question too: it says which of them it is.
    needsQuestion =
      sets.contains { !$0.isExact } || lines.count > 1 && schedule.window.takesEitherDay
      || offsets.count > 1 && !(isSame && schedule.window.hours.beginsWithStar)
    self.schedule = schedule
    self.rules = rules
  }

  /// Lines that were made before, as those that tick know them.
  package init(_ schedule: Schedule, rules: TimeZoneRules, lines: [CronExpression]) {
    self.lines = lines
    needsQuestion = true
    self.schedule = schedule
    self.rules = rules
  }

  /// Whether a window belongs to the last tick of a line.
  ///
  /// - Parameters:
  ///   - line: what ticked; a scheduler may be late, but not by so much that the line has ticked again.
  ///   - now: when it asks.
  /// - Returns: nil if it is none of the lines, or hasn't ticked yet.
  package func isTime(of line: CronExpression, now: Int64) -> Bool? {
    guard let place = lines.firstIndex(of: line), now < Int64.max,
      let tick = line.previous(before: now + 1, in: .utc)
    else { return nil }
    var last = Int64.min
    for (index, other) in lines.enumerated() {
      // Of lines that tick together the first has the window.
      if index < place, other.next(after: tick - 1, in: .utc) == tick { return false }
      if let before = other.previous(before: tick, in: .utc) { last = max(last, before) }
    }
    guard last > Int64.min else { return nil }
    // After the last window there is none that a tick could have.
    return schedule.next(after: last, rules: rules).map { $0 <= tick } ?? false
  }

  // MARK: Lines

  fileprivate struct Lines {
    var lines: [CronExpression] = []
    var isExact = true
  }

  /// The lines of a window in a zone that is always ahead of UTC by the same seconds.
  private static func lines(of window: CronExpression, offset: Int) -> Lines {
    // To the minute behind, where an offset has seconds.
    let ahead = flooredQuotient(offset, 60)
    var result = Lines(isExact: offset % 60 == 0)
    if window.hasEveryDay {
      // What is the day before or behind doesn't matter.
      for (_, clock) in joined(clocks(of: window, ahead: ahead)) {
        result.add("\(clock) * * *")
      }
      return result
    }
    for (shift, clock) in clocks(of: window, ahead: ahead) {
      var days = DayPatterns(window, shift: shift)
      for pattern in days.patterns() { result.add("\(clock) \(pattern)") }
      result.isExact = result.isExact && days.isExact
    }
    return result
  }

  /// Minutes and hours in UTC, with the days that UTC's is behind.
  private static func clocks(of window: CronExpression, ahead: Int) -> [(shift: Int, clock: Clock)] {
    var clocks: [Int: [Int: UInt64]] = [:]
    var minutes: [Int: UInt64] = [:]
    for minute in 0...59 where window.minutes.contains(minute) {
      minutes[flooredQuotient(minute - ahead, 60), default: 0] |=
        1 << UInt64(flooredRemainder(minute - ahead, 60))
    }
    for carry in minutes.keys {
      for hour in 0...23 where window.hours.contains(hour) {
        let shift = flooredQuotient(hour + carry, 24)
        clocks[shift, default: [:]][carry, default: 0] |= 1 << UInt64(flooredRemainder(hour + carry, 24))
      }
    }
    return clocks.sorted { $0.key < $1.key }.flatMap { shift, hours in
      hours.sorted { $0.key < $1.key }.map { carry, hours in
        (shift, Clock(minutes: minutes[carry] ?? 0, hours: hours))
      }
    }
  }

  /// Clocks of the same minutes as one, whatever the day.
  private static func joined(_ clocks: [(shift: Int, clock: Clock)]) -> [(shift: Int, clock: Clock)] {
    var byMinutes: [UInt64: UInt64] = [:]
    for (_, clock) in clocks { byMinutes[clock.minutes, default: 0] |= clock.hours }
    var byHours: [UInt64: UInt64] = [:]
    for (minutes, hours) in byMinutes { byHours[hours, default: 0] |= minutes }
    return byHours.map { (0, Clock(minutes: $0.value, hours: $0.key)) }
      .sorted { ($0.1.hours, $0.1.minutes) < ($1.1.hours, $1.1.minutes) }
  }

  /// Minutes and hours of a line.
  private struct Clock: CustomStringConvertible {
    let minutes: UInt64
    let hours: UInt64

    var description: String { "\(text(minutes, 0...59)) \(text(hours, 0...23))" }

    private func text(_ bits: UInt64, _ range: ClosedRange<Int>) -> String {
      range.allSatisfy { bits >> UInt64($0) & 1 == 1 }
        ? "*" : CronFieldText.list(bits: bits, in: range, through: "-", step: "/")
    }
  }
}

extension ScheduleTicks.Lines {
  fileprivate mutating func add(_ text: String) {
    guard let line = try? CronExpression(text) else { preconditionFailure("no expression: \(text)") }
    if !lines.contains(line) { lines.append(line) }
  }
}

/// The quotient rounded down, also of negative numbers.
func flooredQuotient(_ number: Int, _ divisor: Int) -> Int {
  let quotient = number / divisor
  return number % divisor < 0 ? quotient - 1 : quotient
}

/// What is left of that division, from 0 to below the divisor.
func flooredRemainder(_ number: Int, _ divisor: Int) -> Int {
  let remainder = number % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
