import Testing

@testable import UpdatePolicy

/// When a cron daemon would do it: against one played minute by minute in Python.
@Suite struct CronOccurrenceTests {
  @Test(arguments: Fixture.zones, ["fat", "slim"]) func agreesWithTheDaemon(_ name: String, _ kind: String)
    throws
  {
    let zone = try Fixture.rules(name, kind)
    let rows = try #require(try Fixture.rows("cron.tsv")[name])
    #expect(rows.count > 50)
    for row in rows {
      let expression = try CronExpression(row[1])
      let moments = row[2...].compactMap { Int64($0) }
      try #require(moments.count == 3)
      let next = try #require(expression.next(after: moments[0], in: zone))
      let previous = try #require(expression.previous(before: moments[0], in: zone))
      #expect(Fixture.text(next) == Fixture.text(moments[1]), "\(row[1]) after \(Fixture.text(moments[0]))")
      #expect(
        Fixture.text(previous) == Fixture.text(moments[2]), "\(row[1]) before \(Fixture.text(moments[0]))")
      #expect(next % 60 == 0 && previous % 60 == 0)
    }
  }

  /// From one to the next forwards and back again is the same way.
  @Test(arguments: Fixture.zones) func goesBothWays(_ name: String) throws {
    let zone = try Fixture.rules(name)
    var random = SplitMix64(seed: 60)
    for text in [
      "0 6 * * MON", "30 2 * * *", "*/30 * * * *", "*/20 0-3 * * *", "0 0 29 2 *", "15 1 1-7 * SUN",
    ] {
      let expression = try CronExpression(text)
      for _ in 0..<20 {
        let start = Int64.random(in: 600_000_000...2_800_000_000, using: &random)
        var forwards: [Int64] = []
        for _ in 0..<30 {
          forwards.append(try #require(expression.next(after: forwards.last ?? start, in: zone)))
        }
        #expect(forwards == forwards.sorted() && Set(forwards).count == 30)
        var backwards: [Int64] = [try #require(forwards.last)]
        while backwards.count < 30 {
          backwards.append(try #require(expression.previous(before: backwards.last ?? 0, in: zone)))
        }
        #expect(backwards.reversed() == forwards, "\(text) from \(Fixture.text(start))")
        #expect(try #require(expression.previous(before: forwards[0], in: zone)) <= start)
      }
    }
  }

  @Test(arguments: [
    // Both day fields restricted: either counts. One that begins with a star: both do.
    ("0 0 13 * FRI", "2026-11-29 00:00", "2026-12-04 00:00"),
    ("0 0 13 * *", "2026-11-29 00:00", "2026-12-13 00:00"),
    ("0 0 */12 * FRI", "2026-11-29 00:00", "2026-12-25 00:00"),
    ("0 0 29 2 *", "2096-03-01 00:00", "2104-02-29 00:00"),
    ("0 0 29 2 */7", "2026-01-01 00:00", "2032-02-29 00:00"),
    ("59 23 31 12 *", "2026-12-31 23:58", "2026-12-31 23:59"),
    ("59 23 31 12 *", "2026-12-31 23:59", "2027-12-31 23:59"),
  ]) func inUTC(_ text: String, _ after: String, _ next: String) throws {
    let found = try CronExpression(text).next(after: Fixture.moment(after), in: .utc)
    #expect(Fixture.text(try #require(found)) == next)
  }

  /// At and beyond the ends of what is known there is no answer, and no endless search.
  @Test(arguments: ["0 6 * * MON", "* * * * *", "0 0 29 2 *"]) func endsWithTime(_ text: String) throws {
    let expression = try CronExpression(text)
    for zone in try [.utc] + Fixture.zones.map({ try Fixture.rules($0) }) {
      for moment in [Int64.min, Int64.min + 1, -62_200_000_000, Int64.max, Int64.max - 1, 253_500_000_000] {
        #expect(expression.next(after: moment, in: zone) == nil)
        #expect(expression.previous(before: moment, in: zone) == nil)
      }
      var moment: Int64 = 253_400_000_000 - 400 * 86_400 * 20
      for _ in 0..<40 {
        guard let next = expression.next(after: moment, in: zone) else { break }
        #expect(next > moment)
        moment = next + 300 * 86_400
      }
      moment = -62_130_000_000 + 400 * 86_400 * 20
      for _ in 0..<40 {
        guard let previous = expression.previous(before: moment, in: zone) else { break }
        #expect(previous < moment)
        moment = previous - 300 * 86_400
      }
    }
  }

  /// A hostile table, an hour forward and back every minute, still answers in order.
  @Test func survivesWildClocks() throws {
    let moments = (0..<2_000).map { Int64(1_700_000_000 + $0 * 60) }
    let zone = TimeZoneRules(
      initialOffset: 0, transitions: moments, offsets: moments.indices.map { $0 % 2 == 0 ? 93_600 : -93_600 },
      rule: nil)
    for text in ["30 2 * * *", "*/10 * * * *", "0 0 29 2 *"] {
      let expression = try CronExpression(text)
      var moment: Int64 = 1_699_900_000
      for _ in 0..<100 {
        let next = try #require(expression.next(after: moment, in: zone))
        #expect(next > moment)
        #expect(try #require(expression.previous(before: next + 1, in: zone)) == next)
        moment = next
      }
    }
  }
}
