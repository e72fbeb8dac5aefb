import Advisories
import PythonPackaging
import Reports
import UpdatePolicy

/// What is known of advisories of some packages: every release of theirs can be judged by it.
struct AdvisoryKnowledge: Sendable {
  /// What the sources told.
  private(set) var answers: [AdvisoryAnswer] = []
  /// What isn't known of any release, by source.
  private var failures: [SourceFailure] = []
  /// What isn't known of some releases.
  private var failedReleases: [Pin: String] = [:]
  private var matcher = AdvisoryMatcher(records: [])
  /// Whether anybody was asked.
  private(set) var isOn = false

  /// A release by which failures are found.
  private struct Pin: Hashable {
    let package: PackageName
    let version: Version
  }

  /// Nothing: nobody was asked.
  init() {}

  /// - Parameters:
  ///   - asked: the releases that the sources were asked about.
  ///   - isAll: whether these are all releases that anybody asks about.
  ///   - isStrict: whether an answer that isn't sure counts as a failure.
  init(_ answers: [AdvisoryAnswer], asked: Set<AskedRelease>, isAll: Bool, isStrict: Bool) {
    isOn = true
    self.answers = answers
    readRecords()
    for answer in answers { take(failuresOf: answer, asked, isAll: isAll, isStrict: isStrict) }
  }

  /// Takes what was told when somebody was asked again.
  mutating func add(_ other: AdvisoryKnowledge) {
    isOn = isOn || other.isOn
    answers += other.answers
    for failure in other.failures where !failures.contains(failure) { failures.append(failure) }
    failedReleases.merge(other.failedReleases) { first, _ in first }
    readRecords()
  }

  private mutating func readRecords() {
    // Of a record that several packages share there is one; of one that is told release by release there are more.
    var records: [AdvisoryID: [AdvisoryRecord]] = [:]
    for record in answers.lazy.flatMap(\.records.values).joined() {
      let known = records[record.id] ?? []
      if !known.contains(record) { records[record.id] = known + [record] }
    }
    matcher = AdvisoryMatcher(records: records.sorted { $0.key < $1.key }.flatMap(\.value))
  }

  private mutating func take(
    failuresOf answer: AdvisoryAnswer, _ asked: Set<AskedRelease>, isAll: Bool, isStrict: Bool
  ) {
    let source = answer.shownPlace
    if answer.origin.isTooOld
      || isStrict && (answer.origin.renewalFailure != nil || answer.skippedCount > 0)
    {
      failures.append(SourceFailure(source: source, subject: .advisories))
    }
    let unanswered = answer.unanswered.filter { $0.reason != .isPrivate }
    // Where some names are told, the others are private; where none is, nobody was asked.
    let hidden = answer.unanswered.count - unanswered.count
    if hidden > 0, isStrict || isAll && hidden == asked.count {
      failures.append(SourceFailure(source: source, subject: .advisories))
    }
    let failed = unanswered.filter { if case .failure = $0.reason { true } else { false } }
    if !asked.isEmpty, Set(failed.map(\.release)).isSuperset(of: asked) {
      failures.append(SourceFailure(source: source, subject: .advisories))
      return
    }
    for unknown in unanswered {
      failedReleases[Pin(package: unknown.release.package, version: unknown.release.version)] = source
    }
  }

  /// Where it is from.
  var provenance: [AdvisoryProvenance] {
    var sources: Set<String> = []
    return answers.compactMap { answer in
      guard sources.insert(answer.shownPlace).inserted else { return nil }
      return AdvisoryProvenance(
        source: answer.shownPlace, syncedAt: answer.origin.syncedAt, records: answer.origin.recordCount,
        unreadable: answer.skippedCount)
    }
  }

  /// The problems of a release, by ids.
  ///
  /// - Parameter releases: those that could be had instead, ascending; nil: nobody knows.
  func facts(
    of package: PackageName, _ version: Version, releases: @autoclosure () -> [Version]? = nil
  ) -> [AdvisoryFacts] {
    guard matcher.packages[package]?.affected.contains(version) == true else { return [] }
    return matcher.problems(of: package, version, releases: releases()).map(AdvisoryFacts.init)
  }

  /// The pages of a release's problems that their records name, by the ids that these are shown by.
  func pages(of package: PackageName, _ version: Version) -> [String: String] {
    guard matcher.packages[package]?.affected.contains(version) == true else { return [:] }
    var pages: [String: String] = [:]
    for problem in matcher.problems(of: package, version, releases: nil) {
      if let page = problem.group.page { pages[problem.group.id.description] = page }
    }
    return pages
  }

  /// What isn't known of some releases.
  func failures(of pins: some Sequence<(package: PackageName, version: Version)>) -> [SourceFailure] {
    if failedReleases.isEmpty { return failures }
    let some = pins.compactMap { package, version in
      failedReleases[Pin(package: package, version: version)].map {
        SourceFailure(source: $0, subject: .advisories, package: package)
      }
    }
    return failures + Set(some).sorted()
  }
}

extension AdvisoryAnswer {
  /// Where it is from, fit to be shown.
  var shownPlace: String { PrintableText.excerpt(URLCredentials.redacted(origin.place), limit: 300) }
}

extension AdvisoryFacts {
  /// What a policy goes by of a problem.
  init(_ problem: KnownProblem) {
    let group = problem.group
    self.init(
      id: group.id.description, aliases: group.ids.dropFirst().map(\.description), summary: group.summary,
      severity: Severity(group.severity?.rating),
      score: group.severity?.score.map { Double($0.tenths) / 10 },
      fixedVersions: Array(problem.fixedVersions), fix: problem.fix)
    if let fix = problem.fix, !fixedVersions.contains(fix) { fixedVersions.append(fix) }
  }
}

extension AdvisoryGroup {
  /// An address about the problem itself, of the first record that has one: one that ends with an id of it, else one that is
  /// said to be an advisory. Other references may be about anything.
  fileprivate var page: String? {
    let names = ids.map { $0.description.lowercased() }
    let references = records.flatMap(\.references)
    let own = references.first { reference in
      let last = reference.url.split(separator: "/").last?.lowercased()
      return names.contains { $0 == last }
    }
    return (own ?? references.first { $0.type == "ADVISORY" })?.url
  }
}

extension Severity {
  /// The policy's word for a rating.
  fileprivate init(_ rating: SeverityRating?) {
    self =
      switch rating {
      case nil: .unknown
      case .zero, .low: .low
      case .medium: .medium
      case .high: .high
      case .critical: .critical
      }
  }
}
