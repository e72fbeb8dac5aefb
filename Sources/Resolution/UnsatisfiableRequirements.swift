package import PubGrub
package import PythonPackaging

/// The proof that requirements can't be met: the solver's derivation, with what its numbers stand for.
package struct UnsatisfiableRequirements: Sendable {
  /// The solver as it stopped; the derivation is walked in it.
  package let solver: Solver
  /// The incompatibility at the derivation's root.
  package let root: IncompatibilityID
  /// What each of the solver's packages stands for, by its number; number 0 is the root.
  package let packages: [SolverPackage]
  /// What each label of a cause stands for, by its number.
  package let labels: [ResolutionLabel]
  /// The releases of each project met; one that no index has, or that isn't cached, is missing.
  package let releases: [PackageName: any ProjectReleases]
  /// Projects of which an index may have more than is known, since nothing may be fetched.
  package let uncached: Set<PackageName>
  /// What was asked.
  package let request: ResolutionRequest

  /// The derivation as ordered steps.
  package var explanation: Explanation { Explanation(of: root, in: solver, isTerse: true) }

  /// Whether the proof leans on something that isn't cached and may not be fetched: online, there may be an answer.
  package var isIncomplete: Bool {
    explanation.facts.contains { fact in
      if case .unavailable(let label) = fact.cause, labels[Int(label)] == .unavailable(.offline) {
        return true
      }
      var mentioned = fact.terms.map(\.package)
      if case .dependency(of: _, versions: _, on: let target, allowed: _, label: _) = fact.cause {
        mentioned.append(target)
      }
      return mentioned.contains { packages[Int($0.index)].project.map(uncached.contains) ?? false }
    }
  }

  /// Each project's releases that can't be picked and why, as the derivation uses them, in its order.
  package var unavailable: [(project: PackageName?, reason: UnavailabilityReason)] {
    explanation.facts.compactMap { fact in
      guard case .unavailable(let label) = fact.cause,
        case .unavailable(let reason) = labels[Int(label)]
      else { return nil }
      return (fact.terms.first.flatMap { packages[Int($0.package.index)].project }, reason)
    }
  }
}

/// What one of the solver's packages stands for.
package enum SolverPackage: Sendable, Hashable {
  /// The user's requirements.
  case root
  /// A project.
  case project(PackageName)
  /// A project with an extra: needs the project in the same version, and what the extra asks for.
  case extra(PackageName, ExtraName)

  /// The project's name, none for the root.
  package var project: PackageName? {
    switch self {
    case .root: nil
    case .project(let name), .extra(let name, _): name
    }
  }
}

/// What a cause in the solver's derivation stands for.
package enum ResolutionLabel: Sendable, Hashable {
  /// The user's requirement at this index of the request.
  case requirement(Int)
  /// A requirement that releases of a project carry in their metadata.
  case dependency(Requirement)
  /// The user's override at this index of the request, which stands instead of a requirement.
  case override(Int, instead: Requirement)
  /// A project with an extra needs the project in the same version.
  case sameVersion
  /// Releases can't be picked.
  case unavailable(UnavailabilityReason)
  /// Several requirements on one project that releases of another carry, said as one; newest releases first.
  case united([UnitedDependency])
}
