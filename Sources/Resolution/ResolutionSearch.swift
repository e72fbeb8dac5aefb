import PubGrub
import PythonPackaging

/// One run of the solver: asks the index for what the solver needs, and tells it by Python's rules.
struct ResolutionSearch<Index: ReleaseIndex> {
  let request: ResolutionRequest
  let index: Index
  let selector: CandidateSelector

  private var solver = Solver()
  private var packages: [SolverPackage] = [.root]
  private var ids: [SolverPackage: PackageID] = [.root: Solver.root]
  private var labels: [ResolutionLabel] = []
  private var labelIDs: [ResolutionLabel: UInt32] = [:]
  private var projects: [PackageName: ProjectState<Index.Releases>] = [:]
  private var notices: [ResolutionNotice] = []
  private var tries = 0
  /// The applicable requirements of the user's own, with their place in the request.
  private let requirements: [(index: Int, requirement: Requirement)]

  init(request: ResolutionRequest, index: Index) {
    self.request = request
    self.index = index
    selector = CandidateSelector(
      environment: request.environment, preReleases: request.preReleases, cutoff: request.cutoff)
    let markers = request.environment.markers
    requirements = request.requirements.enumerated().compactMap { place, requirement in
      guard requirement.marker?.evaluate(in: markers, extras: []) ?? true else { return nil }
      return (place, requirement)
    }
  }

  mutating func run() async throws(ResolutionError<Index.Failure>) -> ResolvedGraph {
    while true {
      switch solver.step() {
      case .dependencies(Solver.root, _):
        var dependencies: [Solver.Dependency] = []
        try await learnProjects(of: requirements.map(\.requirement))
        for (place, requirement) in requirements {
          dependencies += self.dependencies(on: requirement, label: .requirement(place))
        }
        solver.supply(dependencies: dependencies, of: Solver.root, versions: VersionRanges(0))
      case .dependencies(let package, let version):
        try await supplyDependencies(of: package, version: version)
      case .chooseVersion(let package, let allowed):
        choose(package, among: allowed)
      case .solved(let decisions):
        return graph(of: decisions)
      case .failed(let root):
        throw .unsatisfiable(
          UnsatisfiableRequirements(solver: solver, root: root, packages: packages, labels: labels))
      }
    }
  }
}

// MARK: - Choosing

extension ResolutionSearch {
  /// Picks a release: the one to keep, else the newest stable one that is usable, else the newest pre-release.
  private mutating func choose(_ package: PackageID, among allowed: VersionRanges) {
    guard let name = packages[Int(package.index)].project, var state = projects[name] else {
      solver.supply(noVersionOf: package)
      return
    }
    defer { projects[name] = state }
    var refused: [UInt32: [Range<UInt32>]] = [:]

    func pick(_ version: UInt32) -> Bool {
      if let reason = refusal(of: Int(version), in: &state) {
        refused[label(.unavailable(reason)), default: []].append(version..<version + 1)
        return false
      }
      return true
    }

    if let kept = state.kept, allowed.contains(kept), pick(kept) {
      solver.supply(version: kept, of: package)
      return
    }
    let passes: [(Bool) -> Bool] =
      switch request.preReleases {
      case .allow: [{ _ in true }]
      case .disallow: [{ !$0 }]
      case .ifNecessary: [{ !$0 }, { $0 }]
      }
    for admits in passes {
      for range in allowed.ranges.reversed() {
        for version in range.reversed()
        where admits(state.isPreRelease(at: Int(version))) && version != state.kept {
          if pick(version) {
            solver.supply(version: version, of: package)
            return
          }
        }
      }
    }
    if request.preReleases == .disallow {
      let preReleases = allowed.ranges.joined().filter { state.isPreRelease(at: Int($0)) }
      refused[label(.unavailable(.preRelease)), default: []] += preReleases.map { $0..<$0 + 1 }
    }
    for (label, ranges) in refused.sorted(by: { $0.key < $1.key }) {
      solver.supply(
        unavailable: VersionRanges(ranges.sorted { $0.lowerBound < $1.lowerBound }), of: package, label: label
      )
    }
    solver.supply(noVersionOf: package)
  }

  /// Why a release can't be picked; nil if it can.
  private func refusal(of version: Int, in state: inout ProjectState<Index.Releases>) -> UnavailabilityReason?
  {
    switch state.verdict(at: version, by: selector) {
    case .unusable(let reason): return reason
    case .usable(_, let yanked):
      guard let yanked, state.kept != UInt32(version), !state.namedExactly.contains(version) else {
        return nil
      }
      return .yanked(reason: yanked.reason)
    }
  }
}

// MARK: - Dependencies

extension ResolutionSearch {
  /// Tells the solver what a chosen release needs, or that it can't be used after all.
  private mutating func supplyDependencies(
    of package: PackageID, version: UInt32
  ) async throws(ResolutionError<Index.Failure>) {
    let chosen = packages[Int(package.index)]
    guard let name = chosen.project else { return }
    let metadata: CoreMetadata
    switch try await self.metadata(of: name, version: Int(version)) {
    case .success(let known): metadata = known
    case .failure(let refusal):
      solver.supply(
        unavailable: VersionRanges(version), of: package, label: label(.unavailable(refusal.reason)))
      return
    }
    let needed = neededRequirements(of: metadata, as: chosen)
    if let direct = needed.first(where: { $0.url != nil }) {
      let reason = UnavailabilityReason.directURL(requirement: direct.description)
      solver.supply(unavailable: VersionRanges(version), of: package, label: label(.unavailable(reason)))
      return
    }
    try await learnProjects(of: needed)
    var dependencies: [Solver.Dependency] = []
    if case .extra(let name, _) = chosen {
      dependencies.append(
        Solver.Dependency(
          package: id(of: .project(name)), versions: VersionRanges(version), label: label(.sameVersion)))
    }
    for requirement in needed {
      dependencies += self.dependencies(on: requirement, label: .dependency(requirement))
    }
    solver.supply(dependencies: dependencies, of: package, versions: VersionRanges(version))
  }

  /// The requirements that a package brings: the project's own, or those that only its extra adds.
  private func neededRequirements(of metadata: CoreMetadata, as package: SolverPackage) -> [Requirement] {
    guard case .extra(_, let extra) = package else {
      return selector.applicable(metadata.requiresDist, extras: [])
    }
    let own = Set(selector.applicable(metadata.requiresDist, extras: []))
    return selector.applicable(metadata.requiresDist, extras: [extra]).filter { !own.contains($0) }
  }

  /// The metadata of a release, or why it can't be used.
  private mutating func metadata(
    of name: PackageName, version: Int
  ) async throws(ResolutionError<Index.Failure>) -> Result<CoreMetadata, Refusal> {
    guard var state = projects[name] else { return .failure(Refusal(reason: .noFiles)) }
    if let known = state.metadata[version] { return known }
    guard case .usable(let distribution, _) = state.verdict(at: version, by: selector) else {
      return .failure(Refusal(reason: .noFiles))
    }
    tries += 1
    let answer: MetadataAnswer
    if let known = index.knownMetadata(of: distribution, project: name) {
      answer = known
    } else {
      do { answer = try await index.metadata(of: distribution, project: name) } catch { throw .index(error) }
    }
    let result: Result<CoreMetadata, Refusal> =
      switch answer {
      case .metadata(let metadata):
        if let required = metadata.requiresPython, !selector.admits(required) {
          .failure(Refusal(reason: .requiresPython(required.description)))
        } else {
          .success(metadata)
        }
      case .unreadable(let how): .failure(Refusal(reason: .unreadableMetadata(how)))
      case .needsBuild: .failure(Refusal(reason: .needsBuild))
      case .offline: .failure(Refusal(reason: .offline))
      }
    state.metadata[version] = result
    projects[name] = state
    return result
  }

  /// Asks the index, all at once, for the projects that the requirements name and that aren't known yet.
  private mutating func learnProjects(
    of requirements: [Requirement]
  ) async throws(ResolutionError<Index.Failure>) {
    var asked: [PackageName] = []
    for requirement in requirements
    where projects[requirement.name] == nil && !asked.contains(requirement.name) {
      if let answer = index.knownReleases(of: requirement.name) {
        learn(requirement.name, answer)
      } else {
        asked.append(requirement.name)
      }
    }
    if asked.isEmpty { return }
    let index = index
    let answers = await withTaskGroup(
      of: (Int, Result<ReleasesAnswer<Index.Releases>, Index.Failure>).self
    ) { group in
      for (place, name) in asked.enumerated() {
        group.addTask {
          do throws(Index.Failure) {
            return (place, .success(try await index.releases(of: name)))
          } catch {
            return (place, .failure(error))
          }
        }
      }
      var answers: [(Int, Result<ReleasesAnswer<Index.Releases>, Index.Failure>)] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.0 < $1.0 }
    }
    for (place, answer) in answers {
      switch answer {
      case .success(let releases): learn(asked[place], releases)
      case .failure(let failure): throw .index(failure)
      }
    }
  }

  private mutating func learn(_ name: PackageName, _ answer: ReleasesAnswer<Index.Releases>) {
    var releases: Index.Releases?
    if case .releases(let known) = answer { releases = known }
    var state = ProjectState(releases: releases)
    if let kept = request.preferences[name] { state.keep(kept) }
    for (_, requirement) in requirements where requirement.name == name {
      state.admitExactly(requirement.specifiers)
    }
    projects[name] = state

    let package = id(of: .project(name))
    if case .offline = answer {
      // No release is known, so whatever needs the project can't be met; the label says it isn't the project's fault.
      _ = label(.unavailable(.offline))
    }
    for (place, constraint) in request.constraints.enumerated() where constraint.name == name {
      guard constraint.marker?.evaluate(in: request.environment.markers, extras: []) ?? true else { continue }
      let allowed = VersionRanges(state.ranges(of: constraint.specifiers))
      let outside = allowed.complement(within: state.count)
      if !outside.isEmpty {
        solver.supply(unavailable: outside, of: package, label: label(.unavailable(.constraint(place))))
      }
    }
  }

  /// The solver's dependencies for a requirement: on the project, and on the project with each extra.
  private mutating func dependencies(on requirement: Requirement, label: ResolutionLabel) -> [Solver
    .Dependency]
  {
    guard let state = projects[requirement.name] else { return [] }
    let versions = VersionRanges(state.ranges(of: requirement.specifiers))
    let label = self.label(label)
    let targets =
      [SolverPackage.project(requirement.name)] + requirement.extras.map { .extra(requirement.name, $0) }
    return targets.map { Solver.Dependency(package: id(of: $0), versions: versions, label: label) }
  }

  private mutating func id(of package: SolverPackage) -> PackageID {
    if let known = ids[package] { return known }
    let count = package.project.flatMap { projects[$0]?.count } ?? 1
    let id = solver.addPackage(versionCount: count)
    ids[package] = id
    packages.append(package)
    return id
  }

  private mutating func label(_ label: ResolutionLabel) -> UInt32 {
    if let known = labelIDs[label] { return known }
    let id = UInt32(labels.count)
    labels.append(label)
    labelIDs[label] = id
    return id
  }
}

// MARK: - The answer

extension ResolutionSearch {
  private func graph(of decisions: [(PackageID, UInt32)]) -> ResolvedGraph {
    var versions: [PackageName: Int] = [:]
    var extras: [PackageName: [ExtraName]] = [:]
    for (package, version) in decisions {
      switch packages[Int(package.index)] {
      case .root: continue
      case .project(let name): versions[name] = Int(version)
      case .extra(let name, let extra): extras[name, default: []].append(extra)
      }
    }
    var parents: [PackageName: Set<PackageName>] = [:]
    var notices = notices
    for (name, version) in versions {
      guard case .success(let metadata)? = projects[name]?.metadata[version] else { continue }
      let kinds = [SolverPackage.project(name)] + (extras[name] ?? []).map { .extra(name, $0) }
      for requirement in kinds.flatMap({ neededRequirements(of: metadata, as: $0) })
      where requirement.name != name {
        parents[requirement.name, default: []].insert(name)
      }
    }
    var pins: [ResolvedPin] = []
    for (name, version) in versions.sorted(by: { $0.key < $1.key }) {
      guard var state = projects[name], let releases = state.releases else { continue }
      let picked = releases.version(at: version)
      let own = (extras[name] ?? []).sorted()
      if case .usable(_, let yanked?) = state.verdict(at: version, by: selector) {
        notices.append(.yanked(name, picked, reason: yanked.reason))
      }
      if case .success(let metadata)? = state.metadata[version] {
        notices += own.filter { !metadata.providesExtra.contains($0) }.map { .missingExtra(name, picked, $0) }
      }
      pins.append(
        ResolvedPin(
          name: name, version: picked, extras: own, parents: (parents[name] ?? []).sorted(),
          requirements: requirements.filter { $0.requirement.name == name }.map(\.index),
          constraints: request.constraints.indices.filter { request.constraints[$0].name == name },
          distributions: releases.distributions(at: version)))
    }
    return ResolvedGraph(pins: pins, notices: notices, tries: tries)
  }
}
