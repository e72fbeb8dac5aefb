import PythonPackaging
import Synchronization
import UpdatePolicy

/// What an update knows of advisories: what a check of its lockfiles was told, and what it learns of releases that it picks.
final class UpdateAdvisories: Sendable {
  /// A release that somebody was asked about.
  private struct Release: Hashable {
    let package: PackageName
    let version: Version
  }

  private struct State {
    var known: [AdvisoryKnowledge] = []
    var asked: Set<Release> = []
  }

  private let survey: AdvisorySurvey
  private let state = Mutex(State())

  init(_ survey: AdvisorySurvey) { self.survey = survey }

  /// Takes what a check was told of the pins of lockfiles.
  func add(_ knowledge: AdvisoryKnowledge, of pins: [[PackageName: Version]]) {
    state.withLock { state in
      state.known.append(knowledge)
      for (name, version) in pins.joined() { state.asked.insert(Release(package: name, version: version)) }
    }
  }

  /// What affects a release, as far as it is known, each problem once.
  func facts(of package: PackageName, _ version: Version) -> [AdvisoryFacts] {
    var ids: Set<String> = []
    return state.withLock(\.known).flatMap { $0.facts(of: package, version) }
      .filter { ids.insert($0.id).inserted }
  }

  /// Asks about releases that weren't asked about.
  ///
  /// - Parameters:
  ///   - index: the index that has a project.
  ///   - defaultIndex: the interpreter's own, whose names everybody knows.
  func learn(
    about releases: [PackageName: Version], index: (PackageName) -> String?, defaultIndex: String?
  ) async throws(CommandFailure) {
    let asked = state.withLock(\.asked)
    let new = releases.filter { !asked.contains(Release(package: $0.key, version: $0.value)) }
    if new.isEmpty { return }
    let subjects = new.map { name, version in
      AdvisorySurvey.Subject(package: name, version: version, index: index(name))
    }
    add(
      try await survey.knowledge(about: Set(subjects), defaultIndex: defaultIndex), of: [new])
  }

  /// What isn't known of some releases, as a source failed.
  func failures(of releases: [PackageName: Version]) -> [SourceFailure] {
    let pins = releases.map { (package: $0.key, version: $0.value) }
    return Set(state.withLock(\.known).flatMap { $0.failures(of: pins) }).sorted()
  }
}
