import PackageIndex
import PythonPackaging
import Resolution
import UpdatePolicy

/// What indexes say of the projects that lockfiles pin: each is asked for once, all at the same time.
struct ProjectSurvey {
  /// What is known of a project.
  enum Answer: Sendable {
    /// An index has it.
    case known(Project)
    /// No index has the name.
    case absent
    /// The index didn't tell; its address, and why.
    case failed(source: String, reason: String)
  }

  /// A project as its index has it.
  struct Project: Sendable {
    let facts: ProjectFacts
    /// The pinned releases that the index has.
    let pinned: [Version: PinnedRelease]
    /// The index, redacted.
    let index: String
  }

  /// A release that a lockfile pins.
  struct PinnedRelease: Sendable {
    let uploadedAt: Int64?
    let yank: Distribution.Yank?
  }

  let client: IndexClient
  let environment: TargetEnvironment
  let progress: Progress
  private let sieve: WheelSieve

  private let exempt: IndexAddresses

  /// - Parameter exempt: the indexes whose releases have no cooldown.
  init(
    client: IndexClient, environment: TargetEnvironment, exempt: IndexAddresses, progress: Progress
  ) {
    self.client = client
    self.exempt = exempt
    self.environment = environment
    self.progress = progress
    sieve = WheelSieve(environment.tags)
  }

  /// Asks for projects, each with the versions of it that are pinned.
  func answers(to pinned: [PackageName: Set<Version>]) async -> [PackageName: Answer] {
    let names = pinned.keys.sorted()
    var answers: [PackageName: Answer] = [:]
    var rest = names[...]
    while !rest.isEmpty {
      let asked = Array(rest.prefix(Self.width))
      rest = rest.dropFirst(asked.count)
      let told = await orderedAnswers(of: asked) { name in
        await answer(about: name, pinned: pinned[name] ?? [])
      }
      for (name, answer) in zip(asked, told) { answers[name] = answer }
    }
    return answers
  }

  /// So many are asked for at once: enough to keep every connection busy.
  private static let width = 1000

  private func answer(about name: PackageName, pinned: Set<Version>) async -> Answer {
    let pages: [ProjectPage]
    switch client.knownPages(of: name) {
    case .known(let known): pages = known
    case .offline: return .failed(source: "the cache", reason: "nothing is cached of `\(name)`")
    case .unknown:
      progress.began(name.normalized)
      defer { progress.ended() }
      do throws(IndexError) {
        pages = try await client.pages(of: name)
      } catch {
        return .failed(source: client.indexURLs.first ?? "the index", reason: error.description)
      }
    }
    guard let index = client.indexURL(of: name), !pages.isEmpty else { return .absent }
    return .known(project(name, pages, pinned, index: index))
  }

  private func project(
    _ name: PackageName, _ pages: [ProjectPage], _ pinned: Set<Version>, index: String
  ) -> Project {
    // What is older than every pin decides nothing.
    let oldest = pinned.min()
    var releases: [ReleaseFacts] = []
    var found: [Version: PinnedRelease] = [:]
    var admitted: [String: Bool] = [:]
    for page in pages {
      for place in (0..<page.versionCount).reversed() {
        let version = page.version(at: place)
        if let oldest, version < oldest { break }
        let files = page.availability(at: place, through: sieve)
        let facts = facts(of: version, files, &admitted)
        releases.append(facts)
        if pinned.contains(version), found[version] == nil {
          found[version] = PinnedRelease(uploadedAt: facts.uploadedAt, yank: Self.yank(of: files))
        }
      }
    }
    return Project(
      facts: ProjectFacts(
        name: name, releases: releases.reversed(), status: Self.status(pages.first?.status),
        hasCooldown: !exempt.contains(index)),
      pinned: found, index: index)
  }

  /// - Parameter admitted: whether what releases say of Pythons lets the target's in, as far as it is known.
  private func facts(
    of version: Version, _ files: [FileAvailability], _ admitted: inout [String: Bool]
  ) -> ReleaseFacts {
    let admitted = files.filter { file in
      guard let text = file.requiresPython else { return true }
      if let known = admitted[text] { return known }
      let pythons = (try? SpecifierSet(text)) ?? (try? SpecifierSet(lenient: text))
      let lets = pythons?.allows(environment.python) ?? true
      admitted[text] = lets
      return lets
    }
    return ReleaseFacts(
      version: version, uploadedAt: files.compactMap(\.uploadedAt).min().map(Self.seconds),
      isYanked: !files.isEmpty && files.allSatisfy { $0.yanked != nil }, admitsPython: !admitted.isEmpty,
      hasUsableFile: (admitted.isEmpty ? files : admitted).contains { file in
        switch file.kind {
        case nil: false
        case .source: true
        case .wheel(let wheel): environment.tags.priority(of: wheel) != nil
        }
      })
  }

  /// The full seconds of a moment in milliseconds, before 1970 too.
  private static func seconds(_ milliseconds: Int64) -> Int64 {
    milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
  }

  /// A release is yanked where all its files are (PEP 592); the reason is the first that is given.
  private static func yank(of files: [FileAvailability]) -> Distribution.Yank? {
    let yanks = files.compactMap(\.yanked)
    guard !files.isEmpty, yanks.count == files.count else { return nil }
    return yanks.first { $0.reason != nil } ?? yanks[0]
  }

  private static func status(_ status: ProjectStatus?) -> ProjectFacts.Status {
    switch status?.marker {
    case nil, .active: .active
    case .archived: .archived(reason: status?.reason)
    case .quarantined: .quarantined(reason: status?.reason)
    case .deprecated: .deprecated(reason: status?.reason)
    }
  }
}
