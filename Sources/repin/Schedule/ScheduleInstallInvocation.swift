import PackageIndex
import PythonPackaging
import Scheduling
import UpdatePolicy

/// `repin schedule install` as it was called.
struct ScheduleInstallInvocation {
  let command: ScheduleInstallCommand
  let context: CommandContext

  /// Prints or writes.
  func run() async throws -> ExitStatus {
    let scheduler = try command.settled()
    let plan = try CheckPlan(project: command.project, history: .unasked, context: context)
    do {
      let run = try await scheduled(for: scheduler, plan)
      if scheduler == .cron {
        try await install(try Crontab(run))
      } else {
        let unit = try await unit(for: scheduler, run)
        try install(unit)
      }
    } catch let error as ScheduleError {
      throw CommandFailure.usage(Self.placed(error, plan.configuration), hint: Self.hint(error))
    }
    return .done
  }

  // MARK: What is to run

  private func scheduled(
    for scheduler: ScheduleInstallCommand.Scheduler, _ plan: CheckPlan
  ) async throws -> ScheduledCommand {
    let isHere = scheduler == .cron || scheduler == .systemd
    var details = ScheduledCommand.Details()
    details.installation = command.setup
    details.opensPullRequests = plan.configuration.pullRequest != nil
    details.machineTimeZone = LocalTimeZone(context: context).name ?? .utc
    details.user = command.user
    details.isOfUser = command.user == nil
    details.mail = command.mail
    details.image = command.image
    if let claim = command.claim { details.claim = claim }
    if isHere { details.searchPath = searchPath }
    let program = command.program ?? (isHere ? Self.ownPath ?? "repin" : "repin")
    let directory: String
    switch scheduler {
    case .cron, .systemd: directory = context.workingDirectory
    case .github, .gitlab: directory = await repository().prefix
    case .kubernetes: directory = KubernetesCronJob.directory
    }
    for path in command.lockfiles where isHere && Files.status(of: context.absolute(path)) == nil {
      throw CommandFailure.usage(
        "the lockfile `\(PrintableText.escaped(path, limit: 300))` can't be read: no such file",
        hint: "compile it, or name another lockfile")
    }
    var schedule = plan.run.policy.schedule
    if let tick = command.tick {
      do throws(CronError) {
        schedule.window = try CronExpression(tick)
      } catch {
        throw CommandFailure.usage(
          "`--tick \(PrintableText.excerpt(tick, limit: 100))`: column \(error.offset + 1): \(error)")
      }
      // One too many does no harm: `repin run` knows the windows itself.
      details.isTick = true
    }
    return try ScheduledCommand(
      command: [program, "run"] + configuration, directory: directory, lockfiles: command.lockfiles,
      schedule: schedule, rules: plan.run.timeZone, now: plan.run.now, details: details)
  }

  /// The words that say how the project is configured.
  private var configuration: [String] {
    command.project.config.map { ["--config", $0] } ?? (command.project.noConfig ? ["--no-config"] : [])
  }

  /// `PATH`, if all in it is absolute: a scheduler starts in another directory.
  private var searchPath: String? {
    context.variable("PATH").flatMap { path in
      path.split(separator: ":", omittingEmptySubsequences: false).allSatisfy { $0.hasPrefix("/") }
        ? path : nil
    }
  }

  /// This program.
  private static var ownPath: String? { Files.resolved("/proc/self/exe") }

  /// The top of the work tree, and the working directory as seen from there.
  private func repository() async -> (top: String, prefix: String) {
    let git = Git(context: context, directory: context.workingDirectory)
    guard let top = await git.line(["rev-parse", "--show-toplevel"]) else {
      return (context.workingDirectory, ".")
    }
    return (top, await git.line(["rev-parse", "--show-prefix"]) ?? ".")
  }

  // MARK: What is written

  private func unit(
    for scheduler: ScheduleInstallCommand.Scheduler, _ run: ScheduledCommand
  ) async throws -> ScheduleUnit {
    switch scheduler {
    case .cron: preconditionFailure("a crontab is no file of repin's")
    case .systemd:
      let units = try SystemdUnits(run)
      let name = try unitName()
      let directory = try unitDirectory()
      let control = command.user == nil ? "systemctl --user" : "systemctl"
      var steps = [
        "`\(control) daemon-reload && \(control) enable --now \(name).timer` starts the timer",
        "`\(control) list-timers \(name).timer` shows when it runs, and `journalctl \(command.user == nil ? "--user " : "")-u \(name).service` what it said",
      ]
      if command.user == nil {
        steps.append("`loginctl enable-linger` lets it run while you aren't logged in")
      }
      return ScheduleUnit(
        files: [
          .init(path: "\(directory)/\(name).service", text: units.service),
          .init(path: "\(directory)/\(name).timer", text: units.timer),
        ], nextSteps: steps)
    case .github:
      return ScheduleUnit(
        files: [
          .init(
            path: "\(await repository().top)/.github/workflows/repin.yml", text: try GitHubWorkflow(run).text)
        ], nextSteps: ["commit it: GitHub runs what is on the default branch"])
    case .gitlab:
      let job = try GitLabJob(run)
      return ScheduleUnit(
        files: [.init(path: "\(await repository().top)/.gitlab/repin.yml", text: job.text)],
        nextSteps: [
          "put `include: [{ local: .gitlab/repin.yml }]` into .gitlab-ci.yml, and commit both",
          "make the schedule under Build > Pipeline schedules: \(job.interval), \(job.timeZone), \(GitLabJob.variable) = 1",
        ])
    case .kubernetes:
      return ScheduleUnit(
        files: [
          .init(path: "\(context.workingDirectory)/repin-cronjob.yaml", text: try KubernetesCronJob(run).text)
        ],
        nextSteps: [
          "`kubectl apply -f repin-cronjob.yaml` makes it; the claim has to hold a clone of the repository"
        ])
    }
  }

  /// What the units are called.
  private func unitName() throws(CommandFailure) -> String {
    let name = command.name ?? "repin"
    let isPlain = name.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || [UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
    }
    guard isPlain, (1...100).contains(name.utf8.count) else {
      throw .usage(
        "`--name`: found `\(PrintableText.excerpt(name, limit: 100))`, expected up to 100 of the letters a to z, digits, `-` and `_`"
      )
    }
    return name
  }

  /// Where systemd's manager looks for units.
  private func unitDirectory() throws(CommandFailure) -> String {
    if let directory = command.directory { return context.normalized(directory) }
    if command.user != nil { return "/etc/systemd/system" }
    if let home = context.variable("XDG_CONFIG_HOME"), home.hasPrefix("/") { return "\(home)/systemd/user" }
    guard let home = context.variable("HOME"), home.hasPrefix("/") else {
      throw .usage(
        "`HOME` isn't set, so that nobody knows where units are", hint: "say it with `--directory`")
    }
    return "\(home)/.config/systemd/user"
  }

  private func install(_ unit: ScheduleUnit) throws(CommandFailure) {
    let files = unit.files.map { ScheduleUnit.File(path: $0.path, text: WrittenByRepin.marked($0.text)) }
    guard command.write else {
      // One is what its file is to have; of several each begins with its name.
      let texts = files.map { files.count == 1 ? $0.text : "# \($0.path)\n\($0.text)" }
      context.terminal.show(String(texts.joined(separator: "\n").dropLast()))
      context.terminal.hint(
        "`--write` writes \(files.map { "`\(PrintableText.escaped($0.path))`" }.joined(separator: " and "))")
      return
    }
    context.interruption.install(clearsProgress: false)
    try UnitFiles(context: context, isForced: command.force).write(files)
    for step in unit.nextSteps { context.terminal.hint(step) }
  }

  private func install(_ crontab: Crontab) async throws {
    let directory = context.workingDirectory
    guard command.write else {
      context.terminal.show(
        String(CrontabBlock(directory: directory).text(crontab.text).dropLast()))
      context.terminal.hint("`--write` puts it into your crontab, in place of what repin put there before")
      return
    }
    try await CrontabFile(context: context).install(
      crontab, CrontabBlock(directory: directory), isForced: command.force)
    context.terminal.hint("`crontab -l` shows it")
  }

  // MARK: Refusals

  /// The refusal with the place of the window, where it is one.
  private static func placed(_ error: ScheduleError, _ configuration: PolicyConfiguration) -> String {
    switch error.reason {
    case .tooOften, .bothDays, .clockChanges, .leap:
      (configuration.windowPlace.map { "\($0): `schedule.window`: " } ?? "") + error.description
    default: error.description
    }
  }

  private static func hint(_ error: ScheduleError) -> String? {
    switch error.reason {
    case .noImage: "name one that has repin: `--image registry.example/repin@sha256:…`"
    default: nil
    }
  }
}
