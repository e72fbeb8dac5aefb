import PinHistory
import PythonPackaging
import UpdatePolicy

/// What the history knows of a lockfile before a check, and what a check adds.
///
/// Whatever is wrong with the history is said once, and the check goes on without it.
struct CheckRecord {
  let history: PinHistory
  let place: HistoryPlace
  let now: Int64

  /// What was known.
  struct Known {
    /// When each pin was pinned.
    var pinnedAt: [Pin: Int64] = [:]
    /// When findings were seen first.
    var firstSeen: [FindingIdentity: Int64] = [:]
    /// The findings that were open.
    var standing: StandingFindings?
    /// What the last check told of the lockfile; nil: there was none.
    var lastDetail: String?
    /// Everything that was ever pinned, where that was asked for.
    var past: [Pin] = []
  }

  /// What a check of one lockfile came to.
  struct Result {
    let lock: LockfileToCheck
    let assessment: Assessment
    let detail: String
    let outcome: String
    let known: Known
  }

  /// Reads the git history of lockfiles whose was never read to its end, and records what is pinned now. A history that can
  /// be read alone tells what it has.
  func begin(_ locks: [CheckRun.ReadLock], coversPast: Bool) async throws(CommandFailure) -> [Known] {
    do throws(PinHistoryError) {
      guard history.access == .writing else {
        var answers: [Known] = []
        for read in locks { answers.append(try self.known(of: read.lock.identity, coversPast: coversPast)) }
        return answers
      }
      let missing = Set(try history.lockfilesToImport(among: locks.map(\.lock.identity)))
      for read in locks where missing.contains(read.lock.identity) { try await importGit(of: read.place) }
      place.context.interruption.wrote()
      try history.importSnapshots(locks.map { $0.lock.snapshot(at: now, by: .check) })
      var answers: [Known] = []
      for read in locks { answers.append(try self.known(of: read.lock.identity, coversPast: coversPast)) }
      return answers
    } catch {
      throw .history(error)
    }
  }

  /// A git history that can't be read is said, and costs the ages alone.
  private func importGit(of lockfile: LockfileHome.Place) async throws(PinHistoryError) {
    let outcome: GitImport.Outcome
    do throws(CommandFailure) {
      outcome = try await GitImport(context: place.context, history: history, now: now).run(lockfile)
    } catch .history(let error) {
      throw error
    } catch {
      place.context.terminal.warn("the ages of pins are counted from now on: \(error.message)")
      return
    }
    outcome.sayShallow(lockfile.identity.path, on: place.context.terminal)
  }

  private func known(
    of lockfile: LockfileIdentity, coversPast: Bool
  ) throws(PinHistoryError) -> Known {
    var known = Known()
    if coversPast { known.past = try history.changes(of: lockfile).flatMap(\.pinned) }
    let pins = try history.currentPins(of: lockfile)
    known.pinnedAt.reserveCapacity(pins.count)
    for pin in pins { known.pinnedAt[pin.pin] = pin.pinnedAt }
    let standing = try history.standingFindings(of: lockfile)
    known.standing = standing
    known.firstSeen.reserveCapacity(standing.findings.count)
    for recorded in standing.findings {
      let finding = recorded.finding
      let identity = FindingIdentity(
        package: finding.pin.package, version: finding.pin.version, kind: finding.kind.rawValue,
        key: finding.key)
      known.firstSeen[identity] = recorded.firstSeen
    }
    known.lastDetail = try history.lastRun(of: lockfile)?.end?.detail
    return known
  }

  /// Whether the history has seen a release on one of some indexes.
  func hasSeen(
    _ package: PackageName, _ version: Version, on indexes: Set<String>
  ) throws(CommandFailure) -> Bool {
    do throws(PinHistoryError) {
      return try history.releases(of: package, version).contains { indexes.contains($0.index) }
    } catch {
      throw .history(error)
    }
  }

  /// Records what came out.
  ///
  /// - Parameter asksAdvisories: whether anybody was asked about advisories.
  func end(
    _ results: [Result], releases: [Release], asksAdvisories: Bool
  ) throws(CommandFailure) {
    do throws(PinHistoryError) {
      try history.record(releases: releases)
      try history.record(
        checks: results.map { result in
          CheckedLockfile(
            lockfile: result.lock.identity, findings: result.assessment.findings.map(Self.finding),
            lookedFor: Self.lookedFor(in: result.assessment, asksAdvisories: asksAdvisories),
            end: Run.End(
              at: now, outcome: result.outcome, due: Self.due(result.assessment), detail: result.detail),
            standing: result.known.standing)
        }, startedAt: now)
    } catch {
      throw .history(error)
    }
  }

  /// Where a source didn't answer, nobody knows what is still wrong that it would have told.
  private static func lookedFor(
    in assessment: Assessment, asksAdvisories: Bool
  ) -> Set<HistoryFinding.Kind> {
    let failed = Set(assessment.failures.map(\.subject))
    var kinds: Set<HistoryFinding.Kind> = failed.contains(.releases) ? [] : Set(HistoryFinding.Kind.allCases)
    kinds.remove(.vulnerable)
    if asksAdvisories, !failed.contains(.advisories) { kinds.insert(.vulnerable) }
    return kinds
  }

  private static func due(_ assessment: Assessment) -> Int64? {
    if assessment.hasDueNow { return assessment.now }
    return assessment.hasDueAtWindow ? assessment.nextWindow : nil
  }

  private static func finding(_ finding: UpdatePolicy.Finding) -> HistoryFinding {
    guard let kind = HistoryFinding.Kind(rawValue: finding.kind.name) else {
      preconditionFailure("the history knows every kind of finding, which a test holds")
    }
    return HistoryFinding(
      pin: Pin(package: finding.package, version: finding.version), kind: kind, key: finding.key,
      severity: finding.severity?.rawValue)
  }
}
