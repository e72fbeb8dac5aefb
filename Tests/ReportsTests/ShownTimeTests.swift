import PythonPackaging
import Testing
import UpdatePolicy

@testable import Reports

@Suite("Moments and lengths of time are shown in one way") struct ShownTimeTests {
  @Test(
    arguments: [
      (Int64.min, "under an hour"), (-1, "under an hour"), (0, "under an hour"), (3_599, "under an hour"),
      (3_600, "1 hour"), (7_199, "1 hour"), (7_200, "2 hours"), (86_399, "23 hours"), (86_400, "1 day"),
      (172_799, "1 day"), (172_800, "2 days"), (41 * 86_400 + 5, "41 days"), (365 * 86_400, "365 days"),
      (63_115_199, "730 days"), (63_115_200, "2.0 years"), (66_270_959, "2.0 years"),
      (66_270_960, "2.1 years"),
      (94_672_799, "2.9 years"), (94_672_800, "3.0 years"), (315_576_000, "10.0 years"),
      (Int64.max, "292271023045.3 years"),
    ] as [(Int64, String)])
  func length(_ seconds: Int64, _ text: String) { #expect(ShownDuration.text(seconds) == text) }

  /// A longer time is never shown as a shorter one, and nothing is rounded up.
  @Test func lengthsAscend() throws {
    var last = 0.0
    for step in 0..<4_000 {
      let seconds = Int64(step) * 21_601
      let words = ShownDuration.text(seconds).split(separator: " ")
      let unit = try #require(
        ["under": 0.0, "hour": 3_600, "hours": 3_600, "day": 86_400, "days": 86_400, "years": 31_557_600][
          words[0] == "under" ? "under" : String(words[1])])
      let shown = unit * (Double(words[0]) ?? 0)
      #expect(shown >= last && shown <= Double(seconds) + 0.001, "\(words)")
      last = shown
    }
  }

  @Test(
    arguments: [
      (Int64.min, "0.00", 0.0), (0, "0.00", 0), (157_787, "0.00", 0), (157_788, "0.01", 0.01),
      (31_557_600, "1.00", 1),
      (19_785_600, "0.63", 0.63), (31_399_811, "0.99", 0.99), (31_399_812, "1.00", 1),
      (394_470_000, "12.50", 12.5),
    ] as [(Int64, String, Double)])
  func libyears(_ seconds: Int64, _ text: String, _ number: Double) {
    #expect(ShownDuration.libyears(seconds) == text)
    #expect(ShownDuration.libyearNumber(seconds) == number)
  }

  @Test(
    arguments: [
      (Int64(0), "1970-01-01T00:00:00Z", "Thu 1970-01-01 01:00 (Europe/Berlin)", "1970-01-01"),
      (-1, "1969-12-31T23:59:59Z", "Thu 1970-01-01 00:59 (Europe/Berlin)", "1970-01-01"),
      (-3_601, "1969-12-31T22:59:59Z", "Wed 1969-12-31 23:59 (Europe/Berlin)", "1969-12-31"),
      (1_796_029_200, "2026-11-30T09:00:00Z", "Mon 2026-11-30 10:00 (Europe/Berlin)", "2026-11-30"),
      (1_796_081_400, "2026-11-30T23:30:00Z", "Tue 2026-12-01 00:30 (Europe/Berlin)", "2026-12-01"),
      (.max, "9999-12-30T00:00:00Z", "Thu 9999-12-30 01:00 (Europe/Berlin)", "9999-12-30"),
      (.min, "0001-01-03T00:00:00Z", "Wed 0001-01-03 01:00 (Europe/Berlin)", "0001-01-03"),
    ] as [(Int64, String, String, String)])
  func moment(_ seconds: Int64, _ timestamp: String, _ words: String, _ day: String) throws {
    let moments = try Facts.moments()
    #expect(ShownMoments.timestamp(seconds) == timestamp)
    #expect(moments.moment(seconds) == words)
    #expect(moments.day(seconds) == day)
    #expect(ShownMoments.utc.moment(1_796_029_200) == "Mon 2026-11-30 09:00 (UTC)")
  }
}
