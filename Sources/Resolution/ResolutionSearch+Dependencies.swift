import PubGrub
import PythonPackaging

extension ResolutionSearch {
  /// Tells the solver what the user's requirements need.
  mutating func supplyRequirements() async throws(ResolutionError<Index.Failure>) {
    var dependencies: [Solver.Dependency] = []
    try await learnProjects(of: overrides.applied(to: requirements.map(\.requirement)))
    for (place, requirement) in requirements {
      dependencies += self.dependencies(on: requirement, label: .requirement(place))
    }
    solver.supply(dependencies: dependencies, of: Solver.root, versions: VersionRanges(0))
    decideFirst(dependencies)
  }

  /// Tells the solver what a chosen release needs, or that it can't be used after all.
  mutating func supplyDependencies(
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
    let asked = overrides.applied(to: needed)
    if let direct = asked.first(where: { !request.admitsURL(of: $0) }) {
      let reason = UnavailabilityReason.directURL(requirement: direct.description)
      solver.supply(unavailable: VersionRanges(version), of: package, label: label(.unavailable(reason)))
      return
    }
    try await learnProjects(of: asked)
    var dependencies: [Solver.Dependency] = []
    for requirement in needed {
      dependencies += self.dependencies(on: requirement, label: .dependency(requirement))
    }
    for dependency in dependencies { askers[dependency.package, default: []].insert(package) }
    solver.supply(dependencies: dependencies, of: package, versions: VersionRanges(version))
    if solver.isDecided(package) { decideFirst(dependencies) }
  }

  /// Lets what a requirement pins to one release be decided early: it takes no choice and rules out the most.
  ///
  /// Of a release that was turned down at once, what it would have pinned is no matter.
  private mutating func decideFirst(_ dependencies: [Solver.Dependency]) {
    for dependency in dependencies {
      guard dependency.versions.count == 1, isPin(labels[Int(dependency.label)]) else { continue }
      solver.setPriority(DecisionPriority.single, of: dependency.package)
    }
  }

  private func isPin(_ label: ResolutionLabel) -> Bool {
    let requirement: Requirement
    switch label {
    case .requirement(let place): requirement = request.requirements[place]
    case .override(let place, instead: _): requirement = request.overrides[place]
    case .dependency(let dependency): requirement = dependency
    case .sameVersion, .unavailable, .united: return false
    }
    return requirement.url != nil
      || requirement.specifiers.specifiers.contains {
        ($0.operator == .equal && !$0.isWildcard) || $0.operator == .arbitrary
      }
  }

  /// The requirements that a package brings: the project's own, or those that only its extra adds.
  func neededRequirements(of metadata: CoreMetadata, as package: SolverPackage) -> [Requirement] {
    guard request.followsDependencies else { return [] }
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
    if let known = projects[name]?.metadata[version] { return known }
    let selector = selector
    guard case .usable(let distribution, _)? = projects[name]?.verdict(at: version, by: selector) else {
      return .failure(Refusal(reason: .noFiles))
    }
    tries += 1
    let answer: MetadataAnswer
    if let known = index.knownMetadata(of: distribution, project: name) {
      if nextBatch[name] != nil { runDown(name, from: version) }
      answer = known
    } else if isTrial, !distribution.isWheel {
      answer = .needsBuild
    } else {
      if errands.isEmpty { runAhead(over: self.requirements.map(\.requirement)) }
      runDown(name, from: version)
      askForUndecided()
      do { answer = try await index.metadata(of: distribution, project: name, mayBuild: !isTrial) } catch {
        throw .index(error)
      }
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
    if isTrial, case .needsBuild = answer { isUnbuiltPassed = true }
    projects[name]?.metadata[version] = result
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
    runAhead(over: requirements)
    let index = index
    let answers = await orderedAnswers(of: asked) {
      name -> Result<ReleasesAnswer<Index.Releases>, Index.Failure> in
      do throws(Index.Failure) {
        return .success(try await index.releases(of: name))
      } catch {
        return .failure(error)
      }
    }
    for (name, answer) in zip(asked, answers) {
      switch answer {
      case .success(let releases): learn(name, releases)
      case .failure(let failure): throw .index(failure)
      }
    }
  }

  /// Asks, beside the solver, for what will follow from requirements.
  private mutating func runAhead(over requirements: [Requirement]) {
    let ahead = ahead
    errands.append(Task { await ahead.follow(requirements) })
  }

  private mutating func learn(_ name: PackageName, _ answer: ReleasesAnswer<Index.Releases>) {
    let own = (requirementsByProject[name] ?? []).map { request.requirements[$0] }
    let state = ProjectState(
      name: name, releases: answer.known, order: orders.order(of: name), kept: request.preferences[name],
      lines: overrides.entries(of: name)?.map(\.requirement) ?? own)
    projects[name] = state

    let package = id(of: .project(name))
    if answer.isIncomplete { uncached.insert(name) }
    for place in constraintsByProject[name] ?? [] {
      let allowed = VersionRanges(state.ranges(of: request.constraints[place].specifiers))
      let outside = allowed.complement(within: state.count)
      if !outside.isEmpty {
        solver.supply(unavailable: outside, of: package, label: label(.unavailable(.constraint(place))))
      }
    }
    if let hold = request.update?.holds[name], let releases = state.releases {
      let allowed = VersionRanges(hold.ranges(count: state.count) { releases.version(at: $0) })
      let outside = allowed.complement(within: state.count)
      if !outside.isEmpty {
        solver.supply(unavailable: outside, of: package, label: label(.unavailable(.barred(.held))))
      }
    }
  }

  /// The solver's dependencies for a requirement: on the project, and on the project with each extra.
  private mutating func dependencies(on requirement: Requirement, label: ResolutionLabel) -> [Solver
    .Dependency]
  {
    if let replacements = overrides.replacements(for: requirement) {
      return replacements.flatMap {
        solverDependencies(on: $0.requirement, label: .override($0.index, instead: requirement))
      }
    }
    return solverDependencies(on: requirement, label: label)
  }

  private mutating func solverDependencies(on requirement: Requirement, label: ResolutionLabel) -> [Solver
    .Dependency]
  {
    guard let state = projects[requirement.name] else { return [] }
    let versions = VersionRanges(state.ranges(of: requirement.specifiers))
    let label = self.label(label)
    let targets =
      [SolverPackage.project(requirement.name)] + requirement.extras.map { .extra(requirement.name, $0) }
    return targets.map { target in
      let package = id(of: target)
      return Solver.Dependency(package: package, versions: versions, label: label)
    }
  }

  mutating func id(of package: SolverPackage) -> PackageID {
    if let known = ids[package] { return known }
    let count = package.project.flatMap { projects[$0]?.count } ?? 1
    let id = solver.addPackage(versionCount: count)
    solver.setPriority(DecisionPriority.usual, of: id)
    ids[package] = id
    packages.append(package)
    if case .extra(let name, _) = package { extras[name, default: []].append(id) }
    return id
  }

  mutating func label(_ label: ResolutionLabel) -> UInt32 {
    if let known = labelIDs[label] { return known }
    let id = UInt32(labels.count)
    labels.append(label)
    labelIDs[label] = id
    return id
  }
}
