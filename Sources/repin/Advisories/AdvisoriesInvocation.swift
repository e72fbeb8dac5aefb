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
    case let clear as AdvisoriesCommand.Clear: try kept(clear.place).removeAll()
    default: return nil
    }
    return .done
  }

  // MARK: Commands

  private func show(_ command: AdvisoriesCommand.Status) throws(CommandFailure) {
    let kept = try kept(command.place)
    let sources = try kept.sources()
    let report = AdvisoriesReport(file: kept.path, sources: sources)
    context.terminal.show(
      command.report.format == .json
        ? JSONText.text(of: report) : report.text(sources, now: IndexClock.system.now()))
  }

  private func renew(_ command: AdvisoriesCommand.Sync) async throws(CommandFailure) {
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    let source = try KeptSource(command.place, context: context)
    let path = try kept(command.place).path
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
    _ path: String, from source: KeptSource, by client: IndexClient, all: Bool
  ) async throws(CommandFailure) -> AdvisorySync.Outcome {
    let database = try KeptAdvisories.advisories { () throws(AdvisoryDatabaseError) in
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
    let kept = try kept(command.place)
    let source = try KeptSource(command.place, context: context)
    guard let id = AdvisoryID(command.id), let database = try kept.reading() else {
      throw .usage(
        "no advisories were ever fetched into `\(kept.path)`", hint: "`repin advisories sync` fetches them")
    }
    let text = try KeptAdvisories.advisories { () throws(AdvisoryDatabaseError) in
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

  private func kept(_ place: AdvisoryPlace) throws(CommandFailure) -> KeptAdvisories {
    KeptAdvisories(cache: try CacheLocation(place: place.cache, context: context).path())
  }
}
