import PackageIndex
import PinHistory
import PythonPackaging
import Reports
import Scheduling
import UpdatePolicy

/// `repin schedule` as it was called.
struct ScheduleInvocation {
  private(set) var command: ScheduleCommand.Show
  /// The words behind `schedule`.
  let words: [String]
  let context: CommandContext

  /// How many windows are shown where nobody says.
  private static let standardCount = 5

  /// Shows the windows, or answers whether it is time.
  mutating func run() async throws -> ExitStatus {
    try command.settle(by: context, beside: words)
    try command.checkUse()
    let plan = try CheckPlan(project: command.project, history: command.history, context: context)
    let schedule = plan.run.policy.schedule
    if command.isTime { return try answer(schedule, plan.run.timeZone, now: plan.run.now) }
    let windows = UpcomingWindows(
      schedule, rules: plan.run.timeZone, now: plan.run.now, count: command.next ?? Self.standardCount)
    let paths = try lockfiles(plan)
    let lockfiles = await KnownWorkSurvey(
      policy: plan.run.policy, now: plan.run.now, history: plan.run.compile.history, context: context
    ).work(on: paths)
    let report = ScheduleReport(
      windows,
      places: .init(window: plan.configuration.windowPlace, timeZone: plan.configuration.timeZonePlace),
      lockfiles: lockfiles, rules: plan.run.timeZone)
    context.terminal.show(
      command.report.format == .json
        ? JSONText.text(of: report) : RenderedText.withoutLastLineFeed(report.text))
    if paths.isEmpty {
      context.terminal.hint("there is no lockfile here; `repin compile` writes one")
    } else if report.knowsNothing {
      context.terminal.hint("`repin check` finds out what is due")
    }
    return .done
  }

  /// The lockfiles that are named, which have to be there, else those that are.
  private func lockfiles(_ plan: CheckPlan) throws(CommandFailure) -> [String] {
    if command.lockfiles.isEmpty {
      let found = (try? plan.lockfiles(named: [], below: [])) ?? []
      return found.filter { Files.status(of: context.absolute($0))?.isRegular == true }
    }
    let paths = try plan.lockfiles(named: command.lockfiles, below: [])
    for path in paths where Files.status(of: context.absolute(path)) == nil {
      throw .usage(
        "the lockfile `\(PrintableText.escaped(path, limit: 300))` can't be read: no such file",
        hint: "compile it, or name another lockfile")
    }
    return paths
  }

  // MARK: --is-time

  private func answer(
    _ schedule: Schedule, _ rules: TimeZoneRules, now: Int64
  ) throws(CommandFailure) -> ExitStatus {
    let question = try command.question()
    let ticks = ScheduleTicks(schedule, rules: rules, lines: question.ticks)
    guard let isTime = ticks.isTime(of: question.tick, now: now) else {
      throw .usage(
        question.ticks.contains(question.tick)
          ? "`--tick \(question.tick)` has never ticked yet"
          : "`--tick \(question.tick)` is none of `--ticks`",
        hint: "what ticks was written for other windows; `repin schedule install` writes it anew")
    }
    context.terminal.show(isTime ? "it is time" : "it isn't time")
    return isTime ? .done : .no
  }
}

extension CheckPlan {
  /// The plan of a command that takes no options of compiling but those that say how the project is configured.
  init(project: ScheduleProject, history: HistoryArguments, context: CommandContext) throws {
    let compile = project.compile(history)
    // The words that say the same, beside which configuration is read.
    let words =
      history.words + (project.config.map { ["--config=\($0)"] } ?? [])
      + (project.noConfig ? ["--no-config"] : [])
    try self.init(
      compile: compile, advisories: nil, words: words, context: context,
      parse: { try CompileCommand.read($0) })
  }
}
