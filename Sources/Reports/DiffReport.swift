package import LockDiff
import LockfileFormats
import PythonPackaging
import UpdatePolicy

/// A lockfile's difference with what is known of it.
package struct DiffedLock: Sendable {
  package let diff: LockDiff
  /// In the order of reports, the most important first.
  package let changes: [ExplainedChange]
  /// What an update held back, each once, by package.
  package let heldBack: [HeldBackRelease]
  /// The files' bytes, which the patch is made of; nil for one that isn't there.
  let oldBytes: [UInt8]?
  let newBytes: [UInt8]?

  package init(_ diff: LockDiff, facts: DiffFacts, oldBytes: [UInt8]?, newBytes: [UInt8]?) {
    self.diff = diff
    self.oldBytes = oldBytes
    self.newBytes = newBytes
    changes = diff.explained(by: facts).enumerated().sorted { left, right in
      let (first, second) = (left.element.importance, right.element.importance)
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
    heldBack = HeldBackRelease.united(facts.heldBack)
  }
}

/// What `repin diff` has to say of one lockfile or of many: one value, of which every format is a rendering.
///
/// Nothing is read and no clock is asked for it. Texts from outside (paths, reasons, ids, licences, links) may hold anything;
/// each rendering shows them on one line, without control characters and credentials, and escaped as its format needs.
package struct DiffReport: Sendable, Encodable {
  /// In the order in which they were asked for.
  package let locks: [DiffedLock]
  /// The commands that make the same change again.
  package let commands: [String]
  /// How moments are shown to people.
  package let moments: ShownMoments

  package init(locks: [DiffedLock], commands: [String] = [], moments: ShownMoments) {
    self.locks = locks
    self.commands = commands
    self.moments = moments
  }

  /// Whether no pin changes.
  package var isEmpty: Bool { locks.allSatisfy(\.diff.isEmpty) }

  /// All changes, each with the place of its lock; the most important first.
  var changes: [(lock: Int, change: ExplainedChange)] {
    let all = locks.enumerated().flatMap { index, lock in lock.changes.map { (lock: index, change: $0) } }
    if locks.count == 1 { return all }
    return all.enumerated().sorted { left, right in
      let (first, second) = (left.element.change.importance, right.element.change.importance)
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
  }

  /// What was held back of any lock, each once.
  var heldBack: [HeldBackRelease] { HeldBackRelease.united(locks.flatMap(\.heldBack)) }

  package func encode(to encoder: any Encoder) throws { try DiffDocument(self).encode(to: encoder) }

  /// The document of JSON that docs/diff-report.md describes.
  package func json() -> String { JSONText.text(of: self) }

  /// The change as `git apply` takes it where the paths lead from, every lock in its turn; empty if no byte changes.
  ///
  /// - Throws: ``FilePatch/Refusal`` where a line can't be shown as it is.
  package func unified() throws(FilePatch.Refusal) -> String {
    var text = ""
    for lock in locks {
      text += try FilePatch(path: lock.diff.path, old: lock.oldBytes, new: lock.newBytes).text
    }
    return text
  }
}

extension HeldBackRelease {
  /// By package, version and reason, each once.
  fileprivate static func united(_ releases: [HeldBackRelease]) -> [HeldBackRelease] {
    Set(releases).sorted { left, right in
      if left.package != right.package { return left.package < right.package }
      if left.version != right.version { return left.version < right.version }
      let (mine, its) = ([left.reason, left.blocker ?? ""], [right.reason, right.blocker ?? ""])
      return mine.joined(separator: "\n").unicodeScalars.lexicographicallyPrecedes(
        its.joined(separator: "\n").unicodeScalars)
    }
  }
}

extension ExplainedChange {
  /// What a reviewer has to look at first has the least.
  var importance: Int {
    if let introduced = advisories.value?.introduced, let worst = introduced.first {
      return worst.isMalware ? 0 : 1
    }
    if change.hashes != nil { return 2 }
    if yank != nil { return 3 }
    if fixesAdvisories { return 4 }
    switch change.kind {
    case .lowered: return 5
    case .moved: return 6
    case .raised: return change.step?.kind == .major ? 7 : change.step?.kind == .pre ? 8 : 10
    case .added: return 9
    case .removed, .unknown: return 11
    case .rehashed, .conditioned: return 12
    }
  }
}
