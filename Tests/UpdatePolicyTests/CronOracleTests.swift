import FoundationEssentials
import Testing

@testable import UpdatePolicy

/// Random expressions against `croniter`, in the table that scripts/oracle.d/cron.py wrote.
@Suite struct CronOracleTests {
  private struct Row {
    let zone: String
    let expression: String
    let moments: [Int64]
  }

  private static func rows() throws -> [Row] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: root.appending(path: "Fixtures/oracle/cron.tsv"))
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.map
    {
      let cells = $0.split(separator: "\t").map(String.init)
      try #require(cells.count == 5)
      let moments = cells[2...].compactMap { Int64($0) }
      try #require(moments.count == 3)
      return Row(zone: cells[0], expression: cells[1], moments: moments)
    }
  }

  @Test func everyRowHolds() throws {
    let rows = try Self.rows()
    #expect(rows.count >= 2_000)
    var zones: [String: TimeZoneRules] = ["UTC": .utc]
    for name in Set(rows.map(\.zone)) where name != "UTC" { zones[name] = try Fixture.rules(name) }
    for row in rows {
      let zone = try #require(zones[row.zone])
      let expression = try CronExpression(row.expression)
      let (moment, next, previous) = (row.moments[0], row.moments[1], row.moments[2])
      #expect(
        expression.next(after: moment, in: zone) == next,
        "\(row.expression) in \(row.zone) after \(Fixture.text(moment)): \(Fixture.text(next))")
      #expect(
        expression.previous(before: moment, in: zone) == previous,
        "\(row.expression) in \(row.zone) before \(Fixture.text(moment)): \(Fixture.text(previous))")
    }
  }

  /// The table has what it is there for.
  @Test func theTableCoversTheGrammar() throws {
    let fields = try Self.rows().map { $0.expression.split(separator: " ").map(String.init) }
    let bothDays = fields.count { !$0[2].hasPrefix("*") && !$0[4].hasPrefix("*") }
    #expect(bothDays > 300)
    #expect(fields.count { $0[2].hasPrefix("*/") != $0[4].hasPrefix("*/") } > 50)
    #expect(fields.count { $0.contains { $0.contains("/") } } > 500)
    #expect(fields.count { $0.contains { $0.contains(",") } } > 500)
    #expect(fields.count { $0[3].contains { $0.isLetter } } > 100)
    #expect(fields.count { $0[4].contains { $0.isLetter } } > 100)
    #expect(fields.count { $0[4].split(separator: ",").contains("7") } > 20)
    #expect(fields.count { $0[4].split(separator: ",").contains("0") } > 20)
  }
}
