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

  @Test func trendIsInTheOrderOfTime() throws {
    let report = HistoryReport(
      lockfiles: [
        LockHistory(
          path: "a", pins: [], trend: [.init(at: 5, libyearSeconds: 1), .init(at: 1, libyearSeconds: 2)])
      ], at: 10, moments: .utc)
    #expect(report.lockfiles[0].trend.map(\.at) == [1, 5])
  }
}
