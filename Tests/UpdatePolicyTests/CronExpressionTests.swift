import Testing

@testable import UpdatePolicy

/// What is a cron expression, and what isn't.
@Suite struct CronExpressionTests {
  @Test(arguments: [
    ("0 6 * * MON", "0 6 * * 1"), ("0 6 * * mon", "00 06 * * 1"), ("*/15 * * * *", "0,15,30,45 */1 * * *"),
    ("0 0 * * 0", "0 0 * * 7"), ("0 0 * * SUN", "@weekly"), ("0 0 * * 5-7", "0 0 * * FRI-SUN"),
    ("0 0 * * SAT-SUN", "0 0 * * 0,6"), ("1-10/3 * * * *", "1,4,7,10 * * * *"), ("0 0 1 1 *", "@yearly"),
    ("0 0 1 jan *", "@ANNUALLY"), ("0 0 1 * *", "@monthly"), ("@daily", "@midnight"),
    ("@hourly", "0 * * * *"),
    ("  0\t6 * *  MON ", "0 6 * * MON"), ("0 0 1,1,1-2 * *", "0 0 1-2 * *"), ("0 0 * DEC *", "0 0 * 12 *"),
    ("0 0 * * 0-7", "0 0 * * 0-6"), ("5-5 * * * *", "5 * * * *"), ("0-59/60 * * * *", "0 * * * *"),
  ]) func meansTheSame(_ text: String, _ other: String) throws {
    let (left, right) = (try CronExpression(text), try CronExpression(other))
    #expect(left.minutes.bits == right.minutes.bits)
    #expect(left.hours.bits == right.hours.bits)
    #expect(left.daysOfMonth.bits == right.daysOfMonth.bits)
    #expect(left.months.bits == right.months.bits)
    #expect(left.daysOfWeek.bits == right.daysOfWeek.bits)
    #expect(try CronExpression(left.description) == left)
  }

  @Test func keepsItsText() throws {
    #expect(try CronExpression(" 0  6\t* * MON").description == "0 6 * * MON")
    #expect(try CronExpression("@Daily").description == "@daily")
    #expect(try CronExpression("0 6 * * MON") == .mondayMorning)
    #expect(CronExpression.mondayMorning.description == "0 6 * * MON")
  }

  private static let faults: [(MarkedText, String)] = [
    (MarkedText("1️⃣"), "expected 5 fields (minute, hour, day of month, month, day of week), found 0"),
    (MarkedText("0 6 * *1️⃣"), "expected 5 fields (minute, hour, day of month, month, day of week), found 4"),
    (
      MarkedText("0 6 * * MON 1️⃣2026"),
      "expected 5 fields (minute, hour, day of month, month, day of week), found 6"
    ),
    (MarkedText("1️⃣60 6 * * *"), "minute: `60` isn't between 0 and 59"),
    (MarkedText("0 1️⃣25 * * *"), "hour: `25` isn't between 0 and 23"),
    (MarkedText("0 0 1️⃣0 * *"), "day of month: `0` isn't between 1 and 31"),
    (MarkedText("0 0 1,1️⃣32 * *"), "day of month: `32` isn't between 1 and 31"),
    (MarkedText("0 0 * 1️⃣13 *"), "month: `13` isn't between 1 and 12"),
    (MarkedText("0 0 * * 1-1️⃣8"), "day of week: `8` isn't between 0 and 7"),
    (MarkedText("1️⃣99999999999999999999 0 * * *"), "minute: `99999999999999999999` isn't between 0 and 59"),
    (MarkedText("0 1️⃣MON * * *"), "hour: expected a number, found `MON`"),
    (
      MarkedText("0 0 * * 1️⃣MONDAY"),
      "day of week: expected a number or a name (sun, mon, tue, wed, thu, fri, sat), found `MONDAY`"
    ),
    (MarkedText("0 0 * * 1️⃣FRI-MON"), "day of week: `FRI-MON` ends before it begins; write two ranges"),
    (MarkedText("0 1️⃣9-8 * * *"), "hour: `9-8` ends before it begins; write two ranges"),
    (MarkedText("*/1️⃣0 * * * *"), "minute: the step `0` isn't between 1 and 60"),
    (MarkedText("*/1️⃣61 * * * *"), "minute: the step `61` isn't between 1 and 60"),
    (MarkedText("*/1️⃣ * * * *"), "minute: the step `` isn't between 1 and 60"),
    (MarkedText("*/1️⃣-1 * * * *"), "minute: the step `-1` isn't between 1 and 60"),
    (MarkedText("1️⃣5/10 * * * *"), "minute: a step needs a range: write `5-59/` and the step"),
    (MarkedText("0 1️⃣*/2/2 * * *"), "hour: expected a number, found `*/2/2`"),
    (MarkedText("1️⃣1-2-3 * * * *"), "minute: expected a number, found `1-2-3`"),
    (MarkedText("1,1️⃣,2 * * * *"), "minute: expected a number between the commas"),
    (MarkedText("1,1️⃣ * * * *"), "minute: expected a number between the commas"),
    (MarkedText("1️⃣-1 * * * *"), "minute: expected a number, found ``"),
    (MarkedText("0 0 1️⃣? * MON"), "day of month: `?` is no cron, but an extension of some programs"),
    (MarkedText("0 0 1️⃣L * *"), "day of month: `L` is no cron, but an extension of some programs"),
    (MarkedText("0 0 1️⃣15W * *"), "day of month: `15W` is no cron, but an extension of some programs"),
    (MarkedText("0 0 * * 1️⃣MON#2"), "day of week: `MON#2` is no cron, but an extension of some programs"),
    (MarkedText("0 0 * * 1️⃣5L"), "day of week: `5L` is no cron, but an extension of some programs"),
    (MarkedText("1️⃣H 0 * * *"), "minute: `H` is no cron, but an extension of some programs"),
    (MarkedText("1️⃣0~59 0 * * *"), "minute: `0~59` is no cron, but an extension of some programs"),
    (
      MarkedText("1️⃣@reboot"),
      "`@reboot` isn't one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly"
    ),
    (
      MarkedText("1️⃣@every 5m"),
      "`@every 5m` isn't one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly"
    ),
    (MarkedText("0 0 1️⃣30 2 *"), "day of month: no year has such a day"),
    (MarkedText("0 0 1️⃣31 2,4,6,9,11 *"), "day of month: no year has such a day"),
    (MarkedText("0 0 1️⃣30-31 FEB */2"), "day of month: no year has such a day"),
    (MarkedText("1️⃣\u{1B}[2J 0 * * *"), "minute: expected a number, found `\u{FFFD}[2J`"),
  ]

  @Test(arguments: faults) func refuses(_ marked: MarkedText, _ words: String) {
    let error = #expect(throws: CronError.self) { try CronExpression(marked.text) }
    #expect(error?.offset == marked.offset)
    #expect(error?.description == words)
  }

  @Test func refusesLongText() {
    let text = "0" + String(repeating: ",0", count: 200) + " * * * *"
    #expect(throws: CronError(at: 256, .tooLong(limit: 256))) { try CronExpression(text) }
  }

  /// 29 February is a day, even of one weekday only; and a day that no month has is meant by its weekday where either counts.
  @Test(arguments: ["0 0 29 2 *", "0 0 30 2 MON", "0 0 29 2 */6", "0 0 31 * *"]) func takes(_ text: String)
    throws
  {
    let expression = try CronExpression(text)
    #expect(expression.next(after: 0, in: .utc) != nil)
    #expect(expression.previous(before: 4_000_000_000, in: .utc) != nil)
  }

  /// Random texts of the characters of expressions are read or refused; what is read has a next time, and one before it.
  @Test func survivesNoise() throws {
    let pieces = [
      "*", "/", "-", ",", " ", " ", "0", "1", "7", "12", "31", "59", "MON", "feb", "@", "L", "?", "é",
    ]
    var random = SplitMix64(seed: 5)
    let zone = try Fixture.rules("Africa/Casablanca")
    var read = 0
    for _ in 0..<15_000 {
      let isShaped = Bool.random(using: &random)
      let count = Int.random(in: 1...(isShaped ? 2 : 12), using: &random)
      func word() -> String {
        (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
      let text =
        isShaped
        ? (0..<5).map { _ in Bool.random(using: &random) ? "*" : word() }.joined(separator: " ") : word()
      guard let expression = try? CronExpression(text) else { continue }
      read += 1
      let next = try #require(expression.next(after: 1_700_000_000, in: zone), "\(text)")
      #expect(next > 1_700_000_000)
      #expect(try #require(expression.previous(before: next + 1, in: zone)) == next, "\(text)")
    }
    #expect(read > 500)
  }
}
