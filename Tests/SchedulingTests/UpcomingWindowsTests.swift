import FoundationEssentials
import Testing
import UpdatePolicy

@testable import Scheduling

@Suite struct UpcomingWindowsTests {
  private static func upcoming(_ window: String, _ zone: String, _ now: Int64, _ count: Int) throws
    -> UpcomingWindows
  {
    UpcomingWindows(try Zones.schedule(window, zone), rules: try Zones.rules(zone), now: now, count: count)
  }

  @Test func showsBothClocks() throws {
    #expect(
      try Self.upcoming("0 6 * * MON", "Europe/Berlin", Zones.now, 2).text == """
        0 6 * * MON in Europe/Berlin
        Mon 2026-11-30 06:00 +01:00   2026-11-30 05:00 UTC   in 18 hours
        Mon 2026-12-07 06:00 +01:00   2026-12-07 05:00 UTC   in 7 days

        """)
    #expect(
      try Self.upcoming("@monthly", "UTC", Zones.now, 1).text == """
        @monthly in UTC
        Tue 2026-12-01 00:00 UTC   in 37 hours

        """)
  }

  /// 2027-03-27 12:00 UTC: the clock is put forward next morning.
  @Test func tellsOfTheClocksChanges() throws {
    #expect(
      try Self.upcoming("30 2 * * *", "Europe/Berlin", 1_806_148_800, 2).text == """
        30 2 * * * in Europe/Berlin
        Sun 2027-03-28 03:00 +02:00   2027-03-28 01:00 UTC   in 13 hours   right after the time that is left out
        Mon 2027-03-29 02:30 +02:00   2027-03-29 00:30 UTC   in 36 hours

        """)
    let back = try Self.upcoming("0 6 * * SUN", "Europe/Berlin", 1_792_000_000, 2)
    #expect(back.windows.map(\.offset) == [7_200, 3_600])
    #expect(back.text.hasSuffix("   the clock was put back\n"))
  }

  @Test func isADocument() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(Self.upcoming("30 2 * * *", "Europe/Berlin", 1_806_148_800, 1))
    #expect(
      String(decoding: data, as: UTF8.self)
        == [
          #"{"now":{"seconds":1806148800,"time":"2027-03-27T12:00:00Z"},"#,
          #""previous":{"local":"2027-03-27T02:30:00+01:00","offsetSeconds":3600,"seconds":1806111000,"#,
          #""time":"2027-03-27T01:30:00Z"},"schema":"repin.schedule/1","timezone":"Europe/Berlin","#,
          #""window":"30 2 * * *","windows":[{"afterLeap":true,"local":"2027-03-28T03:00:00+02:00","#,
          #""offsetSeconds":7200,"seconds":1806195600,"time":"2027-03-28T01:00:00Z"}]}"#,
        ].joined())
  }

  @Test(arguments: [Int64.min, -1, 0, 253_402_000_000, Int64.max]) func anyMomentMayBeAskedAt(_ now: Int64)
    throws
  {
    let upcoming = try Self.upcoming("0 6 * * MON", "Europe/Berlin", now, 3)
    #expect(upcoming.windows.count <= 3)
    #expect(upcoming.text.hasPrefix("0 6 * * MON in Europe/Berlin\n"))
    _ = try JSONEncoder().encode(upcoming)
    let run = try ScheduledCommand(
      command: ["repin"], directory: "/", lockfiles: [],
      schedule: Zones.schedule("0 6 * * MON", "Europe/Berlin"),
      rules: Zones.rules("Europe/Berlin"), now: now)
    #expect(try SystemdUnits(run).timer.contains("OnCalendar=Mon *-*-* 06:00:00 Europe/Berlin\n"))
  }

  @Test func countsAreBounded() throws {
    #expect(try Self.upcoming("* * * * *", "UTC", 0, .max).windows.count == 1_000)
    #expect(try Self.upcoming("* * * * *", "UTC", 0, 0).text == "* * * * * in UTC\nno further window\n")
    #expect(try Self.upcoming("* * * * *", "UTC", 0, -1).windows.isEmpty)
  }
}
