import PinHistory
import PythonPackaging
import Scheduling

/// What the history knows of a project's runs, and what a run adds to it.
///
/// Whatever is wrong with the history is said once, and the run goes on without it: then no window was ever served.
struct RunRecord {
  /// What runs before this one came to.
  struct Past {
    var servedWindow: Int64?
    var rebuilt: TickDecision.Rebuild?
    var hasFailed = false
    /// Whether something was due at once since the last rebuild, or at that run, which rebuilt what had to be replaced.
    var wasUrgent = false
    /// When the last one began.
    var lastStart: Int64?
  }

  let place: HistoryPlace
  let project: LockfileIdentity
  private(set) var past = Past()
  private let lockfiles: [String]
  private var history: PinHistory?
  private var tick: Tick.ID?

  /// Opens the history, and begins the run in it unless nothing is to be written.
  ///
  /// - Parameter proposes: whether an update goes into a pull request, so that what is rebuilt meanwhile isn't it.
  init(
    of project: LockfileIdentity, beside lockfiles: [String], at place: HistoryPlace, now: Int64,
    isDryRun: Bool, proposes: Bool
  ) {
    self.place = place
    self.project = project
    self.lockfiles = lockfiles
    if isDryRun {
      let path = place.path(for: lockfiles)
      history =
        place.arguments.isOff || Files.status(of: path) == nil
        ? nil : try? PinHistory(path: path, access: .reading)
    } else {
      history = place.open(for: lockfiles)
    }
    guard let history else { return }
    do throws(PinHistoryError) {
      past = try Self.past(of: project, in: history, now: now, proposes: proposes)
      if !isDryRun { tick = try history.startTick(of: project, at: now) }
    } catch {
      giveUp(error)
    }
  }

  private static func past(
    of project: LockfileIdentity, in history: PinHistory, now: Int64, proposes: Bool
  ) throws(PinHistoryError) -> Past {
    var past = Past()
    past.lastStart = try history.lastTicks(of: project).first?.startedAt
    past.servedWindow = try history.servedWindow(of: project, until: now)
    let rebuilt = try history.lastRebuild(of: project)
    if let end = rebuilt?.end {
      past.rebuilt = TickDecision.Rebuild(at: end.at, digest: end.digest ?? "")
    }
    past.wasUrgent =
      rebuilt.map { tick in
        tick.reasons.contains(TickDecision.Reason.dueNow.rawValue) && proposes
      } ?? false
    for tick in try history.ticks(of: project, since: rebuilt?.id) {
      // One that was cut off after it was known what to do may have been cut off in the middle of that.
      if tick.end.map({ $0.outcome == RunOutcome.Word.rebuildFailed.rawValue }) ?? !tick.reasons.isEmpty {
        past.hasFailed = true
      }
      if tick.reasons.contains(TickDecision.Reason.dueNow.rawValue) { past.wasUrgent = true }
    }
    return past
  }

  /// Notes why something is to be done, before it is.
  mutating func decide(_ reasons: [TickDecision.Reason]) {
    guard let history, let tick else { return }
    do throws(PinHistoryError) {
      try history.decideTick(tick, reasons: reasons.map(\.rawValue))
    } catch {
      giveUp(error)
    }
  }

  /// Notes how the run ended.
  ///
  /// - Parameter digest: of the lockfiles that were rebuilt; nil: they weren't.
  mutating func end(_ outcome: RunOutcome, digest: String?, at now: Int64) {
    if let open = history, tick != nil, Files.status(of: open.path) == nil {
      place.context.terminal.warn(
        "the history was removed during the run, and is begun anew: a command of [rebuild] that cleans up should spare .repin"
      )
      beginAnew(outcome)
    }
    guard let history, let tick else { return }
    do throws(PinHistoryError) {
      try history.finishTick(
        tick,
        Tick.End(
          at: max(now, outcome.startedAt), outcome: outcome.word.rawValue,
          servedWindow: outcome.servesWindow ? outcome.decision?.window : nil, digest: digest,
          detail: outcome.detail))
    } catch {
      giveUp(error)
    }
    place.sayWarnings(of: history)
  }

  private mutating func beginAnew(_ outcome: RunOutcome) {
    history = place.open(for: lockfiles)
    guard let history else { return }
    do throws(PinHistoryError) {
      let begun = try history.startTick(of: project, at: outcome.startedAt)
      try history.decideTick(begun, reasons: outcome.decision?.reasons.map(\.rawValue) ?? [])
      tick = begun
    } catch {
      giveUp(error)
    }
  }

  private mutating func giveUp(_ error: PinHistoryError) {
    place.sayUnusable(.history(error))
    history = nil
  }
}
