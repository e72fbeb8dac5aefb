import PackageIndex
import PythonPackaging
import Scheduling
import Subprocess
import UpdatePolicy

/// Runs the commands of `[rebuild]`, one after the other, until one fails.
struct RebuildRun {
  /// How one command ended.
  struct Step: Sendable {
    /// As a shell would take it.
    let command: String
    let outcome: GuardedCommand.Outcome
    let elapsed: Duration

    var isDone: Bool { outcome == .ended(.exited(0)) }

    /// `ended with status 2`.
    var words: String {
      switch outcome {
      case .ended(.exited(let code)): "ended with status \(code)"
      case .ended(.signaled(let signal)): "was ended by signal \(signal)"
      case .timedOut: "took longer than `time-limit`"
      case .cancelled: "was interrupted"
      case .broken(let reason): "can't be run: \(reason)"
      }
    }
  }

  let settings: RebuildSettings
  let context: CommandContext
  /// What the commands find in their environment beside what repin was started with.
  let facts: [String: String]
  let log: RebuildLog

  /// Runs them.
  ///
  /// - Returns: each that was run; the last may have failed.
  func run() async -> [Step] {
    var steps: [Step] = []
    for words in settings.commands {
      let step = await run(words)
      steps.append(step)
      if !step.isDone { break }
    }
    log.finish()
    return steps
  }

  private func run(_ words: [String]) async -> Step {
    let shown = ShellText.command(words)
    log.begin(PrintableText.escaped(shown, limit: 2_000))
    let start = ContinuousClock.now
    func step(_ outcome: GuardedCommand.Outcome) -> Step {
      Step(command: shown, outcome: outcome, elapsed: ContinuousClock.now - start)
    }
    guard let program = program(words[0]) else {
      return step(.broken(reason: "there is no such program"))
    }
    let command = GuardedCommand(
      program: program, arguments: Array(words.dropFirst()),
      variables: variables,
      workingDirectory: context.workingDirectory, temporaryDirectory: nil)
    let deadline = start + .seconds(settings.timeLimit.seconds)
    return step(await command.run(until: deadline) { [log] in log.append($0) })
  }

  /// repin's environment with the facts, and without the token that is for pull requests alone.
  private var variables: [String: String] {
    var variables = context.environment.merging(facts) { _, fact in fact }
    variables["REPIN_TOKEN"] = nil
    return variables
  }

  /// A name is looked for on `PATH`, a path begins in the project.
  private func program(_ name: String) -> String? {
    guard !name.contains("/") else {
      let path = context.absolute(name)
      return Files.status(of: path)?.isRegular == true ? path : nil
    }
    return executablePath(named: name, on: context.variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
  }
}
