/// When an expression's times come, where clocks are put forward and back.
///
/// An expression that names its hours has its times by the clock on the wall: a time happens at the first moment at which
/// the clock shows it *or a later one*. So a time that the clock leaps over happens right after the leap, and one that the
/// clock shows twice happens the first time. One whose hours begin with `*` repeats through the day, and happens whenever
/// the clock shows a minute of it, as Vixie's cron has it: once an hour, whatever the clock is called.
extension CronExpression {
  /// What is asked about, and answered: some days less than ``Moment/range``, so that what clocks were put forward or back
  /// around it is known too.
  private static let range = Moment.range.lowerBound + 864_000...Moment.range.upperBound - 864_000

  /// The first occurrence after a moment, in seconds since 1970-01-01 00:00 UTC; nil past the year 9999.
  package func next(after moment: Int64, in zone: TimeZoneRules) -> Int64? {
    guard Self.range.contains(moment) else { return nil }
    if hours.beginsWithStar { return nextShown(after: moment, in: zone) }
    return wallTime(from: zone.latestShown(until: moment) + 1).flatMap { self.moment(reaching: $0, in: zone) }
  }

  /// The last occurrence before a moment; nil before the year 1.
  package func previous(before moment: Int64, in zone: TimeZoneRules) -> Int64? {
    guard Self.range.contains(moment) else { return nil }
    if hours.beginsWithStar { return previousShown(before: moment, in: zone) }
    return wallTime(to: zone.latestShown(until: moment - 1)).flatMap { self.moment(reaching: $0, in: zone) }
  }

  private func moment(reaching wall: Int64, in zone: TimeZoneRules) -> Int64? {
    Self.range.contains(wall) ? zone.moment(reaching: wall) : nil
  }

  private func nextShown(after moment: Int64, in zone: TimeZoneRules) -> Int64? {
    var start = moment + 1
    while Moment.range.contains(start) {
      let stretch = zone.stretch(containing: start)
      guard let wall = wallTime(from: start + Int64(stretch.offset)) else { return nil }
      let candidate = wall - Int64(stretch.offset)
      if candidate < stretch.end { return candidate }
      start = stretch.end
    }
    return nil
  }

  private func previousShown(before moment: Int64, in zone: TimeZoneRules) -> Int64? {
    var end = moment - 1
    while Moment.range.contains(end) {
      let stretch = zone.stretch(containing: end)
      guard let wall = wallTime(to: end + Int64(stretch.offset)) else { return nil }
      let candidate = wall - Int64(stretch.offset)
      if candidate >= stretch.start { return candidate }
      end = stretch.start - 1
    }
    return nil
  }

  /// The first time of the expression that a clock shows from one on, in seconds since its 1970-01-01 00:00.
  private func wallTime(from start: Int64) -> Int64? {
    let minute = (start + 59).flooredQuotient(60)
    let today = minute.flooredQuotient(1_440)
    if let time = time(from: Int(minute - today * 1_440)), isMeant(today) { return today * 86_400 + time }
    guard let day = day(from: Int(today) + 1), let time = time(from: 0) else { return nil }
    return Int64(day) * 86_400 + time
  }

  /// The last time of the expression that a clock shows up to one.
  private func wallTime(to end: Int64) -> Int64? {
    let minute = end.flooredQuotient(60)
    let today = minute.flooredQuotient(1_440)
    if let time = time(to: Int(minute - today * 1_440)), isMeant(today) { return today * 86_400 + time }
    guard let day = day(to: Int(today) - 1), let time = time(to: 1_439) else { return nil }
    return Int64(day) * 86_400 + time
  }

  private func isMeant(_ day: Int64) -> Bool {
    let date = CalendarDate(daysSince1970: Int(day))
    return days(year: date.year, month: date.month) >> UInt64(date.day) & 1 == 1
  }

  /// The seconds from a day's start to the first time of the expression from a minute of the day on.
  private func time(from minute: Int) -> Int64? {
    guard let hour = hours.first(from: minute / 60) else { return nil }
    if hour == minute / 60, let minute = minutes.first(from: minute % 60) {
      return Int64(hour * 3_600 + minute * 60)
    }
    guard let hour = hour > minute / 60 ? hour : hours.first(from: hour + 1),
      let minute = minutes.first(from: 0)
    else { return nil }
    return Int64(hour * 3_600 + minute * 60)
  }

  private func time(to minute: Int) -> Int64? {
    guard let hour = hours.last(to: minute / 60) else { return nil }
    if hour == minute / 60, let minute = minutes.last(to: minute % 60) {
      return Int64(hour * 3_600 + minute * 60)
    }
    guard let hour = hour < minute / 60 ? hour : hours.last(to: hour - 1), let minute = minutes.last(to: 59)
    else { return nil }
    return Int64(hour * 3_600 + minute * 60)
  }

  /// The first day that is meant, from one on, in days since 1970-01-01. After 400 years the calendar repeats.
  private func day(from days: Int) -> Int? {
    let date = CalendarDate(daysSince1970: days)
    var (year, month, first) = (date.year, date.month, date.day)
    for _ in 0...400 * 12 {
      if let day = self.days(year: year, month: month).firstBit(from: first) {
        return CalendarDate.days(year: year, month: month, day: day)
      }
      first = 1
      (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
      if year > 9999 { return nil }
    }
    return nil
  }

  private func day(to days: Int) -> Int? {
    let date = CalendarDate(daysSince1970: days)
    var (year, month, last) = (date.year, date.month, date.day)
    for _ in 0...400 * 12 {
      if let day = self.days(year: year, month: month).lastBit(to: last) {
        return CalendarDate.days(year: year, month: month, day: day)
      }
      last = 31
      (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
      if year < 1 { return nil }
    }
    return nil
  }
}

extension TimeZoneRules {
  /// The latest time that the clock has shown until a moment, in seconds since its 1970-01-01 00:00: what it shows, or where
  /// it was put back since, what it showed before.
  fileprivate func latestShown(until moment: Int64) -> Int64 {
    var stretch = stretch(containing: moment)
    var latest = moment + Int64(stretch.offset)
    // Put back by twice the greatest offset, it has caught up after as long.
    let reach = Int64(2 * Self.greatestOffset)
    while stretch.start > moment - reach {
      let end = stretch.start - 1
      stretch = self.stretch(containing: end)
      latest = max(latest, end + Int64(stretch.offset))
    }
    return latest
  }

  /// The first moment at which the clock shows a time or a later one.
  fileprivate func moment(reaching wall: Int64) -> Int64 {
    var start = wall - Int64(Self.greatestOffset)
    while true {
      let stretch = stretch(containing: start)
      let candidate = max(start, wall - Int64(stretch.offset))
      if candidate < stretch.end { return candidate }
      start = stretch.end
    }
  }
}
