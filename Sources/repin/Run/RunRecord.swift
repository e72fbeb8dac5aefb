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
    var wasUrgent = false
    /// When the last one began.
    var lastStart: Int64?
  }

  let place: HistoryPlace
  let project: LockfileIdentity
  private(set) var past = Past()
  private var history: PinHistory?
  private var tick: Tick.ID?

  /// Opens the history, and begins the run in it unless nothing is to be written.
  init(
    of project: LockfileIdentity, beside lockfiles: [String], at place: HistoryPlace, now: Int64,
    isDryRun: Bool
  ) {
    self.place = place
    self.project = project
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
      past = try Self.past(of: project, in: history, now: now)
      if !isDryRun { tick = try history.startTick(of: project, at: now) }
    } catch {
      giveUp(error)
    }
  }

  private static func past(
    of project: LockfileIdentity, in history: PinHistory, now: Int64
  ) throws(PinHistoryError) -> Past {
    var past = Past()
    past.lastStart = try history.lastTicks(of: project).first?.startedAt
    past.servedWindow = try history.servedWindow(of: project, until: now)
    let rebuilt = try history.lastRebuild(of: project)
    if let end = rebuilt?.end {
      past.rebuilt = TickDecision.Rebuild(at: end.at, digest: end.digest ?? "")
    }
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

  private mutating func giveUp(_ error: PinHistoryError) {
    place.sayUnusable(.history(error))
    history = nil
  }
}
