import ArgumentParser
import PackageIndex
import PythonPackaging
import Reports
import UpdatePolicy

/// `repin check` as it was called, with what configuration and environment add to its command line.
struct CheckInvocation {
  private(set) var command: CheckCommand
  /// The words behind `check`.
  let words: [String]
  let context: CommandContext

  /// Checks, shows what came out, and tells how it ended.
  mutating func run() async throws -> ExitStatus {
    try command.settle(by: context, beside: words)
    try command.checkUse()
    let format = try command.format()
    try CommandFailure.checkOpenFiles()
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    let planned = try CheckPlan(
      compile: command.compile, advisories: command.advisories, words: words, context: context,
      parse: { try CheckCommand.parse($0).compile })
    let paths = try planned.lockfiles(named: command.compile.sources, below: command.directories)
    let wishes = CheckRun.Wishes(
      isBill: format == .cyclonedx, isRemedied: format == .gitlab, image: try command.image.image(in: context)
    )
    let outcome = try await planned.run.run(paths, wishes) { text(of: $0, as: format) }
    for failure in outcome.unreadable { context.terminal.report(failure) }
    outcome.report.sayFaults(on: context.terminal)
    // What a rendering ends with, the terminal adds.
    if !(command.quietIfUnchanged && outcome.isUnchanged) {
      context.terminal.show(RenderedText.withoutLastLineFeed(outcome.text))
    }
    return outcome.unreadable.isEmpty ? status(of: outcome.report) : .wrongInput
  }

  // MARK: Showing

  private func text(of report: CheckReport, as format: CheckFormat) -> String {
    report.rendered(
      as: format, context.reportStyle, programVersion: repinVersion,
      timestamp: context.variable("SOURCE_DATE_EPOCH").flatMap { Int64($0) })
  }

  /// A broken file is wrong input, whatever else is due. Else as the report's verdict has it: what is due now is due whatever
  /// else isn't known, and nothing is clean where something isn't.
  private func status(of report: CheckReport) -> ExitStatus {
    if report.isBroken { return .wrongInput }
    return switch report.verdict {
    case .dueNow, .dueAtWindow: .no
    case .incomplete: .outsideFailure
    case .noted, .clean: .done
    }
  }
}

extension CheckReport {
  /// Whether something that a lockfile pins can't be read.
  var isBroken: Bool { locks.contains { $0.faults.contains(where: \.hidesPins) } }

  /// What is wrong with the files themselves goes to standard error too, whatever the format.
  func sayFaults(on terminal: Terminal) {
    for fault in locks.flatMap(\.faults) {
      terminal.warn(fault.words)
      if let remedy = fault.remedy { terminal.hint(remedy) }
    }
  }
}
