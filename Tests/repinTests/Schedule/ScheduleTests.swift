import FoundationEssentials
import IndexServer
import TestSupport
import Testing

/// `repin schedule`, run as a process.
@Suite struct ScheduleTests {
  /// As much of the document as these tests read.
  private struct Document: Decodable {
    struct Window: Decodable {
      var seconds: Int64
      var local: String
    }
    struct Places: Decodable {
      var window: String?
      var timezone: String?
    }
    struct Due: Decodable {
      var package: String
      var version: String
      var kind: String
      var key: String?
      var due: String
    }
    struct Lockfile: Decodable {
      var path: String
      var complete: Bool?
      var due: [Due]
      var outdated: Int
    }
    var schema: String
    var window: String
    var timezone: String
    var windows: [Window]
    var configured: Places
    var lockfiles: [Lockfile]
  }

  private static func document(_ fixture: CommandFixture, _ arguments: String...) async throws -> Document {
    let outcome = try await fixture.run(["schedule", "--format", "json"] + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
  }

  @Test func `windows are shown with their places`() async throws {
    let fixture = try await CommandFixture()
    fixture.directory.write("repin.toml", "[schedule]\nwindow = '0 6 * * MON'\ntimezone = 'Europe/Berlin'\n")
    let document = try await Self.document(fixture, "--next", "3")
    #expect(document.schema == "repin.schedule/1")
    #expect(document.window == "0 6 * * MON" && document.timezone == "Europe/Berlin")
    #expect(
      document.windows.map { String($0.local.dropFirst(10).prefix(9)) } == [
        "T06:00:00", "T06:00:00", "T06:00:00",
      ])
    #expect(document.windows.map(\.seconds) == document.windows.map(\.seconds).sorted())
    #expect(
      document.configured.window == "repin.toml:2:10" && document.configured.timezone == "repin.toml:3:12")
    #expect(document.lockfiles.isEmpty)
    let text = try await fixture.run(["schedule", "--next", "2"])
    let lines = text.output.split(separator: "\n")
    #expect(lines.count == 4 && lines[0] == "0 6 * * MON in Europe/Berlin", "\(text.output)")
    #expect(lines[3] == "the window is from repin.toml:2:10, the time zone from repin.toml:3:12")
    #expect(text.errors == "hint: there is no lockfile here; `repin compile` writes one\n")
    // The words win over the environment.
    var changed = fixture
    changed.environment["REPIN_NEXT"] = "7"
    changed.environment["REPIN_FORMAT"] = "json"
    let seven = try await changed.run(["schedule"])
    #expect(try JSONDecoder().decode(Document.self, from: Data(seven.output.utf8)).windows.count == 7)
    #expect(
      try await changed.run(["schedule", "--next", "1", "--format", "text"]).output.split(separator: "\n")
        .count == 3)
  }

  @Test func `days of a blackout have no window`() async throws {
    let fixture = try await CommandFixture()
    fixture.directory.write(
      "repin.toml",
      "[schedule]\nwindow = '0 6 * * *'\nblackout = ['2020-01-01..9999-12-30', 9999-12-31]\n")
    let document = try await Self.document(fixture)
    #expect(document.windows.isEmpty)
    let text = try await fixture.run(["schedule"])
    #expect(
      text.output.contains("not on 2020-01-01..9999-12-30, 9999-12-31\nno further window\n"), "\(text.output)"
    )
  }

  @Test func `what is due is told from the history`() async throws {
    var fixture = try await CheckFixture()
    fixture.command.serve(advisories: [WrittenAdvisory(id: "PYSEC-2025-1", package: "app", fixed: "1.5")])
    fixture.serve("app", "1.0", daysAgo: 400, yanked: "broken")
    fixture.serve("lib", "1.0", daysAgo: 400)
    fixture.serve("lib", "2.0", daysAgo: 200)
    fixture.command.directory.write("requirements.txt", "app==1.0\nlib==1.0\n")
    let before = try await Self.document(fixture.command)
    #expect(before.lockfiles.map(\.complete) == [nil])
    let unknown = try await fixture.command.run(["schedule"])
    #expect(
      unknown.output.hasSuffix(
        "\n\nrequirements.txt: what is due isn't known, since nobody has checked it here\n"))
    #expect(unknown.errors == "hint: `repin check` finds out what is due\n")

    let check = try await fixture.check()
    #expect(check.status == 1, "\(check.errors)")
    let asked = fixture.command.server.requests.count
    let after = try await Self.document(fixture.command)
    #expect(after.lockfiles.map(\.complete) == [true])
    #expect(
      after.lockfiles.first?.due.map { "\($0.package) \($0.kind) \($0.due)" } == [
        "app vulnerable now", "app yanked window", "lib stale window",
      ])
    #expect(after.lockfiles.first?.due.first?.key == "PYSEC-2025-1")
    let text = try await fixture.command.run(["schedule"])
    #expect(
      text.output.contains(": 1 due now, before any window, 2 due at the next window\n"), "\(text.output)")
    #expect(
      text.output.contains("  now      app 1.0   PYSEC-2025-1, critical   seen first "),
      "\(text.output)")
    #expect(text.errors.isEmpty)

    // Today's policy counts.
    fixture.command.directory.write(
      "repin.toml",
      "[policy]\ndue = { yanked = 'now', stale = 'noted' }\n[[policy.ignore]]\nid = 'PYSEC-2025-1'\nreason = 'x'\nuntil = 9999-01-01\n"
    )
    let judged = try await Self.document(fixture.command)
    #expect(judged.lockfiles.first?.due.map { "\($0.package) \($0.kind) \($0.due)" } == ["app yanked now"])
    let noted = try await fixture.command.run(["schedule"])
    #expect(noted.output.contains(": 1 due now, before any window\n"))
    #expect(noted.output.contains("  and 2 that are just noted or ignored\n"))

    // A pin that has changed since has no finding.
    fixture.command.directory.write("requirements.txt", "app==1.5\nlib==1.0\n")
    let changed = try await Self.document(fixture.command, "requirements.txt")
    #expect(changed.lockfiles.map(\.outdated) == [2] && changed.lockfiles.first?.due.isEmpty == true)
    #expect(fixture.command.server.requests.count == asked)
    let none = try await Self.document(fixture.command, "--no-history")
    #expect(none.lockfiles.map(\.complete) == [nil])
  }

  struct Question: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var configuration: String
    var words: [String]
    var status: Int32
    var says: String
  }

  static let questions = [
    Question(
      testDescription: "every minute is a window", configuration: "window = '* * * * *'",
      words: ["--tick", "* * * * *", "--ticks", "* * * * *"], status: 0, says: "it is time\n"),
    Question(
      testDescription: "no day is one",
      configuration: "window = '* * * * *'\nblackout = ['0001-01-01..9999-12-31']",
      words: ["--tick", "* * * * *", "--ticks", "* * * * *"], status: 1, says: "it isn't time\n"),
    Question(
      testDescription: "the first of lines that tick together has the window",
      configuration: "window = '* * * * *'",
      words: ["--tick", "*/1 * * * *", "--ticks", "* 0-23 * * *", "--ticks", "*/1 * * * *"], status: 1,
      says: "it isn't time\n"),
    Question(
      testDescription: "the same line in other words", configuration: "window = '* * * * *'",
      words: ["--tick", "* 0-23 * * *", "--ticks", "* 0-23 * jan-dec *", "--ticks", "*/1 * * * *"], status: 2,
      says: "`--tick * 0-23 * * *` is none of `--ticks`"),
    Question(
      testDescription: "a line that is none", configuration: "",
      words: ["--tick", "0 25 * * *", "--ticks", "0 5 * * *"],
      status: 2, says: "`--tick 0 25 * * *`: column 3: hour: `25` isn't between 0 and 23"),
    Question(
      testDescription: "lines of which one is none", configuration: "",
      words: ["--tick", "0 5 * * *", "--ticks", "0 5 * * *", "--ticks", "x"], status: 2,
      says: "`--ticks x`: column 2: expected 5 fields"),
    Question(
      testDescription: "nothing of lines", configuration: "", words: [], status: 2,
      says: "`--is-time` needs the line"),
    Question(
      testDescription: "no lines", configuration: "", words: ["--tick", "0 5 * * *"], status: 2,
      says: "`--is-time` needs the line"),
    Question(
      testDescription: "a number of windows", configuration: "",
      words: ["--tick", "0 5 * * *", "--ticks", "0 5 * * *", "--next", "2"], status: 2,
      says: "`--is-time` and `--next` exclude each other"),
    Question(
      testDescription: "a lockfile", configuration: "",
      words: ["--tick", "0 5 * * *", "--ticks", "0 5 * * *", "r.txt"], status: 2,
      says: "`--is-time` and lockfiles exclude each other"),
  ]

  @Test(arguments: questions) func `a scheduler asks whether it is time`(_ question: Question) async throws {
    let fixture = try await CommandFixture()
    fixture.directory.write("repin.toml", "[schedule]\n\(question.configuration)\n")
    let outcome = try await fixture.run(["schedule", "--is-time"] + question.words)
    #expect(outcome.status == question.status, "\(outcome)")
    if question.status == 2 {
      #expect(outcome.errors.hasPrefix("error: \(question.says)") && outcome.output.isEmpty, "\(outcome)")
    } else {
      #expect(outcome.output == question.says && outcome.errors.isEmpty, "\(outcome)")
    }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String { configuration + words.joined(separator: " ") }
    var configuration = ""
    var words: [String] = []
    var says: String
  }

  static let faults = [
    Fault(
      configuration: "window = '0 6 * * FUN'",
      says: "error: repin.toml:2:10: `schedule.window`: day of week: expected a number or a name"),
    Fault(
      configuration: "window = 6",
      says: "error: repin.toml:2:10: `schedule.window`: found an integer, expected a string"),
    Fault(
      configuration: "timezone = 'Europe/Berln'",
      says: "error: repin.toml:2:12: this machine knows no time zone `Europe/Berln`"),
    Fault(configuration: "timezone = 'Europe/Berln'", says: "hint: did you mean `Europe/Berlin`"),
    Fault(configuration: "timezone = 'europe/berlin'", says: "hint: did you mean `Europe/Berlin`?"),
    Fault(configuration: "timezone = 'Germany/Berlin'", says: "hint: did you mean `Europe/Berlin`?"),
    Fault(
      configuration: "blackout = ['2026-12-24', '2026-02-30']",
      says: "error: repin.toml:2:27: `schedule.blackout`: there is no day `2026-02-30`"),
    Fault(
      configuration: "blackout = ['2026-12-24..2026-12-01']",
      says: "error: repin.toml:2:13: `schedule.blackout`: `2026-12-24..2026-12-01` ends before it begins"),
    Fault(
      configuration: "blackout = [2026-12-24T00:00:00]",
      says: "error: repin.toml:2:13: `schedule.blackout`: `2026-12-24T00:00:00` is no date"),
    Fault(
      configuration: "blackout = '2026-12-24'",
      says: "error: repin.toml:2:12: `schedule.blackout`: found a string, expected an array of days"),
    Fault(configuration: "blackout = [3]", says: "`schedule.blackout`: found an integer"),
    Fault(
      configuration: "blackout = [\(Array(repeating: "'2026-12-24'", count: 201).joined(separator: ","))]",
      says: "`schedule.blackout`: found 201 entries, expected at most 200"),
    Fault(configuration: "windows = ''", says: "error: repin.toml:2:1: found `windows` in `[schedule]`"),
    Fault(words: ["--next", "1001"], says: "error: `--next`: found 1001, expected 0 to 1000"),
    Fault(words: ["--next", "-1"], says: "Error: "),
    Fault(words: ["--tick", "0 5 * * *"], says: "error: `--tick` without `--is-time`"),
    Fault(words: ["--ticks", "0 5 * * *"], says: "error: `--ticks` without `--is-time`"),
    Fault(words: ["absent.txt"], says: "error: the lockfile `absent.txt` can't be read: no such file"),
    Fault(words: ["--config", "absent.toml"], says: "error: `--config absent.toml`: no such file"),
    Fault(
      words: ["--config", "repin.toml", "--no-config"],
      says: "`--config` and `--no-config` exclude each other"),
    Fault(words: ["--format", "dot"], says: "take text or json"),
    Fault(words: ["--upgrade"], says: "Unknown option '--upgrade'"),
  ]

  @Test(arguments: faults) func `what is wrong is told with its place`(_ fault: Fault) async throws {
    let fixture = try await CommandFixture()
    fixture.directory.write("repin.toml", "[schedule]\n\(fault.configuration)\n")
    let outcome = try await fixture.run(["schedule"] + fault.words)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.errors.contains(fault.says), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
