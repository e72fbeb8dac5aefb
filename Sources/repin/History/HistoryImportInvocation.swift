import ArgumentParser
import PinHistory
import PythonPackaging

/// `repin history import` as it was called.
struct HistoryImportInvocation {
  let command: HistoryCommand.Import
  let context: CommandContext

  /// Reads git's history of each lockfile.
  func run() async throws -> ExitStatus {
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    if command.history.isOff {
      throw CommandFailure.usage("`--no-history` leaves nothing to import into", hint: "leave it out")
    }
    let plan = try CheckPlan(
      compile: try CompileCommand.parse(command.history.words), advisories: nil, words: command.history.words,
      context: context,
      parse: { try CompileCommand.parse($0) })
    let paths = try plan.lockfiles(named: command.lockfiles, below: [])
    let place = HistoryPlace(context: context, arguments: plan.run.compile.history)
    let history = try place.open(place.path(for: paths))
    let home = LockfileHome(context: context)
    for path in paths {
      let shown = PrintableText.escaped(path, limit: 300)
      let lockfile = await home.place(of: path)
      guard let workTree = lockfile.workTree else {
        throw CommandFailure.git(path: path, reason: "it is in no repository")
      }
      let outcome = try await GitImport(
        context: context, history: history, now: plan.run.now
      ).run(lockfile)
      guard outcome.isTracked else {
        throw CommandFailure.usage(
          "git has no commit with `\(shown)`", hint: "name a lockfile that is committed on the current branch"
        )
      }
      outcome.sayShallow(path, on: context.terminal)
      if command.quiet { continue }
      let at =
        workTree == context.workingDirectory ? "" : " in \(PrintableText.escaped(workTree, limit: 300))"
      context.terminal.say(
        outcome.commits == 0
          ? "\(shown): no commit that isn't known\(at)"
          : "\(shown): \(outcome.commits) commit\(outcome.commits == 1 ? "" : "s"), \(outcome.snapshots) of them with something new\(at)"
      )
    }
    place.sayWarnings(of: history)
    return .done
  }
}
