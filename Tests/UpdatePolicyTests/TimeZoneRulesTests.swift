import Testing

@testable import UpdatePolicy

/// Files of the tz database against what Python's zoneinfo says of them.
@Suite struct TimeZoneRulesTests {
  @Test(arguments: Fixture.zones, ["fat", "slim"]) func agreesWithZoneinfo(_ zone: String, _ kind: String)
    throws
  {
    let rules = try Fixture.rules(zone, kind)
    let rows = try #require(try Fixture.rows("offsets.tsv")[zone])
    #expect(rows.count >= 200)
    for row in rows {
      let (moment, offset) = (try #require(Int64(row[1])), try #require(Int(row[2])))
      #expect(rules.offset(at: moment) == offset, "\(Fixture.text(moment))")
      let stretch = rules.stretch(containing: moment)
      #expect(stretch.start <= moment && moment < stretch.end)
      #expect(stretch.offset == offset)
    }
  }

  /// Stretches follow each other without a gap, also where the table ends and the rule begins.
  @Test(arguments: Fixture.zones, ["fat", "slim"]) func stretchesFollowEachOther(
    _ zone: String, _ kind: String
  ) throws {
    let rules = try Fixture.rules(zone, kind)
    var moment: Int64 = -3_000_000_000
    var count = 0
    while moment < 5_000_000_000 {
      let stretch = rules.stretch(containing: moment)
      if stretch.start != .min {
        let before = rules.stretch(containing: stretch.start - 1)
        #expect(before.end == stretch.start)
      }
      guard stretch.end != .max else { break }
      moment = stretch.end
      count += 1
    }
    #expect(count > 1 && count < 1_000)
  }

  struct Rule: CustomTestStringConvertible {
    let text: String
    let moment: String
    let offset: Int
    var testDescription: String { "\(text) at \(moment)" }
  }

  @Test(arguments: [
    Rule(text: "CET-1CEST,M3.5.0,M10.5.0/3", moment: "2026-03-29 00:59", offset: 3_600),
    Rule(text: "CET-1CEST,M3.5.0,M10.5.0/3", moment: "2026-03-29 01:00", offset: 7_200),
    Rule(text: "CET-1CEST,M3.5.0,M10.5.0/3", moment: "2026-10-25 01:00", offset: 3_600),
    // The south has its summer around the new year.
    Rule(text: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", moment: "2027-01-01 00:00", offset: 39_600),
    Rule(text: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", moment: "2026-07-01 00:00", offset: 37_800),
    Rule(text: "<+0545>-5:45", moment: "2026-07-01 00:00", offset: 20_700),
    // Summer time all year (RFC 9636, 3.3.1).
    Rule(text: "XXX3EDT4,0/0,J365/23", moment: "2026-01-01 03:00", offset: -14_400),
    Rule(text: "XXX3EDT4,0/0,J365/23", moment: "2026-12-31 23:59", offset: -14_400),
    Rule(text: "XXX3EDT4,0/0,J365/23", moment: "2028-06-01 00:00", offset: -14_400),
    // Hours beyond a day: Thursday 24:00 and such.
    Rule(text: "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", moment: "2026-03-29 00:59", offset: -10_800),
    Rule(text: "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", moment: "2026-03-29 01:00", offset: -7_200),
    Rule(text: "IST-2IDT,M3.4.4/26,M10.5.0", moment: "2026-03-26 23:59", offset: 7_200),
    Rule(text: "IST-2IDT,M3.4.4/26,M10.5.0", moment: "2026-03-27 00:00", offset: 10_800),
    // J60 is 1 March, leap year or not; day 59 from 0 is 29 February in a leap year.
    Rule(text: "AAA0BBB,J60/0,J300/0", moment: "2028-02-29 23:59", offset: 0),
    Rule(text: "AAA0BBB,J60/0,J300/0", moment: "2028-03-01 00:00", offset: 3_600),
    Rule(text: "AAA0BBB,59/0,300/0", moment: "2028-02-29 00:00", offset: 3_600),
    Rule(text: "AAA0BBB,59/0,300/0", moment: "2027-02-28 23:59", offset: 0),
  ]) func readsRules(_ rule: Rule) throws {
    let zone = try #require(PosixTimeZone(rule.text.utf8))
    #expect(zone.stretch(containing: try Fixture.moment(rule.moment)).offset == rule.offset)
  }

  @Test(arguments: [
    "", "C", "CE-1", "CET", "CET-25", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x",
    "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J1", "CET-1CEST,366,1", "CET-1CEST,1/168,2", "<CET-1", "<C>-1",
    "CET-1:60", "CET-1:00:60", "CET--1", "CET-0001", "C3T-1", "CET-1CEST,M3.5.0,M10.5.0,",
  ]) func refusesRules(_ text: String) {
    #expect(PosixTimeZone(text.utf8) == nil)
  }

  struct Fault: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let error: TimeZoneError

    init(_ words: String, _ bytes: [UInt8], _ reason: TimeZoneError.Reason, at offset: Int) {
      testDescription = words
      self.bytes = bytes
      error = TimeZoneError(reason, at: offset)
    }
  }

  /// A file of one block, version 1: two types, two transitions.
  private static func small(
    version: UInt8 = 0, counts: [UInt32] = [0, 0, 0, 2, 2, 8], moments: [Int32] = [10, 20],
    kinds: [UInt8] = [1, 0],
    types: [(Int32, UInt8, UInt8)] = [(0, 0, 0), (3_600, 1, 4)], names: String = "UTC\0BST\0"
  ) -> [UInt8] {
    func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
    return Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15) + counts.flatMap { bytes($0) }
      + moments.flatMap { bytes($0) } + kinds + types.flatMap { bytes($0.0) + [$0.1, $0.2] }
      + Array(names.utf8)
  }

  @Test func readsVersion1() throws {
    let rules = try TimeZoneRules(contentsOfFile: Self.small())
    #expect([9, 10, 19, 20].map { rules.offset(at: $0) } == [0, 3_600, 3_600, 0])
  }

  private static let faults = [
    Fault("nothing", [], .truncated, at: 0),
    Fault("text", Array("#!/bin/sh".utf8), .noMagic, at: 0),
    Fault("the magic alone", Array("TZif".utf8), .truncated, at: 4),
    Fault("version 5", small(version: 0x35), .version(0x35), at: 4),
    Fault("version 1 as a digit", small(version: 0x31), .version(0x31), at: 4),
    Fault("no second block", small(version: 0x32), .truncated, at: 74),
    Fault("no type", small(counts: [0, 0, 0, 2, 0, 8]), .counts, at: 20),
    Fault("no name", small(counts: [0, 0, 0, 2, 2, 0]), .counts, at: 20),
    Fault("one indicator for two types", small(counts: [1, 0, 0, 2, 2, 8]) + [0], .counts, at: 20),
    Fault("too many types", small(counts: [0, 0, 0, 2, 257, 8]), .truncated, at: 74),
    Fault("4 294 967 295 transitions", small(counts: [0, 0, 0, .max, 2, 8]), .truncated, at: 74),
    Fault("everything at most", small(counts: [.max, .max, .max, .max, .max, .max]), .truncated, at: 74),
    Fault(
      "as many with a second block", small(version: 0x32, counts: [.max, .max, .max, .max, .max, .max]),
      .truncated, at: 74),
    Fault("descending", small(moments: [20, 10]), .order, at: 48),
    Fault("twice the same moment", small(moments: [20, 20]), .order, at: 48),
    Fault("a type that isn't there", small(kinds: [1, 2]), .index, at: 53),
    Fault("an offset of 27 hours", small(types: [(0, 0, 0), (97_200, 1, 4)]), .utcOffset(97_200), at: 60),
    Fault("the least offset", small(types: [(.min, 0, 0), (0, 1, 4)]), .utcOffset(-2_147_483_648), at: 54),
    Fault("a flag of 2", small(types: [(0, 2, 0), (0, 1, 4)]), .flag(2), at: 58),
    Fault("a name that isn't there", small(types: [(0, 0, 0), (0, 1, 8)]), .index, at: 65),
    Fault("too large", [UInt8](repeating: 0, count: 65_537), .tooLarge(limit: 65_536), at: 65_536),
    Fault(
      "leap seconds", small(counts: [0, 0, 1, 2, 2, 8]) + [UInt8](repeating: 0, count: 8), .leapSeconds,
      at: 28),
  ]

  @Test(arguments: faults) func refuses(_ fault: Fault) {
    #expect(throws: fault.error) { try TimeZoneRules(contentsOfFile: fault.bytes) }
  }

  @Test func refusesFooters() throws {
    let good = try Fixture.zone("Europe/Berlin")
    let start = try #require(good.dropLast().lastIndex(of: 10))
    let body = Array(good[...start])
    for (footer, reason, offset) in [
      ("CET-1x\n", .rule, start + 1), ("CET-1", .footer, start), ("CET-1\n\n", .footer, start),
      ("", .footer, start),
    ] as [(String, TimeZoneError.Reason, Int)] {
      #expect(throws: TimeZoneError(reason, at: offset), "\(footer)") {
        try TimeZoneRules(contentsOfFile: body + Array(footer.utf8))
      }
    }
    let bare = try TimeZoneRules(contentsOfFile: body + [10])
    #expect(bare.offset(at: 4_000_000_000) == bare.offsets.last)
  }

  /// Damaged files are read or refused, and what is read can be asked.
  @Test func survivesDamage() throws {
    var random = SplitMix64(seed: 9636)
    var refused = 0
    for round in 0..<4_000 {
      var bytes = try Fixture.zone(
        Fixture.zones[round % Fixture.zones.count], round % 2 == 0 ? "fat" : "slim")
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<min(bytes.count, round % 3 == 0 ? bytes.count : 60), using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      if round % 5 == 0 { bytes.removeLast(Int.random(in: 1...bytes.count, using: &random)) }
      do throws(TimeZoneError) {
        let rules = try TimeZoneRules(contentsOfFile: bytes)
        let moment = Int64.random(in: -4_000_000_000...9_000_000_000, using: &random)
        let stretch = rules.stretch(containing: moment)
        #expect(stretch.start <= moment && moment < stretch.end)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1_000 && refused < 4_000)
  }

  @Test(arguments: [Int64.min, -1 << 59, 0, 1 << 59, Int64.max]) func answersAtTheEndsOfTime(_ moment: Int64)
    throws
  {
    for zone in Fixture.zones { #expect(abs(try Fixture.rules(zone).offset(at: moment)) < 93_600) }
    #expect(TimeZoneRules.utc.offset(at: moment) == 0)
  }
}
