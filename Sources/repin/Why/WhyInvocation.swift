import ArgumentParser
import PythonPackaging
import RequirementsFiles
import Resolution

/// `repin why` as it was called, with what configuration and environment add to its command line.
struct WhyInvocation {
  let command: WhyCommand
  /// The words behind `why`.
  let words: [String]
  let context: CommandContext

  /// Answers for the lockfile that is meant, or for those of `[[compile]]` that have the package.
  func run() async throws -> ExitStatus {
    let subject = try command.subject()
    try command.checkUse()
    Interruption.install(clearsProgress: context.terminal.isInteractive)
    var reports: [WhyReport] = []
    let plan = try plan()
    for compile in plan.commands {
      do throws(CommandFailure) {
        reports.append(
          try await WhyRun(subject: subject, run: CompileRun(command: compile, context: context)).report())
      } catch {
        throw error.placed(among: plan.settings)
      }
    }
    if reports.contains(where: \.isPinned) { reports.removeAll { !$0.isPinned } }
    if !command.compile.quiet { for report in reports { sayState(of: report) } }
    show(reports)
    let hints = reports.flatMap(\.hints)
    for (place, hint) in hints.enumerated() where !hints[..<place].contains(hint) {
      context.terminal.hint(hint)
    }
    return reports.map(\.status).max { $0.rawValue < $1.rawValue } ?? .done
  }

  /// The compilations whose lockfiles are meant, as far as they change nothing.
  private func plan() throws -> CompileInvocation.Plan {
    let invocation = CompileInvocation(
      asked: command.asked, words: words, context: context, parse: { try WhyCommand.parse($0).asked })
    let plan = try invocation.plan()
    var compilations = plan.commands
    if plan.isList, let output = command.compile.outputFile {
      let outputs = try compilations.map { layer throws(CommandFailure) in
        try CompileInputs(layer, context: context).output
      }
      let meant = normalized(output)
      compilations = zip(compilations, outputs).filter { normalized($1) == meant }.map(\.0)
      guard !compilations.isEmpty else {
        let names = outputs.map { "`\(PrintableText.escaped($0, limit: 300))`" }.joined(separator: ", ")
        throw CommandFailure.usage(
          "`--output-file \(PrintableText.escaped(output, limit: 300))`: no lockfile of `[[compile]]`",
          hint: "its lockfiles are \(names)")
      }
    }
    for place in compilations.indices {
      compilations[place].upgrade = false
      compilations[place].upgradePackage = []
      compilations[place].dryRun = false
    }
    return CompileInvocation.Plan(commands: compilations, isList: plan.isList, settings: plan.settings)
  }

  private func normalized(_ path: String) -> String {
    RequirementOrigin.normalizedPath(context.absolute(path))
  }

  /// Says what an answer rests on where that isn't the lockfile as it is.
  private func sayState(of report: WhyReport) {
    let lockfile = report.shownLockfile
    switch report.lockState {
    case .current: return
    case .missing:
      context.terminal.warn("there is no \(lockfile) yet: the answer is about what `repin compile` would pin")
    case .outdated(let names):
      let shown = names.prefix(5).map(\.normalized).joined(separator: ", ")
      let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
      context.terminal.warn(
        "\(lockfile) is out of date: `repin compile` would change \(shown)\(rest); the answer is about what it "
          + "would pin")
    }
  }

  private func show(_ reports: [WhyReport]) {
    switch command.compile.format {
    case .text:
      context.terminal.show(reports.map { $0.textLines.joined(separator: "\n") }.joined(separator: "\n\n"))
    case .json: context.terminal.show(WhyDocument(reports).text)
    case .dot:
      for report in reports where report.pin != nil {
        context.terminal.show(report.tree.dot(title: report.lockfile, pins: report.versions))
      }
      for report in reports where report.absence != nil {
        for line in report.textLines.prefix(1) { context.terminal.say(line) }
      }
    }
  }
}
