package import ImageLabels
package import UpdatePolicy

/// What `repin check` has to say of one lockfile or of many: one value, of which every format is a rendering.
///
/// All its locks are judged by one policy at one moment. Nothing is read and no clock is asked for it. Texts from outside
/// (paths, reasons, ids, sources) may hold anything; each rendering shows them on one line, without control characters and
/// credentials, and escaped as its format needs.
package struct CheckReport: Sendable, Encodable {
  /// The locks, in the order in which they were asked for.
  package let locks: [CheckedLock]
  /// When, in seconds since 1970-01-01 00:00 UTC.
  package let checkedAt: Int64
  /// How moments are shown to people.
  package let moments: ShownMoments
  /// Where advisories are from; none: nobody was asked.
  package let advisories: [AdvisoryProvenance]
  /// What an image was built from, and how old it is; nil: nobody asked.
  package let image: ImageComparison?
  /// What updates would do away with; empty where nobody asked.
  package var remediations: [Remediation] = []
  /// What each lock comes to.
  let summaries: [LockSummary]
  let totals: ReportTotals

  package init(
    locks: [CheckedLock], checkedAt: Int64, moments: ShownMoments, advisories: [AdvisoryProvenance] = [],
    image: ImageComparison? = nil
  ) {
    self.image = image
    self.advisories = advisories
    self.locks = locks
    self.checkedAt = checkedAt
    self.moments = moments
    summaries = locks.map { LockSummary($0) }
    totals = ReportTotals(locks, summaries)
  }

  /// The worst of the locks' answers and the image's.
  package var verdict: CheckVerdict {
    (summaries.map(\.verdict) + [image?.verdict].compactMap(\.self)).min() ?? .clean
  }

  /// When the next window is; nil if it is past the year 9999.
  package var nextWindow: Int64? { locks.first?.assessment.nextWindow }

  /// What is wrong with the policy's ignores.
  package var notices: [IgnoreNotice] { IgnoreNotice.united(locks.map(\.assessment)) }

  /// The places of the locks, the worst verdict first, then the most that is due, then by path.
  var worstFirst: [Int] {
    locks.indices.sorted { left, right in
      let (first, second) = (summaries[left], summaries[right])
      if first.verdict != second.verdict { return first.verdict < second.verdict }
      for urgency in [Finding.Urgency.dueNow, .dueAtWindow]
      where first.findingCount(urgency) != second.findingCount(urgency) {
        return first.findingCount(urgency) > second.findingCount(urgency)
      }
      let (leftPath, rightPath) = (locks[left].path, locks[right].path)
      return leftPath == rightPath ? left < right : leftPath < rightPath
    }
  }

  package func encode(to encoder: any Encoder) throws { try CheckDocument(self).encode(to: encoder) }

  /// The document of JSON that docs/check-report.md describes.
  package func json() -> String { JSONText.text(of: self) }
}
