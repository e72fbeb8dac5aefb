import LockDiff
import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging
import Reports
import Resolution
import UpdatePolicy

/// Finds out what is known of the releases that a difference is about.
struct DiffSurvey {
  /// Judges the pins, and records nothing.
  private let check: CheckRun
  private let isFetching: Bool

  /// - Parameters:
  ///   - check: by which options and which policy.
  ///   - isFetching: whether what isn't in the cache is asked for; what fails is said then.
  init(check: CheckRun, isFetching: Bool) {
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
      await addMetadata(to: &facts, of: locks, by: examination.indexes)
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

  // MARK: Metadata

  /// Adds what the metadata of releases says: of each one of its wheels, as far as it is known.
  private func addMetadata(
    to facts: inout DiffFacts, of locks: [CheckRun.ReadLock], by indexes: CheckedIndexes
  ) async {
    var pins: [String?: Set<Pin>] = [:]
    for lock in locks {
      for (pin, _, index) in lock.lock.indexPins { pins[indexes.index(index), default: []].insert(pin) }
    }
    for (index, pins) in pins {
      guard let client = try? indexes.client(of: index) else { continue }
      let told = await orderedAnswers(of: pins.sorted()) { [isFetching] pin in
        await Self.metadata(of: pin, client, isFetching: isFetching)
      }
      await client.close()
      for (pin, metadata) in zip(pins.sorted(), told) {
        guard let metadata else { continue }
        let release = DiffFacts.Release(pin.package, pin.version)
        facts.releases[release, default: ReleaseDetails()].take(metadata)
      }
    }
  }

  private static func metadata(
    of pin: Pin, _ client: IndexClient, isFetching: Bool
  ) async -> CoreMetadata? {
    var pages: [ProjectPage] = []
    switch client.knownPages(of: pin.package) {
    case .known(let known): pages = known
    case .offline: return nil
    case .unknown: pages = (try? await client.pages(of: pin.package)) ?? []
    }
    for page in pages {
      guard let place = (0..<page.versionCount).first(where: { page.version(at: $0) == pin.version }) else {
        continue
      }
      let wheels = page.distributions(at: place).filter { if case .wheel = $0.kind { true } else { false } }
      for wheel in wheels {
        if case .known(let metadata) = client.knownMetadata(of: wheel) { return metadata }
      }
      guard isFetching, let wheel = wheels.first else { return nil }
      return try? await client.metadata(of: wheel)
    }
    return nil
  }
}

extension ReleaseDetails {
  /// Takes what a release's metadata says.
  fileprivate mutating func take(_ metadata: CoreMetadata) {
    // Where it says none, its classifiers or files may: that it changed to none would be a guess.
    if let text = metadata.licenseExpression ?? metadata.license { license = .known(text) }
    requiresPython = .known(metadata.requiresPython?.description)
    let home = metadata.homePage.map { CoreMetadata.ProjectURL(label: "Homepage", url: $0) }
    projectURLs = metadata.projectURLs + [home].compactMap(\.self)
  }
}
