import ArgumentParser
import LockDiff
import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging
import Reports
import UpdatePolicy

/// `repin report` as it was called, with what configuration and environment add to its command line.
struct ReportInvocation {
  private(set) var command: ReportCommand
  /// The words behind `report`.
  let words: [String]
  let context: CommandContext

  /// Checks, writes the page, and tells how it ended.
  mutating func run() async throws -> ExitStatus {
    try command.settle(by: context)
    try command.checkUse()
    try CommandFailure.checkOpenFiles()
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    // The page is the output, and no lockfile.
    let output = command.compile.outputFile ?? ReportCommand.usualOutput
    var compile = command.compile
    compile.outputFile = nil
    let planned = try CheckPlan(
      compile: compile, advisories: command.advisories, words: words, context: context,
      parse: { words in
        var compile = try ReportCommand.parse(words).compile
        compile.outputFile = nil
        return compile
      })
    let paths = try planned.lockfiles(named: compile.sources, below: command.directories)
    try refuse(output, among: paths)
    let outcome = try await planned.run.run(paths, CheckRun.Wishes(coversPast: true))
    for failure in outcome.unreadable { context.terminal.report(failure) }
    outcome.report.sayFaults(on: context.terminal)
    let page = PageReport(
      check: outcome.report, backgrounds: try backgrounds(of: outcome.examination, planned.run),
      links: await links(for: outcome.examination, planned.run))
    try write(page.html(), to: output)
    if !command.compile.quiet, output != "-" {
      context.terminal.say("wrote \(PrintableText.escaped(output, limit: 300))")
    }
    if !outcome.unreadable.isEmpty || outcome.report.isBroken { return .wrongInput }
    return outcome.examination.assessments.contains(where: \.isIncomplete) ? .outsideFailure : .done
  }

  /// A page in a lockfile's place would be the lockfile's end.
  private func refuse(_ output: String, among paths: [String]) throws(CommandFailure) {
    if output == "-" || !paths.contains(where: { context.normalized($0) == context.normalized(output) }) {
      return
    }
    throw .usage(
      "`\(PrintableText.escaped(output, limit: 300))` is a lockfile, and a page would take its place",
      hint: "name another file by `-o`")
  }

  private func write(_ page: String, to output: String) throws(CommandFailure) {
    if output == "-" {
      context.terminal.show(RenderedText.withoutLastLineFeed(page))
      return
    }
    do throws(Files.Failure) {
      try Files.replace(context.absolute(output), with: Array(page.utf8), undisturbedBy: context.interruption)
    } catch {
      throw .usage(
        "can't write `\(PrintableText.escaped(output, limit: 300))`: \(error.reason)",
        hint: "name another file by `-o`")
    }
  }

  // MARK: What is known besides

  private func backgrounds(
    of examination: CheckRun.Examination, _ run: CheckRun
  ) throws(CommandFailure) -> [LockBackground] {
    let trends = LibyearTrend(examination.answers.all, cooldown: run.policy.cooldown(for: .update).seconds)
    var backgrounds: [LockBackground] = []
    for read in examination.locks {
      var background = LockBackground(origins: Self.origins(of: read))
      if let history = examination.record?.history {
        do throws(PinHistoryError) {
          background.trend = trends.points(
            of: try history.changes(of: read.lock.identity), since: nil, until: run.now)
          background.timelines = try Self.timelines(of: read, in: history)
        } catch {
          throw .history(error)
        }
      }
      backgrounds.append(background)
    }
    return backgrounds
  }

  /// The pages of projects, as far as metadata in the cache names them, and of advisories, as their records do. Nothing is
  /// asked for.
  private func links(for examination: CheckRun.Examination, _ run: CheckRun) async -> PageLinks {
    var links = PageLinks()
    for pin in Set(examination.locks.flatMap(\.lock.indexPins).map(\.pin)).sorted() {
      links.advisories.merge(examination.knowledge.pages(of: pin.package, pin.version)) { first, _ in first }
    }
    guard var arguments = try? run.compile.habits.applied(to: run.compile.index) else { return links }
    arguments.offline = true
    arguments.refresh = false
    guard let setup = try? IndexSetup(arguments, context: context, cache: examination.indexes.setup.cache)
    else { return links }
    let indexes = CheckedIndexes(setup: setup, target: examination.indexes.target)
    let known = await KnownMetadata(indexes: indexes, isFetching: false).of(examination.locks.map(\.lock))
    for (pin, metadata) in known.sorted(by: { $0.key < $1.key }) {
      let found = ProjectLinks(metadata.allURLs)
      if let link = found.project ?? found.source { links.projects[pin.package] = link.description }
    }
    return links
  }

  private static func timelines(
    of read: CheckRun.ReadLock, in history: PinHistory
  ) throws(PinHistoryError) -> [PackageTimeline] {
    var timelines: [PackageTimeline] = []
    for package in Set(read.lock.indexPins.map(\.pin.package)).sorted() {
      let stays = try history.timeline(of: package, in: read.lock.identity).map { LockHistory.Stay($0) }
      if !stays.isEmpty { timelines.append(PackageTimeline(package: package, stays: stays)) }
    }
    return timelines
  }

  private static func origins(of read: CheckRun.ReadLock) -> [PinOrigin] {
    read.fileWithOrigins.pins.compactMap { pin in
      guard let name = pin.name else { return nil }
      if case .project = pin.source { return nil }
      var origin = PinOrigin(package: name)
      for asker in pin.askers {
        switch asker {
        case .package(let name): origin.askers.append(name)
        case .input(let text): origin.inputs.append(text)
        }
      }
      return origin
    }
  }
}

extension LockHistory.Stay {
  /// As the history has it.
  init(_ recorded: RecordedPin) {
    self.init(
      version: recorded.pin.version, from: recorded.pinnedAt, until: recorded.replacedAt,
      commit: recorded.commit)
  }
}
