import PackageIndex
import PinHistory
import PythonPackaging
import UpdatePolicy

/// What all indexes said of all projects.
struct ProjectAnswers {
  /// A project on an index; nil is that of the configuration.
  private struct Key: Hashable {
    let index: String?
    let name: PackageName
  }

  private var answers: [Key: ProjectSurvey.Answer] = [:]
  /// The addresses that were asked, as releases have them.
  private var addresses: [String?: Set<String>] = [:]

  /// Adds what an index said, by the addresses that were asked.
  ///
  /// Where it has none of several projects, it isn't the index that they are from: nothing is known of them then.
  mutating func add(
    _ found: [PackageName: ProjectSurvey.Answer], of index: String?, at asked: [String]
  ) {
    addresses[index] = Set(asked)
    let hasNone = found.count > 1 && found.values.allSatisfy { if case .absent = $0 { true } else { false } }
    let source = asked.first ?? "the index"
    for (name, answer) in found {
      answers[Key(index: index, name: name)] =
        hasNone
        ? .failed(
          source: source, reason: "\(source) has none of the \(found.count) projects: is that its address?")
        : answer
    }
  }

  /// The projects that some indexes have, those of the first of them first.
  func facts(of indexes: [String?]) -> [ProjectFacts] {
    indexes.flatMap { index in
      answers.compactMap { key, answer in
        guard key.index == index, case .known(let project) = answer else { return nil }
        return project.facts
      }
    }
  }

  /// The releases that a pin's own index has and that could be had instead, cooldowns aside, ascending: pre-releases where
  /// the pin is one. Nil where nobody knows.
  func releases(insteadOf pin: Pin, index: String?) -> [Version]? {
    guard case .known(let project) = answers[Key(index: index, name: pin.package)] else { return nil }
    return project.facts.releases.filter { $0.bar(allowsPreReleases: pin.version.isPreRelease) == nil }.map(
      \.version)
  }

  /// A pin as it is asked about: where its project is.
  func subject(_ pin: Pin, index: String?) -> AdvisorySurvey.Subject {
    var home: String?
    if case .known(let project) = answers[Key(index: index, name: pin.package)] { home = project.index }
    return AdvisorySurvey.Subject(package: pin.package, version: pin.version, index: home)
  }

  /// What an index says of a pin's release; nil: nothing.
  func release(of pin: Pin, index: String?) -> ProjectSurvey.PinnedRelease? {
    guard case .known(let project) = answers[Key(index: index, name: pin.package)] else { return nil }
    return project.pinned[pin.version]
  }

  /// Every project that an index has.
  var all: [ProjectFacts] {
    answers.values.compactMap { answer in
      if case .known(let project) = answer { project.facts } else { nil }
    }
  }

  /// What is known of a pin.
  ///
  /// - Parameter hasSeen: whether the history has seen a release on one of these indexes.
  func facts(
    of pin: Pin, at place: PinFacts.Place, index: String?, pinnedAt: Int64?,
    hasSeen: (PackageName, Version, Set<String>) throws(CommandFailure) -> Bool
  ) throws(CommandFailure) -> PinFacts {
    var facts = PinFacts(
      package: pin.package, version: pin.version, place: place, pinnedAt: pinnedAt, uploadedAt: nil)
    switch answers[Key(index: index, name: pin.package)] {
    case .known(let project) where project.pinned[pin.version] != nil:
      facts.uploadedAt = project.pinned[pin.version]?.uploadedAt
      facts.yank = project.pinned[pin.version]?.yank
    case .known, .absent:
      facts.presence = try hasSeen(pin.package, pin.version, addresses[index] ?? []) ? .gone : .neverSeen
    case .failed(let source, _): facts.presence = .unknown(source: source)
    case nil: facts.presence = .unknown(source: "the index")
    }
    return facts
  }

  /// Why indexes didn't tell, each reason once.
  var failureReasons: [String] {
    Set(
      answers.values.compactMap { answer in
        if case .failed(_, let reason) = answer { reason } else { nil }
      }
    ).sorted()
  }

  /// What the history is to know of the releases that are pinned.
  var pinnedReleases: [Release] {
    answers.flatMap { key, answer -> [Release] in
      guard case .known(let project) = answer else { return [] }
      return project.pinned.map { version, release in
        Release(
          package: key.name, version: version, index: project.index, uploadedAt: release.uploadedAt,
          isYanked: release.yank != nil, yankedReason: release.yank?.reason)
      }
    }
  }
}
