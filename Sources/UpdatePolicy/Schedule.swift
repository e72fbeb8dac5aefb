/// When scheduled rebuilds may run: a cron expression, the time zone it is meant in, and days that are left out.
package struct Schedule: Sendable, Hashable {
  /// `window`; Mondays at 06:00 by default.
  package var window: CronExpression
  /// `timezone`; UTC by default. Its ``TimeZoneRules`` the caller reads.
  package var timeZone: TimeZoneName
  /// `blackout`: days on which no window is, in the order written.
  package var blackouts: [Blackout]

  package init(
    window: CronExpression = .mondayMorning, timeZone: TimeZoneName = .utc, blackouts: [Blackout] = []
  ) {
    self.window = window
    self.timeZone = timeZone
    self.blackouts = blackouts
  }

  /// The first window after a moment, in seconds since 1970-01-01 00:00 UTC; nil past the year 9999.
  ///
  /// - Parameter rules: those of ``timeZone``.
  package func next(after moment: Int64, rules: TimeZoneRules) -> Int64? {
    var last = moment
    while let next = window.next(after: last, in: rules) {
      guard let blackout = blackout(at: next, rules: rules) else { return next }
      last = max(next, Self.middle(of: blackout, from: next, rules).upperBound)
    }
    return nil
  }

  /// The last window before a moment; nil before the year 1.
  ///
  /// - Parameter rules: those of ``timeZone``.
  package func previous(before moment: Int64, rules: TimeZoneRules) -> Int64? {
    var first = moment
    while let previous = window.previous(before: first, in: rules) {
      guard let blackout = blackout(at: previous, rules: rules) else { return previous }
      first = min(previous, Self.middle(of: blackout, from: previous, rules).lowerBound)
    }
    return nil
  }

  /// The entry that leaves a moment out.
  private func blackout(at moment: Int64, rules: TimeZoneRules) -> Blackout? {
    if blackouts.isEmpty { return nil }
    let shown = moment + Int64(rules.offset(at: moment))
    return blackouts.first { $0.contains(shown: shown) }
  }

  /// A stretch of time that is all within the days, however clocks are put forward and back around their ends, so that nobody
  /// has to look at each minute of a year; the moment itself where the days are few.
  private static func middle(
    of blackout: Blackout, from moment: Int64, _ rules: TimeZoneRules
  ) -> ClosedRange<Int64> {
    let reach = Int64(2 * TimeZoneRules.greatestOffset)
    let (start, end) = (blackout.first.start + reach, blackout.last.end - reach)
    return (start...max(start, end)).contains(moment) ? start...max(start, end) : moment...moment
  }
}
