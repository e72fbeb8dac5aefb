import ArgumentParser
import PackageIndex
import PythonPackaging
import Reports
import Scheduling

/// `repin run` as it was called, for one project or for several, one after the other.
struct RunInvocation {
  private(set) var command: RunCommand
  /// The words behind `run`.
  let words: [String]
  let context: CommandContext

  /// - Parameter context: its warnings are said once each, since an update reads again what a check has read.
  init(command: RunCommand, words: [String], context: CommandContext) {
    self.command = command
    self.words = words
    self.context = context.sayingOnce
  }

  /// Runs, tells what was done, and how it ended: with the worst of the projects' ends.
  mutating func run() async throws -> ExitStatus {
    try command.settle(by: context, beside: words)
    try command.checkUse()
    try CommandFailure.checkOpenFiles()
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    var outcomes: [RunOutcome] = []
    var status = ExitStatus.done
    for directory in command.projects.isEmpty ? ["."] : command.projects {
      let outcome = await outcome(of: directory)
      if command.compile.format == .text { say(outcome) }
      status = Self.worst(status, outcome.status)
      outcomes.append(outcome)
    }
    if command.compile.format == .json {
      context.terminal.show(JSONText.text(of: RunDocument(outcomes)))
    }
    return status
  }

  /// What is wrong with one project keeps none from its turn.
  private func outcome(of directory: String) async -> RunOutcome {
    var context = context
    var failure: CommandFailure
    do {
      if !command.projects.isEmpty {
        context.workingDirectory = context.normalized(directory)
        guard Files.status(of: context.workingDirectory)?.isDirectory == true else {
          throw CommandFailure.usage(
            "`\(PrintableText.escaped(directory, limit: 300))` is no directory",
            hint: "name projects by their directories")
        }
      }
      return try await ProjectRun(
        command: command, words: words, context: context, directory: directory
      ).run()
    } catch let error as CommandFailure {
      failure = error
    } catch {
      failure = .usage(RunCommand.message(for: error))
    }
    var outcome = RunOutcome(
      directory: directory, startedAt: IndexClock.system.now(), isDryRun: command.compile.dryRun)
    outcome.word = .failed
    outcome.failure = failure
    return outcome
  }

  /// Wrong input before what failed outside, before what is due.
  private static func worst(_ left: ExitStatus, _ right: ExitStatus) -> ExitStatus {
    let order: [ExitStatus] = [.done, .no, .outsideFailure, .wrongInput, .interrupted]
    func rank(_ status: ExitStatus) -> Int { order.firstIndex(of: status) ?? 0 }
    return rank(left) >= rank(right) ? left : right
  }

  // MARK: Talk

  private func say(_ outcome: RunOutcome) {
    let lines = outcome.lines(isVerbose: command.compile.verbose || outcome.isDryRun)
    if !lines.isEmpty, command.projects.count > 1 {
      context.terminal.say("== \(OutcomeText.shown(outcome.directory))")
    }
    for line in lines { context.terminal.say(line) }
    if let failure = outcome.failure { context.terminal.report(failure) }
    if outcome.isDryRun, let patch = outcome.texts?.patch { context.terminal.show(patch) }
  }
}
