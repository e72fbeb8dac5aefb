import Advisories
import PackageIndex
import PythonPackaging
import Synchronization
import UpdatePolicy

/// Asks the chosen source of advisories about releases.
struct AdvisorySurvey {
  let settings: AdvisorySettings
  let setup: IndexSetup
  let context: CommandContext
  let arguments: IndexArguments

  /// A release, and the index that has its project; nil: none has, or none told.
  struct Subject: Hashable {
    let package: PackageName
    let version: Version
    let index: String?
  }

  /// Whether the source tells of the releases that it is asked about alone, so that others may have problems it didn't tell.
  var tellsOfReleasesAlone: Bool {
    switch settings.choice {
    case .none, .kept, .files: false
    case .api, .index: true
    }
  }

  /// What the source knows of releases, and whatever there is to say of it is said.
  ///
  /// - Parameters:
  ///   - defaultIndex: the interpreter's own, whose names everybody knows.
  ///   - isAll: whether it is all that is asked about, so that nothing is known where none of it may be told.
  func knowledge(
    about subjects: Set<Subject>, defaultIndex: String?, isAll: Bool = false
  ) async throws(CommandFailure) -> AdvisoryKnowledge {
    let fetcher = LazyFetcher(setup: setup, isOffline: arguments.mode == .offline)
    let answers: [AdvisoryAnswer]
    let asked: Set<AskedRelease>
    switch settings.choice {
    case .none: return AdvisoryKnowledge()
    case .kept(let base):
      asked = releasesAsked(subjects, defaultIndex)
      answers = [try await keptAnswer(base, asked, fetcher)]
    case .files(let path):
      asked = releasesAsked(subjects, defaultIndex)
      answers = [await LocalAdvisories(path: path).advisories(for: Array(asked))]
    case .api(let base):
      asked = releasesAsked(subjects, defaultIndex)
      answers = [await QueriedAdvisories(base: base, by: fetcher).advisories(for: Array(asked))]
    case .index:
      // Every index is told its own names alone.
      asked = Set(subjects.map { AskedRelease($0.package, $0.version, isPublic: true) })
      answers = await indexAnswers(subjects, fetcher)
    }
    await fetcher.close()
    sayNotices(of: answers)
    return AdvisoryKnowledge(answers, asked: asked, isAll: isAll, isStrict: settings.isStrict)
  }

  private func releasesAsked(_ subjects: Set<Subject>, _ defaultIndex: String?) -> Set<AskedRelease> {
    let known = IndexAddresses(settings.publicIndexes + [defaultIndex].compactMap(\.self))
    let indexes = Set(subjects.lazy.compactMap(\.index)).filter(known.contains)
    return Set(
      subjects.map { subject in
        AskedRelease(
          subject.package, subject.version, isPublic: subject.index.map(indexes.contains) ?? false)
      })
  }

  // MARK: Sources

  private func keptAnswer(
    _ base: String, _ asked: Set<AskedRelease>, _ fetcher: LazyFetcher
  ) async throws(CommandFailure) -> AdvisoryAnswer {
    var ages = StoredAdvisories.Ages()
    if let maximum = settings.maximumAge { ages.maximum = maximum.seconds }
    if arguments.mode == .refresh { ages.syncAfter = -1 }
    ages.syncAfter = min(ages.syncAfter, ages.maximum)
    // Without a cache they are fetched for this once.
    var scratch: ScratchDirectory?
    let directory: String
    if let cache = setup.cacheDirectory {
      directory = cache
    } else {
      do throws(IndexError) { scratch = try ScratchDirectory() } catch { throw .configuration("\(error)") }
      directory = scratch?.path ?? "/"
    }
    defer { scratch?.remove() }
    if arguments.mode != .offline, let reason = makeDirectories(directory) {
      context.terminal.warn("advisories can't be kept in `\(directory)`: \(reason)")
    }
    let source = StoredAdvisories(
      path: KeptAdvisories(cache: directory).path, base: base,
      fetcher: arguments.mode == .offline ? nil : fetcher, ages: ages, now: setup.clock.now)
    return await source.advisories(for: Array(asked))
  }

  private func indexAnswers(_ subjects: Set<Subject>, _ fetcher: LazyFetcher) async -> [AdvisoryAnswer] {
    var answers: [AdvisoryAnswer] = []
    let byIndex = Dictionary(grouping: subjects.filter { $0.index != nil }) { $0.index ?? "" }
    for (index, subjects) in byIndex.sorted(by: { $0.key < $1.key }) {
      let asked = subjects.map { AskedRelease($0.package, $0.version, isPublic: true) }
      let bare = IndexAddresses.bare(index)
      guard bare.hasSuffix("/simple") else {
        var answer = AdvisoryAnswer(origin: .init(place: index))
        answer.leaveUnanswered(
          asked.sorted(),
          .failure("`\(index)` doesn't end in `/simple`, so nobody knows where the JSON of its releases is"))
        answers.append(answer)
        continue
      }
      let source = ReleaseAdvisories(base: bare.dropLast("simple".count) + "pypi", by: fetcher)
      answers.append(await source.advisories(for: asked))
    }
    return answers
  }

  // MARK: Notices

  /// Says what a reader of the findings has to know of where they are from.
  private func sayNotices(of answers: [AdvisoryAnswer]) {
    let terminal = context.terminal
    for answer in answers {
      for warning in answer.origin.warnings { terminal.warn(warning.description) }
      let age =
        answer.origin.syncedAt.map { synced in
          let age = setup.clock.now() - synced
          return age < 0 ? "dated later than now" : "\(AdvisoriesReport.age(age)) old"
        } ?? "of unknown age"
      if let failure = answer.origin.renewalFailure {
        terminal.warn(
          "the advisories of `\(answer.shownPlace)` are \(age), and can't be renewed: \(Self.shown(failure))"
        )
      }
      if answer.origin.isTooOld {
        terminal.warn(
          "the advisories of `\(answer.shownPlace)` are \(age), which is too old to say that anything is clean"
        )
      }
      say(
        answer.skipped.map { "\($0.id): \($0.reason)" }, of: answer.skippedCount,
        "of `\(answer.shownPlace)` couldn't be read, and might be about any package")
      sayUnanswered(answer)
    }
  }

  private func sayUnanswered(_ answer: AdvisoryAnswer) {
    let hidden = Set(answer.unanswered.filter { $0.reason == .isPrivate }.map(\.release.package)).count
    if hidden > 0 {
      context.terminal.warn(
        "\(hidden == 1 ? "1 package is" : "\(hidden) packages are") from an index that isn't known to be public, and isn't told to "
          + "`\(answer.shownPlace)`: `--public-index` says that an index is")
    }
    let failures = answer.unanswered.filter { $0.reason != .isPrivate }
    // One reason for all is said once.
    let reasons = Dictionary(grouping: failures, by: \.reason.description)
    let told = reasons.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map {
      reason, releases in
      releases.count == 1
        ? "\(releases[0].release.package)==\(releases[0].release.version): \(reason)"
        : "\(releases.count) pins: \(reason)"
    }
    for line in told.prefix(Self.greatestLines) {
      context.terminal.warn("advisories aren't known of \(Self.shown(line))")
    }
    if told.count > Self.greatestLines {
      context.terminal.warn("and \(told.count - Self.greatestLines) more failures")
    }
  }

  private func say(_ lines: [String], of count: Int, _ words: String) {
    guard count > 0 else { return }
    let shown = lines.prefix(Self.greatestLines).map(Self.shown).joined(separator: "; ")
    let rest = count - min(lines.count, Self.greatestLines)
    context.terminal.warn(
      "\(count == 1 ? "1 advisory" : "\(count) advisories") \(words): \(shown)\(rest > 0 ? "; and \(rest) more" : "")"
    )
  }

  private static let greatestLines = 5

  private static func shown(_ text: String) -> String {
    PrintableText.excerpt(URLCredentials.redacted(within: text), limit: 300)
  }
}

/// A client that is opened where something is fetched at all.
private final class LazyFetcher: AdvisoryFetching {
  private let setup: IndexSetup
  private let isOffline: Bool
  private let client = Mutex<IndexClient?>(nil)

  init(setup: IndexSetup, isOffline: Bool) {
    self.setup = setup
    self.isOffline = isOffline
  }

  func close() async { await client.withLock { $0 }?.close() }

  private func fetcher() throws(AdvisoryFetchFailure) -> AdvisoryFetcher {
    if isOffline { throw .unreachable(reason: "nothing is fetched offline") }
    let opened = client.withLock { client in
      Result { () throws(CommandFailure) in
        if let client { return client }
        let opened = try setup.documentClient()
        client = opened
        return opened
      }
    }
    do throws(CommandFailure) {
      return AdvisoryFetcher(client: try opened.get())
    } catch {
      throw .unreachable(reason: error.message)
    }
  }

  func get(
    _ address: String, unless validators: Validators, limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    try await fetcher().get(address, unless: validators, limit: limit)
  }

  func download(
    _ address: String, to path: String, unless validators: Validators, limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    try await fetcher().download(address, to: path, unless: validators, limit: limit)
  }

  func post(
    _ address: String, json: [UInt8], limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    try await fetcher().post(address, json: json, limit: limit)
  }
}
