import ArgumentParser
import LockfileFormats
import PackageIndex
import PinHistory
import PullRequests
import PythonPackaging
import Reports
import Scheduling
import UpdatePolicy

/// One tick of one project: check, and where something is due update, rebuild, record.
struct ProjectRun {
  let command: RunCommand
  /// The words behind `run`.
  let words: [String]
  /// Its working directory is the project's.
  let context: CommandContext
  /// The project's directory as it was named.
  let directory: String

  private var isDryRun: Bool { command.compile.dryRun }
  private var files: RunFiles { RunFiles(context: context) }

  /// Runs it to its end, whatever happens; what is wrong with what it is given is thrown, and not recorded.
  func run() async throws -> RunOutcome {
    let planned = try plan()
    let paths = try planned.lockfiles(named: command.compile.sources, below: [])
    let now = IndexClock.system.now()
    if isDryRun { return await outcome(planned, paths, now) }
    try files.make()
    let lock = try RunLock(in: files.home, now: now)
    let outcome = await outcome(planned, paths, now)
    // Held until here.
    _ = consume lock
    return outcome
  }

  /// What checks; a dry run records nothing.
  private func plan() throws -> CheckPlan {
    let isDryRun = isDryRun
    @Sendable func fit(_ compile: CompileCommand) -> CompileCommand {
      var compile = compile
      if isDryRun { compile.history.isOff = true }
      compile.dryRun = false
      return compile
    }
    return try CheckPlan(
      compile: fit(command.compile), advisories: command.advisories, words: words, context: context,
      parse: { fit(try RunCommand.parse($0).compile) })
  }

  private func outcome(_ planned: CheckPlan, _ paths: [String], _ now: Int64) async -> RunOutcome {
    let place = HistoryPlace(context: context, arguments: historyArguments(planned))
    let project = await LockfileHome(context: context).place(of: "repin.toml").identity
    var record = RunRecord(
      of: project, beside: paths, at: place, now: now, isDryRun: isDryRun,
      proposes: planned.configuration.pullRequest != nil)
    if let last = record.past.lastStart, last > now + 60 {
      context.terminal.warn(
        "the last run began at \(MomentText.timestamp(last)), which is later than now: a clock was put back")
    }
    var outcome = RunOutcome(directory: directory, startedAt: now, isDryRun: isDryRun)
    do {
      try await run(planned, paths, &record, &outcome)
    } catch let failure as CommandFailure {
      if case .unknownFindings = failure { outcome.word = .incomplete } else { outcome.word = .failed }
      outcome.failure = failure
    } catch {
      outcome.word = .failed
      outcome.failure = .usage(RunCommand.message(for: error))
    }
    record.end(
      outcome, digest: outcome.isRebuilt ? Self.digest(outcome.lockfiles) : nil, at: IndexClock.system.now())
    return outcome
  }

  /// A dry run looks into the history all the same.
  private func historyArguments(_ planned: CheckPlan) -> HistoryArguments {
    var arguments = planned.run.compile.history
    if isDryRun { arguments.isOff = command.compile.history.isOff }
    return arguments
  }

  // MARK: The tick

  private func run(
    _ planned: CheckPlan, _ paths: [String], _ record: inout RunRecord, _ outcome: inout RunOutcome
  ) async throws {
    let check = planned.run
    let checked = try await check.run(paths)
    if let failure = checked.unreadable.first { throw failure }
    checked.report.sayFaults(on: context.terminal)
    if checked.report.isBroken {
      throw CommandFailure.usage(
        "a lockfile can't be read whole, and nothing is done by halves",
        hint: "`repin compile` writes it anew")
    }
    let examination = checked.examination
    outcome.lockfiles = examination.locks.map { ($0.lock.path, $0.lock.digest) }
    let findings = examination.assessments.flatMap(\.findings)
    outcome.dueNow = findings.count { $0.urgency == .dueNow }
    outcome.dueAtWindow = findings.count { $0.urgency == .dueAtWindow }
    if examination.assessments.contains(where: \.isIncomplete) { outcome.word = .incomplete }
    let decision = TickDecision(facts(check, planned.configuration.rebuild, record.past, outcome))
    outcome.decision = decision
    outcome.moments = ShownMoments(zone: check.policy.schedule.timeZone, rules: check.timeZone)
    outcome.nextWindow = check.policy.schedule.next(after: check.now, rules: check.timeZone)
    outcome.missedWindows = missedWindows(before: decision.window, since: record.past.servedWindow, check)
    record.decide(decision.reasons)
    if !isDryRun { try files.clear() }
    outcome.isProposed = planned.configuration.pullRequest != nil
    let update = try await update(decision, planned, paths, &outcome)
    guard let settings = planned.configuration.pullRequest, !isDryRun else {
      return try await carryOut(update, decision, planned.configuration.rebuild, &outcome)
    }
    let request = RunRequest(settings: settings, check: check, context: context)
    do throws(CommandFailure) {
      if let update, !update.changed.isEmpty {
        if let texts = update.texts { try files.write(texts) }
        outcome.request = try await request.propose(update)
      } else if outcome.word != .incomplete, decision.isWindow || decision.updates {
        outcome.request = try await request.withdraw(of: paths)
      }
    } catch {
      outcome.failure = error
    }
    // What is proposed a person takes over first: what is there already is rebuilt, whatever becomes of the request.
    try await carryOut(nil, decision, planned.configuration.rebuild, &outcome)
    if outcome.failure != nil {
      outcome.word = .failed
      return
    }
    guard outcome.word == .nothing || outcome.word == .blocked else { return }
    switch outcome.request?.action {
    case .opened, .updated, .unchanged: outcome.word = .proposed
    case .closed: outcome.word = .withdrawn
    case .some(.none), nil: break
    }
  }

  private func facts(
    _ check: CheckRun, _ rebuild: RebuildSettings, _ past: RunRecord.Past, _ outcome: RunOutcome
  ) -> TickDecision.Facts {
    var facts = TickDecision.Facts(now: check.now)
    facts.window = check.policy.schedule.previous(before: check.now + 1, rules: check.timeZone)
    facts.servedWindow = past.servedWindow
    facts.isForced = command.now
    facts.hasDueNow = outcome.dueNow > 0
    facts.hasDueAtWindow = outcome.dueAtWindow > 0
    facts.isIncomplete = outcome.word == .incomplete
    facts.canRebuild = !rebuild.command.isEmpty
    facts.digest = Self.digest(outcome.lockfiles)
    facts.rebuilt = past.rebuilt
    facts.hasFailed = past.hasFailed
    facts.wasUrgent = past.wasUrgent
    facts.greatestImageAge = rebuild.maxAge?.seconds
    return facts
  }

  /// How many windows came and went before the one that has come; they are made up for with it. At most 1,000 are counted.
  private func missedWindows(before window: Int64?, since served: Int64?, _ check: CheckRun) -> Int {
    guard let window, var last = served else { return 0 }
    var count = 0
    while count < 1_000, let next = check.policy.schedule.next(after: last, rules: check.timeZone),
      next < window
    {
      last = next
      count += 1
    }
    return count
  }

  /// Of a set of lockfiles: that of the only one, else of all their digests in the order of their paths.
  static func digest(_ lockfiles: [(path: String, digest: String)]) -> String {
    if lockfiles.count == 1 { return lockfiles[0].digest }
    let lines = lockfiles.map { "\($0.digest)  \($0.path)\n" }.sorted().joined()
    return "sha256:\(FileHash.sha256(Array(lines.utf8)))"
  }

  // MARK: Update and rebuild

  private func update(
    _ decision: TickDecision, _ planned: CheckPlan, _ paths: [String], _ outcome: inout RunOutcome
  ) async throws -> RunUpdate? {
    guard decision.updates, let origin = planned.run.origin else { return nil }
    let plan = try UpdatePlan(named: paths, origin: origin)
    // A request has all that is due, whatever the moment: it would change its mind between a window and the next day.
    let update = try await RunUpdate(
      of: plan, check: planned.run, takesStale: decision.isWindow || outcome.isProposed, context: context)
    outcome.texts = update.texts
    outcome.changed = update.changed.map(\.compiled.inputs.shownOutput)
    outcome.blocked = update.blocked
    if !update.failures.isEmpty { throw CommandFailure.unknownFindings(packages: []) }
    return update
  }

  private func carryOut(
    _ update: RunUpdate?, _ decision: TickDecision, _ rebuild: RebuildSettings, _ outcome: inout RunOutcome
  ) async throws {
    let changes = update?.changed.isEmpty == false
    let rebuilds = !rebuild.command.isEmpty && (changes || decision.rebuilds)
    if isDryRun {
      outcome.planned = rebuilds ? rebuild.commands.map(ShellText.command) : []
      outcome.settle(rebuilds: rebuilds, changes: changes)
      return
    }
    let written = WrittenLockfiles(context: context)
    if let update, changes {
      if let texts = update.texts { try files.write(texts) }
      written.note(update)
      context.interruption.keeps { written.putBack() }
      _ = try update.write()
      outcome.lockfiles = outcome.lockfiles.map { lockfile in
        let bytes = update.changed.first { $0.compiled.inputs.shownOutput == lockfile.path }?.compiled.bytes
        return (lockfile.path, bytes.map(LockfileToCheck.digest) ?? lockfile.digest)
      }
    }
    if rebuilds, await !isRebuilt(rebuild, decision, &outcome) {
      outcome.left = written.putBack()
      outcome.lockfiles = outcome.lockfiles.map { lockfile in
        (lockfile.path, written.digest(of: lockfile.path) ?? lockfile.digest)
      }
      outcome.word = .rebuildFailed
      return
    }
    written.keep()
    if let update, changes {
      let settings = update.outcomes.first?.lockfile.layer.command.history ?? command.compile.history
      await LockfileRecording(context: context, arguments: settings, source: .run).record(
        update.changed.map { CompileRun.Written(path: $0.compiled.inputs.output, bytes: $0.compiled.bytes) })
    }
    outcome.settle(rebuilds: rebuilds, changes: changes)
  }

  private func isRebuilt(
    _ rebuild: RebuildSettings, _ decision: TickDecision, _ outcome: inout RunOutcome
  ) async -> Bool {
    let log: RebuildLog
    do throws(CommandFailure) {
      log = try RebuildLog(path: files.log)
    } catch {
      context.terminal.report(error)
      return false
    }
    var facts = [
      "REPIN_REASON": decision.reasons.map(\.rawValue).joined(separator: " "),
      "REPIN_DUE": outcome.dueNow > 0 ? "now" : outcome.dueAtWindow > 0 ? "window" : "",
      "REPIN_LOCK_DIGEST": Self.digest(outcome.lockfiles),
      "REPIN_LOCKFILES": outcome.lockfiles.map(\.path).joined(separator: "\n"),
      "REPIN_CHANGED": outcome.changed.joined(separator: "\n"),
    ]
    if let window = decision.window { facts["REPIN_WINDOW"] = MomentText.timestamp(window) }
    if outcome.texts != nil {
      facts["REPIN_TITLE_FILE"] = files.title
      facts["REPIN_BODY_FILE"] = files.body
      facts["REPIN_COMMIT_FILE"] = files.commit
    }
    outcome.log = files.log
    outcome.steps = await RebuildRun(settings: rebuild, context: context, facts: facts, log: log).run()
    if outcome.steps.allSatisfy(\.isDone) { return true }
    outcome.lastLines = log.lastLines(20)
    return false
  }
}
