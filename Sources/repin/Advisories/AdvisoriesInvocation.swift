import Advisories
import ArgumentParser
import PackageIndex
import PythonPackaging
import Reports

/// One of the `repin advisories` commands as it was called.
struct AdvisoriesInvocation {
  let context: CommandContext

  /// Runs a command; nil: it is none of these.
  func run(_ command: any ParsableCommand) async throws(CommandFailure) -> ExitStatus? {
    switch command {
    case let status as AdvisoriesCommand.Status: try show(status)
    case let sync as AdvisoriesCommand.Sync: try await renew(sync)
    case let show as AdvisoriesCommand.Show: return try self.show(show)
    case let clear as AdvisoriesCommand.Clear: try remove(clear)
    default: return nil
    }
    return .done
  }

  // MARK: Commands

  private func show(_ command: AdvisoriesCommand.Status) throws(CommandFailure) {
    let path = try path(command.place)
    var sources: [SyncedSource] = []
    if let database = try reading(path) {
      sources = try advisories { () throws(AdvisoryDatabaseError) in try database.sources() }
    }
    let report = AdvisoriesReport(file: path, sources: sources)
    context.terminal.show(
      command.report.format == .json
        ? JSONText.text(of: report) : report.text(sources, now: IndexClock.system.now()))
  }

  private func renew(_ command: AdvisoriesCommand.Sync) async throws(CommandFailure) {
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    let source = try AdvisorySourceAddress(command.place.source, context: context)
    let path = try path(command.place)
    if let reason = makeDirectories(HistoryPlace.directory(of: path)) {
      throw .unusableCache(path: path, reason: reason)
    }
    var arguments = CompileCommand.unasked.index
    arguments.cert = command.cert
    arguments.noCache = true
    let client = try IndexSetup(arguments, context: context).documentClient()
    let outcome: Result<AdvisorySync.Outcome, CommandFailure>
    do throws(CommandFailure) {
      outcome = .success(try await sync(path, from: source, by: client, all: command.all))
    } catch {
      outcome = .failure(error)
    }
    await client.close()
    let done = try outcome.get()
    guard !command.quiet else { return }
    context.terminal.say("\(source.shown): \(Self.words(of: done))")
  }

  private func sync(
    _ path: String, from source: AdvisorySourceAddress, by client: IndexClient, all: Bool
  ) async throws(CommandFailure) -> AdvisorySync.Outcome {
    let database = try advisories { () throws(AdvisoryDatabaseError) in
      try AdvisoryDatabase(path: path, access: .writing)
    }
    let sync = AdvisorySync(
      database, from: source.address, by: AdvisoryFetcher(client: client), now: IndexClock.system.now)
    do throws(AdvisorySyncError) {
      let outcome = try await sync.run(isForced: all)
      for warning in database.takeWarnings() { context.terminal.warn(warning.description) }
      return outcome
    } catch {
      if case .database(let failure) = error { throw .advisories(failure) }
      throw .advisorySync(error)
    }
  }

  private static func words(of outcome: AdvisorySync.Outcome) -> String {
    switch outcome {
    case .unchanged: "nothing has changed"
    case .replaced(let count, _, let skipped):
      (count == 1 ? "1 advisory" : "\(count) advisories")
        + (skipped == 0 ? "" : "; \(skipped) couldn't be read")
    case .updated(let count, let skipped, let lines):
      (count == 1 ? "1 advisory has changed" : "\(count) advisories have changed")
        + (skipped.isEmpty && lines == 0 ? "" : "; \(skipped.count + lines) couldn't be had or read")
    }
  }

  private func show(_ command: AdvisoriesCommand.Show) throws(CommandFailure) -> ExitStatus {
    let path = try path(command.place)
    let source = try AdvisorySourceAddress(command.place.source, context: context)
    guard let id = AdvisoryID(command.id), let database = try reading(path) else {
      throw .usage(
        "no advisories were ever fetched into `\(path)`", hint: "`repin advisories sync` fetches them")
    }
    let text = try advisories { () throws(AdvisoryDatabaseError) in
      try database.text(of: id, from: source.address)
    }
    guard let text else {
      context.terminal.say("there is no advisory `\(id)` of \(source.shown)")
      return .no
    }
    do throws(AdvisoryRecordError) {
      let report = AdvisoryReport(try AdvisoryRecord(json: text))
      context.terminal.show(command.report.format == .json ? JSONText.text(of: report) : report.text)
      return .done
    } catch {
      throw .usage("the advisory `\(id)` can't be read: \(error)", hint: "`repin advisories sync --all`")
    }
  }

  private func remove(_ command: AdvisoriesCommand.Clear) throws(CommandFailure) {
    let path = try path(command.place)
    guard try reading(path) != nil else { return }
    try advisories { () throws(AdvisoryDatabaseError) in
      try AdvisoryDatabase(path: path, access: .writing).removeAll()
    }
  }

  // MARK: The database

  private func path(_ place: AdvisoryPlace) throws(CommandFailure) -> String {
    guard let directory = IndexSetup.cacheDirectory(given: place.cacheDir, context) else {
      throw .usage(
        "there is no place for a cache: neither REPIN_CACHE_DIR, XDG_CACHE_HOME nor HOME is set",
        hint: "name one by `--cache-dir`")
    }
    return "\(directory)/advisories.sqlite"
  }

  /// Nil if there is none.
  private func reading(_ path: String) throws(CommandFailure) -> AdvisoryDatabase? {
    do throws(AdvisoryDatabaseError) {
      return try AdvisoryDatabase(path: path, access: .reading)
    } catch {
      if case .absent = error { return nil }
      throw .advisories(error)
    }
  }

  private func advisories<Result>(
    _ body: () throws(AdvisoryDatabaseError) -> Result
  ) throws(CommandFailure) -> Result {
    do throws(AdvisoryDatabaseError) { return try body() } catch { throw .advisories(error) }
  }
}
