import PythonPackaging
import Testing

/// Lengths of time as people and ISO 8601 write them.
@Suite struct TimeSpanTests {
  @Test(arguments: [
    ("7 days", 604_800), ("7d", 604_800), ("1 week", 604_800), ("1w 2d", 777_600), ("36h", 129_600),
    ("1 Day 12 hours", 129_600), ("90 min", 5_400), ("45s", 45), ("0 days", 0), ("P7D", 604_800),
    ("p1w", 604_800), ("PT36H", 129_600), ("P1DT12H", 129_600), ("PT90M", 5_400), ("PT1H30M15S", 5_415),
    ("P1WT1S", 604_801),
  ]) func read(_ text: String, seconds: Int64) throws {
    #expect(try TimeSpan(text).seconds == seconds)
  }

  @Test(
    arguments: [
      ("", .malformed), ("7", .malformed), ("days", .malformed), ("7 fortnights", .malformed),
      ("-7 days", .malformed),
      ("1.5 days", .malformed), ("P", .malformed), ("PT", .malformed), ("P1DT", .malformed),
      ("P1H", .malformed),
      ("PT1D", .malformed), ("PT1S1H", .malformed), ("P1D1D", .malformed), ("P7", .malformed),
      ("7 days ago", .malformed),
      ("3 months", .calendar), ("1 year", .calendar), ("P1Y", .calendar), ("P3M", .calendar),
      ("99999999999999999999 days", .tooLong), ("200 years", .calendar), ("6000 weeks", .tooLong),
      ("5000 weeks 5000 weeks", .tooLong),
    ] as [(String, TimeSpan.Fault)]) func refused(_ text: String, fault: TimeSpan.Fault)
  {
    #expect(throws: fault) { try TimeSpan(text) }
  }
}
