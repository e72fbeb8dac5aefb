package import PythonPackaging

/// Everything that is known of one package, made ready for asking about many versions of it.
package struct PackageAdvisories: Sendable {
  package let package: PackageName
  /// The problems that any release of it has or had, by ids.
  package let groups: [AdvisoryGroup]
  /// The versions that any of them affects.
  package let affected: AffectedVersions
  /// The versions that any of them calls fixed and none affects, ascending and each once.
  private let fixedVersions: [Version]

  /// - Parameter records: Those that aren't about the package, and withdrawn ones, are left out.
  package init(_ package: PackageName, records: [AdvisoryRecord]) {
    self.package = package
    let records = records.filter { $0.affected[package] != nil }
    groups = AliasGroups.groups(of: records).map { indices in
      AdvisoryGroup(indices.map { records[$0] }, package: package)
    }
    .sorted { $0.id < $1.id }
    let affected = AffectedVersions(union: groups.map(\.affected))
    self.affected = affected
    fixedVersions = Array(Set(groups.flatMap(\.namedFixes))).filter { !affected.contains($0) }.sorted()
  }

  /// The problems that a version has, by ids.
  ///
  /// - Parameter releases: The releases that could be had instead, ascending; nil if nobody asked an index.
  package func problems(of version: Version, releases: [Version]? = nil) -> [KnownProblem] {
    guard affected.contains(version) else { return [] }
    let problems = groups.filter { $0.affected.contains(version) }
    // The same for all: no release that one of the problems has is a fix of another.
    let release = releases.flatMap { smallest(in: $0, above: version) }
    return problems.map { group in
      KnownProblem(
        group: group,
        fix: releases == nil ? knownFix(of: group, above: version) : release,
        fixedVersions: group.fixedVersions(above: version))
    }
  }

  /// The fix of a problem's own branch, or if another advisory affects that the next that none does, of those versions
  /// that an advisory calls fixed.
  private func knownFix(of group: AdvisoryGroup, above version: Version) -> Version? {
    guard let nearest = group.nearestFix(above: version) else { return nil }
    if !affected.contains(nearest) { return nearest }
    let index = fixedVersions.firstIndex(above: nearest)
    return index < fixedVersions.count ? fixedVersions[index] : nil
  }

  /// The smallest of the releases above a version that no advisory affects.
  package func smallest(in releases: [Version], above version: Version) -> Version? {
    releases[releases.firstIndex(above: version)...].first { !affected.contains($0) }
  }
}

/// A problem that a pin has.
package struct KnownProblem: Sendable {
  package let group: AdvisoryGroup
  /// The nearest version that fixes it and that no other advisory affects: of the releases that could be had, if they
  /// were given, else of the versions that an advisory calls fixed. Nil if there is none.
  package let fix: Version?
  /// The later versions that its advisories call fixed and don't affect, ascending.
  package let fixedVersions: ArraySlice<Version>
}
