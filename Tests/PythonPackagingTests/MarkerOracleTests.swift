import PythonPackaging
import Testing

/// Every row of `markers.tsv` holds.
struct MarkerOracleTests {
  private static func environments(_ table: OracleTable) throws -> [MarkerEnvironment] {
    try table.rows("environment", atLeast: 8).map { row in
      let values = Array(row.fields[2...])
      return MarkerEnvironment(
        implementationName: values[0], implementationVersion: values[1], osName: values[2],
        platformMachine: values[3], platformPythonImplementation: values[4], platformRelease: values[5],
        platformSystem: values[6], platformVersion: values[7], pythonFullVersion: values[8],
        pythonVersion: values[9], sysPlatform: values[10])
    }
  }

  @Test func readsWritesAndEvaluatesEveryMarker() throws {
    let table = try OracleTable("markers.tsv")
    let environments = try Self.environments(table)
    let dev = try ExtraName("dev")
    var evaluations = 0
    for row in try table.rows("valid", atLeast: 1000) {
      let marker = try Marker(row.fields[1])
      #expect(marker.description == row.fields[2], "\(row.line)")
      #expect(try Marker(marker.description) == marker, "\(row.line)")
      #expect(marker.removingExtraTerms()?.description ?? "-" == row.fields[3], "\(row.line)")
      let expected = row.fields[4].map { $0 == "1" || $0 == "t" }
      let found = environments.flatMap { environment in
        [[], [dev]].map { marker.evaluate(in: environment, extras: $0) }
      }
      #expect(found == expected, "\(row.line)")
      evaluations += found.count
    }
    #expect(evaluations >= 16_000)
  }

  @Test func evaluatesTheSetsOfALockfile() throws {
    let table = try OracleTable("markers.tsv")
    let environments = try Self.environments(table)
    let extras = try [ExtraName("dev"), ExtraName("test")]
    let groups = try [ExtraName("docs")]
    for row in try table.rows("locked", atLeast: 6) {
      let marker = try Marker(row.fields[1])
      #expect(marker.description == row.fields[2], "\(row.line)")
      let found = environments.map { marker.evaluate(in: $0, extras: extras, dependencyGroups: groups) }
      #expect(found == row.fields[3].map { $0 == "1" || $0 == "t" }, "\(row.line)")
    }
  }

  @Test func refusesEveryInvalidMarker() throws {
    for row in try OracleTable("markers.tsv").rows("invalid", atLeast: 250) {
      #expect(throws: RequirementError.self, "\(row.line)") { try Marker(row.fields[1]) }
    }
  }
}
