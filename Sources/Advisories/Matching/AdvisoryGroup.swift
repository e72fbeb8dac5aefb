package import PythonPackaging

/// One problem of one package: the advisories of all sources about it, joined by their aliases.
package final class AdvisoryGroup: Sendable {
  /// All ids of the problem: GitHub's, then CVE, PYSEC and others; never empty. It is shown by the first.
  package let ids: [AdvisoryID]
  /// The advisories, by ids in the same order; never empty, none withdrawn.
  package let records: [AdvisoryRecord]
  /// How bad it is; nil if nobody said.
  package let severity: AdvisorySeverity?
  /// Whether it says that releases are malware: one of the ids begins with `MAL-`.
  package let isMalware: Bool
  /// The versions of the package that are affected.
  package let affected: AffectedVersions
  /// The ranges of the records.
  private let branches: [Branch]
  /// The versions that a record calls fixed, ascending and each once; some may be affected to another.
  let namedFixes: [Version]
  /// Those of ``namedFixes`` that aren't affected.
  private let fixedVersions: [Version]

  /// A range of a record: a branch of releases in which the problem was introduced and fixed.
  private struct Branch: Sendable {
    let affected: AffectedVersions
    /// Ascending.
    let fixedVersions: [Version]
  }

  /// - Precondition: there are records, and each is about the package.
  init(_ records: [AdvisoryRecord], package: PackageName) {
    let records = records.sorted { $0.id < $1.id }
    let packages = records.compactMap { $0.affected[package] }
    precondition(!packages.isEmpty)
    var seen: Set<AdvisoryID> = []
    // A record's own spelling before that in which another names it.
    ids = (records.map(\.id) + records.flatMap(\.aliases)).filter { seen.insert($0).inserted }.sorted()
    self.records = records
    severity = AdvisorySeverity(
      vectors: records.flatMap(\.severities) + packages.flatMap(\.severities),
      words: records.compactMap(\.databaseSeverity))
    isMalware = ids.contains(where: \.isMalware)
    let affected = AffectedVersions(union: packages.map { AffectedVersions($0) })
    self.affected = affected
    branches = packages.flatMap(\.ranges).map { range in
      Branch(
        affected: AffectedVersions(range),
        fixedVersions: range.events.compactMap { if case .fixed(let version) = $0 { version } else { nil } })
    }
    namedFixes = Array(Set(branches.flatMap(\.fixedVersions))).sorted()
    fixedVersions = namedFixes.filter { !affected.contains($0) }
  }

  /// The id that it is shown by.
  package var id: AdvisoryID { ids[0] }

  /// One line about it: of the first record that has one; empty if none has.
  package var summary: String { records.first { !$0.summary.isEmpty }?.summary ?? "" }

  /// The text about it: of the first record that has one; empty if none has.
  package var details: String { records.first { !$0.details.isEmpty }?.details ?? "" }

  /// When it was published first, in seconds since 1970-01-01 00:00 UTC; nil if no record says so.
  package var published: Int64? { records.compactMap(\.published).min() }

  /// The pages about it, each once, in the order of the records.
  package var references: [AdvisoryRecord.Reference] {
    var seen: Set<String> = []
    return records.flatMap(\.references).filter { seen.insert($0.url).inserted }
  }

  /// The versions above an affected one that its records call fixed and don't affect, ascending.
  package func fixedVersions(above version: Version) -> ArraySlice<Version> {
    fixedVersions[fixedVersions.firstIndex(above: version)...]
  }

  /// The smallest version above an affected one that is called fixed in the branches that hold that; where there is none
  /// (it is listed, or its branch ends without a fix), in any branch. Nil if no record knows of one.
  func nearestFix(above version: Version) -> Version? {
    var (own, other): (Version?, Version?)
    for branch in branches {
      let index = branch.fixedVersions.firstIndex(above: version)
      guard index < branch.fixedVersions.count else { continue }
      let fix = branch.fixedVersions[index]
      if branch.affected.contains(version) {
        own = min(own ?? fix, fix)
      } else {
        other = min(other ?? fix, fix)
      }
    }
    return own ?? other
  }
}

extension [Version] {
  /// The index of the first element above a version.
  ///
  /// - Precondition: the array ascends.
  func firstIndex(above version: Version) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= version { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
