import ArgumentParser
import PythonPackaging
import Scheduling
import UpdatePolicy

/// `repin schedule`: when rebuilds may run, and what is due then.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Shows the next windows and what is due then, and writes units for schedulers.",
    usage: usage,
    discussion: """
      Alone it shows the next windows of [schedule], where they are configured, and what is due at the first of them, as the \
      history knows it: nothing is asked for, and what the last check found is judged by today's policy. `repin check` finds \
      out what is due today. --next N shows so many windows, --format json is for programs, and --config, --no-config, --history and \
      --no-history are as for `repin check`. `repin schedule install` prints or writes what a scheduler needs to run `repin run`.

      --is-time is for a scheduler that knows no time zones: with the line that ticked as --tick and all lines as --ticks it \
      says by its exit code whether a window belongs to that tick.

      Exit codes: 0 done; of --is-time 0 it is time, 1 it isn't; 2 the input is wrong.
      """,
    subcommands: [Show.self, ScheduleInstallCommand.self], defaultSubcommand: Show.self)

  private static let usage =
    "repin schedule [<lockfiles> ...] [<options>] | repin schedule install [<lockfiles> ...] [<options>]"

  /// `repin schedule` alone.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Shows the next windows and what is due then.", usage: usage,
      shouldDisplay: false)

    @Argument(
      help: "The lockfiles of which is told what is due [default: those that `repin check` would check].")
    var lockfiles: [String] = []

    @Option(help: "How many windows are shown [default: 5].")
    var next: Int?

    @Flag(help: "Say whether a window belongs to a scheduler's tick.")
    var isTime = false

    @Option(help: "With --is-time: the cron expression, in UTC, that ticked.")
    var tick: String?

    @Option(help: "With --is-time: one of the expressions that tick, in UTC; given for each of them.")
    var ticks: [String] = []

    @OptionGroup var project: ScheduleProject
    @OptionGroup var history: HistoryArguments
    @OptionGroup var report: CacheReportFormat

    /// Takes what the environment says of options that the words don't give: `REPIN_NEXT`, `REPIN_FORMAT`.
    mutating func settle(by context: CommandContext, beside words: [String]) throws(CommandFailure) {
      if next == nil, !isTime, let value = context.variable("REPIN_NEXT") {
        guard let number = Int(value) else {
          throw .usage("REPIN_NEXT: found `\(PrintableText.excerpt(value, limit: 100))`, expected a number")
        }
        next = number
      }
      if let value = context.variable("REPIN_FORMAT"),
        !words.contains(where: { $0 == "--format" || $0.hasPrefix("--format=") })
      {
        report.format = OutputFormat(argument: value)
        guard [.text, .json].contains(report.format) else { throw .format(value, expected: "text or json") }
      }
    }

    /// Refuses options that don't go together, and numbers of windows that there aren't.
    func checkUse() throws(CommandFailure) {
      if let next, !(0...UpcomingWindows.greatestCount).contains(next) {
        throw .usage("`--next`: found \(next), expected 0 to \(UpcomingWindows.greatestCount)")
      }
      guard isTime else {
        if tick != nil || !ticks.isEmpty {
          throw .usage(
            "`\(tick != nil ? "--tick" : "--ticks")` without `--is-time`",
            hint: "put `--is-time` before it to ask whether a window belongs to that tick")
        }
        return
      }
      guard tick != nil, !ticks.isEmpty else {
        throw .usage(
          "`--is-time` needs the line that ticked as `--tick` and every line as `--ticks`",
          hint: "what `repin schedule install --github` writes asks so")
      }
      if next != nil || !lockfiles.isEmpty {
        throw .usage("`--is-time` and \(next != nil ? "`--next`" : "lockfiles") exclude each other")
      }
    }

    /// The line that ticked, and all lines.
    func question() throws(CommandFailure) -> (tick: CronExpression, ticks: [CronExpression]) {
      func expression(_ text: String, _ option: String) throws(CommandFailure) -> CronExpression {
        do throws(CronError) {
          return try CronExpression(text)
        } catch {
          throw .usage(
            "`\(option) \(PrintableText.excerpt(text, limit: 100))`: column \(error.offset + 1): \(error)")
        }
      }
      var lines: [CronExpression] = []
      for text in ticks { lines.append(try expression(text, "--ticks")) }
      return (try expression(tick ?? "", "--tick"), lines)
    }
  }
}

/// The options that say how a project is configured.
struct ScheduleProject: ParsableArguments {
  @Option(help: "The configuration to read instead of looking for one.")
  var config: String?

  @Flag(help: "Read no configuration.")
  var noConfig = false

  func validate() throws {
    if config?.isEmpty == true { throw ValidationError("`--config` is empty") }
    if config != nil && noConfig { throw ValidationError("`--config` and `--no-config` exclude each other") }
  }

  /// The same as options of compiling, with those of the history.
  func compile(_ history: HistoryArguments) -> CompileCommand {
    var compile = CompileCommand.unasked
    compile.config = config
    compile.noConfig = noConfig
    compile.history = history
    return compile
  }
}
