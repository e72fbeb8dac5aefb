import Testing

@testable import PackageIndex

@Suite struct HTTPDateTests {
  // RFC 9110 §5.6.7.
  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func `the three forms read alike`(text: String) {
    #expect(HTTPDate(text, now: 1_800_000_000)?.seconds == 784_111_777)
  }

  @Test(arguments: [
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
    ("Tue, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
  ])
  func `days are counted across leap years`(text: String, seconds: Int64) {
    #expect(HTTPDate(text, now: 0)?.seconds == seconds)
  }

  @Test(arguments: [
    "", "0", "-1", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "a b c d e f",
  ])
  func `anything else is no date`(text: String) {
    #expect(HTTPDate(text, now: 0) == nil)
  }
}

@Suite struct FreshnessTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var fields: HTTPFields
    /// Seconds from its arrival; nil: may not be kept.
    var lifetime: Int64?
  }

  private static let received: Int64 = 784_111_777
  private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
  private static let tenSecondsAgo = "Sun, 06 Nov 1994 08:49:27 GMT"
  private static let minuteLater = "Sun, 06 Nov 1994 08:50:37 GMT"
  private static let minuteAgo = "Sun, 06 Nov 1994 08:48:37 GMT"

  @Test(arguments: [
    Case(testDescription: "nothing said", fields: [:], lifetime: 600),
    Case(testDescription: "only a date", fields: ["Date": tenSecondsAgo], lifetime: 590),
    Case(testDescription: "only a tag", fields: ["ETag": "\"t\""], lifetime: 0),
    Case(testDescription: "nothing about time", fields: ["Cache-Control": "public"], lifetime: 0),
    Case(testDescription: "max-age", fields: ["Cache-Control": "max-age=600, public"], lifetime: 600),
    Case(testDescription: "quoted", fields: ["cache-control": "Max-Age=\"60\""], lifetime: 60),
    Case(
      testDescription: "Age counts", fields: ["Cache-Control": "max-age=600", "Age": "100"], lifetime: 500),
    Case(
      testDescription: "all used up", fields: ["Cache-Control": "max-age=600", "Age": "900"], lifetime: 0),
    Case(
      testDescription: "an old Date counts", fields: ["Cache-Control": "max-age=600", "Date": tenSecondsAgo],
      lifetime: 590),
    Case(
      testDescription: "s-maxage is for others", fields: ["Cache-Control": "s-maxage=900, max-age=5"],
      lifetime: 5),
    Case(testDescription: "no-cache", fields: ["Cache-Control": "no-cache, max-age=600"], lifetime: 0),
    Case(testDescription: "no-store", fields: ["Cache-Control": "max-age=600, no-store"], lifetime: nil),
    Case(
      testDescription: "a comma in quotes", fields: ["Cache-Control": "private=\"a, no-store\", max-age=7"],
      lifetime: 7),
    Case(
      testDescription: "two fields", fields: ["Cache-Control": "public", "cache-control": "max-age=9"],
      lifetime: 9),
    Case(
      testDescription: "the lesser of two", fields: ["Cache-Control": "max-age=9, max-age=3"], lifetime: 3),
    Case(testDescription: "nonsense is stale", fields: ["Cache-Control": "max-age=ten"], lifetime: 0),
    Case(
      testDescription: "at most a year", fields: ["Cache-Control": "max-age=99999999999999999999"],
      lifetime: 31_536_000),
    Case(testDescription: "Expires", fields: ["Expires": minuteLater, "Date": date], lifetime: 60),
    Case(testDescription: "Expires without Date", fields: ["Expires": minuteLater], lifetime: 60),
    Case(testDescription: "an invalid Expires", fields: ["Expires": "0"], lifetime: 0),
    Case(
      testDescription: "max-age before Expires",
      fields: ["Expires": minuteLater, "Cache-Control": "max-age=1"],
      lifetime: 1),
    Case(
      testDescription: "a tenth since Last-Modified", fields: ["Last-Modified": minuteAgo, "Date": date],
      lifetime: 6),
    Case(
      testDescription: "but ten minutes at most", fields: ["Last-Modified": "Sun, 06 Nov 1983 08:49:37 GMT"],
      lifetime: 600),
    Case(
      testDescription: "modified in the future", fields: ["Last-Modified": minuteLater, "Date": date],
      lifetime: 0),
    Case(
      testDescription: "Vary: *", fields: ["Cache-Control": "max-age=600", "Vary": "Accept, *"], lifetime: 0),
    Case(
      testDescription: "Vary: Accept", fields: ["Cache-Control": "max-age=600", "Vary": "Accept"],
      lifetime: 600),
    Case(testDescription: "Pragma", fields: ["Pragma": "no-cache", "Expires": minuteLater], lifetime: 0),
  ])
  func `a response is fresh as long as RFC 9111 has it`(response: Case) {
    let freshness = Freshness(fields: response.fields, requested: Self.received, received: Self.received)
    #expect(freshness.isStorable == (response.lifetime != nil))
    #expect(freshness.freshUntil - Self.received == response.lifetime ?? 0)
  }

  @Test func `the time a response took counts as age`() {
    let freshness = Freshness(
      fields: ["Cache-Control": "max-age=600"], requested: Self.received - 20, received: Self.received)
    #expect(freshness.freshUntil == Self.received + 580)
  }
}
