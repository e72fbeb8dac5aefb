import PubGrub
import PythonPackaging

extension ResolutionSearch {
  /// Answers which version of a package to try.
  mutating func choose(_ package: PackageID, among allowed: VersionRanges) {
    switch packages[Int(package.index)] {
    case .root: solver.supply(noVersionOf: package)
    case .project(let name):
      if !bindToExtras(name, package, allowed) { chooseRelease(of: name, package, among: allowed) }
    case .extra(let name, _): followProject(name, package, among: allowed)
    }
  }

  /// Rules out releases of a project that its packages with an extra can't follow; tells whether there are any.
  ///
  /// A project and the same with an extra are of one release. To say so of each release would take as many facts as
  /// there are releases, so it is said only of what the search has come to.
  private mutating func bindToExtras(
    _ name: PackageName, _ package: PackageID, _ allowed: VersionRanges
  ) -> Bool {
    var isBound = false
    for extra in extras[name] ?? [] {
      guard let possible = solver.possibleVersions(of: extra), !allowed.isSubset(of: possible) else {
        continue
      }
      sayOneRelease(extra, possible, package)
      isBound = true
    }
    return isBound
  }

  /// Picks for a project with an extra the release that the project has.
  private mutating func followProject(
    _ name: PackageName, _ extra: PackageID, among allowed: VersionRanges
  ) {
    let project = id(of: .project(name))
    guard let possible = solver.possibleVersions(of: project), let version = possible.min else {
      sayOneRelease(extra, allowed, project)
      return
    }
    if possible.count > 1 {
      // The project comes first; whatever asks for the extra asks for it too.
      solver.setPriority(DecisionPriority.isWaitedFor, of: project)
    } else if allowed.contains(version) {
      solver.supply(version: version, of: extra)
    } else {
      sayOneRelease(extra, allowed, project)
    }
  }

  private mutating func sayOneRelease(_ extra: PackageID, _ versions: VersionRanges, _ project: PackageID) {
    let need = Solver.Dependency(package: project, versions: versions, label: label(.sameVersion))
    solver.supply(need: need, of: extra, versions: versions)
  }

  /// Picks a release: the one to keep, else the first usable one in the project's order.
  private mutating func chooseRelease(
    of name: PackageName, _ package: PackageID, among allowed: VersionRanges
  ) {
    // Taken out while it is worked on: a second reference to it would have every change copy it.
    guard var state = projects.removeValue(forKey: name) else {
      solver.supply(noVersionOf: package)
      return
    }
    defer { projects[name] = state }
    guard let releases = state.releases else {
      solver.supply(noVersionOf: package)
      return
    }
    var refused: [UInt32: [Range<UInt32>]] = [:]

    func isUsable(_ position: Int) -> Bool {
      if let reason = state.refusal(at: position, by: selector) {
        let version = UInt32(position)
        refused[label(.unavailable(reason)), default: []].append(version..<version + 1)
        return false
      }
      return true
    }

    func isYanked(_ position: Int) -> Bool {
      if case .usable(_, yanked: .some) = state.verdict(at: position, by: selector) { true } else { false }
    }

    let order = state.order
    let kept = state.kept.flatMap { allowed.contains($0) ? Int($0) : nil }
    if let kept, state.isKeepable(kept, by: request.preReleases), isUsable(kept) {
      solver.supply(version: UInt32(kept), of: package)
      return
    }
    let ranges = allowed.ranges.map { Int($0.lowerBound)..<Int($0.upperBound) }
    // What is yanked comes last, even if the user names it: `==1.0` names 1.0 and 1.0+cpu (PEP 592).
    let picked =
      order.first(in: ranges, of: releases) { $0 != kept && !isYanked($0) && isUsable($0) }
      ?? order.first(in: ranges, of: releases) { $0 != kept && isYanked($0) && isUsable($0) }
    if let picked {
      solver.supply(version: UInt32(picked), of: package)
      return
    }
    let barred = ranges.joined().filter(state.isBarred).map { UInt32($0)..<UInt32($0) + 1 }
    if !barred.isEmpty { refused[label(.unavailable(.preRelease)), default: []] += barred }
    for (label, ranges) in refused.sorted(by: { $0.key < $1.key }) {
      solver.supply(
        unavailable: VersionRanges(ranges.sorted { $0.lowerBound < $1.lowerBound }), of: package, label: label
      )
    }
    solver.supply(noVersionOf: package)
  }
}
