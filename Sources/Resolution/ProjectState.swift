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

  /// - Parameters:
  ///   - kept: The version to keep, if one is.
  ///   - lines: The user's own requirements on the project that hold, or the overrides that stand instead.
  init(
    name: PackageName, releases: Releases?, order: CandidateOrder, kept: Version?, lines: [Requirement]
  ) {
    self.name = name
    self.releases = releases
    self.order = order
    if let kept { keep(kept) }
    for line in lines { admitExactly(line.specifiers) }
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

  private mutating func keep(_ version: Version) {
    guard let releases else { return }
    let places = VersionSet(exactly: version).ranges(count: releases.versionCount) {
      releases.version(at: $0)
    }
    kept = places.first.map { UInt32($0.lowerBound) }
  }

  private mutating func admitExactly(_ specifiers: SpecifierSet) {
    for specifier in specifiers.specifiers where !specifier.isWildcard {
      guard specifier.operator == .equal || specifier.operator == .arbitrary else { continue }
      for range in ranges(of: SpecifierSet([specifier])) { namedExactly.formUnion(range) }
    }
  }

  /// Whether the release at a position can be used, judged once.
  mutating func verdict(at position: Int, by selector: CandidateSelector) -> CandidateSelector.Verdict {
    if let known = verdicts[position] { return known }
    guard let releases else { return .unusable(.noFiles) }
    let verdict = selector.verdict(at: position, in: releases, of: name)
    verdicts[position] = verdict
    return verdict
  }

  /// Why the release at a position can't be picked; nil if it can.
  mutating func refusal(at position: Int, by selector: CandidateSelector) -> UnavailabilityReason? {
    refusal(at: position, verdict(at: position, by: selector))
  }

  /// The same by a verdict on the release.
  func refusal(at position: Int, _ verdict: CandidateSelector.Verdict) -> UnavailabilityReason? {
    switch verdict {
    case .unusable(let reason): return reason
    case .usable(_, let yanked):
      guard let yanked, kept != UInt32(position), !namedExactly.contains(position) else { return nil }
      return .yanked(reason: yanked.reason)
    }
  }

  /// Whether the release at a position is a pre-release of a project of which none is picked anew.
  func isBarred(_ position: Int) -> Bool { order.preReleases == .never && isPreRelease(at: position) }

  /// Whether a pre-release may be kept that isn't picked anew.
  func isKeepable(_ position: Int, by policy: PreReleasePolicy) -> Bool {
    kept == UInt32(position) && (policy != .disallow || !isBarred(position))
  }
}

/// A release turned down after its metadata was asked for.
struct Refusal: Error, Sendable {
  let reason: UnavailabilityReason
}
