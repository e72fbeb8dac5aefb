import Testing
import UpdatePolicy

@testable import Scheduling

/// The parts of a unit that aren't its times.
@Suite struct UnitTests {
  private static func run(
    _ window: String, _ zone: String, directory: String, lockfiles: [String] = ["requirements.txt"],
    details: ScheduledCommand.Details = .init()
  ) throws -> ScheduledCommand {
    try ScheduledCommand(
      command: ["repin", "run"], directory: directory, lockfiles: lockfiles,
      schedule: Zones.schedule(window, zone),
      rules: Zones.rules(zone), now: Zones.now, details: details)
  }

  private static func step(_ name: String, of workflow: YAMLValue) -> YAMLValue? {
    workflow["jobs"]?["repin"]?["steps"]?.items.first { $0["name"]?.text == name }
  }

  /// Nobody can put another action in the place of one that is named by its commit.
  @Test func actionsAreNamedByTheirCommits() throws {
    let text = try GitHubWorkflow(Self.run("0 6 * * MON", "UTC", directory: ".")).text
    let lines = text.split(separator: "\n").filter { $0.contains("uses: ") }
    #expect(lines.count == 5)
    for line in lines {
      #expect(
        try #/uses: [a-z-]+/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/#.firstMatch(in: String(line)) != nil,
        "\(line)")
    }
    #expect(
      Set(lines.map { $0.split(separator: "uses: ")[1] })
        == Set(PinnedAction.allCases.map { Substring($0.rawValue) }))
  }

  /// What is found is shown whatever the run then does, and a report that nobody finished is shown to nobody.
  @Test func aWorkflowShowsFindings() throws {
    let workflow = try YAMLValue(
      GitHubWorkflow(Self.run("0 6 * * MON", "Europe/Berlin", directory: ".")).text)
    let look = try #require(Self.step("Look for findings", of: workflow))
    #expect(look["run"]?.text?.contains("repin check --format sarif requirements.txt > ") == true)
    #expect(look["if"]?.text?.contains("steps.time.outputs.now == 'true'") == true)
    let show = try #require(Self.step("Show the findings", of: workflow))
    #expect(show["if"] == .text("steps.findings.outputs.written == 'true'"))
    let (before, after) = (
      try #require(Self.step("Bring back the history", of: workflow)),
      try #require(Self.step("Keep the history", of: workflow))
    )
    #expect(
      before["with"]?["path"] == after["with"]?["path"] && before["with"]?["key"] == after["with"]?["key"])
    #expect(after["if"]?.text?.hasPrefix("always() && (") == true)
  }

  @Test func aWorkflowHasTheLeastRights() throws {
    let plain = try YAMLValue(GitHubWorkflow(Self.run("0 6 * * MON", "Europe/Berlin", directory: ".")).text)
    #expect(plain.keys == ["name", "on", "permissions", "concurrency", "jobs"])
    #expect(plain["permissions"] == .mapping([]))
    let job = try #require(plain["jobs"]?["repin"])
    #expect(
      job["permissions"]
        == .mapping([
          .init(key: "contents", value: .text("read")), .init(key: "security-events", value: .text("write")),
        ]))
    #expect(job["steps"]?.items.first?["with"]?["persist-credentials"] == .text("false"))
    #expect(plain["concurrency"]?["cancel-in-progress"] == .text("false"))
    #expect(!plain.allTexts.contains { $0.contains("github.token") })

    var details = ScheduledCommand.Details()
    details.opensPullRequests = true
    let opening = try YAMLValue(
      GitHubWorkflow(Self.run("0 6 * * MON", "UTC", directory: ".", details: details)).text)
    let rights = try #require(opening["jobs"]?["repin"]?["permissions"])
    #expect(rights.keys == ["contents", "pull-requests", "security-events"])
    let run = try #require(Self.step("Run repin", of: opening))
    #expect(run["env"]?["GITHUB_TOKEN"] == .text("${{ github.token }}"))
  }

  @Test func aWorkflowAsksWhereItMust() throws {
    let asking = try YAMLValue(
      GitHubWorkflow(Self.run("0 6 * * MON", "Europe/Berlin", directory: "web app")).text)
    let steps = try #require(asking["jobs"]?["repin"]?["steps"]).items
    #expect(asking["on"]?["schedule"]?.items.map { $0["cron"]?.text } == ["0 5 * * 1", "0 4 * * 1"])
    #expect(steps.compactMap { $0["id"]?.text } == ["time", "findings"])
    let time = try #require(Self.step("Ask whether it is time", of: asking))
    #expect(time["env"]?["TICK"] == .text("${{ github.event.schedule }}"))
    let script = try #require(time["run"]?.text).split(separator: "\n")
    #expect(
      script[1]
        == "repin schedule --is-time --tick \"$TICK\" --ticks '0 5 * * 1' --ticks '0 4 * * 1' || code=$?")
    let run = try #require(Self.step("Run repin", of: asking))
    #expect(run["if"]?.text?.contains("steps.time.outputs.now == 'true'") == true)
    #expect(asking["jobs"]?["repin"]?["defaults"]?["run"]?["working-directory"] == .text("web app"))
    let kept = try #require(Self.step("Keep the lockfiles", of: asking))
    #expect(kept["with"]?["path"] == .text("web app/requirements.txt\n"))

    let knowing = try YAMLValue(GitHubWorkflow(Self.run("0 6 * * MON", "UTC", directory: ".")).text)
    #expect(Self.step("Ask whether it is time", of: knowing) == nil)
    #expect(Self.step("Run repin", of: knowing)?.keys == ["name", "run"])
  }

  @Test(arguments: [
    ("* * * * *", false), ("*/4 * * * *", false), ("*/5 * * * *", true), ("0,58 * * * *", false),
    ("0,58 6 * * *", true), ("0,4 6 * * *", false),
  ]) func githubIsSlow(_ window: String, _ isAllowed: Bool) throws {
    let made = Result { try GitHubWorkflow(Self.run(window, "UTC", directory: ".")) }
    if isAllowed {
      #expect(throws: Never.self) { try made.get() }
    } else {
      #expect(throws: ScheduleError(.github, .tooOften(minutes: 5))) { try made.get() }
    }
  }

  @Test func gitlabIsToldWhatToEnter() throws {
    let job = try GitLabJob(Self.run("0 6 * * FRI-SUN", "Europe/Berlin", directory: "web"))
    #expect(job.interval == "0 6 * * 0,5,6")
    #expect(job.text.contains("\n#   Interval pattern  0 6 * * 0,5,6\n#   Cron timezone     Europe/Berlin\n"))
    let value = try #require(YAMLValue(job.text)["repin"])
    let script = (value["script"]?.items ?? []).compactMap(\.text)
    try #require(script.count == 4)
    #expect(script.first == "cd -- web" && script.last == "repin run requirements.txt")
    #expect(
      script[1].contains("repin check --format gitlab requirements.txt > gl-dependency-scanning-report.json"))
    #expect(
      value["artifacts"]?["reports"]?["dependency_scanning"]
        == .text("web/gl-dependency-scanning-report.json"))
    #expect(value["cache"]?["when"] == .text("always"))
    #expect(value["artifacts"]?["paths"]?.items.compactMap(\.text) == ["web/requirements.txt"])
    #expect(throws: ScheduleError(.gitlab, .bothDays)) {
      try GitLabJob(Self.run("0 6 */2 * FRI", "UTC", directory: "."))
    }
  }

  @Test func cronIsToldAZoneThatIsNotTheMachines() throws {
    var details = ScheduledCommand.Details()
    #expect(try Crontab(Self.run("@daily", "UTC", directory: "/a")).timeZone == nil)
    #expect(
      try Crontab(Self.run("@daily", "Europe/Berlin", directory: "/a")).text.contains(
        "\nCRON_TZ=Europe/Berlin\n"))
    details.machineTimeZone = try TimeZoneName("Europe/Berlin")
    details.searchPath = "/opt/my tools:/usr/bin"
    details.mail = "ops@example.org,x@example.org"
    let here = try Crontab(Self.run("@daily", "Europe/Berlin", directory: "/a", details: details))
    #expect(
      here.text == """
        # repin: @daily in Europe/Berlin
        # `repin run` keeps a lock: while one runs, another ends at once. cron mails what is printed.
        MAILTO=ops@example.org,x@example.org
        PATH=/opt/my tools:/usr/bin
        0 0 * * * cd /a && repin run requirements.txt

        """)
    #expect(
      try Crontab(Self.run("@daily", "UTC", directory: "/a", details: details)).text.contains(
        "\nCRON_TZ=UTC\n"))
    #expect(here.text(namesZone: true).contains("\nCRON_TZ=Europe/Berlin\n"))
    details.user = "_deploy-1"
    let service = try SystemdUnits(Self.run("@daily", "UTC", directory: "/a", details: details)).service
    #expect(service.contains("\nEnvironment=\"PATH=/opt/my tools:/usr/bin\"\n"))
    #expect(service.contains("\nUser=_deploy-1\n") && service.contains("\nProtectSystem=full\n"))
    // What takes capabilities away, a user's manager can't do.
    details.user = nil
    details.isOfUser = true
    let own = try SystemdUnits(Self.run("@daily", "UTC", directory: "/a", details: details)).service
    #expect(own.contains("\nNoNewPrivileges=yes\n"))
    #expect(!own.contains("Protect") && !own.contains("Capability") && !own.contains("network-online"))
  }

  @Test(arguments: ["", "-x", "a b@c", "a\"b", "a;b@c", String(repeating: "a", count: 255)])
  func cronRefusesAddresses(_ address: String) throws {
    var details = ScheduledCommand.Details()
    details.mail = address
    #expect(throws: ScheduleError(.cron, .address(address))) {
      try Crontab(Self.run("@daily", "UTC", directory: "/a", details: details))
    }
  }

  /// Two makings give the same bytes, and every line ends.
  @Test func textsAreStable() throws {
    let run = try Self.run("0 2,14 1,13 * FRI", "Africa/Casablanca", directory: "/a")
    let inside = try Self.run("0 2,14 1,13 * FRI", "Africa/Casablanca", directory: "a")
    func texts() throws -> [String] {
      [
        try Crontab(run).text, try SystemdUnits(run).service, try SystemdUnits(run).timer,
        try GitHubWorkflow(inside).text, try GitLabJob(inside).text,
      ]
    }
    let first = try texts()
    for _ in 0..<3 { #expect(try texts() == first) }
    for text in first {
      #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
      #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") })
    }
  }
}
