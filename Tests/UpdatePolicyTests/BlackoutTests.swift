import PythonPackaging
import Testing

@testable import UpdatePolicy

/// Days on which no window is.
@Suite struct BlackoutTests {
  @Test(arguments: [
    ("2026-12-24", "2026-12-24"), ("2026-12-20..2027-01-02", "2026-12-20..2027-01-02"),
    ("2026-12-24..2026-12-24", "2026-12-24"),
  ]) func daysAreRead(_ text: String, _ shown: String) throws {
    #expect("\(try Blackout(text))" == shown)
  }

  @Test(arguments: [
    ("2026-13-01", "2026-13-01", PolicyValueError.Reason.noSuchDay),
    ("2026-12-24..2026-02-30", "2026-02-30", .noSuchDay), ("24.12.2026", "24.12.2026", .date),
    ("", "", .date),
    ("2026-12-24..", "", .date), ("..2026-12-24", "", .date),
    ("2026-12-24...2026-12-25", ".2026-12-25", .date),
    ("2026-12-24..2026-12-23", "2026-12-24..2026-12-23", .reversedDays),
    ("2026-12-24T00:00:00", "2026-12-24T00:00:00", .date),
  ]) func whatIsNoDayIsTold(_ text: String, _ found: String, _ reason: PolicyValueError.Reason) {
    #expect(throws: PolicyValueError(found, reason)) { try Blackout(text) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let window: String
    let zone: String
    let blackouts: [String]

    var testDescription: String { "\(window) in \(zone) not on \(blackouts)" }
  }

  private static let cases = [
    Case(window: "0 6 * * MON", zone: "Europe/Berlin", blackouts: ["2026-03-30", "2026-12-20..2027-01-10"]),
    Case(
      window: "*/7 * * * *", zone: "Europe/Berlin",
      blackouts: ["2026-03-29", "2026-10-25", "2026-05-01..2026-06-30"]),
    Case(
      window: "*/20 * * * *", zone: "Pacific/Apia",
      blackouts: ["2026-01-02..2026-01-02", "2026-04-01..2026-04-12"]),
    Case(
      window: "30 0,2,23 * * *", zone: "Australia/Lord_Howe",
      blackouts: ["2026-04-05", "2026-10-03..2026-10-04"]),
    Case(
      window: "15 0 * * *", zone: "America/Santiago",
      blackouts: ["2026-09-06", "2026-09-07..2026-09-12", "2026-09-10..2026-09-20"]),
  ]

  /// What is left is what the window has without those days, forwards and backwards.
  @Test(arguments: cases) func theDaysAreLeftOut(_ example: Case) throws {
    let rules = try Fixture.rules(example.zone)
    let days = try example.blackouts.map { try Blackout($0) }
    let schedule = Schedule(
      window: try CronExpression(example.window), timeZone: try TimeZoneName(example.zone), blackouts: days)
    let (start, end) = (try Fixture.moment("2026-01-01"), try Fixture.moment("2027-02-01"))
    var expected: [Int64] = []
    var last = start
    while let next = schedule.window.next(after: last, in: rules), next < end {
      let day = CalendarDate(containing: next + Int64(rules.offset(at: next)))
      if !days.contains(where: { $0.first <= day && day <= $0.last }) { expected.append(next) }
      last = next
    }
    var found: [Int64] = []
    last = start
    while let next = schedule.next(after: last, rules: rules), next < end {
      found.append(next)
      last = next
    }
    #expect(found == expected)
    var back: [Int64] = []
    last = end
    while let previous = schedule.previous(before: last, rules: rules), previous > start {
      back.append(previous)
      last = previous
    }
    #expect(back.reversed() == expected)
    #expect(expected.count > 20)
  }

  /// Nobody waits for a window that never comes, nor looks at each minute of 8000 years.
  @Test func theSearchEnds() throws {
    let schedule = Schedule(
      window: try CronExpression("* * * * *"), blackouts: [try Blackout("0001-01-01..9999-12-31")])
    for moment in [Int64.min, 0, 1_795_950_000, Int64.max] {
      #expect(schedule.next(after: moment, rules: .utc) == nil)
      #expect(schedule.previous(before: moment, rules: .utc) == nil)
    }
    let later = Schedule(window: schedule.window, blackouts: [try Blackout("0001-01-01..9000-12-31")])
    #expect(try later.next(after: 0, rules: .utc) == Fixture.moment("9001-01-01"))
    #expect(later.previous(before: 0, rules: .utc) == nil)
  }

  @Test func theAssessmentsWindowIsNoneOfThem() throws {
    var policy = Policy()
    policy.schedule.blackouts = [try Blackout("2026-11-30")]
    let assessor = Assessor(policy: policy, now: try Fixture.moment("2026-11-29 12:00"), projects: [])
    #expect(try assessor.nextWindow == Fixture.moment("2026-12-07 06:00"))
  }

  @Test func whatAHistoryKeptIsJudgedByTodaysPolicy() throws {
    var policy = Policy()
    policy.due[.high] = .window
    policy.ignores = [
      try Ignore(package: "lib", reason: "known", until: "2030-01-01"),
      try Ignore(package: "old", reason: "known", until: "2020-01-01"),
    ]
    func urgency(_ kind: String, _ key: String, _ severity: String?, _ package: String) throws -> Finding
      .Urgency?
    {
      policy.finding(
        recordedAs: kind, key: key, severity: severity, of: try PackageName(package), try Version("1.0"),
        in: "r.txt", firstSeen: 0, now: try Fixture.moment("2026-11-29"))?.urgency
    }
    #expect(try urgency("vulnerable", "GHSA-1", "high", "app") == .dueAtWindow)
    #expect(try urgency("vulnerable", "GHSA-1", "critical", "app") == .dueNow)
    #expect(try urgency("vulnerable", "GHSA-1", nil, "app") == .dueAtWindow)
    #expect(try urgency("vulnerable", "MAL-1", nil, "lib") == .dueNow)
    #expect(try urgency("vulnerable", "GHSA-1", "critical", "lib") == .ignored)
    #expect(try urgency("stale", "stale", nil, "old") == .dueAtWindow)
    #expect(try urgency("pin-age", "pin-age", nil, "app") == .noted)
    #expect(try urgency("broken", "", nil, "app") == nil)
  }
}
