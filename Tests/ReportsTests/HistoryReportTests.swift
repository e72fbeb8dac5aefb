import PythonPackaging
import Testing

@testable import Reports

@Suite("A history is sorted and summed up") struct HistoryReportTests {
  @Test(
    arguments: [
      (PinOrder.name, ["click", "flask", "numpy", "private-app"]),
      (.pinAge, ["numpy", "private-app", "click", "flask"]),
      (.releaseAge, ["numpy", "flask", "click", "private-app"]),
      (.daysBehind, ["numpy", "flask", "click", "private-app"]),
      (.releasesBehind, ["numpy", "flask", "click", "private-app"]),
      (.libyears, ["numpy", "flask", "click", "private-app"]),
    ] as [(PinOrder, [String])])
  func order(_ order: PinOrder, _ names: [String]) throws {
    let report = try HistoryScenario.lock.report(order)
    #expect(report.lockfiles[0].pins.map(\.package.normalized) == names)
    let document = try JSONValue(report.json())
    #expect(document["order"] == .string(order.rawValue))
    let pins = document["lockfiles"]?.items.first?["pins"]?.items ?? []
    #expect(pins.compactMap { $0["package"]?.text } == names)
  }

  @Test func orderIsByNameAmongEquals() throws {
    let pins = try ["b", "a", "c"].map {
      PinAge(package: try PackageName($0), version: try Version("1.0"), pinAge: 5)
    }
    for order in PinOrder.allCases {
      #expect(order.sorted(pins).map(\.package.normalized) == ["a", "b", "c"], "\(order)")
    }
  }

  /// Totals are over what is known, and never overflow.
  @Test func totals() throws {
    let name = try PackageName("a")
    let version = try Version("1.0")
    let pins = [
      PinAge(package: name, version: version, pinAge: .max, releasesBehind: .max, libyearSeconds: .max),
      PinAge(package: name, version: version, timeBehind: 5, releasesBehind: 1, libyearSeconds: 1),
      PinAge(package: name, version: version),
    ]
    let totals = LockHistory.Totals(pins)
    #expect(totals.oldestPin == .max && totals.oldestRelease == nil && totals.mostBehind == 5)
    #expect(totals.releasesBehind == .max && totals.libyearSeconds == .max)
    #expect(LockHistory.Totals([]).libyearSeconds == nil)
  }

  @Test(
    arguments: [
      (Int64(0), Int64?.none, Int64(10)), (0, 5, 5), (20, nil, 0), (20, 10, 0), (.min, .max, .max),
      (.max, .min, 0),
    ] as [(Int64, Int64?, Int64)])
  func stay(_ from: Int64, _ until: Int64?, _ length: Int64) throws {
    let stay = LockHistory.Stay(version: try Version("1.0"), from: from, until: until)
    #expect(stay.length(until: 10) == length)
  }

  /// A commit of the future gives no negative length of time, in no format.
  @Test func lengthsAreNotNegative() throws {
    let pin = PinAge(
      package: try PackageName("flask"), version: try Version("1.0"), pinAge: -5, releaseAge: .min,
      timeBehind: -86_400 * 3, releasesBehind: 0, libyearSeconds: -1)
    #expect(
      [pin.pinAge, pin.releaseAge, pin.timeBehind, pin.libyearSeconds, pin.daysBehind] == [0, 0, 0, 0, 0])
    let lock = LockHistory(
      path: "a", pins: [pin],
      stays: [
        .init(version: pin.version, from: Facts.now + 9, until: Facts.now + 5),
        .init(version: pin.version, from: Facts.now + 86_400),
      ], trend: [.init(at: Facts.now, libyearSeconds: -4)])
    for package in [nil, pin.package] {
      let report = HistoryReport(package: package, lockfiles: [lock], at: Facts.now, moments: .utc)
      let document = try JSONValue(report.json())
      let shown = try #require(document["lockfiles"]?.items.first)
      for member in ["pinAgeSeconds", "releaseAgeSeconds", "daysBehind", "libyears"] {
        #expect(shown["pins"]?.items.first?[member] == .number(0), "\(member)")
      }
      #expect((shown["timeline"]?.items ?? []).allSatisfy { $0["seconds"] == .number(0) })
      for cell in report.csv().split(whereSeparator: { ",\r\n".contains($0) || $0 == "\r\n" }) {
        #expect(!cell.contains("'-") && !cell.hasPrefix("-"), "\(cell)")
      }
      // A `-` alone is nothing.
      let words = report.text(TerminalStyle(width: 100)).split(whereSeparator: \.isWhitespace)
      #expect(words.allSatisfy { !$0.hasPrefix("-") || $0 == "-" })
    }
  }

  /// What a terminal puts behind a rendering, CSV has already, once.
  @Test(arguments: [
    ("a\r\nb\r\n", "a\r\nb\r"), ("a\n", "a"), ("a\n\n", "a\n"), ("a", "a"), ("", ""), ("\n", ""),
    ("a\r", "a\r"),
  ])
  func lineFeedAtTheEnd(_ text: String, _ expected: String) {
    #expect(Array(RenderedText.withoutLastLineFeed(text).utf8) == Array(expected.utf8))
  }

  @Test func csvEndsWithOneLineEnd() throws {
    for scenario in HistoryScenario.allCases {
      let csv = try scenario.report().csv()
      let printed = RenderedText.withoutLastLineFeed(csv) + "\n"
      #expect(Array(printed.utf8) == Array(csv.utf8))
      #expect(printed.utf8.suffix(3).filter { $0 == 0x0A }.count == 1)
    }
  }

  @Test func trendIsInTheOrderOfTime() throws {
    let report = HistoryReport(
      lockfiles: [
        LockHistory(
          path: "a", pins: [], trend: [.init(at: 5, libyearSeconds: 1), .init(at: 1, libyearSeconds: 2)])
      ], at: 10, moments: .utc)
    #expect(report.lockfiles[0].trend.map(\.at) == [1, 5])
  }
}
