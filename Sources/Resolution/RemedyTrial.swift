import PubGrub
import PythonPackaging

/// Tells of one release after another of a remedy's project whether what it needs can be had once the remedy's lines are
/// gone.
///
/// What is found out for one release is kept for the next: each question about a child takes a solver of its own, and
/// an index may have releases with thousands of requirements.
struct RemedyTrial {
  private let failed: UnsatisfiableRequirements
  private let proof: ProofFacts
  private let remedy: LineRemedy
  private let labels: Set<UInt32>
  private let selector: CandidateSelector
  private let overrides: Overrides
  /// The extras of the project that the user asks for.
  private let extras: [ExtraName]
  /// The packages that the resolution came to.
  private let packages: [PackageName: PackageID]
  /// The versions of a package that are left.
  private var possible: [PackageID: VersionRanges] = [:]

  init(_ remedy: LineRemedy, of study: FailureStudy) {
    let request = study.failed.request
    self.remedy = remedy
    failed = study.failed
    proof = study.proof
    labels = study.labels(of: remedy.lines.map(\.asked))
    selector = CandidateSelector(request)
    overrides = Overrides(request)
    let asked = (request.requirements + request.overrides).filter { requirement in
      requirement.name == remedy.name && requirement.applies(in: request.environment.markers)
    }
    extras = Set(asked.flatMap(\.extras)).sorted()
    var packages: [PackageName: PackageID] = [:]
    for (place, package) in failed.packages.enumerated() {
      if case .project(let name) = package { packages[name] = PackageID(index: UInt32(place)) }
    }
    self.packages = packages
  }

  /// Whether what a release needs can be had.
  mutating func allows(_ metadata: CoreMetadata) -> Bool {
    if let required = metadata.requiresPython, !selector.admits(required) { return false }
    guard failed.request.followsDependencies else { return true }
    let needed = overrides.applied(to: selector.applicable(metadata.requiresDist, extras: extras))
    for requirement in needed where !allows(requirement) { return false }
    return true
  }

  private mutating func allows(_ requirement: Requirement) -> Bool {
    guard failed.request.admitsURL(of: requirement) else { return false }
    guard requirement.name != remedy.name, let child = packages[requirement.name] else { return true }
    guard let releases = failed.releases[requirement.name] else {
      return failed.uncached.contains(requirement.name)
    }
    let allowed = VersionRanges(releases.positions(of: requirement.specifiers))
    return !possible(child).isDisjoint(with: allowed)
  }

  private mutating func possible(_ package: PackageID) -> VersionRanges {
    if let known = possible[package] { return known }
    let left = proof.possibleVersions(of: package, without: labels) ?? VersionRanges()
    possible[package] = left
    return left
  }
}
