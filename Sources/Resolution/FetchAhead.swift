import PythonPackaging

/// Runs ahead of the solver over the requirements it will probably meet, so that what it asks for next is already
/// under way.
///
/// It guesses as the solver decides most often: each project's kept release, else the newest usable one in range,
/// then that release's requirements. Its answers are thrown away: the index serves the same question from memory
/// afterwards, so a wrong guess costs a request and changes nothing.
actor FetchAhead<Index: ReleaseIndex> {
  /// How many releases of one project are guessed at most, as more requirements on it are met.
  static var guessesPerProject: Int { 4 }

  /// Whether source distributions are passed over.
  private let isOfWheels: Bool
  private let index: Index
  private let selector: CandidateSelector
  private let request: ResolutionRequest
  private let constraints: [PackageName: VersionSet]
  private let overrides: Overrides
  private let orders: CandidateOrders
  private var projects: [PackageName: Guesses] = [:]
  private var followedExtras: Set<ExtraOfRelease> = []

  /// What was guessed of one project.
  private struct Guesses {
    /// The versions that all requirements met so far allow; nil if they allow none together.
    var allowed: VersionSet
    var versions: Set<Version> = []
  }

  private struct ExtraOfRelease: Hashable {
    let file: String
    let extra: ExtraName?
  }

  init(
    isOfWheels: Bool, index: Index, selector: CandidateSelector, overrides: Overrides,
    orders: CandidateOrders,
    request: ResolutionRequest
  ) {
    self.isOfWheels = isOfWheels
    self.index = index
    self.selector = selector
    self.request = request
    self.overrides = overrides
    self.orders = orders
    var constraints: [PackageName: VersionSet] = [:]
    for constraint in request.constraints {
      constraints[constraint.name] = (constraints[constraint.name] ?? .all)
        .intersection(constraint.specifiers.versions)
    }
    for (name, hold) in request.update?.holds ?? [:] {
      constraints[name] = (constraints[name] ?? .all).intersection(hold)
    }
    self.constraints = constraints
  }

  /// Asks for all that follows from requirements; returns when nothing more does, or when cancelled.
  nonisolated func follow(_ requirements: [Requirement]) async {
    await withDiscardingTaskGroup { group in
      for requirement in overrides.applied(to: requirements) {
        group.addTask { await self.follow(requirement) }
      }
    }
  }

  private nonisolated func follow(_ requirement: Requirement) async {
    guard !Task.isCancelled, request.admitsURL(of: requirement),
      let releases = (try? await index.releases(of: requirement.name))?.known,
      let guess = await guess(requirement, among: releases)
    else { return }
    await follow(guess, of: requirement.name, extras: Array(requirement.extras))
  }

  /// Asks for a release's metadata and for all that follows from what it and its extras require.
  nonisolated func follow(_ file: Distribution, of name: PackageName, extras: [ExtraName]) async {
    guard !Task.isCancelled, file.isCheaplyRead, file.isWheel || !isOfWheels,
      case .metadata(let metadata)? = try? await index.metadata(of: file, project: name, mayBuild: false)
    else { return }
    if !request.followsDependencies { return }
    var needed: [Requirement] = []
    for extra in await unfollowed([nil] + extras.map { $0 }, of: file) {
      needed += selector.applicable(metadata.requiresDist, extras: extra.map { [$0] } ?? [])
    }
    if !needed.isEmpty { await follow(needed) }
  }

  /// The file whose metadata the solver is likely to ask for, if it wasn't guessed before.
  private func guess(_ requirement: Requirement, among releases: Index.Releases) -> Distribution? {
    let name = requirement.name
    var guesses = projects[name] ?? Guesses(allowed: constraints[name] ?? .all)
    defer { projects[name] = guesses }
    guesses.allowed = guesses.allowed.intersection(requirement.specifiers.versions)
    let ranges = guesses.allowed.ranges(count: releases.versionCount) { releases.version(at: $0) }
    guard
      let (place, file) = likely(
        ranges, of: releases, project: name,
        kept: request.preferences[name].flatMap { guesses.allowed.contains($0) ? $0 : nil })
    else { return nil }
    let version = releases.version(at: place)
    if guesses.versions.contains(version) { return file }
    guard guesses.versions.count < Self.guessesPerProject else { return nil }
    guesses.versions.insert(version)
    return file
  }

  private func likely(
    _ ranges: [Range<Int>], of releases: Index.Releases, project: PackageName, kept: Version?
  ) -> (Int, Distribution)? {
    if let kept {
      let places = VersionSet(exactly: kept).ranges(count: releases.versionCount) { releases.version(at: $0) }
      if let place = places.first?.lowerBound,
        let file = usableFile(at: place, of: releases, project: project)
      {
        return (place, file)
      }
    }
    var file: Distribution?
    let place = orders.order(of: project).first(in: ranges, of: releases) { place in
      file = usableFile(at: place, of: releases, project: project)
      return file != nil
    }
    guard let place, let file else { return nil }
    return (place, file)
  }

  private func usableFile(
    at place: Int, of releases: Index.Releases, project: PackageName
  ) -> Distribution? {
    guard
      case .usable(let file, yanked: nil) = selector.verdict(at: place, in: releases, of: project)
    else { return nil }
    return file
  }

  private func unfollowed(_ extras: [ExtraName?], of file: Distribution) -> [ExtraName?] {
    extras.filter { followedExtras.insert(ExtraOfRelease(file: file.url, extra: $0)).inserted }
  }
}

extension Distribution {
  /// Whether its metadata is fetched before it is asked for: of a source distribution all must be fetched, and where it
  /// is large, one that isn't wanted takes the time of those that are.
  var isCheaplyRead: Bool {
    guard case .source = kind, let size else { return true }
    return size <= 4 << 20
  }
}
