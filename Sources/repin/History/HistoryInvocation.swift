import ArgumentParser
import PackageIndex
import PinHistory
import PythonPackaging
import Reports
import UpdatePolicy

/// `repin history [PKG]` as it was called.
struct HistoryInvocation {
  private(set) var command: HistoryCommand.Show
  /// The words behind `history`.
  let words: [String]
  let context: CommandContext

  /// Shows ages and what came and went.
  mutating func run() async throws -> ExitStatus {
    command.settle(by: context, beside: words)
    let format = try command.format()
    let order = try order()
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    let plan = try CheckPlan(
      compile: command.compile, advisories: nil, words: words, context: context,
      parse: { try HistoryCommand.Show.parse($0).compile })
    let (package, named) = try subject()
    let paths = try plan.lockfiles(named: named, below: [])
    let since = try since(now: plan.run.now)
    let examination = try await plan.run.examination(of: paths, coversPast: true)
    guard let history = examination.record?.history else {
      throw CommandFailure.usage(
        "there is no history to show",
        hint: command.compile.history.isOff
          ? "leave out `--no-history`"
          : "name another file by `--history`, or move away the one that is there")
    }
    let trends = LibyearTrend(
      examination.answers.all, cooldown: plan.run.policy.cooldown(for: .update).seconds)
    var lockfiles: [LockHistory] = []
    for (place, read) in examination.locks.enumerated() {
      lockfiles.append(
        try self.history(
          of: read, examination.assessments[place], package: package, since: since, in: history, trends))
    }
    if let package, try !isKnown(package, in: examination.locks.map(\.lock.identity), of: history) {
      throw CommandFailure.usage(
        "`\(package)` was never pinned in \(paths.map { "`\(PrintableText.escaped($0, limit: 300))`" }.joined(separator: ", "))",
        hint: "`repin history` shows what is pinned")
    }
    let report = HistoryReport(
      package: package, lockfiles: lockfiles, at: plan.run.now, order: order,
      moments: ShownMoments(zone: plan.run.policy.schedule.timeZone, rules: plan.run.timeZone))
    let text =
      switch format {
      case .text: report.text(context.reportStyle)
      case .json: report.json()
      case .csv: report.csv()
      }
    context.terminal.show(RenderedText.withoutLastLineFeed(text))
    let isIncomplete = examination.assessments.contains(where: \.isIncomplete)
    return isIncomplete ? .outsideFailure : .done
  }

  /// Whether a package was ever pinned in any of some lockfiles.
  private func isKnown(
    _ package: PackageName, in lockfiles: [LockfileIdentity], of history: PinHistory
  ) throws(CommandFailure) -> Bool {
    do throws(PinHistoryError) {
      for lockfile in lockfiles where try !history.timeline(of: package, in: lockfile).isEmpty { return true }
      return false
    } catch {
      throw .history(error)
    }
  }

  private func history(
    of read: CheckRun.ReadLock, _ assessment: Assessment, package: PackageName?, since: Int64?,
    in history: PinHistory, _ trends: LibyearTrend
  ) throws(CommandFailure) -> LockHistory {
    do throws(PinHistoryError) {
      var pins = assessment.pins.map { PinAge($0) }
      var stays: [LockHistory.Stay] = []
      if let package {
        pins.removeAll { $0.package != package }
        stays = try history.timeline(of: package, in: read.lock.identity).map { LockHistory.Stay($0) }
          .filter { ($0.until ?? .max) >= since ?? .min }
      }
      let trend = try trends.points(
        of: history.changes(of: read.lock.identity), since: since, until: assessment.now)
      return LockHistory(path: read.lock.path, pins: pins, stays: stays, trend: trend)
    } catch {
      throw .history(error)
    }
  }

  /// The package that is asked for, and the lockfiles; a first word that is a file is one of them.
  private func subject() throws(CommandFailure) -> (PackageName?, [String]) {
    guard let word = command.package else { return (nil, command.compile.sources) }
    if Files.status(of: context.absolute(word))?.isRegular == true {
      return (nil, [word] + command.compile.sources)
    }
    do throws(NameError) {
      return (try PackageName(word), command.compile.sources)
    } catch {
      throw .usage(
        "`\(PrintableText.escaped(word, limit: 300))` is neither a package's name nor a lockfile: \(error)")
    }
  }

  private func order() throws(CommandFailure) -> PinOrder {
    guard let order = PinOrder(rawValue: command.sort) else {
      let names = PinOrder.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage(
        "`--sort`: found `\(PrintableText.escaped(command.sort, limit: 100))`, expected one of \(names)")
    }
    return order
  }

  private func since(now: Int64) throws(CommandFailure) -> Int64? {
    guard let text = command.since else { return nil }
    if let day = try? CalendarDate(text) { return day.start }
    if let span = try? TimeSpan(text) { return now - span.seconds }
    throw .usage(
      "`--since`: found `\(PrintableText.escaped(text, limit: 100))`, expected a day such as 2026-01-31 or a time such as \"90 days\""
    )
  }
}
