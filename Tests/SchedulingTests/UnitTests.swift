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

  @Test func aWorkflowHasTheLeastRights() throws {
    let plain = try YAMLValue(GitHubWorkflow(Self.run("0 6 * * MON", "Europe/Berlin", directory: ".")).text)
    #expect(plain.keys == ["name", "on", "permissions", "concurrency", "jobs"])
    #expect(plain["permissions"] == .mapping([]))
    let job = try #require(plain["jobs"]?["repin"])
    #expect(job["permissions"] == .mapping([.init(key: "contents", value: .text("read"))]))
    #expect(job["steps"]?.items.first?["with"]?["persist-credentials"] == .text("false"))
    #expect(plain["concurrency"]?["cancel-in-progress"] == .text("false"))
    #expect(!plain.allTexts.contains { $0.contains("github.token") })

    var details = ScheduledCommand.Details()
    details.opensPullRequests = true
    let opening = try YAMLValue(
      GitHubWorkflow(Self.run("0 6 * * MON", "UTC", directory: ".", details: details)).text)
    let rights = try #require(opening["jobs"]?["repin"]?["permissions"])
    #expect(rights.keys == ["contents", "pull-requests"])
    #expect(
      opening["jobs"]?["repin"]?["steps"]?.items.last?["env"]?["GITHUB_TOKEN"] == .text("${{ github.token }}")
    )
  }

  @Test func aWorkflowAsksWhereItMust() throws {
    let asking = try YAMLValue(
      GitHubWorkflow(Self.run("0 6 * * MON", "Europe/Berlin", directory: "web app")).text)
    let steps = try #require(asking["jobs"]?["repin"]?["steps"]).items
    #expect(asking["on"]?["schedule"]?.items.map { $0["cron"]?.text } == ["0 5 * * 1", "0 4 * * 1"])
    #expect(steps.map { $0["id"]?.text } == [nil, "time", nil, nil])
    #expect(steps[1]["env"]?["TICK"] == .text("${{ github.event.schedule }}"))
    let script = try #require(steps[1]["run"]?.text).split(separator: "\n")
    #expect(
      script[1]
        == "repin schedule --is-time --tick \"$TICK\" --ticks '0 5 * * 1' --ticks '0 4 * * 1' || code=$?")
    #expect(steps[2]["if"]?.text?.contains("steps.time.outputs.now == 'true'") == true)
    #expect(asking["jobs"]?["repin"]?["defaults"]?["run"]?["working-directory"] == .text("web app"))
    #expect(steps[3]["with"]?["path"] == .text("web app/requirements.txt\n"))

    let knowing = try YAMLValue(GitHubWorkflow(Self.run("0 6 * * MON", "UTC", directory: ".")).text)
    #expect(knowing["jobs"]?["repin"]?["steps"]?.items.map { $0["id"] } == [nil, nil, nil])
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
    #expect(value["script"]?.items.compactMap(\.text) == ["cd -- web", "repin run requirements.txt"])
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
    let here = try Crontab(Self.run("@daily", "Europe/Berlin", directory: "/a", details: details))
    #expect(
      here.text == """
        # repin: @daily in Europe/Berlin
        PATH=/opt/my tools:/usr/bin
        0 0 * * * cd /a && repin run requirements.txt

        """)
    #expect(
      try Crontab(Self.run("@daily", "UTC", directory: "/a", details: details)).text.contains(
        "\nCRON_TZ=UTC\n"))
    details.user = "_deploy-1"
    let service = try SystemdUnits(Self.run("@daily", "UTC", directory: "/a", details: details)).service
    #expect(service.contains("\nEnvironment=\"PATH=/opt/my tools:/usr/bin\"\n"))
    #expect(service.contains("\nUser=_deploy-1\n"))
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
