import PythonPackaging

/// The order in which the releases of one project are tried.
///
/// Example: `CandidateOrder(preReleases: .last, isAscending: false)` over 1.0, 1.1, 2.0rc1 is 1.1, 1.0, 2.0rc1.
struct CandidateOrder: Sendable, Hashable {
  /// When pre-releases are tried.
  enum PreReleases: Sendable, Hashable {
    /// Among the others.
    case amongOthers
    /// After every stable release in range.
    case last
    case never
  }

  let preReleases: PreReleases
  /// Whether the lowest release is tried first.
  let isAscending: Bool
  /// The version behind which the ascent begins, where what isn't behind it comes last, descending; nil: nothing does.
  var pivot: Version?

  /// The first release in ranges of positions that a test takes; the test is asked in order, and of no release twice.
  ///
  /// Releases of an index that comes first are all tried before those that only a later one has, where the index
  /// ranks them; see ``ProjectReleases/rank(at:)``.
  func first(
    in ranges: [Range<Int>], of releases: some ProjectReleases, where takes: (Int) -> Bool
  ) -> Int? {
    let passes: [(Bool) -> Bool] =
      switch preReleases {
      case .amongOthers: [{ _ in true }]
      case .last: [{ !$0 }, { $0 }]
      case .never: [{ !$0 }]
      }
    if let pivot {
      let turn = VersionSet.above(pivot).ranges(count: releases.versionCount) { releases.version(at: $0) }
        .first?.lowerBound
      let start = turn ?? releases.versionCount
      let above = ranges.map { max($0.lowerBound, start)..<max($0.upperBound, start) }
      let below = ranges.map { min($0.lowerBound, start)..<min($0.upperBound, start) }
      return CandidateOrder(preReleases: preReleases, isAscending: true)
        .first(in: above, of: releases, where: takes)
        ?? CandidateOrder(preReleases: preReleases, isAscending: false)
        .first(in: below, of: releases, where: takes)
    }
    let ranks = releases.rankCount
    for rank in 0..<ranks {
      for admits in passes {
        func isNext(_ position: Int) -> Bool {
          (ranks == 1 || releases.rank(at: position) == rank)
            && admits(releases.isPreRelease(at: position)) && takes(position)
        }
        if isAscending {
          for range in ranges {
            for position in range where isNext(position) { return position }
          }
        } else {
          for range in ranges.reversed() {
            for position in range.reversed() where isNext(position) { return position }
          }
        }
      }
    }
    return nil
  }
}

/// The order of every project's releases, as a request has it.
struct CandidateOrders: Sendable {
  private let preReleases: PreReleasePolicy
  private let strategy: ResolutionStrategy
  /// The projects that the user's own requirements name, where the strategy tells them apart.
  private let direct: Set<PackageName>
  /// The projects that something the user wrote bounds by a pre-release, `flask>=3.0rc1`, where the policy tells
  /// them apart.
  private let explicit: Set<PackageName>
  /// What an update keeps to; nil: it is none.
  private let update: UpdateTerms?

  init(_ request: ResolutionRequest) {
    preReleases = request.preReleases
    strategy = request.strategy
    update = request.update
    let markers = request.environment.markers
    func holding(_ requirements: [Requirement]) -> [Requirement] {
      requirements.filter { $0.applies(in: markers) }
    }
    // Asked for by few, so looked at for those alone.
    direct = strategy == .lowestDirect ? Set(holding(request.requirements).map(\.name)) : []
    guard preReleases == .explicit else {
      explicit = []
      return
    }
    let bounding = holding(request.requirements + request.constraints + request.overrides).filter {
      requirement in
      requirement.specifiers.specifiers.contains { specifier in
        specifier.operator != .notEqual && specifier.version?.isPreRelease ?? false
      }
    }
    explicit = Set(bounding.map(\.name))
  }

  /// The order of a project's releases.
  func order(of project: PackageName) -> CandidateOrder {
    let preReleases: CandidateOrder.PreReleases =
      switch self.preReleases {
      case .allow: .amongOthers
      case .disallow: .never
      case .ifNecessary, .ifNecessaryOrExplicit: .last
      case .explicit: explicit.contains(project) ? .last : .never
      }
    if let pivot = update?.pivot(of: project) {
      return CandidateOrder(preReleases: preReleases, isAscending: true, pivot: pivot)
    }
    let isAscending =
      switch strategy {
      case .highest: false
      case .lowest: true
      case .lowestDirect: direct.contains(project)
      }
    return CandidateOrder(preReleases: preReleases, isAscending: isAscending)
  }
}
