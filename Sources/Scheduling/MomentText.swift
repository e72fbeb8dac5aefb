import UpdatePolicy

/// Moments in seconds since 1970-01-01 00:00 UTC, as people and programs read them.
package enum MomentText {
  /// `2026-11-30 05:00`, of UTC or of a clock that is ahead by so many seconds.
  static func dayAndClock(_ moment: Int64, offset: Int = 0) -> String {
    let shown = moment + Int64(offset)
    return "\(CalendarDate(containing: shown)) \(clock(shown))"
  }

  /// RFC 3339: `2026-11-30T05:00:00Z`, `2026-11-30T06:00:00+01:00`.
  ///
  /// An offset with seconds, which the format can't say, is rounded towards UTC; what the clock shows stays.
  package static func timestamp(_ moment: Int64, offset: Int = 0) -> String {
    let shown = moment + Int64(offset)
    let second = flooredRemainder(Int(shown), 60)
    let text = "\(CalendarDate(containing: shown))T\(clock(shown)):\(padded(second))"
    if offset == 0 { return text + "Z" }
    return text + self.offset(offset)
  }

  /// `+01:00`.
  static func offset(_ seconds: Int) -> String {
    let minutes = abs(seconds) / 60
    return "\(seconds < 0 ? "-" : "+")\(padded(minutes / 60)):\(padded(minutes % 60))"
  }

  /// `Mon`, of the day that the clock shows.
  static func weekday(_ moment: Int64, offset: Int = 0) -> String {
    let days = CalendarDate(containing: moment + Int64(offset)).daysSince1970
    return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][flooredRemainder(days + 4, 7)]
  }

  private static func clock(_ shown: Int64) -> String {
    let minute = flooredRemainder(Int(shown), 86_400) / 60
    return "\(padded(minute / 60)):\(padded(minute % 60))"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
