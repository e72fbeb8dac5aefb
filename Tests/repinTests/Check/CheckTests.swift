import FoundationEssentials
import IndexServer
import SQLite
import TestSupport
import Testing

/// `repin check`, run as a process beside an index.
@Suite struct CheckTests {
  @Test func `a lockfile of which nothing is wrong takes two lines`() async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20)
    fixture.command.directory.write("requirements.txt", "app==1.0\n    # via -r requirements.in\n")
    let outcome = try await fixture.check()
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("requirements.txt: 1 pin,") == true)
    #expect(lines.last?.hasPrefix("nothing is due; the next window is Mon ") == true)
    #expect(outcome.errors.isEmpty)
    #expect(fixture.command.directory.names(in: ".repin").contains("history.sqlite"))
    #expect(fixture.command.directory.text(".repin/.gitignore") == "*\n")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Versions with their days, `yanked` or a Python behind them.
    var releases: [(version: String, daysAgo: Double, yanked: String?, python: String?)]
    var pinned: String
    var policy = ""
    var findings: [String]
    var verdict: String
    var status: Int32
  }

  static let cases: [Case] = [
    Case(
      testDescription: "a newer release within the limit",
      releases: [("1.0", 300, nil, nil), ("1.1", 80, nil, nil)], pinned: "1.0", findings: [],
      verdict: "clean", status: 0),
    Case(
      testDescription: "stale", releases: [("1.0", 300, nil, nil), ("1.1", 91, nil, nil)], pinned: "1.0",
      findings: ["app stale"], verdict: "due-at-window", status: 1),
    Case(
      testDescription: "a newer release of another Python",
      releases: [("1.0", 300, nil, nil), ("1.1", 91, nil, ">=3.13")], pinned: "1.0", findings: [],
      verdict: "clean", status: 0),
    Case(
      testDescription: "a newer release that is yanked",
      releases: [("1.0", 300, nil, nil), ("1.1", 91, "broken", nil)], pinned: "1.0", findings: [],
      verdict: "clean", status: 0),
    Case(
      testDescription: "a newer pre-release",
      releases: [("1.0", 300, nil, nil), ("1.1rc1", 91, nil, nil)], pinned: "1.0", findings: [],
      verdict: "clean", status: 0),
    Case(
      testDescription: "yanked", releases: [("1.0", 10, "wrong files", nil)], pinned: "1.0",
      findings: ["app yanked"], verdict: "due-at-window", status: 1),
    Case(
      testDescription: "yanked, which the policy wants done now",
      releases: [("1.0", 10, "wrong files", nil)], pinned: "1.0",
      policy: "[policy]\ndue = { yanked = 'now' }\n", findings: ["app yanked"], verdict: "due-now", status: 1),
    Case(
      testDescription: "yanked, which the policy notes", releases: [("1.0", 10, "", nil)], pinned: "1.0",
      policy: "[policy]\ndue = { yanked = 'noted' }\n", findings: ["app yanked"], verdict: "noted", status: 0),
    Case(
      testDescription: "stale by a limit of the policy",
      releases: [("1.0", 300, nil, nil), ("1.1", 20, nil, nil)], pinned: "1.0",
      policy: "[policy]\nmax-days-behind = 10\n", findings: ["app stale"], verdict: "due-at-window", status: 1
    ),
    Case(
      testDescription: "a release that cools down",
      releases: [("1.0", 300, nil, nil), ("1.1", 20, nil, nil)], pinned: "1.0",
      policy: "[policy]\nmax-days-behind = 10\ncooldown = '30 days'\n", findings: [], verdict: "clean",
      status: 0),
    Case(
      testDescription: "ignored", releases: [("1.0", 10, "wrong files", nil)], pinned: "1.0",
      policy: "[[policy.ignore]]\npackage = 'app'\nreason = 'x'\nuntil = \(CheckFixture.day(in: 9))\n",
      findings: ["app yanked"], verdict: "clean", status: 0),
    Case(
      testDescription: "ignored until yesterday", releases: [("1.0", 10, "wrong files", nil)], pinned: "1.0",
      policy: "[[policy.ignore]]\npackage = 'app'\nreason = 'x'\nuntil = \(CheckFixture.day(in: -1))\n",
      findings: ["app yanked"], verdict: "due-at-window", status: 1),
    Case(
      testDescription: "a release that no index ever had", releases: [("2.0", 10, nil, nil)],
      pinned: "1.0+private", findings: [], verdict: "clean", status: 0),
  ]

  @Test(arguments: cases) func `a finding is what the policy makes of it`(_ row: Case) async throws {
    let fixture = try await CheckFixture()
    for (version, daysAgo, yanked, python) in row.releases {
      fixture.serve("app", version, daysAgo: daysAgo, requiresPython: python, yanked: yanked)
    }
    fixture.command.directory.write("requirements.txt", "app==\(row.pinned)\n")
    fixture.command.directory.write("repin.toml", row.policy)
    let found = try await fixture.findings()
    #expect(found.findings == row.findings)
    #expect(found.verdict == row.verdict)
    #expect(found.status == row.status)
  }

  @Test func `a release that the index had once is withdrawn`() async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20)
    fixture.command.directory.write("requirements.txt", "app==1.0\nown==3\n")
    #expect(try await fixture.findings().findings.isEmpty)
    let page = #"{"meta": {"api-version": "1.1"}, "name": "app", "versions": [], "files": []}"#
    fixture.command.server.serve(page: page, of: "app")
    let found = try await fixture.findings()
    #expect(found.findings == ["app withdrawn"])
    #expect(found.verdict == "due-now" && found.status == 1)
    // Without a history nobody knows.
    #expect(try await fixture.findings("--no-history").findings.isEmpty)
  }

  @Test(arguments: ["quarantined", "archived", "deprecated"])
  func `what the index says of a project is a finding`(_ status: String) async throws {
    let fixture = try await CheckFixture()
    let page = """
      {"meta": {"api-version": "1.4"}, "name": "app", "versions": [], "files": [],
       "project-status": {"status": "\(status)", "reason": "because"}}
      """
    fixture.command.server.serve(page: page, of: "app")
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    let found = try await fixture.findings()
    #expect(found.findings == ["app \(status)"])
    #expect(found.verdict == (status == "quarantined" ? "due-now" : "noted"))
  }

  @Test func `an index that doesn't answer leaves nothing clean`() async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20)
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    await fixture.command.server.stop()
    let outcome = try await fixture.check()
    #expect(outcome.status == 3)
    #expect(!outcome.output.contains("nothing is due"))
    #expect(outcome.output.contains("incomplete"))
    #expect(outcome.errors.hasPrefix("warning: "))
    // And it isn't remembered as if all were well.
    #expect(try await fixture.findings().verdict == "incomplete")
  }

  @Test func `nothing is shown where nothing has changed`() async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20, yanked: "x")
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    let first = try await fixture.check("--quiet-if-unchanged")
    #expect(first.status == 1 && first.output.contains("yanked"))
    let second = try await fixture.check("--quiet-if-unchanged")
    #expect(second.status == 1 && second.output.isEmpty && second.errors.isEmpty)
    fixture.serve("lib", "1.0", daysAgo: 20)
    fixture.command.directory.write("requirements.txt", "app==1.0\nlib==1.0\n")
    #expect(try await !fixture.check("--quiet-if-unchanged").output.isEmpty)
    #expect(try await fixture.check("--quiet-if-unchanged").output.isEmpty)
    #expect(try await !fixture.check().output.isEmpty)
  }

  @Test func `the rest of a damaged lockfile is checked`() async throws {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20, yanked: "x")
    fixture.command.directory.write(
      "requirements.txt", "<<<<<<< ours\nlib==1\n=======\nlib==2\n>>>>>>> theirs\napp==1.0\nother>=2\n")
    let outcome = try await fixture.check()
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("yanked"))
    #expect(outcome.errors.contains("warning: requirements.txt:1:1: found "))
    #expect(outcome.errors.contains("requirements.txt:7:"))
  }

  @Test func `lockfiles are found below a directory, and by patterns`() async throws {
    let fixture = try await CheckFixture()
    let directory = fixture.command.directory
    fixture.serve("app", "1.0", daysAgo: 20)
    for name in ["a", "a/requirements", "b", ".hidden", "env", "node_modules"] {
      directory.makeDirectory(name)
    }
    for path in [
      "a/requirements.txt", "a/requirements/dev.txt", "b/requirements-dev.txt", ".hidden/requirements.txt",
      "env/requirements.txt", "node_modules/requirements.txt", "b/notes.txt",
    ] {
      directory.write(path, "app==1.0\n")
    }
    directory.write("env/pyvenv.cfg", "")
    #expect(
      try await fixture.findings("--recursive", ".").report.lockfiles.map(\.path) == [
        "a/requirements/dev.txt", "a/requirements.txt", "b/requirements-dev.txt",
      ])
    #expect(
      try await fixture.findings("*/requirements*.txt").report.lockfiles.map(\.path).sorted() == [
        "a/requirements.txt", "b/requirements-dev.txt", "env/requirements.txt",
        "node_modules/requirements.txt",
      ])
    #expect(fixture.command.server.requests.filter { $0.path.contains("/app/") }.count == 2)
    #expect(directory.names(in: ".repin").contains("history.sqlite"))
    let none = try await fixture.check("nothing/*.txt")
    #expect(none.status == 2 && none.errors.hasPrefix("error: `nothing/*.txt`: no file matches"))
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String { configuration + arguments.joined(separator: " ") }
    var configuration = ""
    var arguments: [String] = []
    var error: String
  }

  static let faults: [Fault] = [
    Fault(
      configuration: "[policy]\nmax-days = 3\n",
      error: "repin.toml:2:1: found `max-days` in `[policy]`, expected one of `max-days-behind`"),
    Fault(
      configuration: "[policy]\nmax-days-behind = 'soon'\n",
      error: "repin.toml:2:19: `policy.max-days-behind`: `soon` is no length of time"),
    Fault(
      configuration: "[policy]\nmax-days-behind = true\n",
      error: "repin.toml:2:19: `policy.max-days-behind`: found a boolean, expected a string"),
    Fault(
      configuration: "[policy]\ndue = { stale = 'later' }\n",
      error: "repin.toml:2:17: `due.stale`: `later` isn't one of now, window, noted"),
    Fault(
      configuration: "[policy]\ndue = { rotten = 'now' }\n", error: "repin.toml:2:9: `rotten` isn't one of "),
    Fault(
      configuration: "[[policy.ignore]]\npackage = 'app'\nuntil = 2030-01-01\n",
      error: "repin.toml:1:10: `[policy.ignore]`: an ignore needs `reason`"),
    Fault(
      configuration: "[[policy.ignore]]\npackage = 'app'\nreason = 'x'\nuntil = '2030-02-30'\n",
      error: "repin.toml:1:10: `[policy.ignore]`: `until`: there is no day `2030-02-30`"),
    Fault(
      configuration: "[schedule]\nwindow = '0 25 * * *'\n",
      error: "repin.toml:2:10: `schedule.window`: hour: `25` isn't between 0 and 23"),
    Fault(
      configuration: "[schedule]\ntimezone = 'Mars/Olympus'\n",
      error: "repin.toml:2:12: this machine knows no time zone `Mars/Olympus`"),
    Fault(
      configuration: "[schedule]\ntimezone = '../../etc/passwd'\n",
      error: "repin.toml:2:12: `schedule.timezone`: `../../etc/passwd` is no name of a time zone"),
    Fault(
      configuration: "policy = 3\n", error: "repin.toml:1:10: `policy`: found an integer, expected a table"),
    Fault(arguments: ["--format", "spdx"], error: "`--format`"),
    Fault(arguments: ["--upgrade"], error: "`--upgrade` is for `repin compile`"),
    Fault(arguments: ["absent.txt"], error: "the lockfile `absent.txt` can't be read: no such file"),
    Fault(arguments: ["--recursive", "absent"], error: "`--recursive absent`: no such directory"),
    Fault(arguments: ["--history", "x", "--no-history"], error: "`--history` and `--no-history` exclude"),
  ]

  @Test(arguments: faults) func `what is wrong is told with its place`(_ fault: Fault) async throws {
    let fixture = try await CheckFixture()
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    fixture.command.directory.write("repin.toml", fault.configuration)
    let outcome = try await fixture.command.run(["check"] + CommandFixture.target + fault.arguments)
    #expect(outcome.status == 2)
    #expect(outcome.errors.lowercased().hasPrefix("error: "))
    #expect(outcome.errors.contains(fault.error), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
