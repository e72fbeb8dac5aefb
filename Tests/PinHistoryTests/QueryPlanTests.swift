import SQLite
import Testing

@testable import PinHistory

@Suite("How SQLite finds what it is asked for")
struct QueryPlanTests {
  /// All the statements, but those that only insert, and the list of lockfiles.
  static let statements =
    HistoryQuery.allCases.filter { $0 != .lockfiles }.map(\.rawValue)
    + HistoryStatement.allCases.map(\.rawValue).filter { !$0.hasPrefix("INSERT") }

  @Test("No table is read from end to end", arguments: statements, [false, true])
  func plan(sql: String, isAnalyzed: Bool) throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    for number in 0..<50 { try history.record(fixture.snapshot(Int64(number), "a==\(number) b==1")) }
    let steps = try history.write { (connection) throws(SQLiteError) in
      if isAnalyzed { try connection.run("ANALYZE") }
      var steps: [String] = []
      let statement = try connection.prepare("EXPLAIN QUERY PLAN " + sql)
      defer { statement.reset() }
      while try statement.step() { steps.append(statement.row.text(at: 3)) }
      return steps
    }
    #expect(steps.contains { $0.hasPrefix("SEARCH ") })
    #expect(!steps.contains { $0.hasPrefix("SCAN ") }, "\(steps)")
    #expect(!steps.contains { $0.contains("AUTOMATIC") }, "\(steps)")
  }

  @Test("The newest and the next snapshot are found without sorting")
  func unsorted() throws {
    let history = try HistoryFixture().open()
    for query in [
      HistoryQuery.snapshotBefore, .snapshotAfter, .sightingBetween, .lastRun,
    ] {
      let steps = try history.read { (connection) throws(SQLiteError) in
        var steps: [String] = []
        let statement = try connection.prepare("EXPLAIN QUERY PLAN " + query.rawValue)
        defer { statement.reset() }
        while try statement.step() { steps.append(statement.row.text(at: 3)) }
        return steps
      }
      #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(query): \(steps)")
    }
  }
}
