import PubGrub
import PythonPackaging

/// Lines of the user's own on one project that would have to change together, and the releases which that would admit.
///
/// Example: of `a>=2` in line 1 and `a<2` in both line 2 and line 3, the lines 2 and 3, and 2.0.
struct LineRemedy {
  /// The line, which takes part in the proof.
  let line: OwnLine
  /// Lines that take no part in it only because one is enough.
  let others: [OwnLine]
  let package: PackageID
  let name: PackageName
  /// Releases that the other facts and lines leave, and that could be picked; at least one.
  let wanted: VersionRanges
  /// The same, and what lies between that only the index's pages rule out: a yanked release isn't worth a hole in a range.
  let range: VersionRanges
  /// Whether releases of the project are turned down for what they need: of the others, the proof doesn't tell that.
  let isOfNeeds: Bool

  var lines: [OwnLine] { [line] + others }
}

extension FailureStudy {
  /// What of the user's own lines would have to change, a line each, and to admit which releases.
  func foundRemedies() -> [LineRemedy] {
    let asked = askedLines
    let admission = admission()
    return asked.compactMap { remedy(for: $0, asked: asked, admission) }
  }

  private func remedy(
    for asked: AskedLine, asked all: [AskedLine], _ admission: ReleaseAdmission
  ) -> LineRemedy? {
    let name: PackageName =
      switch asked.kind {
      case .requirement: failed.request.requirements[asked.index].name
      case .constraint: failed.request.constraints[asked.index].name
      case .override: failed.request.overrides[asked.index].name
      }
    let lines = ownLines(on: name)
    guard let line = lines.first(where: { $0.asked == asked }), let package = package(name),
      let releases = failed.releases[name],
      var possible = proof.possibleVersions(of: package, without: labels(of: lines.map(\.asked)))
    else { return nil }
    possible = possible.subtracting(line.allowed)
    for other in lines where other != line && all.contains(other.asked) {
      possible = possible.intersection(other.allowed)
    }
    let left = possible
    possible = admission.admitted(of: name, among: possible, in: releases)
    let silent = lines.filter { !all.contains($0.asked) }
    var fewest: [OwnLine]?
    var wanted: [Range<UInt32>] = []
    for place in possible.ranges.joined() {
      let others = silent.filter { !$0.allowed.contains(place) }
      if others.count < fewest?.count ?? .max {
        fewest = others
        wanted = []
      }
      if others == fewest { wanted.append(place..<place + 1) }
    }
    guard let fewest, let low = wanted.first?.lowerBound, let high = wanted.last?.upperBound else {
      return nil
    }
    let between = silent.filter { !fewest.contains($0) }.reduce(left.intersection(VersionRanges(low..<high)))
    {
      $0.intersection($1.allowed)
    }
    return LineRemedy(
      line: line, others: fewest, package: package, name: name, wanted: VersionRanges(wanted), range: between,
      isOfNeeds: hasNeeds(name))
  }

  /// Whether the proof speaks of what releases of a project need of others.
  private func hasNeeds(_ name: PackageName) -> Bool {
    facts.contains { fact in
      guard case .dependency(of: let package, versions: _, on: let target, allowed: _, label: _) = fact.cause,
        project(of: package) == name
      else { return false }
      return project(of: target) != name
    }
  }
}
