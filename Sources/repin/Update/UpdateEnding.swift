import PinHistory
import PythonPackaging
import UpdatePolicy

/// Writes the lockfiles of an update, records them, and says what was done.
struct UpdateEnding {
  let outcomes: [UpdateRun.Outcome]
  let plan: UpdatePlan
  let judgement: UpdateJudgement
  let command: UpdateCommand
  let context: CommandContext

  /// With what configuration adds.
  private var settled: CompileCommand { plan.lockfiles.first?.layer.command ?? command.compile }
  private var isQuiet: Bool { settled.quiet }

  func run() async throws(CommandFailure) -> ExitStatus {
    let lower = LowerLockfiles(plan, context: context)
    let reports = outcomes.map { UpdateReport($0, judgement: judgement, lower: lower) }
    var written: [CompileRun.Written] = []
    if !plan.isDryRun {
      let members = outcomes.filter { !$0.isUnchanged }.map { outcome in
        LockfileSet.Member(
          run: outcome.run, outcome: outcome.compiled, settings: outcome.lockfile.layer.settings)
      }
      written = try LockfileSet(members: members, context: context).write()
    }
    for (report, outcome) in zip(reports, outcomes) { say(report, of: outcome) }
    if outcomes.isEmpty, !isQuiet { sayNothing() }
    if !written.isEmpty { sayDependents(of: Set(written.map(\.path))) }
    let failures = failures
    sayFailures(failures)
    let status = status(reports, failures)
    show(reports, status, failures)
    await LockfileRecording(context: context, arguments: settled.history, source: .update).record(
      written)
    return status
  }

  private func status(_ reports: [UpdateReport], _ failures: [SourceFailure]) -> ExitStatus {
    if !reports.allSatisfy(\.isAllHad) { return .no }
    return failures.isEmpty ? .done : .outsideFailure
  }

  /// The sources of advisories that failed, each once.
  private var failures: [SourceFailure] { Set(outcomes.flatMap(\.found.failures)).sorted() }

  // MARK: Talk

  private func say(_ report: UpdateReport, of outcome: UpdateRun.Outcome) {
    let terminal = context.terminal
    var summary = outcome.run.summary(of: outcome.compiled)
    summary.reasons = report.reasons
    summary.sayNotices(on: terminal)
    report.sayWarnings(on: terminal)
    if isQuiet { return }
    summary.sayChanges(on: terminal)
    report.sayRest(on: terminal)
    summary.sayTotals(
      output: report.lockfile, wasSame: outcome.isUnchanged, isDryRun: plan.isDryRun,
      elapsed: outcome.compiled.elapsed, on: terminal)
  }

  private func sayNothing() {
    let names = plan.lockfiles.map(\.layer.output).joined(separator: ", ")
    context.terminal.say("nothing to update in \(names)")
  }

  /// Lockfiles that weren't meant and are made of ones that were written.
  private func sayDependents(of written: Set<String>) {
    let paths = Set(plan.lockfiles.filter { written.contains($0.path) }.map(\.layer.path))
    for layer in plan.dependents where !layer.reads.isDisjoint(with: paths) && !isQuiet {
      context.terminal.hint(
        "`\(layer.output)` is made of it too: `repin update` without lockfiles updates both")
    }
  }

  private func sayFailures(_ failures: [SourceFailure]) {
    for failure in failures {
      let about = failure.package.map { " of `\($0)`" } ?? ""
      context.terminal.warn(
        "\(failure.source) didn't tell the \(failure.subject.rawValue)\(about): nobody knows whether what was picked is free "
          + "of them")
    }
  }

  // MARK: Results

  private func show(_ reports: [UpdateReport], _ status: ExitStatus, _ failures: [SourceFailure]) {
    guard command.compile.format == .json else {
      guard plan.isDryRun else { return }
      for outcome in outcomes where !outcome.isUnchanged {
        if let difference = outcome.compiled.difference(labelled: "updated") {
          context.terminal.show(difference)
        }
      }
      return
    }
    let outcome =
      switch status {
      case .no: "blocked"
      case .outsideFailure: "incomplete"
      default: outcomes.allSatisfy(\.isUnchanged) ? "nothing" : "done"
      }
    let document = UpdateDocument(
      dryRun: plan.isDryRun, outcome: outcome,
      lockfiles: zip(reports, outcomes).map {
        UpdateDocument.Lockfile($0, of: $1, isDryRun: plan.isDryRun)
      },
      failures: failures.map {
        UpdateDocument.Failure(
          source: PrintableText.excerpt($0.source, limit: 300), subject: $0.subject.rawValue,
          package: $0.package?.normalized)
      })
    context.terminal.show(document.text)
  }
}
