import Glibc
import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import Advisories

@Suite struct AdvisorySyncTests {
  private typealias Fixture = DatabaseFixture
  private let fixture = DatabaseFixture()

  private func record(
    _ id: String, _ package: String = "a", modified: Int64 = -86_400, details: String = "1",
    withdrawn: Bool = false
  ) -> String {
    Fixture.record(id, package, modified: modified, details: details, withdrawn: withdrawn)
  }

  private func outcome(_ outcome: AdvisorySync.Outcome) -> String {
    switch outcome {
    case .unchanged: "unchanged"
    case .replaced(let records, let skipped, let count):
      "replaced \(records), skipped \(count): " + skipped.map(\.id).joined(separator: " ")
    case .updated(let records, let skipped, let lines):
      "updated \(records), skipped \(lines) lines: " + skipped.map(\.id).joined(separator: " ")
    }
  }

  // MARK: All

  @Test func `the first sync reads every record of the archive`() async throws {
    fixture.serveArchive([
      "P-1.json": Fixture.record("P-1", "a", "B.b"), "P-2.json": record("P-2", withdrawn: true),
      "P-3.json": record("P-3", "c", modified: -10),
    ])
    #expect(outcome(try await fixture.sync()) == "replaced 3, skipped 0: ")
    #expect(fixture.server.takeAsked() == [Fixture.archive])
    #expect(
      try fixture.stored("a", "b_b", "c", "d") == ["a P-1@1", "a P-2@1 withdrawn", "b-b P-1@1", "c P-3@1"])
    let source = try #require(try fixture.open(.reading).source(Fixture.base))
    #expect(source.recordCount == 3)
    #expect(source.withdrawnCount == 1)
    #expect(source.syncedAt == Fixture.start)
    #expect(source.newest == (Fixture.start - 10) * 1000)
    #expect(fixture.directory.names() == ["advisories.sqlite"])
  }

  @Test func `what can't be read of an archive is passed over and named`() async throws {
    var zip = ZipWriter()
    zip.add("P-1.json", Array(record("P-1").utf8))
    zip.add("P-2.json", Array(record("P-9").utf8))
    zip.add("P-3.json", Array(#"{"id":"P-3""#.utf8))
    zip.add(
      "P-4.json", Array(#"{"id":"P-4","schema_version":"2.0.0","modified":"2026-01-01T00:00:00Z"}"#.utf8))
    zip.add("../P-5.json", Array(record("P-5").utf8))
    zip.add("P-6.txt", Array(record("P-6").utf8))
    zip.add("P-7.json", Array(record("P-7").utf8), claims: .init(flags: 1))
    zip.add("P-8.json", [UInt8](repeating: 0x20, count: 3 << 20))
    zip.add("P-10.json", Array(record("P-10", details: String(repeating: "x", count: 5 << 20)).utf8))
    zip.add("P-1.json", Array(record("P-1", details: "again").utf8))
    zip.add("P\u{1B}[2J.json", [])
    zip.add("directory/", [])
    fixture.server[Fixture.archive] = .ok(zip.finished())
    let result = try await fixture.sync()
    #expect(
      outcome(result)
        == "replaced 1, skipped 10: ../P-5.json P-1 P-10 P-2 P-3 P-4 P-6.txt P-7 P-8 P\u{FFFD}[2J.json")
    #expect(try fixture.stored("a") == ["a P-1@1"])
    let database = try fixture.open(.reading)
    #expect(try database.source(Fixture.base)?.skippedCount == 10)
    let skipped = try database.skipped(of: Fixture.base)
    #expect(skipped.count == 10)
    #expect(skipped.first { $0.id == "P-2" }?.reason == "the record is that of `P-9`")
    #expect(skipped.first { $0.id == "P-7" }?.reason == "it is encrypted")
  }

  @Test func `a record that can't be read any more stays as it was`() async throws {
    fixture.serveArchive(["P-1.json": record("P-1"), "P-2.json": record("P-2"), "P-3.json": record("P-3")])
    _ = try await fixture.sync()
    fixture.serveArchive(["P-1.json": "nonsense", "P-2.json": record("P-2", modified: -5, details: "2")])
    #expect(outcome(try await fixture.sync(isForced: true)) == "replaced 1, skipped 1: P-1")
    #expect(try fixture.stored("a") == ["a P-1@1", "a P-2@2"])
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: ScriptedFetching.Answer
    var description: String
  }

  private static func cut() -> [UInt8] {
    var zip = ZipWriter()
    for number in 0..<50 { zip.add("P-\(number).json", Array(Fixture.record("P-\(number)", "a").utf8)) }
    return Array(zip.finished().dropLast(100))
  }

  /// Readable at first: the last entry is the first one again.
  private static func overlapping() -> [UInt8] {
    var zip = ZipWriter()
    zip.add("P-8.json", Array(Fixture.record("P-8", "a").utf8))
    zip.repeatLast()
    return zip.finished()
  }

  @Test(arguments: [
    Refused(
      testDescription: "no answer", answer: .failure(.unreachable(reason: "no route to host")),
      description: "https://osv.example/PyPI/all.zip: no route to host"),
    Refused(
      testDescription: "too large", answer: .failure(.tooLarge(limit: 7)),
      description: "https://osv.example/PyPI/all.zip: the answer is larger than 7 bytes"),
    Refused(
      testDescription: "an error", answer: .status(503),
      description: "https://osv.example/PyPI/all.zip: the server answers with status 503"),
    Refused(
      testDescription: "no zip", answer: .ok("<html>"),
      description:
        "https://osv.example/PyPI/all.zip is no usable archive of advisories: it doesn't end as a zip file does"
    ),
    Refused(
      testDescription: "cut", answer: .ok(cut()),
      description:
        "https://osv.example/PyPI/all.zip is no usable archive of advisories: it doesn't end as a zip file does"
    ),
    Refused(
      testDescription: "overlapping", answer: .ok(overlapping()),
      description: "https://osv.example/PyPI/all.zip is no usable archive of advisories: its entries overlap"),
    Refused(
      testDescription: "empty", answer: .ok(ZipWriter().finished()),
      description: "https://osv.example/PyPI/all.zip is an archive without a file in it"),
  ])
  func `what is refused as a whole changes nothing`(refused: Refused) async throws {
    fixture.serveArchive(["P-1.json": record("P-1")])
    _ = try await fixture.sync()
    let before = try fixture.open(.reading).source(Fixture.base)
    fixture.advance(100)
    fixture.server[Fixture.archive] = refused.answer
    let error = await #expect(throws: AdvisorySyncError.self) { try await fixture.sync(isForced: true) }
    #expect(error?.description == refused.description)
    #expect(try fixture.stored("a") == ["a P-1@1"])
    #expect(try fixture.open(.reading).source(Fixture.base) == before)
    #expect(fixture.directory.names() == ["advisories.sqlite"])
  }

  @Test func `an archive of which nothing can be read replaces nothing`() async throws {
    fixture.serveArchive(["P-1.json": record("P-1")])
    _ = try await fixture.sync()
    fixture.serveArchive(["P-1.json": "{}", "P-2.json": "[]"])
    await #expect(throws: AdvisorySyncError.noRecords(address: Fixture.archive, members: 2)) {
      try await fixture.sync(isForced: true)
    }
    #expect(try fixture.stored("a") == ["a P-1@1"])
  }

  @Test func `what a killed process left of an archive is removed a day later`() async throws {
    fixture.serveArchive(["P-1.json": record("P-1")])
    for (name, seconds) in [("old", 100_000), ("new", 10)] {
      fixture.directory.write("advisories.sqlite.archive-\(name)", "half")
      var times = [
        timespec(tv_sec: time(nil) - seconds, tv_nsec: 0), timespec(tv_sec: time(nil) - seconds, tv_nsec: 0),
      ]
      utimensat(AT_FDCWD, fixture.directory.file("advisories.sqlite.archive-\(name)"), &times, 0)
    }
    _ = try await fixture.sync()
    #expect(fixture.directory.names() == ["advisories.sqlite", "advisories.sqlite.archive-new"])
  }

  // MARK: Some

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
    #expect(outcome(try await fixture.sync()) == "updated 2, skipped 0 lines: ")
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
    #expect(outcome(try await fixture.sync()) == "unchanged")
    #expect(fixture.server.takeAsked() == [Fixture.list])
  }

  @Test func `a list that is as it was isn't read`() async throws {
    try await begin()
    fixture.serveList([(50, "P-4"), (-10, "P-3"), (-50_000, "P-2")], entityTag: "\"1\"")
    fixture.serve("P-4", record("P-4", modified: 50))
    _ = try await fixture.sync()
    _ = fixture.server.takeAsked()
    fixture.advance(1000)
    #expect(outcome(try await fixture.sync()) == "unchanged")
    #expect(fixture.server.takeAsked() == [Fixture.list])
    #expect(try fixture.open(.reading).source(Fixture.base)?.syncedAt == fixture.now)
  }

  @Test func `one record that fails is passed over, and asked for again`() async throws {
    try await begin()
    fixture.serveList([(50, "P-4"), (40, "P-1"), (30, "P-5"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-4", "nonsense")
    fixture.serve("P-5", record("P-6"))
    #expect(outcome(try await fixture.sync()) == "updated 0, skipped 0 lines: P-1 P-4 P-5")
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
    #expect(outcome(try await fixture.sync { $0.overlap = 0 }) == "updated 4, skipped 0 lines: ")
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
    let result = outcome(try await fixture.sync(isForced: false, whole.limits))
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
    #expect(outcome(try await fixture.sync()) == "updated 1, skipped 0 lines: ")
    fixture.serveList([(9_000_000, "P-9"), (100_500, "P-4"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-4", record("P-4", modified: 100_500))
    #expect(outcome(try await fixture.sync()) == "updated 1, skipped 0 lines: ")
    #expect(try fixture.stored("a") == ["a P-1@1", "a P-2@1", "a P-3@1", "a P-4@1", "a P-9@1"])
  }

  @Test func `records are fetched side by side, within bounds`() async throws {
    try await begin()
    let ids = (10..<90).map { "P-\($0)" }
    fixture.serveList(ids.map { (50, $0) } + [(-10, "P-3"), (-50_000, "P-2")])
    for id in ids { fixture.serve(id, record(id, "many", modified: 50)) }
    #expect(outcome(try await fixture.sync { $0.concurrency = 4 }) == "updated 80, skipped 0 lines: ")
    #expect(fixture.server.mostActive <= 4)
    #expect(try fixture.stored("many").count == 80)
  }

  @Test func `an archive older than what is here takes nothing back`() async throws {
    try await begin()
    fixture.serveList([(50, "P-1"), (-10, "P-3"), (-50_000, "P-2")])
    fixture.serve("P-1", record("P-1", modified: 50, details: "2"))
    _ = try await fixture.sync()
    #expect(outcome(try await fixture.sync(isForced: true)) == "replaced 3, skipped 0: ")
    #expect(try fixture.stored("a") == ["a P-1@2", "a P-2@1", "a P-3@1"])
  }
}
