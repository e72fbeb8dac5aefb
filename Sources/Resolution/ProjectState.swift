import PythonPackaging

/// What a search knows of one project.
struct ProjectState<Releases: ProjectReleases>: Sendable {
  let name: PackageName
  /// The project's releases; nil if no index has it.
  let releases: Releases?
  /// The order in which its releases are tried.
  let order: CandidateOrder
  /// The release to keep, by position, if the index has it.
  private(set) var kept: UInt32?
  /// Positions that a requirement of the user's own names with `==` or `===`: these may be yanked (PEP 592).
  private(set) var namedExactly: Set<Int> = []
  /// The metadata asked for, by position.
  var metadata: [Int: Result<CoreMetadata, Refusal>] = [:]
  private var verdicts: [Int: CandidateSelector.Verdict] = [:]

  init(name: PackageName, releases: Releases?, order: CandidateOrder) {
    self.name = name
    self.releases = releases
    self.order = order
  }

  /// How many releases there are.
  var count: Int { releases?.versionCount ?? 0 }

  func isPreRelease(at position: Int) -> Bool {
    releases?.isPreRelease(at: position) ?? false
  }

  /// The positions of the releases that specifiers allow.
  func ranges(of specifiers: SpecifierSet) -> [Range<Int>] {
    releases?.positions(of: specifiers) ?? []
  }

  mutating func keep(_ version: Version) {
    guard let releases else { return }
    let places = VersionSet(exactly: version).ranges(count: releases.versionCount) {
      releases.version(at: $0)
    }
    kept = places.first.map { UInt32($0.lowerBound) }
  }

  mutating func admitExactly(_ specifiers: SpecifierSet) {
    for specifier in specifiers.specifiers where !specifier.isWildcard {
      guard specifier.operator == .equal || specifier.operator == .arbitrary else { continue }
      for range in ranges(of: SpecifierSet([specifier])) { namedExactly.formUnion(range) }
    }
  }

  /// Whether the release at a position can be used, judged once.
  mutating func verdict(at position: Int, by selector: CandidateSelector) -> CandidateSelector.Verdict {
    if let known = verdicts[position] { return known }
    let verdict = selector.verdict(on: releases?.distributions(at: position) ?? [], of: name)
    verdicts[position] = verdict
    return verdict
  }
}

/// A release turned down after its metadata was asked for.
struct Refusal: Error, Sendable {
  let reason: UnavailabilityReason
}
