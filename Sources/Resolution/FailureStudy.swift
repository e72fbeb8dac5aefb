import PubGrub
import PythonPackaging

/// A failure with its shortest proof, and what its hints go by.
///
/// It is pure. What only the index knows, ``Resolver/study(_:in:)`` adds.
package struct FailureStudy: Sendable {
  /// The failure with the shortest proof.
  let failed: UnsatisfiableRequirements
  let explanation: Explanation
  /// What the proof rests on, in its order.
  let facts: [Explanation.Statement]
  /// The same, and all that was found not to be usable.
  let proof: ProofFacts
  let setting: FailureSetting
  /// Of the proof's projects, the indexes that aren't asked for them as an earlier one has the name, without
  /// credentials.
  var unaskedIndexes: [PackageName: [String]] = [:]
  /// What of the user's own lines would have to change.
  private(set) var remedies: [LineRemedy] = []
  /// What would help, most telling first.
  var hints: [FailureHint] = []
  let words: RequirementsVocabulary

  init(_ failure: UnsatisfiableRequirements, in setting: FailureSetting) {
    failed = failure.condensed
    words = RequirementsVocabulary(failed, in: setting)
    explanation = failed.explanation
    facts = explanation.facts
    proof = ProofFacts(of: failed.root, in: failed.solver)
      .addingRefusals(of: ProofFacts(of: failure.root, in: failure.solver))
    self.setting = setting
    remedies = foundRemedies()
  }

  /// The projects that the proof speaks of, ascending.
  var projects: [PackageName] {
    var names: Set<PackageName> = []
    for fact in facts {
      names.formUnion(fact.terms.compactMap { project(of: $0.package) })
      if case .dependency(of: _, versions: _, on: let target, allowed: _, label: _) = fact.cause {
        names.formUnion([project(of: target)].compactMap(\.self))
      }
    }
    return names.sorted()
  }

  func project(of package: PackageID) -> PackageName? { failed.packages[Int(package.index)].project }

  func package(_ name: PackageName) -> PackageID? {
    failed.packages.firstIndex(of: .project(name)).map { PackageID(index: UInt32($0)) }
  }

  /// What the request admits, perhaps changed.
  func admission(_ change: (inout ResolutionRequest) -> Void = { _ in }) -> ReleaseAdmission {
    var request = failed.request
    change(&request)
    var builds = setting.builds
    // Where something could not be built, nothing can.
    if facts.contains(where: { reason(of: $0)?.kind == .needsBuild }) { builds.addOnlyBinary(":all:") }
    return ReleaseAdmission(request, builds: builds)
  }

  /// Why releases can't be used, of a fact that says so.
  func reason(of fact: Explanation.Statement) -> UnavailabilityReason? {
    guard case .unavailable(let label) = fact.cause, case .unavailable(let reason) = failed.labels[Int(label)]
    else { return nil }
    return reason
  }
}

// MARK: - The user's own lines

/// A line of the user's own, and the releases that it admits.
struct OwnLine: Hashable {
  let asked: AskedLine
  let requirement: Requirement
  let allowed: VersionRanges
}

extension FailureStudy {
  /// The user's own lines on a project that bound it in the target.
  func ownLines(on name: PackageName) -> [OwnLine] {
    guard let releases = failed.releases[name] else { return [] }
    let request = failed.request
    func lines(_ kind: FailureReport.Asked.Kind, _ requirements: [Requirement]) -> [OwnLine] {
      requirements.enumerated().compactMap { place, requirement in
        guard requirement.name == name, !requirement.specifiers.isEmpty,
          requirement.applies(in: request.environment.markers)
        else { return nil }
        return OwnLine(
          asked: AskedLine(kind: kind, index: place), requirement: requirement,
          allowed: VersionRanges(releases.positions(of: requirement.specifiers)))
      }
    }
    let isOverridden = request.overrides.contains { $0.name == name }
    return (isOverridden ? [] : lines(.requirement, request.requirements))
      + lines(.constraint, request.constraints) + lines(.override, request.overrides)
  }

  /// The labels of lines of the user's own.
  func labels(of lines: [AskedLine]) -> Set<UInt32> {
    Set(
      failed.labels.indices.filter { AskedLine(failed.labels[$0]).map(lines.contains) ?? false }
        .map { UInt32($0) })
  }

  /// The lines of the user's own that take part in the proof, in order.
  var askedLines: [AskedLine] {
    let lines = facts.compactMap { fact -> AskedLine? in
      switch fact.cause {
      case .dependency(_, _, _, _, let label), .unavailable(let label): AskedLine(failed.labels[Int(label)])
      default: nil
      }
    }
    return Set(lines).sorted()
  }
}
