import PythonPackaging
import Testing

@testable import Advisories

@Suite struct AffectedRangeTests {
  @Test func sortsByVersionAndKeepsTheOrderOfEquals() throws {
    let (one, two, three) = try (Version("1.0"), Version("2.0"), Version("10.0"))
    let range = AffectedRange([
      .fixed(three), .introduced(two), .limit(one), .fixed(two), .introduced(nil), .limit(three), .fixed(one),
      .lastAffected(one),
    ])
    #expect(
      range.events == [
        .introduced(nil), .fixed(one), .lastAffected(one), .introduced(two), .fixed(two), .fixed(three),
      ])
    #expect(range.limit == three)
    #expect(AffectedRange([.introduced(nil), .limit(one), .limit(nil)]).limit == nil)
    #expect(AffectedRange([.introduced(nil)]).limit == nil)
  }
}
