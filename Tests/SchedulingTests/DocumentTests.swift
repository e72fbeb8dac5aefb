import FoundationEssentials
import PythonPackaging
import Testing
import UpdatePolicy

@testable import Scheduling

/// The examples of docs/schedule.md are what is written.
///
/// Where REPIN_RECORD is set they are written anew; then the test fails that would have failed.
@Suite struct DocumentTests {
  private static let file = Zones.root.appending(path: "docs/schedule.md")

  private static func run(_ directory: String, _ program: String, _ window: String) throws -> ScheduledCommand
  {
    try ScheduledCommand(
      command: [program, "run"], directory: directory, lockfiles: ["requirements.txt"],
      schedule: Zones.schedule(window, "Europe/Berlin"), rules: Zones.rules("Europe/Berlin"), now: Zones.now)
  }

  private static let clusterDetails = {
    var details = ScheduledCommand.Details()
    details.image = "registry.example/repin@sha256:" + String(repeating: "0", count: 64)
    return details
  }()

  private static func examples() throws -> [String: String] {
    let machine = try run("/srv/web app", "/usr/local/bin/repin", "30 2 1 * SUN")
    let pipeline = try run(".", "repin", "0 6 * * MON")
    // 2027-03-20 12:00 UTC.
    var schedule = try Zones.schedule("30 2 * * SUN", "Europe/Berlin")
    schedule.blackouts = [try Blackout("2027-04-01..2027-04-05")]
    let windows = UpcomingWindows(schedule, rules: machine.rules, now: 1_805_544_000, count: 3)
    var policy = Policy()
    policy.schedule = schedule
    let findings = try [
      ("vulnerable", "GHSA-aaaa-bbbb-cccc", "high", "jinja2", "3.1.2"),
      ("stale", "stale", nil, "flask", "2.0"),
      ("pin-age", "pin-age", nil, "flask", "2.0"),
    ].compactMap { kind, key, severity, name, version in
      policy.finding(
        recordedAs: kind, key: key, severity: severity, of: try PackageName(name), try Version(version),
        in: "requirements.txt", firstSeen: 1_805_000_000, now: windows.now)
    }
    let report = ScheduleReport(
      windows, places: .init(window: "repin.toml:2:10", timeZone: "repin.toml:3:12"),
      lockfiles: [
        KnownWork(
          path: "requirements.txt", lastCheck: .init(at: 1_805_500_000, isComplete: true), findings: findings),
        KnownWork(path: "dev.txt", lastCheck: nil),
      ], rules: machine.rules)
    let cluster = try ScheduledCommand(
      command: ["repin", "run"], directory: KubernetesCronJob.directory, lockfiles: ["requirements.txt"],
      schedule: pipeline.schedule, rules: pipeline.rules, now: Zones.now, details: Self.clusterDetails)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var survey = ProjectSurvey()
    survey.indexURL = "https://index.example/simple/"
    survey.pythonVersion = "3.12"
    survey.lockfiles = [
      .init(
        sources: ["requirements.in"], output: "requirements.txt",
        command: "pip-compile --generate-hashes --output-file=requirements.txt requirements.in",
        settings: [.init("generate-hashes", .flag(true)), .init("output-file", .text("requirements.txt"))])
    ]
    survey.schedule = pipeline.schedule
    return [
      "windows": report.text,
      "windows-json": String(decoding: try encoder.encode(report), as: UTF8.self) + "\n",
      "crontab": try Crontab(machine).text,
      "service": try SystemdUnits(machine).service,
      "timer": try SystemdUnits(machine).timer,
      "github": try GitHubWorkflow(pipeline).text,
      "gitlab": try GitLabJob(pipeline).text,
      "kubernetes": try KubernetesCronJob(cluster).text,
      "configuration": try InitialConfiguration(survey).text,
    ]
  }

  @Test func examplesAreWhatIsWritten() throws {
    let examples = try Self.examples()
    let text = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    var expected: [Substring] = []
    var named: [String] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```"),
        let name = line.firstRange(of: "golden=").map({ String(line[$0.upperBound...]) })
      {
        let example = try #require(examples[name], "\(name)")
        expected.append(line)
        expected += example.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        named.append(name)
        isInside = true
      } else if line == "```" {
        expected.append(line)
        isInside = false
      } else if !isInside {
        expected.append(line)
      }
    }
    #expect(named.sorted() == examples.keys.sorted())
    let written = expected.joined(separator: "\n")
    #expect(written == text)
    if ProcessInfo.processInfo.environment["REPIN_RECORD"] != nil, written != text {
      try Data(written.utf8).write(to: Self.file)
    }
  }

  /// The table of lines for GitHub.
  @Test func linesAreThoseOfTheTable() throws {
    let text = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    var count = 0
    for line in text.split(separator: "\n") where line.hasPrefix("| `") && !line.hasPrefix("| `--") {
      let cells = line.split(separator: "|").map { cell -> String in
        cell.split(separator: " ").joined(separator: " ").filter { $0 != "`" }
      }
      try #require(cells.count == 4)
      let ticks = ScheduleTicks(
        try Zones.schedule(cells[0], cells[1]), rules: try Zones.rules(cells[1]), in: Zones.tenYears)
      #expect(ticks.lines.map(\.numeric).joined(separator: ", ") == cells[2])
      #expect(ticks.needsQuestion == (cells[3] == "yes"))
      count += 1
    }
    #expect(count == 6)
  }
}
