import PythonPackaging
import Testing

@testable import UpdatePolicy

/// The single values of the policy's tables, as they are read from text.
@Suite struct PolicyValueTests {
  @Test func readsWords() throws {
    #expect(try ["now", "window", "noted"].map { try Due($0) } == [.now, .window, .noted])
    #expect(try DueCause.allCases.map { try DueCause($0.rawValue) } == DueCause.allCases)
    #expect(try Severity.allCases.map { try Severity($0.rawValue) } == Severity.allCases)
    #expect(Severity.allCases == Severity.allCases.sorted())
  }

  @Test(arguments: [
    ("3 days", 259_200), ("P3D", 259_200), ("1 week 12h", 648_000), ("PT36H", 129_600), ("off", 0),
    ("0 days", 0), ("0", 0),
    ("36525 days", 3_155_760_000),
  ]) func readsDurations(_ text: String, _ seconds: Int64) throws {
    let duration = try PolicyDuration(text)
    #expect(duration.seconds == seconds)
    #expect(try PolicyDuration(duration.description) == duration)
  }

  @Test func writesDurations() throws {
    #expect(try PolicyDuration("P1DT1H1M1S").description == "1 day 1 hour 1 minute 1 second")
    #expect(try PolicyDuration("PT48H").description == "2 days")
    #expect(try PolicyDuration(days: 0) == .off)
    #expect(try PolicyDuration(days: 90).days == 90)
  }

  private static let faults: [(String, @Sendable () throws -> Void, String)] = [
    ("due", { _ = try Due("soon") }, "`soon` isn't one of now, window, noted"),
    ("due in capitals", { _ = try Due("Now") }, "`Now` isn't one of now, window, noted"),
    (
      "severity", { _ = try Severity("moderate") },
      "`moderate` isn't one of unknown, low, medium, high, critical"
    ),
    (
      "cause", { _ = try DueCause("severe") },
      "`severe` isn't one of critical, high, medium, low, unknown, yanked, withdrawn, stale, quarantined, archived, deprecated"
    ),
    (
      "hostile text", { _ = try Due("\u{1B}]0;x\u{7}") },
      "`\u{FFFD}]0;x\u{FFFD}` isn't one of now, window, noted"
    ),
    (
      "no duration", { _ = try PolicyDuration("3") },
      "`3` is no length of time; write \"3 days\", \"36 hours\", P3D, PT36H, or off"
    ),
    (
      "months", { _ = try PolicyDuration("2 months") },
      "`2 months`: months and years differ in length; write days or weeks (\"30 days\", P30D)"
    ),
    ("centuries", { _ = try PolicyDuration("36526 days") }, "`36526 days` is longer than 100 years"),
    (
      "endless duration", { _ = try PolicyDuration(String(repeating: "1s ", count: 1_000)) },
      "`\(String(repeating: "1s ", count: 26))1s…` is no length of time; write \"3 days\", \"36 hours\", P3D, PT36H, or off"
    ),
    ("negative days", { _ = try PolicyDuration(days: -1) }, "`-1` isn't between 0 and 36525"),
    (
      "date with a slash", { _ = try CalendarDate("2026/12/31") },
      "`2026/12/31` is no date; write one like 2026-12-31"
    ),
    ("short date", { _ = try CalendarDate("2026-1-1") }, "`2026-1-1` is no date; write one like 2026-12-31"),
    (
      "date and time", { _ = try CalendarDate("2026-12-31T") },
      "`2026-12-31T` is no date; write one like 2026-12-31"
    ),
    (
      "30 February", { _ = try CalendarDate("2026-02-30") },
      "there is no day `2026-02-30`; write one like 2026-12-31"
    ),
    (
      "29 February 2100", { _ = try CalendarDate("2100-02-29") },
      "there is no day `2100-02-29`; write one like 2026-12-31"
    ),
    (
      "year 0", { _ = try CalendarDate("0000-01-01") },
      "there is no day `0000-01-01`; write one like 2026-12-31"
    ),
    (
      "out of the folder", { _ = try TimeZoneName("../../etc/passwd") },
      "`../../etc/passwd` is no name of a time zone; write one like Europe/Berlin or UTC"
    ),
    (
      "absolute", { _ = try TimeZoneName("/etc/x") },
      "`/etc/x` is no name of a time zone; write one like Europe/Berlin or UTC"
    ),
    (
      "empty", { _ = try TimeZoneName("") },
      "`` is no name of a time zone; write one like Europe/Berlin or UTC"
    ),
    (
      "offset", { _ = try TimeZoneName("+01:00") },
      "`+01:00` is no name of a time zone; write one like Europe/Berlin or UTC"
    ),
    (
      "ignore of nothing", { _ = try Ignore(reason: "x", until: "2026-12-31") },
      "an ignore names an advisory (`id`) or a package (`package`)"
    ),
    (
      "ignore without end", { _ = try Ignore(id: "GHSA-1", reason: "x", until: nil) },
      "an ignore needs the day on which it ends: `until = 2026-12-31`"
    ),
    (
      "ignore without reason", { _ = try Ignore(id: "GHSA-1", reason: nil, until: "2026-12-31") },
      "an ignore needs `reason`"
    ),
    (
      "ignore with a blank reason", { _ = try Ignore(id: "GHSA-1", reason: " \n", until: "2026-12-31") },
      "`reason`: a reason is required: say why nothing has to be done"
    ),
    (
      "ignore of no id", { _ = try Ignore(id: "*", reason: "x", until: "2026-12-31") },
      "`id`: `*` is no id of an advisory; write one like GHSA-abcd-2345-efgh"
    ),
    (
      "ignore of no package", { _ = try Ignore(package: "-x", reason: "x", until: "2026-12-31") },
      "`package`: `-x` is no name of a package: a name must begin and end with a letter or a digit, not `-`"
    ),
    (
      "ignore of no version",
      { _ = try Ignore(package: "x", version: "all", reason: "x", until: "2026-12-31") },
      "`version`: `all` is neither a version (1.2.3) nor a set of specifiers (>=1,<2)"
    ),
    (
      "ignore until a wrong day", { _ = try Ignore(package: "x", reason: "x", until: "2026-13-01") },
      "`until`: there is no day `2026-13-01`; write one like 2026-12-31"
    ),
  ]

  @Test(arguments: faults.map(\.0)) func refuses(_ name: String) throws {
    let fault = try #require(Self.faults.first { $0.0 == name })
    let error = #expect(throws: (any Error).self) { try fault.1() }
    #expect(error.map { "\($0)" } == fault.2)
  }

  @Test(arguments: [
    "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC", "America/Port-au-Prince",
  ])
  func readsZones(_ text: String) throws {
    #expect(try TimeZoneName(text).description == text)
  }

  /// Every day of 1 600 years, forwards and back.
  @Test func countsDays() throws {
    var days = try CalendarDate("1500-01-01").daysSince1970
    for year in 1500..<3100 {
      for month in 1...12 {
        for day in [1, 28, CalendarDate.dayCount(year: year, month: month)] {
          let date = try #require(CalendarDate(year: year, month: month, day: day))
          #expect(CalendarDate(daysSince1970: date.daysSince1970) == date)
        }
        let first = try #require(CalendarDate(year: year, month: month, day: 1))
        #expect(first.daysSince1970 == days)
        days += CalendarDate.dayCount(year: year, month: month)
      }
    }
    #expect(try CalendarDate("1970-01-01").start == 0)
    #expect(try CalendarDate("2026-11-29").start == 1_795_910_400)
    #expect(CalendarDate(containing: -1).description == "1969-12-31")
    #expect(CalendarDate(containing: .max).description == "9999-12-30")
    // A Sunday.
    #expect(CalendarDate.weekday(daysSince1970: try CalendarDate("2026-11-29").daysSince1970) == 0)
  }
}
