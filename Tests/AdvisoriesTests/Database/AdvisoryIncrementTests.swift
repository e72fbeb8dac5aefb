import PythonPackaging
import Testing

@testable import Advisories

/// Records that have changed, by a source's list.
@Suite struct AdvisoryIncrementTests {
  private typealias Fixture = DatabaseFixture
  private let fixture = DatabaseFixture()

  private func record(
    _ id: String, _ package: String = "a", modified: Int64 = -86_400, details: String = "1"
  ) -> String {
    Fixture.record(id, package, modified: modified, details: details)
  }

  /// Three records, the newest of −10 s, and a list of them.
  private func begin() async throws {
    fixture.serveArchive([
      "P-1.json": record("P-1"), "P-2.json": record("P-2", modified: -50_000),
      "P-3.json": record("P-3", modified: -10),
    ])
    _ = try await fixture.sync()
    _ = fixture.server.takeAsked()
    fixture.advance(100_000)
  }

  @Test func `only what has changed is fetched`() async throws {
    try await begin()
    fixture.serveList([(50, "P-4"), (40, "P-1"), (-10, "P-3"), (-50_000, "P-2"), (-86_400, "P-1")])
    fixture.serve("P-4", record("P-4", "b", modified: 50))
    fixture.serve("P-1", record("P-1", "b", modified: 40, details: "2"))
    #expect(try await fixture.sync().line == "updated 2, skipped 0 lines: ")
    #expect(
      Set(fixture.server.takeAsked())
        == [Fixture.list, "\(Fixture.base)/PyPI/P-4.json", "\(Fixture.base)/PyPI/P-1.json"])
    #expect(try fixture.stored("a", "b") == ["a P-2@1", "a P-3@1", "b P-1@2", "b P-4@1"])
    let source = try #require(try fixture.open(.reading).source(Fixture.base))
    #expect(source.recordCount == 4)
    #expect(source.newest == (Fixture.start + 50) * 1000)
    #expect(source.syncedAt == Fixture.start + 100_000)
    #expect(source.replacedAt == Fixture.start)
    // And once more: nothing.
    #expect(try await fixture.sync().line == "unchanged")
    #expect(fixture.server.takeAsked() == [Fixture.list])
  }

  @Test func `a list that is as it was isn't read`() async throws {
    try await begin()
    fixture.serveList([(50, "P-4"), (-10, "P-3"), (-50_000, "P-2")], entityTag: "\"1\"")
    fixture.serve("P-4", record("P-4", modified: 50))
    _ = try await fixture.sync()
    _ = fixture.server.takeAsked()
    fixture.advance(1000)
    #expect(try await fixture.sync().line == "unchanged")
    #expect(fixture.server.takeAsked() == [Fixture.list])
    #expect(try fixture.open(.reading).source(Fixture.base)?.syncedAt == fixture.now)
  }

  @Test func `one record that fails is passed over, and asked for again`() async throws {
    try await begin()
    fixture.serveList([(50, "P-4"), (40, "P-1"), (30, "P-5"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-4", "nonsense")
    fixture.serve("P-5", record("P-6"))
    #expect(try await fixture.sync().line == "updated 0, skipped 0 lines: P-1 P-4 P-5")
    #expect(try fixture.stored("a") == ["a P-1@1", "a P-2@1", "a P-3@1"])
    #expect(try fixture.open(.reading).source(Fixture.base)?.skippedCount == 3)
    fixture.serve("P-1", record("P-1", modified: 40, details: "2"))
    fixture.serve("P-4", record("P-4", modified: 50))
    fixture.serve("P-5", record("P-5", modified: 30))
    // Without an overlap the list is read down to P-4 only: the others are known to be missing.
    fixture.serveList([
      (90_000, "P-7"), (50, "P-4"), (40, "P-1"), (30, "P-5"), (-10, "P-3"), (-50_000, "P-2"),
    ])
    fixture.serve("P-7", record("P-7", modified: 90_000))
    #expect(try await fixture.sync { $0.overlap = 0 }.line == "updated 4, skipped 0 lines: ")
    #expect(
      try fixture.stored("a") == ["a P-1@2", "a P-2@1", "a P-3@1", "a P-4@1", "a P-5@1", "a P-7@1"])
    #expect(try fixture.open(.reading).source(Fixture.base)?.skippedCount == 0)
  }

  @Test(arguments: [
    ScriptedFetching.Answer.status(503), .status(429), .failure(.unreachable(reason: "reset")),
    .failure(.cancelled),
  ])
  func `a server that fails in the middle changes nothing`(answer: ScriptedFetching.Answer) async throws {
    try await begin()
    fixture.serveList([(50, "P-4"), (40, "P-1"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-4", record("P-4", modified: 50))
    fixture.server["\(Fixture.base)/PyPI/P-1.json"] = answer
    await #expect(throws: AdvisorySyncError.self) { try await fixture.sync() }
    #expect(try fixture.stored("a") == ["a P-1@1", "a P-2@1", "a P-3@1"])
    #expect(try fixture.open(.reading).source(Fixture.base)?.syncedAt == Fixture.start)
  }

  struct Whole: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var list: [(Int64, String)]
    var seconds: Int64 = 0
    var limits: @Sendable (inout AdvisorySync.Limits) -> Void = { _ in }
    var asksForList = true
  }

  @Test(arguments: [
    Whole(
      testDescription: "too many have changed",
      list: [(60, "P-7"), (50, "P-4"), (40, "P-1"), (-10, "P-3"), (-50_000, "P-2")],
      limits: { $0.changes = 3 }),
    Whole(testDescription: "the list doesn't reach what is known", list: [(60, "P-7"), (50, "P-4")]),
    Whole(
      testDescription: "the list isn't in order", list: [(50, "P-4"), (60, "P-7"), (-50_000, "P-2")]),
    Whole(
      testDescription: "too much has changed", list: [(50, "P-4"), (-10, "P-3"), (-50_000, "P-2")],
      limits: { $0.changedBytes = 10 }),
    Whole(
      testDescription: "the last time is too long ago", list: [(50, "P-4"), (-10, "P-3"), (-50_000, "P-2")],
      seconds: 30 * 86_400, asksForList: false),
  ])
  func `all records are fetched where some won't do`(whole: Whole) async throws {
    try await begin()
    fixture.advance(whole.seconds)
    fixture.serveList(whole.list)
    fixture.serve("P-4", record("P-4", modified: 50))
    fixture.serveArchive(["P-4.json": record("P-4", modified: 50), "P-7.json": record("P-7", modified: 60)])
    let result = try await fixture.sync(isForced: false, whole.limits).line
    #expect(result == "replaced 2, skipped 0: ")
    #expect(fixture.server.takeAsked().contains(Fixture.list) == whole.asksForList)
    #expect(try fixture.stored("a") == ["a P-4@1", "a P-7@1"])
  }

  @Test func `what the list has beyond the archive is fetched behind it`() async throws {
    try await begin()
    fixture.serveList([(70, "P-8"), (60, "P-7"), (50, "P-4"), (40, "P-1"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-8", record("P-8", modified: 70))
    fixture.serveArchive(["P-4.json": record("P-4", modified: 50), "P-7.json": record("P-7", modified: 60)])
    _ = try await fixture.sync {
      $0.changes = 3
      $0.overlap = 5000
    }
    #expect(try fixture.stored("a") == ["a P-4@1", "a P-7@1", "a P-8@1"])
  }

  @Test func `a list without a line is an error and no news`() async throws {
    try await begin()
    fixture.server[Fixture.list] = .ok("<html>\nSign in\n")
    await #expect(throws: AdvisorySyncError.list(address: Fixture.list, lines: 2)) {
      try await fixture.sync()
    }
    fixture.server[Fixture.list] = .ok("")
    await #expect(throws: AdvisorySyncError.list(address: Fixture.list, lines: 0)) {
      try await fixture.sync()
    }
  }

  @Test func `a time to come doesn't hide what changes until then`() async throws {
    try await begin()
    fixture.serveList([(9_000_000, "P-9"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-9", record("P-9", modified: 9_000_000))
    #expect(try await fixture.sync().line == "updated 1, skipped 0 lines: ")
    fixture.serveList([(9_000_000, "P-9"), (100_500, "P-4"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-4", record("P-4", modified: 100_500))
    #expect(try await fixture.sync().line == "updated 1, skipped 0 lines: ")
    #expect(try fixture.stored("a") == ["a P-1@1", "a P-2@1", "a P-3@1", "a P-4@1", "a P-9@1"])
  }

  @Test func `records are fetched side by side, within bounds`() async throws {
    try await begin()
    let ids = (10..<90).map { "P-\($0)" }
    fixture.serveList(ids.map { (50, $0) } + [(-10, "P-3"), (-50_000, "P-2")])
    for id in ids { fixture.serve(id, record(id, "many", modified: 50)) }
    #expect(try await fixture.sync { $0.concurrency = 4 }.line == "updated 80, skipped 0 lines: ")
    #expect(fixture.server.mostActive <= 4)
    #expect(try fixture.stored("many").count == 80)
  }

  @Test func `an archive older than what is here takes nothing back`() async throws {
    try await begin()
    fixture.serveList([(50, "P-1"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-1", record("P-1", modified: 50, details: "2"))
    _ = try await fixture.sync()
    #expect(try await fixture.sync(isForced: true).line == "replaced 3, skipped 0: ")
    #expect(try fixture.stored("a") == ["a P-1@2", "a P-2@1", "a P-3@1"])
  }
}
