package import PubGrub
import PythonPackaging

/// The words of an explanation in the terms of a person's own requirements: what they wrote and where, versions as the
/// releases that exist, refused releases with their reason.
package struct RequirementsVocabulary: ExplanationVocabulary {
  /// The failed resolution.
  let failed: UnsatisfiableRequirements
  /// Where each of the request's requirements is written: `requirements.in (line 4)`.
  let requirementPlaces: [String]
  /// Where each of the request's constraints is written.
  let constraintPlaces: [String]
  /// Where each of the request's overrides is written.
  let overridePlaces: [String]

  /// Words for a failed resolution; places are said as given, by index into the request.
  package init(
    _ failed: UnsatisfiableRequirements, requirementPlaces: [String], constraintPlaces: [String],
    overridePlaces: [String] = []
  ) {
    self.failed = failed
    self.requirementPlaces = requirementPlaces
    self.constraintPlaces = constraintPlaces
    self.overridePlaces = overridePlaces
  }

  package var failure: String { "your requirements can't be met" }

  package func verb(_ package: PackageID, isExternal: Bool, isPlural: Bool) -> String {
    if package == Solver.root { return isExternal ? "ask for" : "need" }
    return switch (isExternal, isPlural) {
    case (true, false): "depends on"
    case (true, true): "depend on"
    case (false, false): "needs"
    case (false, true): "need"
    }
  }

  package func subject(_ package: PackageID, _ versions: VersionRanges) -> ExplanationNoun {
    if package == Solver.root { return ExplanationNoun("your requirements", isPlural: true) }
    return noun(package, versions)
  }

  package func object(_ package: PackageID, _ versions: VersionRanges, label: UInt32?) -> ExplanationNoun {
    if package == Solver.root { return ExplanationNoun("your requirements", isPlural: true) }
    guard let label else {
      // "needs every release of" would read as if it took them all.
      let isAny = failed.packages[Int(package.index)].project.flatMap { failed.releases[$0]?.versionCount }
        .map { $0 > 1 && $0 == versions.count }
      return isAny == true ? ExplanationNoun(project(package)) : noun(package, versions)
    }
    let asked: Requirement
    var place = ""
    switch failed.labels[Int(label)] {
    case .requirement(let index):
      asked = failed.request.requirements[index]
      place = " (\(requirementPlaces[index]))"
    case .dependency(let requirement): asked = requirement
    case .override(let index, instead: _):
      asked = failed.request.overrides[index]
      place = " (override \(overridePlaces[index]))"
    case .sameVersion, .unavailable: return noun(package, versions)
    }
    let text = "\(project(package))\(asked.specifiers)\(place)"
    guard versions.isEmpty else { return ExplanationNoun(text) }
    guard let newest = newest(of: package) else {
      return ExplanationNoun("\(text), which \(absenceOfAll(package))")
    }
    return ExplanationNoun("\(text), which no release matches (the newest is \(newest))")
  }

  package func unavailability(_ package: PackageID, _ versions: VersionRanges, label: UInt32) -> String {
    guard case .unavailable(let reason) = failed.labels[Int(label)] else { return absence(package, versions) }
    let subject = noun(package, versions)
    return "\(subject.text) \(predicate(reason, isPlural: subject.isPlural))"
  }

  private func predicate(_ reason: UnavailabilityReason, isPlural: Bool) -> String {
    let be = isPlural ? "are" : "is"
    let have = isPlural ? "have" : "has"
    return switch reason {
    case .yanked(let reason): "\(be) yanked" + (reason.map { " (\(Self.oneLine($0)))" } ?? "")
    case .requiresPython(let text):
      "\(isPlural ? "need" : "needs") Python \(Self.oneLine(text)) "
        + "(the target is \(failed.request.environment.python))"
    case .noCompatibleWheel(let tags): "\(have) wheels for other targets only (\(Self.listed(tags)))"
    case .needsBuild: "\(have) no wheel and would have to be built, which isn't allowed"
    case .excludedKind(.binaryOnly): "\(have) only source distributions, which `--only-binary` rules out"
    case .excludedKind: "\(have) only wheels, which `--no-binary` rules out"
    case .otherHashes: "\(have) no file with a hash that your requirement gives"
    case .newerThanCutoff: "\(be) newer than the cutoff"
    case .noUploadTime: "\(have) no upload time on the index to hold against the cutoff"
    case .noFiles: "\(have) no usable file"
    case .unreadableMetadata(let how): "\(have) unusable metadata (\(Self.oneLine(how)))"
    case .directURL(let requirement):
      "\(isPlural ? "depend" : "depends") on a URL, which only your own requirements may "
        + "(\(Self.oneLine(requirement)))"
    case .preRelease: isPlural ? "are pre-releases" : "is a pre-release"
    case .constraint(let index):
      "\(be) ruled out by the constraint \(failed.request.constraints[index]) (\(constraintPlaces[index]))"
    case .offline: "\(be) not in the cache"
    }
  }

  package func absence(_ package: PackageID, _ versions: VersionRanges) -> String {
    guard let newest = newest(of: package) else {
      return isUncached(package) || isEmpty(package)
        ? "\(project(package)) \(absenceOfAll(package))" : "no index has \(project(package))"
    }
    if versions.isEmpty { return "there is no such release of \(project(package)) (the newest is \(newest))" }
    return "no usable release is in \(noun(package, versions).text)"
  }
}

// MARK: - Nouns

extension RequirementsVocabulary {
  /// `every release of flask`, `flask>=3.1.0`, `flask==2.0.1`.
  private func noun(_ package: PackageID, _ versions: VersionRanges) -> ExplanationNoun {
    let project = project(package)
    guard let name = failed.packages[Int(package.index)].project, let releases = failed.releases[name],
      !versions.isEmpty
    else { return ExplanationNoun(project) }
    let count = releases.versionCount
    if versions.count == count {
      return count == 1
        ? ExplanationNoun("\(project)==\(releases.version(at: 0))")
        : ExplanationNoun("every release of \(project)")
    }
    var pieces: [String] = []
    let ranges = versions.ranges
    for range in ranges.prefix(Self.longestList) {
      let first = releases.version(at: Int(range.lowerBound))
      let last = releases.version(at: Int(range.upperBound) - 1)
      let isToEnd = range.upperBound == count
      if range.count == 1 {
        pieces.append("==\(first)")
      } else if range.lowerBound == 0 {
        pieces.append("<=\(last)")
      } else {
        pieces.append(isToEnd ? ">=\(first)" : ">=\(first),<=\(last)")
      }
    }
    let left = ranges.count - pieces.count
    if left > 0 { pieces.append(" \(left) more \(left == 1 ? "range" : "ranges")") }
    return ExplanationNoun(project + pieces.joined(separator: " or "), isPlural: versions.count > 1)
  }

  private func project(_ package: PackageID) -> String {
    switch failed.packages[Int(package.index)] {
    case .root: "your requirements"
    case .project(let name): name.normalized
    case .extra(let name, let extra): "\(name)[\(extra)]"
    }
  }

  private func isUncached(_ package: PackageID) -> Bool {
    failed.packages[Int(package.index)].project.map(failed.uncached.contains) ?? false
  }

  /// Why there is no release at all, behind "which".
  private func absenceOfAll(_ package: PackageID) -> String {
    if isUncached(package) { return "is not in the cache" }
    return isEmpty(package) ? "has no distribution that could be used" : "no index has"
  }

  /// Whether an index has the project and no release of it.
  private func isEmpty(_ package: PackageID) -> Bool {
    failed.packages[Int(package.index)].project.flatMap { failed.releases[$0]?.versionCount } == 0
  }

  private func newest(of package: PackageID) -> Version? {
    guard let name = failed.packages[Int(package.index)].project, let releases = failed.releases[name],
      releases.versionCount > 0
    else { return nil }
    return releases.version(at: releases.versionCount - 1)
  }

  private static let longestList = 3

  private static func listed(_ items: [String]) -> String {
    let shown = items.prefix(longestList).map(oneLine).joined(separator: ", ")
    return items.count > longestList ? "\(shown) and \(items.count - longestList) more" : shown
  }

  /// Text from an index, fit for a terminal.
  private static func oneLine(_ text: String) -> String { PrintableText.escaped(text, limit: 200) }
}
