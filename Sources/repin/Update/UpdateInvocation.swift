import ArgumentParser
import PackageIndex
import PythonPackaging
import Reports
import UpdatePolicy

/// `repin update` as it was called, with what configuration and environment add to its command line.
struct UpdateInvocation {
  private(set) var command: UpdateCommand
  /// The words behind `update`.
  let words: [String]
  let context: CommandContext

  /// - Parameter context: its warnings are said once each, since lockfiles share files and a search reads them again.
  init(command: UpdateCommand, words: [String], context: CommandContext) {
    self.command = command
    self.words = words
    self.context = context.sayingOnce
  }

  /// Updates, writes, says what was done, and tells how it ended.
  mutating func run() async throws -> ExitStatus {
    try command.settle(by: context, beside: words)
    try command.checkUse()
    try CommandFailure.checkOpenFiles()
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    do throws(CommandFailure) {
      let status = try await update()
      return context.terminal.hasLostResults ? .outsideFailure : status
    } catch {
      if command.compile.format == .json, let report = error.report {
        context.terminal.show(JSONText.text(of: report))
      }
      throw error
    }
  }

  private func update() async throws(CommandFailure) -> ExitStatus {
    let asked = try UpdateWords(command.compile.sources) {
      Files.status(of: context.absolute($0))?.isRegular == true
    }
    let goals = UpdateGoals(command, packages: asked.packages)
    let (checking, plan) = try plans(for: asked)
    try plan.check(goals.packages)
    if !plan.isDryRun { try plan.refuseReadOnly(context) }
    let examined = try await UpdateExamination(
      check: checking.run, cooldown: command.cooldown, cooldownPlace: cooldownPlace, goals: goals, plan: plan,
      context: context
    ).run()
    if examined.isIncomplete {
      throw .unknownFindings(packages: examined.unknown.compactMap(\.package).map(\.normalized))
    }
    let set = UpdateSet(
      lockfiles: plan.lockfiles, aims: examined.aims, goals: goals, judgement: examined.judgement,
      advisories: examined.advisories, context: context)
    let outcomes = try await set.outcomes()
    let ending = UpdateEnding(
      outcomes: outcomes, plan: plan, judgement: examined.judgement, command: command, context: context)
    return try await ending.run()
  }

  /// What gives the cooldown where the command has one: the command line or the environment.
  private var cooldownPlace: String {
    let isGiven = words.prefix { $0 != "--" }.contains { $0 == "--cooldown" || $0.hasPrefix("--cooldown=") }
    return isGiven ? "`--cooldown`" : "`REPIN_COOLDOWN`"
  }

  private func plans(
    for asked: UpdateWords
  ) throws(CommandFailure) -> (CheckPlan, UpdatePlan) {
    do {
      let checking = try CheckPlan(
        compile: command.compile, advisories: command.advisories, words: words, context: context,
        parse: { try UpdateCommand.parse($0).compile })
      let count = command.compile.sources.count
      // What stands behind the user's own words are the sources of a lockfile, which configuration adds.
      func withoutWords(_ compile: CompileCommand) -> CompileCommand {
        var compile = compile
        compile.sources.removeFirst(min(count, compile.sources.count))
        return compile
      }
      let compiling = try CompileInvocation(
        asked: withoutWords(command.compile), words: words, context: context,
        parse: { withoutWords(try UpdateCommand.parse($0).compile) }
      ).plan()
      let origin = LockfileOrigin(
        plan: compiling, words: words, context: context, parse: { try UpdateCommand.parse($0).compile })
      return (checking, try UpdatePlan(named: asked.lockfiles, origin: origin))
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .usage(UpdateCommand.message(for: error))
    }
  }
}
