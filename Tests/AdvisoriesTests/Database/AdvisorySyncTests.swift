import Glibc
import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import Advisories

/// All records of a source, out of its archive.
@Suite struct AdvisorySyncTests {
  private typealias Fixture = DatabaseFixture
  private let fixture = DatabaseFixture()

  private func record(
    _ id: String, _ package: String = "a", modified: Int64 = -86_400, details: String = "1",
    withdrawn: Bool = false
  ) -> String {
    Fixture.record(id, package, modified: modified, details: details, withdrawn: withdrawn)
  }

  @Test func `the first sync reads every record of the archive`() async throws {
    fixture.serveArchive([
      "P-1.json": Fixture.record("P-1", "a", "B.b"), "P-2.json": record("P-2", withdrawn: true),
      "P-3.json": record("P-3", "c", modified: -10),
    ])
    #expect(try await fixture.sync().line == "replaced 3, skipped 0: ")
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
      result.line
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
    #expect(try await fixture.sync(isForced: true).line == "replaced 1, skipped 1: P-1")
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
    let error = await #expect(throws: AdvisorySyncError.self) { try await fixture.sync(isForced: true) }
    #expect(
      error?.description
        == "\(Fixture.archive): none of its 2 files is an advisory that can be read, such as `P-1`: has no `id`"
    )
    fixture.serveArchive(["pypi/P-1.json": record("P-1")])
    let misplaced = await #expect(throws: AdvisorySyncError.self) { try await fixture.sync(isForced: true) }
    #expect(
      misplaced?.description
        == "\(Fixture.archive): its one file isn't an advisory that can be read, such as `pypi/P-1.json`: the file isn't named `ID.json`"
    )
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
}
