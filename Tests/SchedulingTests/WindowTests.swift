import Testing
import UpdatePolicy

@testable import Scheduling

/// What each scheduler would do with what it is given, over ten years, against the policy's own windows.
@Suite struct WindowTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let window: String
    let zone: String

    var testDescription: String { "\(window) in \(zone)" }
  }

  static let chosen = [
    "0 6 * * MON", "30 2 * * SUN", "0 0 1 * *", "0 0 13 * FRI", "0 0 */2 * FRI", "0 0 29 2 *",
    "0 23 31 DEC *",
    "@weekly", "0 1 1 1 SUN-TUE", "59 23 28-31 * *", "10 2 * 3,10 *", "0 3 31 2 MON",
  ]
  /// So many that two zones are enough.
  static let frequent = [
    "30 2 * * *", "0 0 1-31 * MON", "5 0 1-7 * 0-6", "15 */12 * * *", "0 * * * SUN",
    "30 * 1-8,23-31 3,4,10 *",
  ]

  static let cases: [Case] = {
    var random = RandomWindow(seed: 9)
    // Three zones for all, and of the others some for each.
    let usual = ["UTC", "Europe/Berlin", "Australia/Lord_Howe"]
    let others = Zones.names.filter { !usual.contains($0) }
    let chosen = Self.chosen.enumerated().flatMap { index, window in
      (usual + [others[index % others.count], others[(index / 2 + 3) % others.count]])
        .map { Case(window: window, zone: $0) }
    }
    let often = Self.frequent.flatMap { window in
      usual.dropFirst().map { Case(window: window, zone: $0) }
    }
    let further = (0..<40).map { Case(window: random.next(), zone: Zones.names[$0 % Zones.names.count]) }
    return chosen + often + further.filter { (try? CronExpression($0.window)) != nil }
  }()

  @Test(arguments: cases) func everySchedulerRunsAtTheWindows(_ example: Case) throws {
    let rules = try Zones.rules(example.zone)
    let schedule = try Zones.schedule(example.window, example.zone)
    let run = try ScheduledCommand(
      command: ["/usr/local/bin/repin", "run"], directory: "/srv/app", lockfiles: [], schedule: schedule,
      rules: rules, now: Zones.now)
    let windows = Zones.windows(schedule, rules)
    let calendar = Calendar(rules)
    try cron(run, windows, calendar)
    try systemd(run, windows, calendar)
    try ticks(run, windows)
  }

  private func cron(_ run: ScheduledCommand, _ windows: [Int64], _ calendar: Calendar) throws {
    let lines = try Crontab(run).text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let fields = try #require(lines.last).split(separator: " ").prefix(5).map(String.init)
    let line = try #require(CronLine(fields), "\(fields)")
    let zone = run.schedule.timeZone
    #expect(lines.count == (zone.isUTC ? 1 : 2))
    #expect(zone.isUTC || lines[0] == "CRON_TZ=\(zone)")
    #expect(line.moments(calendar) == windows)
    #expect(try CronExpression(fields.joined(separator: " ")) == run.schedule.window)
  }

  private func systemd(_ run: ScheduledCommand, _ windows: [Int64], _ calendar: Calendar) throws {
    let events = try SystemdUnits(run).timer.split(separator: "\n").filter { $0.hasPrefix("OnCalendar=") }
    var moments: Set<Int64> = []
    for text in events {
      let event = try #require(SystemdEvent(String(text.dropFirst(11))), "\(text)")
      #expect(event.zone == "UTC" || event.zone == run.schedule.timeZone.description)
      moments.formUnion(event.moments(event.zone == "UTC" ? Calendar(.utc) : calendar))
    }
    #expect(moments.sorted() == windows)
  }

  /// Each window is served by the first tick at or after it, whether GitHub is in time or late, and by no other.
  private func ticks(_ run: ScheduledCommand, _ windows: [Int64]) throws {
    let ticks = ScheduleTicks(run.schedule, rules: run.rules, in: run.future)
    var moments: [(moment: Int64, line: CronExpression)] = []
    for line in ticks.lines {
      let fields = line.numeric.split(separator: " ").map(String.init)
      // A star's step, and a restriction of both kinds of days, are left to nobody's reading.
      #expect(fields[2] == "*" || fields[4] == "*")
      #expect(!line.numeric.contains("*/"))
      for moment in try #require(CronLine(fields)).moments(Calendar(.utc)) { moments.append((moment, line)) }
    }
    let all = moments.map(\.moment).sorted()
    guard ticks.needsQuestion else {
      #expect(all == windows)
      return
    }
    // Two years of questions, which are dear where nothing is optimised.
    let time = run.now..<run.now + 63_072_000
    let known = ScheduleTicks(run.schedule, rules: run.rules, lines: ticks.lines)
    var served: [Int64] = []
    for (index, (moment, line)) in moments.enumerated()
    where time.contains(moment)
      && known.isTime(of: line, now: moment + Int64(index % 3) * 450) == true
    {
      served.append(moment)
    }
    var expected: [Int64] = []
    var index = 0
    for window in windows {
      while index < all.count, all[index] < window { index += 1 }
      guard index < all.count else { break }
      if expected.last != all[index] { expected.append(all[index]) }
      // Late only where a clock leaps.
      #expect(all[index] - window <= 3_600)
    }
    #expect(served.sorted() == expected.filter(time.contains))
  }

  @Test func otherLinesAreNobodys() throws {
    let schedule = try Zones.schedule("0 6 * * MON", "Europe/Berlin")
    let rules = try Zones.rules("Europe/Berlin")
    let ticks = ScheduleTicks(schedule, rules: rules, in: Zones.tenYears)
    #expect(ticks.lines.map(\.numeric) == ["0 5 * * 1", "0 4 * * 1"])
    #expect(ticks.isTime(of: try CronExpression("0 7 * * 1"), now: Zones.now) == nil)
    #expect(ticks.isTime(of: ticks.lines[0], now: .max) == nil)
    #expect(ticks.isTime(of: ticks.lines[0], now: .min) == nil)
  }

  struct Ticks: Sendable {
    let window: String
    let zone: String
    let lines: [String]
    let asks: Bool
  }

  @Test(arguments: [
    Ticks(window: "0 6 * * MON", zone: "UTC", lines: ["0 6 * * 1"], asks: false),
    Ticks(window: "0 6 * * MON", zone: "Europe/Berlin", lines: ["0 5 * * 1", "0 4 * * 1"], asks: true),
    Ticks(window: "0 5 * * MON", zone: "Asia/Kathmandu", lines: ["15 23 * * 0"], asks: false),
    Ticks(window: "0 5 1 * *", zone: "Asia/Kathmandu", lines: ["15 23 28-31 * *"], asks: true),
    Ticks(window: "0 5 2 * *", zone: "Asia/Kathmandu", lines: ["15 23 1 * *"], asks: false),
    Ticks(window: "0 0 13 * FRI", zone: "UTC", lines: ["0 0 13 * *", "0 0 * * 5"], asks: true),
    Ticks(window: "0 0 */2 * FRI", zone: "UTC", lines: ["0 0 * * 5"], asks: true),
    Ticks(window: "30 * * * *", zone: "Europe/Berlin", lines: ["30 * * * *"], asks: false),
    Ticks(window: "30 0-23 * * *", zone: "Europe/Berlin", lines: ["30 * * * *"], asks: true),
  ]) func linesAreThese(_ example: Ticks) throws {
    let ticks = ScheduleTicks(
      try Zones.schedule(example.window, example.zone), rules: try Zones.rules(example.zone),
      in: Zones.tenYears)
    #expect(ticks.lines.map(\.numeric) == example.lines)
    #expect(ticks.needsQuestion == example.asks)
  }

  @Test(arguments: [
    ("0 0 13 * FRI", "Europe/Berlin", ["*-*-13 00:00:00 Europe/Berlin", "Fri *-*-* 00:00:00 Europe/Berlin"]),
    ("0 3 * * *", "Europe/Berlin", ["*-*-* 03:00:00 Europe/Berlin"]),
    ("0 2,3 * * *", "Europe/Berlin", ["*-*-* 02,03:00:00 Europe/Berlin"]),
    ("0 0 */2 * FRI-SUN", "UTC", ["Fri..Sun *-*-01..31/2 00:00:00 UTC"]),
    ("*/15 8-18 * * 1,2,4-6", "UTC", ["Mon,Tue,Thu..Sat *-*-* 08..18:00..45/15:00 UTC"]),
    ("30 * * * *", "Europe/Berlin", ["*-*-* *:30:00 UTC"]),
  ]) func eventsAreThese(_ window: String, _ zone: String, _ events: [String]) throws {
    let made = try CalendarEvents(
      try Zones.schedule(window, zone), rules: try Zones.rules(zone), in: Zones.tenYears)
    #expect(made.all == events)
  }

  /// An hour's clock is the same in UTC where clocks are changed by hours: around a change for Berlin, not on Lord Howe.
  @Test(arguments: [("Europe/Berlin", true), ("Australia/Lord_Howe", false)])
  func everyHourIsAnHour(_ zone: String, _ isSame: Bool) throws {
    let schedule = try Zones.schedule("30 * * * *", zone)
    let rules = try Zones.rules(zone)
    let events = try CalendarEvents(schedule, rules: rules, in: Zones.tenYears)
    #expect(events.events == ["*-*-* *:30:00 \(isSame ? "UTC" : zone)"])
    let utc = try Zones.schedule("30 * * * *", "UTC")
    let year = Zones.now..<Zones.now + 31_557_600
    #expect((Zones.windows(schedule, rules, in: year) == Zones.windows(utc, .utc, in: year)) == isSame)
  }

  @Test func leapsAreWrittenOut() throws {
    let events = try CalendarEvents(
      try Zones.schedule("30 2 * * *", "Europe/Berlin"), rules: try Zones.rules("Europe/Berlin"),
      in: Zones.tenYears)
    #expect(events.moments.count == 10)
    #expect(events.moments.first == "2027-03-28 01:00:00 UTC")
  }

  @Test(arguments: ["* * * * SUN", "*/5 * * * SUN"]) func tooManyChangesAreRefused(_ window: String) throws {
    #expect(throws: ScheduleError(.systemd, .clockChanges(limit: 40))) {
      try CalendarEvents(
        try Zones.schedule(window, "Europe/Berlin"), rules: try Zones.rules("Europe/Berlin"),
        in: Zones.tenYears)
    }
  }
}
