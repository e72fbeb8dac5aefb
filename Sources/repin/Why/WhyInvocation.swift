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

  /// - Parameter context: its warnings are said once each, since lockfiles share files and an answer reads them again.
  init(command: WhyCommand, words: [String], context: CommandContext) {
    self.command = command
    self.words = words
    self.context = context.sayingOnce
  }

  /// Answers for the lockfile that is meant, or for those of `[[compile]]` that have the package.
  func run() async throws -> ExitStatus {
    let subject = try command.subject()
    try command.checkUse()
    try CommandFailure.checkOpenFiles()
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    let progress = Progress(terminal: context.terminal, isShown: !command.compile.quiet)
    let plan = try plan()
    var reports: [WhyReport]
    do throws(CommandFailure) {
      reports = try await WhySurvey(
        subject: subject, lockfiles: try lockfiles(of: plan), context: context, progress: progress
      ).reports()
    } catch {
      throw error.placed(among: plan.settings)
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

  private func plan() throws -> CompileInvocation.Plan {
    try CompileInvocation(
      asked: command.asked, words: words, context: context, parse: { try WhyCommand.parse($0).asked }
    ).plan()
  }

  /// The lockfiles that are compiled together, in the order in which they are.
  private func lockfiles(of plan: CompileInvocation.Plan) throws(CommandFailure) -> [WhySurvey.Lockfile] {
    guard plan.isList else {
      return try plan.commands.map { compile throws(CommandFailure) in
        let inputs = try CompileInputs(compile, context: context)
        let layer = LayeredCompile.Layer(
          command: compile, output: inputs.shownOutput, path: inputs.output, reads: [])
        return lockfile(layer, isLayered: false)
      }
    }
    var lockfiles = try LayeredCompile(compilations: plan.compilations, context: context).ordered().map {
      lockfile($0, isLayered: true)
    }
    guard let output = command.compile.outputFile else { return lockfiles }
    let meant = context.normalized(output)
    guard lockfiles.contains(where: { $0.layer.path == meant }) else {
      let names = lockfiles.map { "`\($0.layer.output)`" }.joined(separator: ", ")
      throw .usage(
        "`--output-file \(PrintableText.escaped(output, limit: 300))`: no lockfile of `[[compile]]`",
        hint: "its lockfiles are \(names)")
    }
    for place in lockfiles.indices { lockfiles[place].isMeant = lockfiles[place].layer.path == meant }
    return lockfiles
  }

  /// A lockfile, compiled so that it changes nothing.
  private func lockfile(_ layer: LayeredCompile.Layer, isLayered: Bool) -> WhySurvey.Lockfile {
    let hinted = WhyHintedCommand(asked: command.asked, command: layer.command, isLayered: isLayered)
    var layer = layer
    layer.command.upgrade = false
    layer.command.upgradePackage = []
    layer.command.dryRun = false
    return WhySurvey.Lockfile(layer: layer, hinted: hinted, isLayered: isLayered)
  }

  /// Says what an answer rests on where that isn't the lockfile as it is.
  private func sayState(of report: WhyReport) {
    let lockfile = report.shownLockfile
    switch report.lockState {
    case .current: return
    case .missing:
      context.terminal.warn("there is no \(lockfile) yet: the answer is about what `repin compile` would pin")
    case .outdated(let names):
      let shown = names.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
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
    case .unknown: return
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
