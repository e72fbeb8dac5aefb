import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging
import Reports
import RequirementsFiles
import Resolution
import UpdatePolicy

extension CheckRun {
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
}
