import FoundationEssentials
import IndexServer
import TestSupport
import Testing

/// `repin advisories` as a process, beside a server laid out as OSV's files are.
@Suite struct AdvisoriesCommandTests {
  private static func record(
    _ id: String, fixed: String = "1.1", modified: String = "2024-02-01T00:00:00Z", details: String = ""
  ) -> WrittenAdvisory {
    WrittenAdvisory(
      id: id, package: "Lib", aliases: ["CVE-2024-1"], fixed: fixed, details: details, modified: modified)
  }

  private static func fixture(_ records: WrittenAdvisory...) async throws -> CommandFixture {
    var fixture = try await CommandFixture()
    fixture.serve(advisories: records)
    return fixture
  }

  @Test func `all at first, then what has changed`() async throws {
    let fixture = try await Self.fixture(
      Self.record("GHSA-aaaa-bbbb-cccc"), Self.record("PYSEC-2024-1"))
    let none = try await fixture.run(["advisories"])
    #expect(none.status == 0)
    #expect(
      none.output
        == "DIR/.cache/repin/advisories.sqlite: no advisories were ever fetched; `repin advisories sync` fetches them\n"
    )
    let first = try await fixture.run(["advisories", "sync"])
    #expect(first == .init(status: 0, output: "", errors: "ROOT/osv: 2 advisories\n"))
    let again = try await fixture.run(["advisories", "sync"])
    #expect(again == .init(status: 0, output: "", errors: "ROOT/osv: nothing has changed\n"))

    let changed = Self.record("PYSEC-2024-1", fixed: "1.2", modified: "2024-03-01T00:00:00Z")
    fixture.serve(changed)
    fixture.list([changed, Self.record("GHSA-aaaa-bbbb-cccc")])
    let third = try await fixture.run(["advisories", "sync"])
    #expect(third == .init(status: 0, output: "", errors: "ROOT/osv: 1 advisory has changed\n"))
    let shown = try await fixture.run(["advisories", "show", "pysec-2024-1"])
    #expect(
      shown.output == """
        PYSEC-2024-1, CVE-2024-1: critical (9.8)
        Things go wrong
          lib: fixed in 1.2

          https://advisories.example/PYSEC-2024-1

        """)
    let status = try await fixture.run(["advisories"])
    #expect(
      status.output == """
        DIR/.cache/repin/advisories.sqlite
          ROOT/osv: 2 records, synced under an hour ago
            0 withdrawn, 0 that couldn't be read

        """)
    let data = try await fixture.run(["advisories", "--format", "json"])
    struct Status: Decodable {
      struct Source: Decodable { var records: Int }
      var schema: String
      var sources: [Source]
    }
    let decoded = try JSONDecoder().decode(Status.self, from: Data(data.output.utf8))
    #expect(decoded.schema == "repin.advisories/1" && decoded.sources.map(\.records) == [2])

    #expect(try await fixture.run(["advisories", "clear"]).status == 0)
    #expect(try await fixture.run(["advisories"]).output.contains("no advisories were ever fetched"))
  }

  @Test func `the configuration says where they are from and where they are kept`() async throws {
    var fixture = try await Self.fixture(Self.record("PYSEC-2024-1"))
    let address = fixture.advisories
    fixture.environment["REPIN_ADVISORIES_SOURCE"] = ""
    fixture.directory.write("repin.toml", "cache-dir = 'kept'\n[advisories]\nsource = '\(address)'\n")
    let first = try await fixture.run(["advisories", "sync"])
    #expect(first == .init(status: 0, output: "", errors: "ROOT/osv: 1 advisory\n"))
    #expect(fixture.directory.names(in: "kept").contains("advisories.sqlite"))
    #expect(try await fixture.run(["advisories", "show", "PYSEC-2024-1"]).status == 0)
    let without = try await fixture.run(["advisories", "--no-config"])
    #expect(without.output.contains("no advisories were ever fetched"))
    // It counts as part of the cache, and goes with it.
    let held = try await fixture.run(["cache", "--format", "json"])
    #expect(
      held.output.contains(#""advisories":{"bytes":"#) || held.output.contains("\"advisories\" : {"),
      "\(held.output)")
    #expect(try await fixture.run(["cache", "clear"]).output.contains("advisories"))
    #expect(try await fixture.run(["advisories"]).output.contains("no advisories were ever fetched"))
    fixture.directory.write("repin.toml", "[advisories]\nsource = 'pypi'\n")
    let asked = try await fixture.run(["advisories", "sync"])
    #expect(asked.status == 2)
    #expect(
      asked.errors == """
        error: repin.toml:2:10: `source`: found `pypi`, expected osv or an http or https address: of others nothing is kept
        hint: name one by `--source`

        """)
  }

  @Test func `a source that fails leaves what was here`() async throws {
    let fixture = try await Self.fixture(Self.record("PYSEC-2024-1"))
    #expect(try await fixture.run(["advisories", "sync"]).status == 0)
    fixture.server.serve(document: Array("no zip".utf8), at: "/osv/PyPI/all.zip")
    let broken = try await fixture.run(["advisories", "sync", "--all"])
    #expect(broken.status == 3)
    #expect(
      broken.errors.hasPrefix(
        "error: the advisories can't be renewed: ROOT/osv/PyPI/all.zip is no usable archive of advisories: "),
      "\(broken.errors)")
    await fixture.server.stop()
    let down = try await fixture.run(["advisories", "sync"])
    #expect(down.status == 3)
    #expect(
      down.errors == """
        error: the advisories can't be renewed: ROOT/osv/PyPI/modified_id.csv: can't be reached: connection refused; \
        what was here stays
        hint: try again later, or name a mirror

        """, "\(down.errors)")
    #expect(try await fixture.run(["advisories", "show", "PYSEC-2024-1"]).status == 0)
  }

  @Test func `what an advisory says is shown without what a terminal obeys`() async throws {
    let fixture = try await Self.fixture(
      Self.record("PYSEC-2024-1", details: "one\\ntwo \\u001b[31m\\u202e\\n::error::x"))
    #expect(try await fixture.run(["advisories", "sync", "-q"]) == .init(status: 0, output: "", errors: ""))
    let shown = try await fixture.run(["advisories", "show", "PYSEC-2024-1"])
    #expect(!shown.output.contains("\u{1b}") && !shown.output.contains("\u{202e}"))
    #expect(!shown.output.contains("\n::error"), "\(shown.output)")
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var words: [String]
    var status: Int32
    var says: String
  }

  @Test(arguments: [
    Wrong(
      testDescription: "a source that is none", words: ["sync", "--source", "ftp://x"], status: 2,
      says: "`--source`: found `ftp://x`, expected osv or an http or https address"),
    Wrong(
      testDescription: "a password in a source that is none",
      words: ["sync", "--source", "ftp://me:secret@x/"], status: 2, says: "expected osv"),
    Wrong(
      testDescription: "an id that is none", words: ["show", "a b"], status: 2,
      says: "`a b` is no advisory's id"),
    Wrong(
      testDescription: "nothing fetched", words: ["show", "GHSA-x"], status: 2,
      says: "no advisories were ever fetched into `DIR/.cache/repin/advisories.sqlite`"),
    Wrong(
      testDescription: "a format that there isn't", words: ["--format", "xml"], status: 2, says: "found `xml`"
    ),
  ])
  func `wrong input is said`(_ wrong: Wrong) async throws {
    var fixture = try await CommandFixture()
    fixture.environment["REPIN_ADVISORIES_SOURCE"] = ""
    let outcome = try await fixture.run(["advisories"] + wrong.words)
    #expect(outcome.status == wrong.status && outcome.errors.contains(wrong.says), "\(outcome.errors)")
    #expect(!outcome.errors.contains("secret"))
  }

  @Test func `there is no such advisory`() async throws {
    let fixture = try await Self.fixture(Self.record("PYSEC-2024-1"))
    #expect(try await fixture.run(["advisories", "sync"]).status == 0)
    let outcome = try await fixture.run(["advisories", "show", "GHSA-x"])
    #expect(outcome == .init(status: 1, output: "", errors: "there is no advisory `GHSA-x` of ROOT/osv\n"))
  }
}
