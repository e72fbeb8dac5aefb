package import UpdatePolicy

/// The next windows of a policy: what `repin schedule` shows.
package struct UpcomingWindows: Sendable, Hashable, Encodable {
  /// The greatest number of windows that are shown.
  package static let greatestCount = 1_000

  /// One window.
  package struct Window: Sendable, Hashable {
    /// In seconds since 1970-01-01 00:00 UTC.
    package let moment: Int64
    /// The seconds that the zone's clocks are ahead of UTC then.
    package let offset: Int
    /// Whether the clock is put forward over the time that is meant, so that the window is right after the leap.
    package let isAfterLeap: Bool
  }

  /// When they were looked for.
  package let now: Int64
  /// Whose windows they are.
  package let schedule: Schedule
  /// The window before; nil before the first year.
  package let previous: Window?
  /// The windows, ascending; fewer than were asked for where the calendar ends.
  package let windows: [Window]

  /// Looks for windows.
  ///
  /// - Parameters:
  ///   - rules: those of the schedule's zone.
  ///   - now: in seconds since 1970-01-01 00:00 UTC; a window at this very moment is the one before.
  ///   - count: from 0; at most ``greatestCount`` are given.
  package init(_ schedule: Schedule, rules: TimeZoneRules, now: Int64, count: Int) {
    let expression = schedule.window
    func window(_ moment: Int64) -> Window {
      let offset = rules.offset(at: moment)
      let shown = moment + Int64(offset)
      return Window(
        moment: moment, offset: offset, isAfterLeap: expression.next(after: shown - 1, in: .utc) != shown)
    }
    var windows: [Window] = []
    var last = now
    while windows.count < min(count, Self.greatestCount), let next = schedule.next(after: last, rules: rules)
    {
      windows.append(window(next))
      last = next
    }
    self.now = now
    self.schedule = schedule
    self.windows = windows
    previous = now < Int64.max ? schedule.previous(before: now + 1, rules: rules).map(window) : nil
  }

  // MARK: Text

  /// A line for each window, the clock's time before UTC's:
  ///
  ///     0 6 * * MON in Europe/Berlin
  ///     Mon 2026-11-30 06:00 +01:00   2026-11-30 05:00 UTC   in 17 hours
  package var text: String {
    var lines = [ScheduleWords.window(schedule)]
    if !schedule.blackouts.isEmpty {
      lines.append("not on \(schedule.blackouts.map(\.description).joined(separator: ", "))")
    }
    if windows.isEmpty { lines.append("no further window") }
    let isUTC = schedule.timeZone.isUTC
    let spans = windows.map { Self.span($0.moment - now) }
    let width = spans.map(\.utf8.count).max() ?? 0
    var offset = windows.first?.offset
    for (window, span) in zip(windows, spans) {
      var line = MomentText.weekday(window.moment, offset: window.offset) + " "
      line += MomentText.dayAndClock(window.moment, offset: window.offset)
      line += isUTC ? " UTC" : " \(MomentText.offset(window.offset))"
      if !isUTC { line += "   \(MomentText.dayAndClock(window.moment)) UTC" }
      line += "   \(span)"
      var notes: [String] = []
      if let offset, offset != window.offset {
        notes.append("the clock was put \(window.offset > offset ? "forward" : "back")")
      }
      if window.isAfterLeap { notes.append("right after the time that is left out") }
      if !notes.isEmpty {
        line += String(repeating: " ", count: width - span.utf8.count) + "   " + notes.joined(separator: ", ")
      }
      offset = window.offset
      lines.append(line)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `in 17 hours`, rounded down.
  private static func span(_ seconds: Int64) -> String {
    let (number, noun): (Int64, String) =
      switch seconds {
      case ..<60: (0, "minute")
      case ..<3_600: (seconds / 60, "minute")
      case ..<172_800: (seconds / 3_600, "hour")
      default: (seconds / 86_400, "day")
      }
    return number == 0 ? "in under a minute" : "in \(number) \(noun)\(number == 1 ? "" : "s")"
  }

  // MARK: Document

  private enum CodingKeys: String, CodingKey {
    case schema, now, window, timezone, blackout, previous, windows
  }

  /// `repin.schedule/1`, which docs/schedule.md describes.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("repin.schedule/1", forKey: .schema)
    try container.encode(DocumentMoment(now), forKey: .now)
    try container.encode(schedule.window.description, forKey: .window)
    try container.encode(schedule.timeZone.description, forKey: .timezone)
    if !schedule.blackouts.isEmpty {
      try container.encode(schedule.blackouts.map(DocumentDays.init), forKey: .blackout)
    }
    try container.encodeIfPresent(previous.map(DocumentWindow.init), forKey: .previous)
    try container.encode(windows.map(DocumentWindow.init), forKey: .windows)
  }

  private struct DocumentDays: Encodable {
    let first: String
    let last: String

    init(_ blackout: Blackout) {
      first = blackout.first.description
      last = blackout.last.description
    }
  }

  private struct DocumentWindow: Encodable {
    let seconds: Int64
    let time: String
    let local: String
    let offsetSeconds: Int
    let afterLeap: Bool?

    init(_ window: Window) {
      seconds = window.moment
      time = MomentText.timestamp(window.moment)
      local = MomentText.timestamp(window.moment, offset: window.offset)
      offsetSeconds = window.offset
      afterLeap = window.isAfterLeap ? true : nil
    }
  }
}
