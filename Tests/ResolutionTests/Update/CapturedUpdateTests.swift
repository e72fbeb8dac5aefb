import CapturedMetadata
import PythonPackaging
import Resolution
import Testing

/// Least updates of aged lockfiles of real projects: what an advisory on one pin leads to, and how many graphs are looked
/// for.
@Suite struct CapturedUpdateTests {
  struct Case: CustomTestStringConvertible {
    let set: String
    /// What the advisory affects, up to its version.
    let affected: String
    let changes: [String]
    let solves: Int

    var testDescription: String { "\(set): \(affected)" }
  }

  static let cases: [Case] = [
    Case(
      set: "web-service", affected: "certifi", changes: ["certifi 2024.12.14 > 2025.1.31"], solves: 2),
    Case(
      set: "web-service", affected: "pydantic-core",
      changes: ["pydantic 2.12.3 > 2.12.4", "pydantic-core 2.41.4 > 2.41.5"], solves: 4),
    Case(
      set: "web-service", affected: "kombu",
      changes: [
        "celery 5.5.0 > 5.6.0", "kombu 5.5.4 > 5.6.0", "+ exceptiongroup 1.3.1", "+ tzlocal 5.4.5",
      ], solves: 5),
    Case(set: "web-service", affected: "blinker", changes: [], solves: 3),
    Case(set: "docs", affected: "requests", changes: ["requests 2.33.1 > 2.34.0"], solves: 2),
    Case(
      set: "data-science", affected: "ipykernel",
      changes: [
        "ipykernel 7.2.0 > 7.3.0", "jupyter-client 8.8.0 > 8.9.0", "+ nest-asyncio2 1.7.4",
        "- nest-asyncio 1.5.7",
      ], solves: 4),
  ]

  @Test(arguments: cases) func changesTheLeast(_ given: Case) async throws {
    let index = try CapturedIndex(given.set)
    let request = try await index.aged(percent: 60)
    let name = try PackageName(given.affected)
    let pin = try #require(request.preferences[name])
    let rules = UpdateRules(affecting: { $0 == name && $1 <= pin ? ["GHSA-0000"] : [] })
    let update = try await Resolver(index: index).update(
      UpdateRequest(resolution: request, targets: [UpdateTarget(name, .cleared)], rules: rules))
    let changed = update.changed.map { "\($0.name) \($0.old) > \($0.new)" }
    let added = update.added.map { "+ \($0.name) \($0.version)" }
    let removed = update.removed.map { "- \($0.name) \($0.version)" }
    #expect(changed + added + removed == given.changes)
    #expect(update.blocked.isEmpty == !given.changes.isEmpty)
    #expect(update.unproven == [])
    #expect(update.solves <= given.solves)
  }
}
