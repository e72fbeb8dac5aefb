import LockDiff
import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging
import Reports
import UpdatePolicy

/// Finds out what is known of the releases that a difference is about.
struct DiffSurvey {
  /// Judges the pins, and records nothing.
  private let check: CheckRun
  private let isFetching: Bool
  /// Where a history may be, which is read and never made.
  private let history: HistoryArguments

  /// - Parameters:
  ///   - check: by which options and which policy.
  ///   - isFetching: whether what isn't in the cache is asked for; what fails is said then.
  ///   - history: where a history may be.
  init(check: CheckRun, isFetching: Bool, history: HistoryArguments) {
    self.history = history
    var check = check
    if !isFetching {
      check.context.terminal = Terminal(environment: check.context.environment, isSilent: true)
    }
    self.check = check
    self.isFetching = isFetching
  }

  /// The report of what changed, and whether all that was asked for was told.
  ///
  /// - Parameters:
  ///   - told: what an update says of each lock, in their order; empty: none made the difference.
  ///   - commands: what makes it again.
  func report(
    of compared: [ComparedLock], updates told: [DiffFacts] = [], commands: [String] = []
  ) async throws(CommandFailure) -> (report: DiffReport, isComplete: Bool) {
    let locks = compared.flatMap(\.locks)
    var facts = DiffFacts()
    var isComplete = true
    if locks.contains(where: { !$0.lock.indexPins.isEmpty }) {
      let examination = try await check.examination(of: locks)
      facts.releases = Self.releases(of: examination)
      isComplete = !isFetching || examination.assessments.allSatisfy(\.failures.isEmpty)
      addDates(to: &facts, of: locks, named: compared.map(\.diff.path))
      let known = KnownMetadata(indexes: examination.indexes, isFetching: isFetching)
      for (pin, metadata) in await known.of(locks.map(\.lock)) {
        facts.releases[DiffFacts.Release(pin.package, pin.version), default: ReleaseDetails()].take(metadata)
      }
    }
    let report = DiffReport(
      locks: compared.enumerated().map { place, lock in
        var facts = facts
        if told.indices.contains(place) {
          facts.causes = told[place].causes
          facts.heldBack = told[place].heldBack
        }
        return DiffedLock(lock.diff, facts: facts, oldBytes: lock.old?.bytes, newBytes: lock.new?.bytes)
      }, commands: commands,
      moments: ShownMoments(zone: check.policy.schedule.timeZone, rules: check.timeZone))
    return (report, isComplete)
  }

  // MARK: Index and advisories

  private static func releases(of examination: CheckRun.Examination) -> [DiffFacts.Release: ReleaseDetails] {
    var releases: [DiffFacts.Release: ReleaseDetails] = [:]
    for (read, assessment) in zip(examination.locks, examination.assessments) {
      let unknown = Set(assessment.failures.filter { $0.subject == .advisories }.map(\.package))
      for ((pin, _, index), metrics) in zip(read.lock.indexPins, assessment.pins) {
        var details = ReleaseDetails()
        if let release = examination.answers.release(of: pin, index: examination.indexes.index(index)) {
          details.yank = .known(release.yank)
          if let uploadedAt = release.uploadedAt { details.uploadedAt = .known(uploadedAt) }
          if let behind = metrics.timeBehind { details.timeBehind = .known(behind) }
        }
        if examination.knowledge.isOn, !unknown.contains(nil), !unknown.contains(pin.package) {
          details.advisories = .known(
            examination.knowledge.facts(of: pin.package, pin.version).filter { !$0.isWithdrawn })
        }
        releases[DiffFacts.Release(pin.package, pin.version)] = details
      }
    }
    return releases
  }

  // MARK: History

  /// Takes from a history, where there is one, when releases were uploaded whose pages aren't in the cache.
  private func addDates(to facts: inout DiffFacts, of locks: [CheckRun.ReadLock], named paths: [String]) {
    guard !history.isOff else { return }
    let path = HistoryPlace(context: check.context, arguments: history).path(for: paths)
    guard Files.status(of: path)?.isRegular == true,
      let history = try? PinHistory(path: path, access: .reading)
    else { return }
    for pin in Set(locks.flatMap(\.lock.indexPins).map(\.pin)).sorted() {
      let release = DiffFacts.Release(pin.package, pin.version)
      guard (facts.releases[release] ?? ReleaseDetails()).uploadedAt == .unknown,
        let known = try? history.releases(of: pin.package, pin.version),
        let oldest = known.compactMap(\.uploadedAt).min()
      else { continue }
      facts.releases[release, default: ReleaseDetails()].uploadedAt = .known(oldest)
    }
  }
}

extension ReleaseDetails {
  /// Takes what a release's metadata says.
  fileprivate mutating func take(_ metadata: CoreMetadata) {
    // Where it says none, its classifiers or files may: that it changed to none would be a guess.
    if let text = metadata.licenseExpression ?? metadata.license { license = .known(text) }
    requiresPython = .known(metadata.requiresPython?.description)
    projectURLs = metadata.allURLs
  }
}
