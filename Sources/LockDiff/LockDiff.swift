package import LockfileFormats
import PythonPackaging

/// What differs between two lockfiles' pins.
///
/// The project that a lockfile belongs to is none of its pins. Both files have to be read with their origins kept
/// (``PinnedFileReader/init(limits:keepsOrigins:)``): without them no hash has changed, and nobody is known to ask for
/// anything.
package struct LockDiff: Sendable, Hashable {
  /// The files as they are shown; nil for one that isn't there.
  package let oldPath: String?
  package let newPath: String?
  /// By subject, then by marker.
  package let changes: [PinChange]
  /// How many pins are in both as they are.
  package let unchangedCount: Int
  /// How many pins of one version and source have hashes in one file alone: they were switched on or off.
  package let hashesGained: Int
  package let hashesLost: Int
  /// What can't be read of each file: of a pin that isn't in the rest of it nobody knows whether it is there.
  package let oldFaults: [PinnedFileFault]
  package let newFaults: [PinnedFileFault]
  /// Who asks for each package in the new file, and whether it is another there; for telling why.
  let lineage: PinLineage

  /// The change from one file to another.
  ///
  /// - Parameters:
  ///   - old: nil if there was none.
  ///   - new: nil if there is none any more.
  package init(from old: PinnedFile?, to new: PinnedFile?) {
    oldPath = old?.path
    newPath = new?.path
    let olds = Self.pins(of: old)
    let news = Self.pins(of: new)
    oldFaults = old?.faults.filter { $0.severity == .error } ?? []
    newFaults = new?.faults.filter { $0.severity == .error } ?? []
    var changes: [PinChange] = []
    var unchangedCount = 0
    var (gained, lost) = (0, 0)
    for subject in Set(olds.keys).union(news.keys).sorted() {
      let pairs = PinMatching.pairs(olds[subject] ?? [], news[subject] ?? [])
      var own: [PinChange] = []
      for (old, new) in pairs {
        let change = PinChange(
          old, new, isHidden: !(old == nil ? oldFaults : newFaults).isEmpty)
        if let change { own.append(change) } else { unchangedCount += 1 }
        guard let old, let new, change?.step == nil, change?.isSourceChanged != true else { continue }
        if old.hashes.isEmpty, !new.hashes.isEmpty { gained += 1 }
        if new.hashes.isEmpty, !old.hashes.isEmpty { lost += 1 }
      }
      changes += own.count > 1 ? own.sorted(by: PinChange.precedes) : own
    }
    self.changes = changes
    self.unchangedCount = unchangedCount
    hashesGained = gained
    hashesLost = lost
    lineage = PinLineage(changes, old: old, new: new)
  }

  /// Whether no pin changes.
  package var isEmpty: Bool { changes.isEmpty }

  /// Whether everything that the files pin could be read.
  package var isComplete: Bool { oldFaults.isEmpty && newFaults.isEmpty }

  /// The path to show: the new file's, or that of the one that is gone.
  package var path: String { newPath ?? oldPath ?? "" }

  private static func pins(of file: PinnedFile?) -> [PinSubject: [FilePin]] {
    let pins = (file?.pins ?? []).filter { if case .project = $0.source { false } else { true } }
    return Dictionary(grouping: pins, by: PinSubject.init)
  }
}

extension PinChange {
  /// Of one subject: by what is there now, else by what was; what is gone comes last.
  fileprivate static func precedes(_ left: PinChange, _ right: PinChange) -> Bool {
    switch (left.new, right.new) {
    case (.some(let mine), .some(let its)) where mine != its: FilePin.precedes(mine, its)
    case (.some, nil): true
    case (nil, .some): false
    default:
      if let mine = left.old, let its = right.old { FilePin.precedes(mine, its) } else { left.old == nil }
    }
  }
}
