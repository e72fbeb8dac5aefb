import ImageLabels
import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging
import Reports
import RequirementsFiles
import Resolution
import UpdatePolicy

/// One run of `repin check`: reads lockfiles, asks indexes, judges, records.
struct CheckRun: Sendable {
  /// What configuration and environment make of the options that compiling has.
  var compile: CompileCommand
  var context: CommandContext
  var policy: Policy
  /// Where the policy's cooldown is configured; nil: nowhere.
  var cooldownPlace: String?
  let advisories: AdvisorySettings
  let timeZone: TimeZoneRules
  var now: Int64
  /// How old an image may be; nil: nobody minds.
  var imageMaximumAge: PolicyDuration?
  /// Tells what lockfiles are made from; nil: nobody asks.
  var origin: LockfileOrigin?

  /// A lockfile that was read, and where it belongs.
  struct ReadLock {
    let lock: LockfileToCheck
    let bytes: [UInt8]
    let place: LockfileHome.Place

    /// The file with who asks for each pin and all hashes, which most don't want: read anew.
    var fileWithOrigins: PinnedFile { PinnedFileReader(keepsOrigins: true).read(bytes, path: lock.path) }
  }

  /// What a run came to.
  struct Outcome {
    let report: CheckReport
    /// Whether nothing is new in any of the lockfiles since the last run.
    let isUnchanged: Bool
    /// Why lockfiles couldn't be read at all.
    let unreadable: [CommandFailure]
    /// What all of it is made from.
    let examination: Examination
    /// The report as it was to be rendered.
    let text: String
  }

  /// What is known of lockfiles, and what the policy makes of it.
  struct Examination {
    let locks: [ReadLock]
    /// Why others couldn't be read.
    let unreadable: [CommandFailure]
    let known: [CheckRecord.Known]
    let answers: ProjectAnswers
    let knowledge: AdvisoryKnowledge
    let indexes: CheckedIndexes
    let assessments: [Assessment]
    /// Nil: there is no history.
    let record: CheckRecord?
  }

  var historyPlace: HistoryPlace { HistoryPlace(context: context, arguments: compile.history) }

  /// What is wanted besides the findings.
  struct Wishes: Sendable {
    /// All that the files tell of their pins, for a bill of materials.
    var isBill = false
    /// What updates would write, instead of whether there could be some.
    var isRemedied = false
    /// That indexes are asked about everything that was ever pinned, too.
    var coversPast = false
    /// An image that is compared with the lockfiles; nil: none.
    var image: InspectedImage?
  }

  /// Checks lockfiles that are named by their paths.
  ///
  /// - Parameter rendered: what is made of the report while the history is written.
  func run(
    _ paths: [String], _ wishes: Wishes = Wishes(), rendered: (CheckReport) -> String = { _ in "" }
  ) async throws(CommandFailure) -> Outcome {
    let examination = try await examination(of: paths, coversPast: wishes.coversPast)
    let named = Set(paths.map(context.normalized))
    let results = await examination.locks.indices.inParallel(by: Self.lockfilesOfTask) { [self] place in
      await result(of: place, in: examination, named: named, wishes)
    }
    async let recorded: Void = record(results.map(\.record), of: examination)
    let locks = results.map(\.lock)
    let comparison = try wishes.image.map { image throws(CommandFailure) in
      try self.comparison(of: image, with: examination.locks)
    }
    var report = CheckReport(
      locks: locks, checkedAt: now, moments: ShownMoments(zone: policy.schedule.timeZone, rules: timeZone),
      advisories: examination.knowledge.provenance, image: comparison)
    if wishes.isRemedied {
      report.remediations = await RemediationSurvey(check: self, examination: examination).remediations()
    }
    let text = rendered(report)
    await recorded
    return Outcome(
      report: report,
      isUnchanged: !locks.isEmpty && examination.unreadable.isEmpty
        && locks.allSatisfy { $0.isChanged == false } && comparison?.asksForNothing != false,
      unreadable: examination.unreadable, examination: examination, text: text)
  }

  /// So many lockfiles are read or judged by one task.
  static let lockfilesOfTask = 64

  private func result(
    of place: Int, in examination: Examination, named: Set<String>, _ wishes: Wishes
  ) async -> (lock: CheckedLock, record: CheckRecord.Result) {
    let read = examination.locks[place]
    let assessment = examination.assessments[place]
    let detail = CheckDetail(lock: read.lock, assessment: assessment).text
    var lock = CheckedLock(
      path: read.lock.path, assessment: assessment, pinCount: read.lock.file.pins.count,
      unchecked: Self.unchecked(read.lock.file),
      faults: Self.faults(read.lock.file) + unfollowed(read.lock, beside: named))
    lock.isChanged = examination.known[place].lastDetail.map { $0 != detail }
    if !wishes.isRemedied {
      lock.outlooks = await FixSurvey(check: self, examination: examination).outlooks(of: read, assessment)
    }
    lock.repositoryPath = read.place.repositoryPath
    if wishes.isBill { lock.details = Self.details(of: read) }
    return (
      lock,
      CheckRecord.Result(
        lock: read.lock, assessment: assessment, detail: detail, outcome: lock.verdict.rawValue,
        known: examination.known[place])
    )
  }

  private func record(_ results: [CheckRecord.Result], of examination: Examination) async {
    do throws(CommandFailure) {
      try examination.record?.end(
        results, releases: examination.answers.pinnedReleases,
        asksAdvisories: examination.knowledge.isOn)
    } catch {
      historyPlace.sayUnusable(error)
    }
    historyPlace.sayWarnings(of: examination.record?.history)
  }

  private static func details(of read: ReadLock) -> [PinDetail] {
    read.fileWithOrigins.pins.compactMap { pin in
      guard let name = pin.name else { return nil }
      if case .project = pin.source { return nil }
      var detail = PinDetail(package: name, version: pin.version, hashes: pin.hashes)
      for asker in pin.askers {
        switch asker {
        case .package(let name): detail.askers.append(name)
        case .input: detail.isDirect = true
        }
      }
      return detail
    }
  }

  // MARK: What isn't checked

  private static func unchecked(_ file: PinnedFile) -> [UncheckedPin] {
    file.pins.compactMap { pin in
      let reason: UncheckedPin.Reason
      switch pin.source {
      case .index: return nil
      case .url: reason = .url
      case .versionControl: reason = .repository
      case .path: reason = .path
      case .editable: reason = .editable
      case .project: reason = .project
      }
      return UncheckedPin(name: pin.name, text: pin.text, line: pin.line, reason: reason)
    }
  }

  private static func faults(_ file: PinnedFile) -> [LockFault] {
    file.faults.map { fault in
      LockFault(
        path: file.path, line: fault.location.line, column: fault.location.column, text: fault.sentence,
        remedy: fault.remedy, hidesPins: fault.severity == .error)
    }
  }

  /// Files that a lockfile includes, and that aren't checked beside it.
  private func unfollowed(_ lock: LockfileToCheck, beside named: Set<String>) -> [LockFault] {
    lock.file.includedFiles.compactMap { included in
      let isAbsolute = included.path.hasPrefix("/")
      let path = isAbsolute ? included.path : "\(HistoryPlace.directory(of: lock.path))/\(included.path)"
      if named.contains(context.normalized(path)) { return nil }
      return LockFault(
        path: lock.path, line: included.line,
        text: "found `-r \(included.path)`, whose pins aren't checked with this file's",
        remedy: "name it as a lockfile beside this one", hidesPins: false)
    }
  }
}
