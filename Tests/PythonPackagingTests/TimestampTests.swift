import Testing

@testable import PythonPackaging

@Suite("Timestamps of RFC 3339, section 5.6")
struct TimestampTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let milliseconds: Int64?
    var testDescription: String { text }

    init(_ text: String, _ milliseconds: Int64?) {
      self.text = text
      self.milliseconds = milliseconds
    }
  }

  static let cases: [Case] = [
    Case("1970-01-01T00:00:00Z", 0),
    Case("1969-12-31T23:59:59.999Z", -1),
    Case("0001-01-01T00:00:00Z", -62_135_596_800_000),
    Case("2000-02-29T12:00:00Z", 951_825_600_000),
    Case("2016-04-20T04:13:06.946151Z", 1_461_125_586_946),
    Case("2016-04-20T04:13:06Z", 1_461_125_586_000),
    Case("2016-04-20T04:13:06.9Z", 1_461_125_586_900),
    Case("2016-04-20T04:13:06.946999999999Z", 1_461_125_586_946),
    Case("2016-04-20t04:13:06z", 1_461_125_586_000),
    Case("2016-04-20 04:13:06Z", 1_461_125_586_000),
    Case("2016-04-20T06:13:06+02:00", 1_461_125_586_000),
    Case("2016-04-19T22:43:06-05:30", 1_461_125_586_000),
    Case("2024-12-31T23:59:59.5Z", 1_735_689_599_500),
    Case("2016-12-31T23:59:60Z", 1_483_228_800_000),
    Case("2100-03-01T00:00:00Z", 4_107_542_400_000),
    Case("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    Case("", nil),
    Case("2016-04-20", nil),
    Case("2016-04-20T04:13:06", nil),
    Case("2016-04-20T04:13Z", nil),
    Case("2016-04-20T04:13:06.Z", nil),
    Case("2016-04-20T04:13:06ZZ", nil),
    Case("2016-04-20T04:13:06Z ", nil),
    Case(" 2016-04-20T04:13:06Z", nil),
    Case("2016-4-20T04:13:06Z00", nil),
    Case("2016-00-20T04:13:06Z", nil),
    Case("2016-13-20T04:13:06Z", nil),
    Case("2016-04-31T04:13:06Z", nil),
    Case("2016-04-00T04:13:06Z", nil),
    Case("2015-02-29T04:13:06Z", nil),
    Case("2100-02-29T04:13:06Z", nil),
    Case("2016-04-20T24:13:06Z", nil),
    Case("2016-04-20T04:60:06Z", nil),
    Case("2016-04-20T04:13:61Z", nil),
    Case("2016-04-20T04:13:06+0200", nil),
    Case("2016-04-20T04:13:06+24:00", nil),
    Case("2016-04-20T04:13:06+02:60", nil),
    Case("2016-04-20X04:13:06Z", nil),
    Case("２016-04-20T04:13:06Z", nil),
  ]

  @Test(arguments: cases)
  func reads(_ example: Case) {
    let bytes = Array("<\(example.text)>".utf8)
    #expect(Timestamp.milliseconds(1..<bytes.count - 1, in: bytes.span) == example.milliseconds)
  }

  @Test("A whole day passes between every two days of 500 years")
  func everyDay() {
    var expected: Int64 = -11_676_096_000_000
    for year in 1600..<2100 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (month, days) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...days {
          let bytes = Array("\(year)-\(pad(month + 1))-\(pad(day))T00:00:00Z".utf8)
          let found = Timestamp.milliseconds(0..<bytes.count, in: bytes.span)
          if found != expected { Issue.record("\(year)-\(month + 1)-\(day): \(String(describing: found))") }
          expected += 86_400_000
        }
      }
    }
    #expect(expected == 4_102_444_800_000)
  }

  @Test("The range has the first and the last moment that can be written, and no more")
  func range() {
    let first = Array("0000-01-01T00:00:00+23:59".utf8)
    let last = Array("9999-12-31T23:59:60.999-23:59".utf8)
    let bounds = [first, last].map { Timestamp.milliseconds(0..<$0.count, in: $0.span) }
    #expect(bounds.allSatisfy { $0.map { Timestamp.range.contains($0) } ?? false })
    #expect(!Timestamp.range.contains(.min) && !Timestamp.range.contains(.max))
  }

  private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
