import FoundationEssentials
import IndexServer
import SQLite
import TestSupport
import Testing

/// What `repin check` finds of advisories, as a process beside an index and a source.
@Suite struct CheckAdvisoryTests {
  private static func fixture(_ records: WrittenAdvisory...) async throws -> CheckFixture {
    var fixture = try await CheckFixture()
    fixture.command.serve(advisories: records)
    for version in ["1.0", "1.1", "2.0"] { fixture.serve("lib", version, daysAgo: 30) }
    fixture.serve("app", "1.0", daysAgo: 30)
    fixture.command.directory.write("requirements.txt", "app==1.0\nlib==1.0\n")
    return fixture
  }

  @Test func `a finding for each problem, with its fix and place`() async throws {
    let fixture = try await Self.fixture(
      WrittenAdvisory(id: "GHSA-aaaa-bbbb-cccc", aliases: ["CVE-2024-1"], fixed: "1.1"),
      WrittenAdvisory(id: "PYSEC-2024-1", aliases: ["CVE-2024-1"], fixed: "1.1", score: nil),
      WrittenAdvisory(
        id: "PYSEC-2024-2", fixed: "1.2", summary: "Worse <b>@you</b>\\n::error::x", score: "5.3"),
      WrittenAdvisory(id: "PYSEC-2024-3", introduced: "1.1", fixed: "1.2"),
      WrittenAdvisory(id: "PYSEC-2024-4", fixed: "1.1", withdrawn: "2024-03-01T00:00:00Z"),
      WrittenAdvisory(id: "PYSEC-2024-5", package: "other"))
    let outcome = try await fixture.check("--no-history")
    #expect(outcome.status == 1)
    let day = CheckFixture.day(in: 0)
    let rows = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      rows.prefix(4).map { $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ") }
        == [
          "due package version finding since fix/newest place",
          "now lib 1.0 GHSA-aaaa-bbbb-cccc, critical: Things go wrong \(day) 2.0 requirements.txt:2",
          "window lib 1.0 PYSEC-2024-2, medium: Worse <b>@you</b> ::error::x \(day) 2.0 requirements.txt:2",
          "",
        ], "\(outcome.output)")
    #expect(outcome.errors.isEmpty)

    let found = try await fixture.findings("--no-history")
    let findings = found.report.lockfiles[0].findings
    #expect(findings.map(\.key) == ["GHSA-aaaa-bbbb-cccc", "PYSEC-2024-2"])
    #expect(findings.map(\.aliases) == [["CVE-2024-1", "PYSEC-2024-1"], []])
    #expect(findings.map(\.score) == [9.8, 5.3] && findings.map(\.fix) == ["2.0", "2.0"])
    #expect(found.report.advisories?.map(\.records) == [6])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var record: WrittenAdvisory
    var policy = ""
    var findings: [String] = []
    var verdict: String
    var status: Int32
  }

  static let cases: [Case] = [
    Case(
      testDescription: "fixed before", record: WrittenAdvisory(id: "PYSEC-1", fixed: "0.9"), verdict: "clean",
      status: 0),
    Case(
      testDescription: "introduced later", record: WrittenAdvisory(id: "PYSEC-1", introduced: "1.0.1"),
      verdict: "clean", status: 0),
    Case(
      testDescription: "no fix", record: WrittenAdvisory(id: "PYSEC-1"), findings: ["lib now"],
      verdict: "due-now", status: 1),
    Case(
      testDescription: "a name in another spelling",
      record: WrittenAdvisory(id: "PYSEC-1", package: "LIB", score: "5.3"), findings: ["lib window"],
      verdict: "due-at-window", status: 1),
    Case(
      testDescription: "malware of no severity", record: WrittenAdvisory(id: "MAL-2024-1", score: nil),
      policy: "due = { unknown = \"noted\" }", findings: ["lib now"], verdict: "due-now", status: 1),
    Case(
      testDescription: "a severity that is noted",
      record: WrittenAdvisory(id: "PYSEC-1", score: "5.3"), policy: "due = { medium = \"noted\" }",
      findings: ["lib noted"], verdict: "noted", status: 0),
    Case(
      testDescription: "ignored by an alias",
      record: WrittenAdvisory(id: "PYSEC-1", aliases: ["CVE-2024-7"]),
      policy: "ignore = [{ id = \"cve-2024-7\", reason = \"not reached\", until = 2999-01-01 }]",
      findings: ["lib ignored"], verdict: "clean", status: 0),
  ]

  @Test(arguments: cases) func finding(_ example: Case) async throws {
    let fixture = try await Self.fixture(example.record)
    fixture.command.directory.write("repin.toml", "[policy]\n\(example.policy)\n")
    let found = try await fixture.findings()
    #expect(found.report.lockfiles[0].findings.map { "\($0.package) \($0.urgency)" } == example.findings)
    #expect(found.verdict == example.verdict && found.status == example.status)
  }

  /// Seen first on one day, by whatever id it is called the next; gone when its pin is.
  @Test func `the history knows a problem by any of its ids`() async throws {
    var fixture = try await Self.fixture(WrittenAdvisory(id: "PYSEC-2024-1", fixed: "1.1"))
    #expect(try await fixture.findings().report.lockfiles[0].findings.map(\.key) == ["PYSEC-2024-1"])
    func rows() throws -> [String] {
      let history = try Connection(path: fixture.command.directory.file(".repin/history.sqlite"))
      var rows: [String] = []
      try history.prepare(
        "SELECT key, resolved_at IS NULL FROM finding WHERE kind = 'vulnerable' ORDER BY key"
      )
      .query { row in rows.append("\(row.text(at: 0)) \(row.integer(at: 1))") }
      return rows
    }
    #expect(try rows() == ["PYSEC-2024-1 1"])
    // A source that fails resolves nothing.
    fixture.command.environment["REPIN_ADVISORIES_SOURCE"] = fixture.command.url.replacing(
      "/simple/", with: "/gone")
    #expect(try await fixture.findings().status == 3)
    fixture.command.environment["REPIN_ADVISORIES_SOURCE"] = "none"
    #expect(try await fixture.findings().status == 0)
    #expect(try rows() == ["PYSEC-2024-1 1"])
    fixture.command.serve(advisories: [WrittenAdvisory(id: "PYSEC-2024-1", fixed: "1.1")])
    fixture.command.directory.write("requirements.txt", "app==1.0\nlib==1.1\n")
    #expect(try await fixture.findings().status == 0)
    #expect(try rows() == ["PYSEC-2024-1 0"])
  }

  // MARK: Sources that fail

  @Test func `a source that was never reached leaves nothing clean`() async throws {
    var fixture = try await Self.fixture()
    fixture.command.environment["REPIN_ADVISORIES_SOURCE"] = fixture.command.url.replacing(
      "/simple/", with: "/gone")
    let outcome = try await fixture.check()
    #expect(outcome.status == 3)
    #expect(
      outcome.output.contains("incomplete: `ROOT/gone` didn't tell the advisories of any pin"),
      "\(outcome.output)")
    #expect(
      outcome.errors.hasPrefix("warning: advisories aren't known of 2 pins: ROOT/gone/PyPI/"),
      "\(outcome.errors)")
  }

  @Test func `the last good records count where they can't be renewed, but for --strict and an old age`()
    async throws
  {
    var fixture = try await Self.fixture(WrittenAdvisory(id: "PYSEC-1", fixed: "0.9"))
    #expect(try await fixture.check().status == 0)
    fixture.command.server.serve(document: Array("no list".utf8), at: "/osv/PyPI/modified_id.csv")
    fixture.command.server.serve(document: Array("no zip".utf8), at: "/osv/PyPI/all.zip")
    // They are young enough not to be asked for.
    #expect(try await fixture.check("--strict").errors.isEmpty)
    let refreshed = try await fixture.check("--refresh")
    #expect(refreshed.status == 0)
    #expect(
      refreshed.errors.hasPrefix(
        "warning: the advisories of `ROOT/osv` are under an hour old, and can't be renewed: "),
      "\(refreshed.errors)")
    #expect(try await fixture.check("--refresh", "--strict").status == 3)
    fixture.command.environment["REPIN_STRICT"] = "1"
    #expect(try await fixture.check("--refresh").status == 3)
    fixture.command.environment["REPIN_STRICT"] = ""
    #expect(try await fixture.check("--offline").status == 0)

    let database = try Connection(path: fixture.command.directory.file(".cache/repin/advisories.sqlite"))
    try database.execute(script: "UPDATE source SET synced_at = synced_at - 8 * 86400")
    let old = try await fixture.check("--offline")
    #expect(old.status == 3)
    #expect(
      old.errors
        == "warning: the advisories of `ROOT/osv` are 8 days old, which is too old to say that anything is clean\n"
    )
    fixture.command.directory.write("repin.toml", "[advisories]\nmax-age = \"30 days\"\n")
    #expect(try await fixture.check("--offline").status == 0)
  }

  @Test func `records that can't be read are told, and fail under --strict`() async throws {
    var fixture = try await Self.fixture()
    var archive = ZipWriter()
    archive.add("PYSEC-1.json", Array(WrittenAdvisory(id: "PYSEC-1", fixed: "0.9").json.utf8))
    archive.add(
      "PYSEC-2.json",
      Array(WrittenAdvisory(id: "PYSEC-2").json.replacing("1.6.0", with: "2.0.0").utf8))
    fixture.command.directory.write("records.zip", archive.finished())
    fixture.command.environment["REPIN_ADVISORIES_SOURCE"] = "records.zip"
    let outcome = try await fixture.check()
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.hasPrefix(
        "warning: 1 advisory of `DIR/records.zip` couldn't be read, and might be about any package: PYSEC-2.json: "
      ),
      "\(outcome.errors)")
    #expect(try await fixture.check("--strict").status == 3)
  }

  // MARK: Other sources

  @Test func `a directory of records`() async throws {
    let fixture = try await Self.fixture()
    fixture.command.directory.makeDirectory("records")
    fixture.command.directory.write("records/PYSEC-1.json", WrittenAdvisory(id: "PYSEC-1").json)
    #expect(try await fixture.findings("--advisories-source", "records").findings == ["lib vulnerable"])
    fixture.command.directory.write("repin.toml", "[advisories]\nsource = \"records\"\n")
    var configured = fixture
    configured.command.environment["REPIN_ADVISORIES_SOURCE"] = ""
    #expect(try await configured.findings().findings == ["lib vulnerable"])
  }

  @Test func `what the index says of each release`() async throws {
    let fixture = try await Self.fixture()
    let told = """
      {"info": {"name": "lib", "version": "1.0"}, "vulnerabilities": [{"id": "PYSEC-1", "aliases": ["CVE-2024-1"],
       "details": "", "summary": "", "fixed_in": ["1.1"], "link": "https://advisories.example/", "withdrawn": null}]}
      """
    fixture.command.server.serve(document: Array(told.utf8), at: "/pypi/lib/1.0/json")
    let clean = "{\"info\": {\"name\": \"app\", \"version\": \"1.0\"}, \"vulnerabilities\": []}"
    fixture.command.server.serve(document: Array(clean.utf8), at: "/pypi/app/1.0/json")
    let found = try await fixture.findings("--advisories-source", "pypi")
    #expect(found.findings == ["lib vulnerable"] && found.verdict == "due-at-window")
  }

  /// The API tells of the releases that it is asked about, so that a fix is asked about too.
  @Test func `a fix that has a problem of its own is none`() async throws {
    let fixture = try await Self.fixture()
    let records = [
      "1.0": WrittenAdvisory(id: "PYSEC-1", fixed: "1.1"),
      "1.1": WrittenAdvisory(id: "PYSEC-2", introduced: "1.1", fixed: "2.0"),
    ]
    for record in records.values {
      fixture.command.server.serve(document: Array(record.json.utf8), at: "/api/v1/vulns/\(record.id)")
    }
    let ids = records.mapValues(\.id)
    fixture.command.server.serve(
      document: { request in
        struct Batch: Decodable {
          struct Query: Decodable {
            struct Package: Decodable { var name: String }
            var package: Package
            var version: String
          }
          var queries: [Query]
        }
        let batch = try? JSONDecoder().decode(Batch.self, from: Data(request.body))
        let results = batch?.queries.map { query in
          let id = query.package.name == "lib" ? ids[query.version] : nil
          return "{\(id.map { "\"vulns\": [{\"id\": \"\($0)\"}]" } ?? "")}"
        }
        return Array("{\"results\": [\(results?.joined(separator: ",") ?? "")]}".utf8)
      }, at: "/api/v1/querybatch")
    let api = "osv-api+\(fixture.command.url.replacing("/simple/", with: "/api"))"
    let found = try await fixture.findings(
      "--advisories-source", api, "--public-index", fixture.command.url)
    #expect(found.report.lockfiles[0].findings.map { "\($0.key) \($0.fix ?? "")" } == ["PYSEC-1 2.0"])
  }

  @Test func `of a pre-release, a pre-release is a fix`() async throws {
    var fixture = try await CheckFixture()
    fixture.command.serve(advisories: [WrittenAdvisory(id: "PYSEC-1", fixed: "1.0a2")])
    for version in ["1.0a1", "1.0a2"] { fixture.serve("lib", version, daysAgo: 30) }
    fixture.command.directory.write("requirements.txt", "lib==1.0a1\n")
    let found = try await fixture.findings()
    #expect(found.report.lockfiles[0].findings.map(\.fix) == ["1.0a2"])
  }

  @Test func `a fix is one that the pin's own index has`() async throws {
    let fixture = try await Self.fixture(WrittenAdvisory(id: "PYSEC-1", fixed: "1.1"))
    let other = try await CheckFixture()
    for version in ["1.0", "3.0"] { other.serve("lib", version, daysAgo: 30) }
    fixture.command.directory.write("other.txt", "--index-url \(other.command.url)\nlib==1.0\n")
    let found = try await fixture.findings("requirements.txt", "other.txt")
    let fixes = found.report.lockfiles.map { $0.findings.map(\.fix) }
    #expect(fixes == [["1.1"], ["3.0"]])
  }

  /// Names are told to the API only where their index is known to be public.
  @Test func `private names stay here`() async throws {
    let fixture = try await Self.fixture()
    fixture.command.server.serve(document: Array("{\"results\": [{}, {}]}".utf8), at: "/api/v1/querybatch")
    let api = "osv-api+\(fixture.command.url.replacing("/simple/", with: "/api"))"
    let hidden = try await fixture.check("--advisories-source", api)
    // Of nobody anything was asked.
    #expect(hidden.status == 3)
    #expect(
      hidden.errors == """
        warning: 2 packages are from an index that isn't known to be public, and isn't told to `ROOT/api`: \
        `--public-index` says that an index is

        """)
    func sent() -> [String] {
      fixture.command.server.requests.filter { $0.path.hasPrefix("/api") }.map {
        String(decoding: $0.body, as: UTF8.self)
      }
    }
    #expect(sent().isEmpty)
    let told = try await fixture.check("--advisories-source", api, "--public-index", fixture.command.url)
    #expect(told.status == 0 && told.errors.isEmpty, "\(told)")
    let wrong = try await fixture.check("--advisories-source", api, "--public-index", "zzz")
    #expect(wrong.status == 2 && wrong.errors.contains("found `zzz`, expected an http or https address"))
    #expect(sent().count == 1 && sent()[0].contains("\"lib\""))
  }

  @Test(arguments: [
    ("absent", "`--advisories-source`: found `absent`, expected osv"), ("ftp://x", "found `ftp://x`"),
    ("osv-api+x", "found `osv-api+x`"),
  ])
  func `a source that is none`(_ source: String, _ words: String) async throws {
    let fixture = try await Self.fixture()
    let outcome = try await fixture.check("--advisories-source", source)
    #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
    fixture.command.directory.write("repin.toml", "[advisories]\nsource = \"\(source)\"\n")
    var configured = fixture
    configured.command.environment["REPIN_ADVISORIES_SOURCE"] = ""
    let outcome2 = try await configured.check()
    #expect(
      outcome2.status == 2 && outcome2.errors.contains("repin.toml:2:10: `source`: found"),
      "\(outcome2.errors)")
  }
}
