import LockDiff
import LockfileFormats
import PythonPackaging
import UpdatePolicy

/// What `repin diff --format json` writes; docs/diff-report.md describes it. `schema` changes where a reader could break;
/// members may be added. What isn't known isn't there; what is known to be nothing is `null`.
struct DiffDocument: Encodable {
  struct Counts: Encodable {
    let unchanged: Int
    let added: Int
    let removed: Int
    let unknown: Int
    let raised: Int
    let lowered: Int
    let moved: Int
    let rehashed: Int
    let conditioned: Int
    let hashesGained: Int
    let hashesLost: Int
    let advisoriesFixed: Int
    let advisoriesIntroduced: Int
    let advisoriesUnknown: Int
  }

  struct HeldBack: Encodable {
    let package: String
    let version: String
    let reason: String
    let blocker: String?
  }

  struct Lockfile: Encodable {
    let path: String
    let oldPath: String?
    let newPath: String?
    let unchanged: Int
    let complete: Bool
    let faults: [String]
    let changes: [DiffedPin]
  }

  let schema = "repin.diff/1"
  let title: String
  let summary: String
  let counts: Counts
  let lockfiles: [Lockfile]
  let heldBack: [HeldBack]
  let reproduce: [String]

  private enum CodingKeys: String, CodingKey {
    case schema
    case title
    case summary
    case counts
    case lockfiles
    case heldBack
    case reproduce
  }

  init(_ report: DiffReport) {
    let totals = DiffSummary(report)
    title = report.title()
    summary = totals.sentence
    func count(_ kind: PinChange.Kind) -> Int { totals.counts[kind] ?? 0 }
    counts = Counts(
      unchanged: totals.unchanged, added: count(.added), removed: count(.removed),
      unknown: count(.unknown), raised: count(.raised),
      lowered: count(.lowered), moved: count(.moved), rehashed: totals.rehashed,
      conditioned: count(.conditioned), hashesGained: totals.hashesGained, hashesLost: totals.hashesLost,
      advisoriesFixed: totals.fixed.count, advisoriesIntroduced: totals.introduced.count,
      advisoriesUnknown: totals.unknownAdvisories)
    lockfiles = report.locks.map { lock in
      Lockfile(
        path: OutsideText.path(lock.diff.path), oldPath: lock.diff.oldPath.map(OutsideText.path),
        newPath: lock.diff.newPath.map(OutsideText.path), unchanged: lock.diff.unchangedCount,
        complete: lock.diff.isComplete,
        faults: (lock.diff.oldFaults + lock.diff.newFaults).map { OutsideText.sentence($0.description) },
        changes: lock.changes.map(DiffedPin.init))
    }
    heldBack = report.heldBack.map {
      HeldBack(
        package: OutsideText.name($0.package.normalized), version: DiffWords.version($0.version),
        reason: OutsideText.sentence($0.reason), blocker: $0.blocker.map(OutsideText.sentence))
    }
    reproduce = report.commands.map(OutsideText.sentence)
  }
}
