import PythonPackaging

/// Requirements of the user's own that stand instead of whatever is asked for of the same projects.
///
/// Where none of a project's overrides holds in the target, nothing is asked for of it.
struct Overrides: Sendable {
  /// One that holds, with its place in the request.
  struct Entry: Sendable {
    let index: Int
    let requirement: Requirement
  }

  private var entries: [PackageName: [Entry]] = [:]

  init(_ request: ResolutionRequest) {
    for (index, override) in request.overrides.enumerated() {
      var known = entries[override.name] ?? []
      if override.applies(in: request.environment.markers) {
        known.append(Entry(index: index, requirement: override))
      }
      entries[override.name] = known
    }
  }

  /// The overrides of a project that hold; nil: it has none.
  func entries(of project: PackageName) -> [Entry]? { entries[project] }

  /// What stands instead of a requirement, for the extras that it or the override asks for; nil: it stands itself.
  func replacements(for requirement: Requirement) -> [Entry]? {
    entries[requirement.name]?.map { entry in
      var replacement = entry.requirement
      replacement.extras = Set(requirement.extras).union(replacement.extras).sorted()
      replacement.marker = nil
      return Entry(index: entry.index, requirement: replacement)
    }
  }

  /// The requirements that stand in the end.
  func applied(to requirements: [Requirement]) -> [Requirement] {
    if entries.isEmpty { return requirements }
    return requirements.flatMap { requirement in
      replacements(for: requirement)?.map(\.requirement) ?? [requirement]
    }
  }
}
