import PubGrub

/// The priorities by which packages are decided, greatest first.
enum DecisionPriority {
  /// A project whose package with an extra waits for it.
  static let isWaitedFor = UInt64.max
  /// One release is left.
  static let single: UInt64 = 1 << 33
  static let usual: UInt64 = 1 << 32

  /// Of a package whose decision has turned down releases of others again and again; the later that came out, the
  /// later it is decided.
  static func late(_ number: Int) -> UInt64 { usual - 1 - UInt64(number) }
}

extension ResolutionSearch {
  /// How often one package's decision turns down releases of another before it is decided after it.
  static var patience: Int { 5 }

  /// Decides a package later whose decision turns down release after release of another, and takes the decision back.
  ///
  /// Without that, a new release of the one sends the search through all releases of the other, to an old one that
  /// doesn't know yet what it doesn't work with, or to none. With it, the other's newest release comes first, and says
  /// which of the one it works with. The two need not depend on each other: where what lies between has no release
  /// left, the one is what turns down the other's.
  ///
  /// A package is put behind others once and before others once, but what was put before a culprit may be put before
  /// a third package too that leads to the same culprit. What a postponed package turns down counts no more: what was
  /// put first is wanted in its newest release, and what that leaves of others may well be old. What the user names is
  /// put behind others only for a cap (``mayGiveWay(_:in:)``). Tells whether a decision was taken back, which makes the
  /// solver's last question void.
  mutating func heedConflicts() -> Bool {
    for conflict in solver.takeConflicts() {
      let (culprit, affected) = (conflict.culprit, conflict.affected)
      guard let decider = solver.decider(of: culprit), decider != Solver.root, decider != affected else {
        continue
      }
      let pair = ConflictingPair(decider: decider, affected: affected)
      let count = (conflicts[pair] ?? 0) + 1
      conflicts[pair] = count
      guard count >= Self.patience, mayReorder(affected, before: decider, for: culprit),
        mayGiveWay(decider, in: conflict), solver.backtrack(before: decider)
      else { continue }
      if putFirst[affected] == nil { putFirst[affected] = decider }
      reordered.formUnion([decider, affected])
      for package in sameProject(decider) {
        solver.setPriority(DecisionPriority.late(postponed.count), of: package)
      }
      postponed.append(decider)
      return true
    }
    return false
  }

  /// Whether a package may be put before another whose decision led to what is known of the culprit.
  ///
  /// What was put before the culprit, and is turned down by what a third package's decision leaves of it, isn't really
  /// before it yet: then the third must wait too.
  private func mayReorder(
    _ affected: PackageID, before decider: PackageID, for culprit: PackageID
  ) -> Bool {
    if reordered.contains(decider) { return false }
    if putFirst[affected] == culprit { return true }
    return !reordered.contains(affected) && !postponed.contains(culprit)
  }

  /// Whether a package may be put last for a conflict that its decision led to.
  ///
  /// What the user names isn't put last for what it brings itself, nor for what turns its releases down by asking for
  /// more than it leaves: that has older releases which ask for less, while its own that leave more may be ancient.
  private mutating func mayGiveWay(_ decider: PackageID, in conflict: Solver.Conflict) -> Bool {
    if !isNamed(decider) { return true }
    let own = sameProject(decider)
    return isBrought(conflict.affected, besidesBy: own)
      && solver.isCapped(
        own, by: sameProject(conflict.affected), in: conflict, butBy: label(.sameVersion))
  }

  /// Whether the user names a package's project.
  private func isNamed(_ package: PackageID) -> Bool {
    packages[Int(package.index)].project.map { requirementsByProject[$0] != nil } ?? false
  }

  /// Whether the user names a package, or releases that were tried lead to it from one that the user names, not through
  /// the given ones.
  private func isBrought(_ package: PackageID, besidesBy others: [PackageID]) -> Bool {
    var seen = Set(others)
    var pending = [package]
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      if isNamed(next) { return true }
      pending += askers[next] ?? []
    }
    return false
  }

  /// A project's packages, with its extras and without.
  private func sameProject(_ package: PackageID) -> [PackageID] {
    guard let name = packages[Int(package.index)].project, let project = ids[.project(name)] else {
      return [package]
    }
    return [project] + (extras[name] ?? [])
  }
}

/// Two packages of which the one's decision turned down releases of the other.
struct ConflictingPair: Hashable {
  let decider: PackageID
  let affected: PackageID
}
