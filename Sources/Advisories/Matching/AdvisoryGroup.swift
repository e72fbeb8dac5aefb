import PythonPackaging

/// One problem of one package: the advisories of all sources about it, joined by their aliases.
package struct AdvisoryGroup: Sendable {
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
  /// What each of the records says of the package, with the versions of each range.
  let branches: [Branch]
  /// All versions that a record calls fixed, ascending and each once.
  let fixedVersions: [Version]

  /// A range of a record: a branch of releases in which the problem was introduced and fixed.
  struct Branch: Sendable {
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
    affected = AffectedVersions(union: packages.map { AffectedVersions($0) })
    branches = packages.flatMap(\.ranges).map { range in
      Branch(
        affected: AffectedVersions(range),
        fixedVersions: range.events.compactMap { if case .fixed(let version) = $0 { version } else { nil } })
    }
    fixedVersions = Array(Set(branches.flatMap(\.fixedVersions))).sorted()
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

  /// The smallest fixed version above an affected one in the branches that hold it; where none does (the version is
  /// listed, or ends a branch without a fix), in any branch. Nil if no record knows of one.
  func nearestFix(above version: Version) -> Version? {
    func nearest(_ branches: some Sequence<Branch>) -> Version? {
      branches.compactMap { $0.fixedVersions.first { $0 > version } }.min()
    }
    return nearest(branches.lazy.filter { $0.affected.contains(version) }) ?? nearest(branches)
  }
}
