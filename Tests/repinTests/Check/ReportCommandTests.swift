import IndexServer
import TestSupport
import Testing

/// `repin report`, run as a process.
@Suite struct ReportCommandTests {
  private static func fixture() async throws -> CheckFixture {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20, yanked: "<b>broken</b>")
    fixture.serve("lib", "1.0", daysAgo: 20)
    fixture.command.directory.write(
      "requirements.txt", "app==1.0\n    # via -r requirements.in\nlib==1.0\n    # via app\n")
    return fixture
  }

  private static func report(_ fixture: CheckFixture, _ words: String...) async throws
    -> CommandFixture.Outcome
  {
    try await fixture.command.run(["report"] + CommandFixture.target + words)
  }

  @Test func `a page of what a check finds and the history knows`() async throws {
    let fixture = try await Self.fixture()
    let outcome = try await Self.report(fixture)
    #expect(outcome == .init(status: 0, output: "", errors: "wrote repin-report.html\n"))
    let page = try #require(fixture.command.directory.text("repin-report.html"))
    #expect(page.lowercased().hasPrefix("<!doctype html>") && page.contains("Content-Security-Policy"))
    #expect(
      page.contains("yanked") && page.contains("&#60;b&#62;broken&#60;/b&#62;") && !page.contains("<b>broken")
    )
    #expect(page.contains("requirements.txt") && page.contains("-r requirements.in"))
    // It is recorded, as by a check.
    #expect(fixture.command.directory.names(in: ".repin").contains("history.sqlite"))
    let shown = try await Self.report(fixture, "-o", "-", "requirements.txt")
    #expect(
      shown.status == 0 && shown.output.lowercased().hasPrefix("<!doctype html>") && shown.errors.isEmpty)
    let quiet = try await Self.report(fixture, "-q", "--output-file", "page.html", "--no-history")
    #expect(quiet == .init(status: 0, output: "", errors: ""))
    #expect(fixture.command.directory.text("page.html") != nil)
  }

  @Test func `a lockfile that can't be read is wrong input`() async throws {
    let fixture = try await Self.fixture()
    fixture.command.directory.write("poetry.lock", "abc")
    let outcome = try await Self.report(fixture, "--no-history", "poetry.lock")
    #expect(outcome.status == 2 && outcome.errors.contains("poetry.lock:1"), "\(outcome)")
    #expect(fixture.command.directory.text("repin-report.html")?.contains("poetry.lock") == true)
  }

  @Test func `what isn't known is on the page and in the exit code`() async throws {
    let fixture = try await Self.fixture()
    await fixture.command.server.stop()
    let outcome = try await Self.report(fixture, "--no-history")
    #expect(outcome.status == 3)
    #expect(fixture.command.directory.text("repin-report.html") != nil)
  }

  @Test(arguments: [
    (["-o", "./requirements.txt"], "`./requirements.txt` is a lockfile, and a page would take its place"),
    (["--format", "json"], "`--format` is for `repin check`: a report is a page"),
    (["--dry-run"], "`--dry-run` is for `repin compile`"),
    (["absent.txt"], "the lockfile `absent.txt` can't be read"),
    (["-o", "absent/page.html"], "can't write `absent/page.html`: no such file"),
  ])
  func `what is wrong is told, and nothing is written`(words: [String], says: String) async throws {
    let fixture = try await Self.fixture()
    let before = fixture.command.directory.text("requirements.txt")
    let outcome = try await fixture.command.run(["report"] + CommandFixture.target + ["--no-history"] + words)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.errors.lowercased().contains(says.lowercased()), "\(outcome.errors)")
    #expect(outcome.output.isEmpty && fixture.command.directory.text("requirements.txt") == before)
    #expect(fixture.command.directory.text("repin-report.html") == nil)
  }

  @Test func `projects and advisories are linked where what is cached names them`() async throws {
    var fixture = try await Self.fixture()
    for (name, url) in [
      ("linked", "https://linked.example/?a=1&b=2"), ("hostile", "javascript:alert(1)"),
    ] {
      fixture.command.server.serve(
        name, "1.0", uploadTime: CheckFixture.ago(days: 20), coreMetadata: .announced
      ) { file in
        file.metadata = Array(
          "Metadata-Version: 2.1\nName: \(name)\nVersion: 1.0\nProject-URL: Homepage, \(url)\n\n".utf8)
      }
    }
    fixture.command.serve(advisories: [WrittenAdvisory(id: "PYSEC-1", package: "linked")])
    fixture.command.write(["requirements.in": "linked\nhostile\n"])
    let compiled = try await fixture.command.compile()
    try #require(compiled.status == 0, "\(compiled.errors)")
    let outcome = try await Self.report(fixture)
    #expect(outcome.errors == "wrote repin-report.html\n", "\(outcome)")
    let page = try #require(fixture.command.directory.text("repin-report.html"))
    #expect(page.contains("href=\"https://linked.example/?a=1&#38;b=2\""))
    #expect(page.contains("href=\"https://advisories.example/PYSEC-1\""))
    #expect(page.contains("noopener") && page.contains("noreferrer") && !page.contains("javascript:"))
  }
}
