import ArgumentParser
import Reports

/// The `repin` command.
@main
struct Repin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repin",
    abstract: "Pins a Python application's dependencies.",
    discussion: """
      Exit codes: 0 done, and nothing is due; 1 the requirements can't be met, or something is due; 2 the input is wrong; \
      3 an outside source failed; 130 interrupted.
      """,
    version: repinVersion,
    subcommands: [
      CompileCommand.self, CheckCommand.self, UpdateCommand.self, RunCommand.self, DiffCommand.self,
      ReportCommand.self,
      WhyCommand.self,
      LabelsCommand.self,
      HistoryCommand.self,
      HistoryCommand.self, ScheduleCommand.self, InitCommand.self,
      AdvisoriesCommand.self,
      CacheCommand.self,
    ]
  )

  static func main() async {
    Memory.prepare()
    StandardStreams.occupy()
    let context = CommandContext.current()
    let status: ExitStatus
    if let word = RawName.ofCommandLine.first(where: { $0.text == nil }) {
      // Swift has made another word of it, and that is no file's name.
      let failure = CommandFailure.usage(
        "found `\(word.shown)` on the command line, which isn't UTF-8, expected UTF-8",
        hint: "rename the file: repin reads and writes names as UTF-8")
      context.terminal.report(failure)
      status = failure.status
    } else if let directory = RawName.workingDirectory, directory.text == nil {
      let failure = CommandFailure.usage(
        "the working directory is `\(directory.shown)`, which isn't UTF-8, expected UTF-8",
        hint: "rename the directory: repin reads and writes names as UTF-8")
      context.terminal.report(failure)
      status = failure.status
    } else {
      status = await run(Array(CommandLine.arguments.dropFirst()), in: context)
    }
    // An interrupt that has begun to end the process ends it.
    context.interruption.held { exitProcess(status) }
  }

  /// The words behind a command's name.
  private static func words(behind command: any ParsableCommand.Type, in arguments: [String]) -> [String] {
    Array(arguments.drop { $0 != command.configuration.commandName }.dropFirst())
  }

  /// The command that a command line asks for.
  private static func command(of arguments: [String]) throws -> any ParsableCommand {
    let words = Array(arguments.dropFirst())
    switch arguments.first {
    case CompileCommand.configuration.commandName:
      if let compile = CompileCommand(plain: words) { return compile }
    case CheckCommand.configuration.commandName:
      if let check = CheckCommand(plain: words) { return check }
    default: break
    }
    return try parseAsRoot(arguments)
  }

  /// The help has two columns of words, whatever the terminal has.
  private static let narrowestHelp = 40

  /// A message that names commands as they are called: the argument parser takes one whose options another has for an outer
  /// one, and names the one that a command stands for.
  private static func withoutInnerCommands(_ text: String) -> String {
    text.replacing("'repin compile check ", with: "'repin check ")
      .replacing("'repin compile why ", with: "'repin why ")
      .replacing("'repin compile update ", with: "'repin update ")
      .replacing("'repin compile run ", with: "'repin run ")
      .replacing("'repin compile diff ", with: "'repin diff ")
      .replacing("'repin compile report ", with: "'repin report ")
      .replacing("'repin history compile show ", with: "'repin history ")
      .replacing("'repin schedule show ", with: "'repin schedule ")
  }

  /// Runs a command line and tells how it ended.
  static func run(_ arguments: [String], in context: CommandContext) async -> ExitStatus {
    do {
      var command = try command(of: arguments)
      var status = ExitStatus.done
      switch command {
      case let compile as CompileCommand:
        try compile.checkFormat()
        let words = words(behind: CompileCommand.self, in: arguments)
        do {
          try await CompileInvocation(asked: compile, words: words, context: context).run()
        } catch let failure as CommandFailure {
          if compile.format == .json, let report = failure.report {
            context.terminal.show(JSONText.text(of: report))
          }
          throw failure
        }
      case let why as WhyCommand:
        let words = words(behind: WhyCommand.self, in: arguments)
        status = try await WhyInvocation(command: why, words: words, context: context).run()
      case let check as CheckCommand:
        let words = words(behind: CheckCommand.self, in: arguments)
        var invocation = CheckInvocation(command: check, words: words, context: context)
        status = try await invocation.run()
      case let update as UpdateCommand:
        let words = words(behind: UpdateCommand.self, in: arguments)
        var invocation = UpdateInvocation(command: update, words: words, context: context)
        status = try await invocation.run()
      case let run as RunCommand:
        let words = words(behind: RunCommand.self, in: arguments)
        var invocation = RunInvocation(command: run, words: words, context: context)
        status = try await invocation.run()
      case let diff as DiffCommand:
        let words = words(behind: DiffCommand.self, in: arguments)
        var invocation = DiffInvocation(command: diff, words: words, context: context)
        status = try await invocation.run()
      case let report as ReportCommand:
        let words = words(behind: ReportCommand.self, in: arguments)
        var invocation = ReportInvocation(command: report, words: words, context: context)
        status = try await invocation.run()
      case let labels as LabelsCommand:
        status = try await LabelsInvocation(command: labels, context: context).run()
      case let history as HistoryCommand.Show:
        let words = words(behind: HistoryCommand.self, in: arguments)
        var invocation = HistoryInvocation(command: history, words: words, context: context)
        status = try await invocation.run()
      case let schedule as ScheduleCommand.Show:
        let words = words(behind: ScheduleCommand.self, in: arguments)
        var invocation = ScheduleInvocation(command: schedule, words: words, context: context)
        status = try await invocation.run()
      case let install as ScheduleInstallCommand:
        status = try await ScheduleInstallInvocation(command: install, context: context).run()
      case let initial as InitCommand:
        status = try InitInvocation(command: initial, context: context).run()
      case let reading as HistoryCommand.Import:
        status = try await HistoryImportInvocation(command: reading, context: context).run()
      default:
        if let ended = try await CacheInvocation(context: context).run(command) {
          status = ended
          break
        }
        if let ended = try await AdvisoriesInvocation(context: context).run(command) {
          status = ended
          break
        }
        // `help`, or no command at all: what it says comes as an error.
        try command.run()
      }
      return context.terminal.hasLostResults ? .outsideFailure : status
    } catch let failure as CommandFailure {
      context.terminal.report(failure)
      return failure.status
    } catch {
      let text = Self.withoutInnerCommands(
        fullMessage(for: error, columns: max(Self.narrowestHelp, context.terminal.columns)))
      if exitCode(for: error) == .success {
        context.terminal.show(text)
        return context.terminal.hasLostResults ? .outsideFailure : .done
      }
      context.terminal.say(text)
      return .wrongInput
    }
  }
}

/// The version that `--version` tells.
let repinVersion = "0.1.0"
