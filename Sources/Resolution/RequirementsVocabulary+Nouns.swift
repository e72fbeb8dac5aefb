package import PubGrub
import PythonPackaging

extension RequirementsVocabulary {
  /// Releases as they exist: `every release of flask`, `flask>=3.1.0`, `flask==2.0.1`, `12 releases of flask from 1.0
  /// to 2.3`.
  package func noun(_ package: PackageID, _ versions: VersionRanges) -> ExplanationNoun {
    let project = project(package)
    guard let releases = releases(of: package), let oldest = versions.min, let newest = versions.max else {
      return ExplanationNoun(project)
    }
    let count = releases.versionCount
    if versions.count == count {
      return count == 1
        ? ExplanationNoun("\(project)==\(Self.shown(releases.version(at: 0)))")
        : ExplanationNoun("every release of \(project)")
    }
    if versions.rangeCount > Self.longestList {
      let ends =
        "from \(Self.shown(releases.version(at: Int(oldest)))) to \(Self.shown(releases.version(at: Int(newest))))"
      return ExplanationNoun("\(versions.count) releases of \(project) \(ends)", isPlural: true)
    }
    let pieces = versions.ranges.map { range -> String in
      let first = Self.shown(releases.version(at: Int(range.lowerBound)))
      let last = Self.shown(releases.version(at: Int(range.upperBound) - 1))
      if range.count == 1 { return "==\(first)" }
      if range.lowerBound == 0 { return "<=\(last)" }
      return range.upperBound == count ? ">=\(first)" : ">=\(first),<=\(last)"
    }
    return ExplanationNoun(project + pieces.joined(separator: " or "), isPlural: versions.count > 1)
  }

  /// `flask`, `flask[async]`.
  package func project(_ package: PackageID) -> String {
    switch failed.packages[Int(package.index)] {
    case .root: "your requirements"
    case .project(let name): Self.shown(name)
    case .extra(let name, let extra):
      "\(Self.shown(name))[\(PrintableText.excerpt(extra.normalized, limit: Self.longestName))]"
    }
  }

  /// The releases of a package's project; nil if there is no such project, or nothing is known of it.
  func releases(of package: PackageID) -> (any ProjectReleases)? {
    failed.packages[Int(package.index)].project.flatMap { failed.releases[$0] }
  }

  func isUncached(_ package: PackageID) -> Bool {
    failed.packages[Int(package.index)].project.map(failed.uncached.contains) ?? false
  }

  /// Why there is no release at all, behind "which".
  func absenceOfAll(_ package: PackageID) -> String {
    if isUncached(package) { return "is not in the cache" }
    return isEmpty(package) ? "has no distribution that could be used" : "no index has"
  }

  /// Whether an index has the project and no release of it.
  func isEmpty(_ package: PackageID) -> Bool { releases(of: package)?.versionCount == 0 }

  func newest(of package: PackageID) -> Version? {
    guard let releases = releases(of: package), releases.versionCount > 0 else { return nil }
    return releases.version(at: releases.versionCount - 1)
  }
}
