import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import Advisories

@Suite struct StoredAdvisoriesTests {
  private typealias Fixture = DatabaseFixture
  private let fixture = DatabaseFixture()

  private func ask(isOffline: Bool = false, _ names: String...) async throws -> AdvisoryAnswer {
    let source = StoredAdvisories(
      path: fixture.path, base: Fixture.base, fetcher: isOffline ? nil : fixture.server, now: { fixture.now })
    return await source.advisories(
      for: try names.map { AskedRelease(try PackageName($0), try Version("1.0"), isPublic: false) })
  }

  private func ids(_ answer: AdvisoryAnswer) -> [String] {
    answer.records.values.joined().map(\.id.description).sorted()
  }

  private func begin() async throws {
    fixture.serveArchive(["P-1.json": Fixture.record("P-1", "a"), "P-2.json": Fixture.record("P-2", "b")])
    _ = try await ask("a")
    _ = fixture.server.takeAsked()
  }

  @Test func `what isn't here yet is fetched, and then known for a day`() async throws {
    fixture.serveArchive(["P-1.json": Fixture.record("P-1", "a"), "P-2.json": Fixture.record("P-2", "b")])
    let first = try await ask("a")
    #expect(ids(first) == ["P-1"] && first.isComplete)
    #expect(first.origin.syncedAt == Fixture.start && first.origin.recordCount == 2)
    #expect(fixture.server.takeAsked() == [Fixture.archive])
    fixture.advance(86_400)
    #expect(ids(try await ask("a")) == ["P-1"])
    #expect(fixture.server.takeAsked() == [])
    fixture.advance(1)
    fixture.serveList([(10, "P-3"), (-86_400, "P-2"), (-86_400, "P-1")])
    fixture.serve("P-3", Fixture.record("P-3", "a", modified: 10))
    #expect(ids(try await ask("a")) == ["P-1", "P-3"])
  }

  /// A clock that a second passes on whenever it is looked at.
  @Test func `where nothing kept counts, all that is fetched does`() async throws {
    try await begin()
    var ages = StoredAdvisories.Ages()
    (ages.syncAfter, ages.maximum) = (0, 0)
    let clock: @Sendable () -> Int64 = { [fixture] in
      fixture.advance(1)
      return fixture.now
    }
    fixture.serveList([(-86_400, "P-2"), (-86_400, "P-1")])
    let release = AskedRelease(try PackageName("a"), try Version("1.0"), isPublic: false)
    for fetcher in [fixture.server, nil] {
      let source = StoredAdvisories(
        path: fixture.path, base: Fixture.base, fetcher: fetcher, ages: ages, now: clock)
      let answer = await source.advisories(for: [release])
      #expect(ids(answer) == ["P-1"])
      #expect(answer.origin.isTooOld == (fetcher == nil))
    }
  }

  @Test func `a source that is down leaves the last good data, with its age`() async throws {
    try await begin()
    fixture.advance(2 * 86_400)
    fixture.server[Fixture.list] = .status(503)
    let answer = try await ask("a")
    #expect(ids(answer) == ["P-1"])
    #expect(answer.origin.syncedAt == Fixture.start && !answer.origin.isTooOld)
    #expect(
      answer.origin.renewalFailure
        == "https://osv.example/PyPI/modified_id.csv: the server answers with status 503")
    fixture.advance(6 * 86_400)
    #expect(try await ask("a").origin.isTooOld)
    #expect(try await ask(isOffline: true, "a").origin.isTooOld)
  }

  @Test func `nothing here and nothing to be had is no clean answer`() async throws {
    fixture.server[Fixture.archive] = .failure(.unreachable(reason: "no route to host"))
    let failed = try await ask("a", "b")
    #expect(
      Set(failed.unanswered.map(\.reason)) == [
        .failure("https://osv.example/PyPI/all.zip: no route to host")
      ])
    #expect(failed.unanswered.count == 2)
    let offline = try await ask(isOffline: true, "a")
    #expect(
      offline.unanswered.map(\.reason) == [.failure("no advisories of https://osv.example were ever fetched")]
    )
    #expect(fixture.directory.names().filter { !$0.hasPrefix("advisories.sqlite") } == [])
  }

  @Test func `records that were passed over are told`() async throws {
    fixture.serveArchive(["P-1.json": Fixture.record("P-1", "a"), "P-2.json": "{"])
    let answer = try await ask("a")
    #expect(answer.skippedCount == 1 && answer.skipped.map(\.id) == ["P-2"] && !answer.isComplete)
    #expect(answer.unanswered == [])
  }

  @Test func `a record that can't be read any more makes its package incomplete`() async throws {
    try await begin()
    try Connection(path: fixture.path).run("UPDATE record SET text = x'7B' WHERE id = 'p-1'")
    let answer = try await ask("a", "b")
    #expect(ids(answer) == ["P-2"])
    #expect(answer.unanswered.map(\.release.package.normalized) == ["a"])
  }

  @Test func `a newer repin's file is read by nobody else, and not synced`() async throws {
    try await begin()
    try Connection(path: fixture.path).run("PRAGMA user_version = 99")
    let answer = try await ask("a")
    #expect(fixture.server.takeAsked() == [])
    guard case .failure(let reason) = answer.unanswered.first?.reason else { return #expect(Bool(false)) }
    #expect(reason.hasPrefix("a newer repin wrote the advisories"))
  }

  @Test func `a damaged file is fetched anew`() async throws {
    try await begin()
    fixture.directory.write("advisories.sqlite", String(repeating: "damage ", count: 1000))
    let answer = try await ask("a")
    #expect(ids(answer) == ["P-1"])
    #expect(answer.origin.warnings.map(\.keptAt) == ["\(fixture.path).damaged"])
    #expect(fixture.server.takeAsked() == [Fixture.archive])
  }
}
