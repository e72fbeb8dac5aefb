package import PubGrub
package import PythonPackaging

/// A requirement of some releases of a project, among others on the same project that an explanation says as one.
package struct UnitedDependency: Sendable, Hashable {
  /// As the releases have it.
  package let requirement: Requirement
  /// The releases that have it.
  package let versions: VersionRanges
  /// What it admits of the other project.
  package let allowed: VersionRanges
}

extension ResolutionLabel {
  /// Whether it is the override at an index of the request.
  func isOverride(_ wanted: Int) -> Bool {
    if case .override(let index, instead: _) = self { index == wanted } else { false }
  }
}

extension UnsatisfiableRequirements {
  /// The same failure with the shortest proof that can be found in bounded time; see ``CondensedFailure``.
  package var condensed: UnsatisfiableRequirements {
    let separate = labels.indices.filter { labels[$0] == .sameVersion }.map { UInt32($0) }
    guard
      let short = CondensedFailure(
        of: root, in: solver, firstFreeLabel: UInt32(labels.count), separate: Set(separate))
    else { return self }
    let united = short.unions.map { parts -> ResolutionLabel in
      let dependencies = parts.compactMap { part -> UnitedDependency? in
        let requirement: Requirement
        switch labels[Int(part.label)] {
        case .dependency(let own): requirement = own
        case .override(let index, instead: _): requirement = request.overrides[index]
        default: return nil
        }
        return UnitedDependency(requirement: requirement, versions: part.versions, allowed: part.allowed)
      }
      let override = parts.first.map { labels[Int($0.label)] }
      if case .override(let index, instead: _)? = override, let override,
        parts.allSatisfy({ labels[Int($0.label)].isOverride(index) })
      {
        return override
      }
      // Of one wording, it can be said as it is written.
      if let first = dependencies.first?.requirement,
        dependencies.allSatisfy({
          $0.requirement.specifiers == first.specifiers && $0.requirement.url == first.url
        })
      {
        return .dependency(first)
      }
      return .united(dependencies)
    }
    return UnsatisfiableRequirements(
      solver: short.solver, root: short.root, packages: packages, labels: labels + united,
      releases: releases, uncached: uncached, request: request)
  }
}
