import PubGrub
import PythonPackaging

extension ResolutionSearch {
  /// The solver's decisions as pins, with who asked for each.
  func graph(of decisions: [(PackageID, UInt32)]) -> ResolvedGraph {
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
    var edges = requirements.flatMap { standingEdges(of: .requirement($0.index), for: $0.requirement) }
    var declared: [PackageName: [Requirement]] = [:]
    let picks = versions.sorted { $0.key < $1.key }
    for (name, version) in picks {
      guard case .success(let metadata)? = projects[name]?.metadata[version] else { continue }
      declared[name] = metadata.requiresDist
      for extra in [nil] + (extras[name] ?? []).sorted().map({ $0 as ExtraName? }) {
        let package = extra.map { SolverPackage.extra(name, $0) } ?? .project(name)
        for requirement in neededRequirements(of: metadata, as: package) {
          let standing = standingEdges(of: .pin(name, extra: extra), for: requirement)
          edges += standing
          if requirement.name != name, !standing.isEmpty {
            parents[requirement.name, default: []].insert(name)
          }
        }
      }
    }
    notices += passedOver
    // Also those whose marker doesn't hold: the lockfile names them.
    let constraints = Dictionary(grouping: request.constraints.indices) { request.constraints[$0].name }
    var pins: [ResolvedPin] = []
    for (name, version) in picks {
      guard var state = projects[name], let releases = state.releases else { continue }
      let picked = releases.version(at: version)
      let own = (extras[name] ?? []).sorted()
      if let kept = request.preferences[name], state.kept == nil { notices.append(.withdrawn(name, kept)) }
      if case .usable(_, let yanked?) = state.verdict(at: version, by: selector) {
        notices.append(.yanked(name, picked, reason: yanked.reason))
      }
      var provided: [ExtraName] = []
      if case .success(let metadata)? = state.metadata[version] {
        provided = metadata.providesExtra
        notices += own.filter { !metadata.providesExtra.contains($0) }.map { .missingExtra(name, picked, $0) }
      }
      pins.append(
        ResolvedPin(
          name: name, version: picked, extras: own, providedExtras: provided,
          parents: (parents[name] ?? []).sorted(),
          requirements: requirementsByProject[name] ?? [],
          constraints: constraints[name] ?? [],
          overrides: (overrides.entries(of: name) ?? []).map(\.index),
          declared: declared[name] ?? [], releases: releases, place: version))
    }
    return ResolvedGraph(pins: pins, edges: edges, notices: notices, tries: tries)
  }

  /// The releases whose metadata nobody can read, ascending by name and version.
  private var passedOver: [ResolutionNotice] {
    var found: [(name: PackageName, position: Int, notice: ResolutionNotice)] = []
    for (name, state) in projects {
      for (position, result) in state.metadata {
        guard case .failure(let refusal) = result, case .unreadableMetadata(let reason) = refusal.reason,
          let version = state.releases?.version(at: position)
        else { continue }
        found.append((name, position, .passedOver(name, version, reason: reason)))
      }
    }
    return found.sorted { ($0.name, $0.position) < ($1.name, $1.position) }.map(\.notice)
  }

  /// What a requirement comes to: itself, or the overrides that stand instead.
  private func standingEdges(of asker: ResolvedEdge.Asker, for requirement: Requirement) -> [ResolvedEdge] {
    guard let replacements = overrides.replacements(for: requirement) else {
      return [ResolvedEdge(asker: asker, requirement: requirement)]
    }
    return replacements.map {
      ResolvedEdge(asker: asker, requirement: $0.requirement, override: $0.index)
    }
  }
}
