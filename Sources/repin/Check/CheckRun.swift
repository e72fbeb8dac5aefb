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

  private var historyPlace: HistoryPlace { HistoryPlace(context: context, arguments: compile.history) }

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
  private static let lockfilesOfTask = 64

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

  /// Finds out all there is to know, and judges it.
  ///
  /// - Parameter coversPast: whether indexes are asked about everything that was ever pinned, too.
  func examination(
    of paths: [String], coversPast: Bool = false
  ) async throws(CommandFailure) -> Examination {
    let (locks, unreadable) = await read(paths)
    if locks.isEmpty, let first = unreadable.first { throw first }
    return try await examination(of: locks, beside: unreadable, coversPast: coversPast)
  }

  /// The same of lockfiles that were read.
  ///
  /// - Parameter unreadable: why others couldn't be.
  func examination(
    of locks: [ReadLock], beside unreadable: [CommandFailure] = [], coversPast: Bool = false
  ) async throws(CommandFailure) -> Examination {
    let setup = try IndexSetup(compile.habits.applied(to: compile.index), context: context)
    context.interruption.keeps { [weak cache = setup.cache] in cache?.close() }
    let result: Result<Examination, CommandFailure>
    var clients: [IndexClient] = []
    do throws(CommandFailure) {
      result = .success(
        try await examination(
          of: locks, beside: unreadable, coversPast: coversPast, by: setup, opening: &clients))
    } catch {
      result = .failure(error)
    }
    for client in clients { await client.close() }
    for warning in setup.cache?.takeWarnings() ?? [] { context.terminal.warn(warning.description) }
    return try result.get()
  }

  /// What tells what lockfiles are made from, with nothing said of what is tried; nil: nobody asks.
  var silentOrigin: LockfileOrigin? {
    guard let origin else { return nil }
    var context = origin.context
    context.terminal = Terminal(environment: context.environment, isSilent: true)
    return LockfileOrigin(plan: origin.plan, words: origin.words, context: context, parse: origin.parse)
  }

  // MARK: Reading

  private func read(_ paths: [String]) async -> (locks: [ReadLock], unreadable: [CommandFailure]) {
    let home = LockfileHome(context: context)
    let reader = PinnedFileReader()
    var files: [(path: String, bytes: [UInt8], place: LockfileHome.Place)] = []
    var unreadable: [CommandFailure] = []
    for path in paths {
      let shown = PrintableText.escaped(path, limit: 300)
      let bytes: [UInt8]
      do throws(Files.Failure) {
        bytes = try Files.readRegular(context.absolute(path), limit: PinnedFileReader.Limits().bytes)
      } catch {
        var hint = "name a lockfile"
        if case .missing = error { hint = "compile it, or name another lockfile" }
        unreadable.append(.usage("the lockfile `\(shown)` can't be read: \(error.reason)", hint: hint))
        continue
      }
      files.append((shown, bytes, await home.place(of: path)))
    }
    let locks = await files.inParallel(by: Self.lockfilesOfTask) { file in
      ReadLock(
        lock: LockfileToCheck(
          path: file.path, file: reader.read(file.bytes, path: file.path), identity: file.place.identity,
          digest: LockfileToCheck.digest(of: file.bytes)), bytes: file.bytes, place: file.place)
    }
    return (locks, unreadable)
  }

  // MARK: Asking and judging

  private func examination(
    of locks: [ReadLock], beside unreadable: [CommandFailure], coversPast: Bool, by setup: IndexSetup,
    opening clients: inout [IndexClient]
  ) async throws(CommandFailure) -> Examination {
    let target = try await target(of: locks, cache: setup.cache)
    let history = historyPlace.open(for: locks.map(\.lock.path), isEnoughToRead: coversPast)
    let opened = history.map { CheckRecord(history: $0, place: historyPlace, now: now) }
    // The history is read and written while indexes are asked, but where it says what they are asked.
    async let begun = begin(opened, locks, coversPast: coversPast)
    let past = coversPast ? await begun.known.flatMap(\.past) : []
    let indexes = CheckedIndexes(setup: setup, target: target)
    let progress = Progress(terminal: context.terminal, isShown: !compile.quiet)
    var answers = ProjectAnswers()
    for (index, pinned) in indexes.questions(of: locks.map(\.lock), past: past) {
      let client = try indexes.client(of: index)
      clients.append(client)
      let survey = ProjectSurvey(
        client: client, environment: target.environment,
        exempt: IndexAddresses(policy.cooldownExemptIndexes), progress: progress)
      answers.add(await survey.answers(to: pinned), of: index, at: client.indexURLs)
    }
    progress.finish()
    sayFailures(answers)
    let survey = AdvisorySurvey(
      settings: advisories, setup: setup, context: context, arguments: compile.index)
    let knowledge = try await knowledge(of: locks, answers, indexes, by: survey)
    let (record, known) = await begun
    return Examination(
      locks: locks, unreadable: unreadable, known: known, answers: answers, knowledge: knowledge,
      indexes: indexes, assessments: try await assess(locks, known, answers, knowledge, indexes, record),
      record: record)
  }

  /// What the history knew before; nothing, and no record, where it can't be used.
  private func begin(
    _ record: CheckRecord?, _ locks: [ReadLock], coversPast: Bool
  ) async -> (record: CheckRecord?, known: [CheckRecord.Known]) {
    do throws(CommandFailure) {
      if let record { return (record, try await record.begin(locks, coversPast: coversPast)) }
    } catch {
      historyPlace.sayUnusable(error)
    }
    return (nil, [CheckRecord.Known](repeating: CheckRecord.Known(), count: locks.count))
  }

  /// What is known of the advisories of pins, and of what would fix them.
  private func knowledge(
    of locks: [ReadLock], _ answers: ProjectAnswers, _ indexes: CheckedIndexes, by survey: AdvisorySurvey
  ) async throws(CommandFailure) -> AdvisoryKnowledge {
    let home = indexes.target.facts?.defaultIndexURL
    let pins = locks.flatMap(\.lock.indexPins).map { (pin: $0.pin, index: indexes.index($0.index)) }
    var asked = Set(pins.map { answers.subject($0.pin, index: $0.index) })
    var knowledge = try await survey.knowledge(about: asked, defaultIndex: home, isAll: true)
    guard survey.tellsOfReleasesAlone else { return knowledge }
    // What is called a fix is one only if nothing affects it either.
    for _ in 0..<Self.greatestRounds {
      var fixes: Set<AdvisorySurvey.Subject> = []
      for (pin, index) in pins {
        let facts = knowledge.facts(
          of: pin.package, pin.version, releases: answers.releases(insteadOf: pin, index: index))
        guard let fix = facts.first?.fix else { continue }
        fixes.insert(answers.subject(Pin(package: pin.package, version: fix), index: index))
      }
      fixes.subtract(asked)
      if fixes.isEmpty { break }
      knowledge.add(try await survey.knowledge(about: fixes, defaultIndex: home))
      asked.formUnion(fixes)
    }
    return knowledge
  }

  private static let greatestRounds = 50

  /// Says why an index didn't tell, once for each reason: the report has what is unknown for it.
  private func sayFailures(_ answers: ProjectAnswers) {
    let reasons = answers.failureReasons
    for reason in reasons.prefix(Self.greatestReasons) { context.terminal.warn(reason) }
    if reasons.count > Self.greatestReasons {
      context.terminal.warn("and \(reasons.count - Self.greatestReasons) more failures")
    }
  }

  private static let greatestReasons = 5

  private func assess(
    _ locks: [ReadLock], _ known: [CheckRecord.Known], _ answers: ProjectAnswers,
    _ knowledge: AdvisoryKnowledge, _ asked: CheckedIndexes, _ record: CheckRecord?
  ) async throws(CommandFailure) -> [Assessment] {
    var assessors: [[String?]: Assessor] = [:]
    var questions: [(read: ReadLock, known: CheckRecord.Known, assessor: Assessor)] = []
    var subjects: Set<IndexPin> = []
    for (read, known) in zip(locks, known) {
      let pins = read.lock.indexPins
      let indexes = Array(Set(pins.map { asked.index($0.index) })).sorted { ($0 ?? "") < ($1 ?? "") }
      let assessor =
        assessors[indexes]
        ?? Assessor(policy: policy, now: now, projects: answers.facts(of: indexes), timeZone: timeZone)
      assessors[indexes] = assessor
      questions.append((read, known, assessor))
      for pin in pins { subjects.insert(IndexPin(pin: pin.pin, index: asked.index(pin.index))) }
    }
    // Lockfiles share most of their pins.
    let told = await Array(subjects).inParallel(by: Self.pinsOfTask) { subject in
      let releases = answers.releases(insteadOf: subject.pin, index: subject.index)
      return (
        subject, knowledge.facts(of: subject.pin.package, subject.pin.version, releases: releases)
      )
    }
    let advisories = Dictionary(uniqueKeysWithValues: told)
    let assessments = await questions.inParallel(by: Self.lockfilesOfTask) { question in
      Result { () throws(CommandFailure) -> Assessment in
        let pins = question.read.lock.indexPins
        let facts = try pins.map { (pin, line, index) throws(CommandFailure) -> PinFacts in
          var facts = try answers.facts(
            of: pin, at: PinFacts.Place(path: question.read.lock.path, line: line), index: asked.index(index),
            pinnedAt: question.known.pinnedAt[pin]
          ) { package, version, indexes throws(CommandFailure) in
            try record?.hasSeen(package, version, on: indexes) ?? false
          }
          facts.advisories = advisories[IndexPin(pin: pin, index: asked.index(index))] ?? []
          return facts
        }
        let failures = knowledge.failures(of: pins.map { ($0.pin.package, $0.pin.version) })
        return question.assessor.assess(
          LockFacts(pins: facts, failures: failures, firstSeen: question.known.firstSeen))
      }
    }
    return try assessments.map { (assessment) throws(CommandFailure) in try assessment.get() }
  }

  /// So many pins' advisories are worked out by one task.
  private static let pinsOfTask = 256

  /// A pin, and the index that it is from.
  private struct IndexPin: Hashable {
    let pin: Pin
    let index: String?
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
