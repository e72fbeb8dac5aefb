import PythonPackaging
import Testing
import UpdatePolicy

@testable import Reports

@Suite("A trend is drawn") struct TrendChartTests {
  private static let year: Int64 = 31_557_600

  private static func lines(_ points: [(String, Int64)]) throws -> [String] {
    let points = try points.map {
      LockHistory.TrendPoint(at: try Facts.day($0.0), libyearSeconds: $0.1 * year / 100)
    }
    return TrendChart(points, until: Facts.now, moments: try Facts.moments()).lines(
      TerminalStyle(width: 40))
  }

  @Test func sayInsteadOfDrawing() throws {
    #expect(try Self.lines([]) == ["how many libyears there were before isn't known"])
    #expect(
      try Self.lines([("2026-11-01", 123)]) == [
        "1.23 libyears since 2026-11-01; nothing is known of the time before"
      ])
    #expect(
      try Self.lines([("2026-11-01", 100), ("2026-11-01", 123)]) == [
        "1.23 libyears since 2026-11-01; nothing is known of the time before"
      ])
    #expect(
      try Self.lines([("2026-01-01", 50), ("2026-06-01", 50)]) == [
        "0.50 libyears at all times since 2026-01-01"
      ])
    #expect(
      try Self.lines([("2026-01-01", 0), ("2026-06-01", 0)]) == [
        "0.00 libyears at all times since 2026-01-01"
      ])
    // What is later than now isn't known.
    #expect(try Self.lines([("2027-01-01", 5), ("2028-01-01", 7)]).count == 1)
  }

  @Test func steps() throws {
    // A quarter of the time at a half, a half at nothing, the rest at all of it.
    let midnight = Facts.now / 86_400 * 86_400
    let points = [(400, 50), (300, 0), (100, 100)].map {
      LockHistory.TrendPoint(at: midnight - $0.0 * 86_400, libyearSeconds: $0.1 * Self.year / 100)
    }
    let chart = TrendChart(points, until: midnight, moments: .utc)
    let drawn = chart.lines(TerminalStyle(width: 30))
    #expect(
      drawn == [
        "1.00 libyears now, at most 1.00 on 2026-08-22:",
        "1.00 ┤                  ██████",
        "     │                  ██████",
        "     │                  ██████",
        "     │██████            ██████",
        "     │██████            ██████",
        "     │██████            ██████",
        "0.00 └────────────────────────",
        "      2025-10-26    2026-11-30",
      ])
    let plain = chart.lines(TerminalStyle(width: 30, isASCII: true))
    #expect(plain.count == drawn.count)
    #expect(plain.joined().utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    #expect(plain[4] == "     |######            ######")
  }

  /// At every width no line is wider, and the highest column is as high as the chart.
  @Test func anyPointsAreDrawn() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<300 {
      let width = 20 + Int(random.next() % 180)
      let count = 2 + Int(random.next() % 40)
      let points = (0..<count).map { _ in
        LockHistory.TrendPoint(
          at: Facts.now - Int64(random.next() % 90_000_000),
          libyearSeconds: Int64(random.next() % 400_000_000))
      }.sorted { ($0.at, $0.libyearSeconds) < ($1.at, $1.libyearSeconds) }
      for isASCII in [false, true] {
        let lines = TrendChart(points, until: Facts.now, moments: .utc).lines(
          TerminalStyle(width: width, isASCII: isASCII))
        #expect(lines.count == 9)
        #expect(lines.dropFirst().allSatisfy { TerminalWidth.columns($0) <= width })
        #expect(lines[1].contains(isASCII ? "#" : "█"))
        if isASCII { #expect(lines.joined().utf8.allSatisfy { $0 < 0x80 }) }
      }
    }
  }

  @Test func hostileMomentsAreDrawn() {
    let points = [
      LockHistory.TrendPoint(at: .min, libyearSeconds: .max), .init(at: 0, libyearSeconds: .min),
      .init(at: .max, libyearSeconds: 5),
    ]
    for now in [Int64.min, 0, Facts.now, .max] {
      let lines = TrendChart(points, until: now, moments: .utc).lines(TerminalStyle(width: 60))
      #expect(!lines.isEmpty)
    }
  }
}
