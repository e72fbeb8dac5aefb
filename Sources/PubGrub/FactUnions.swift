/// The facts of a proof in groups, each of which is said as one fact that follows from it.
///
/// Grouped are what the versions of one package need of another; the root's needs, and everything else, stay alone.
/// Invariant: each fact is in one group, and no group is empty.
struct FactUnions {
  private struct Key: Hashable {
    let package: PackageID
    let target: PackageID
    /// Whether nothing would do; such needs are united with each other only, since they say the most.
    let isImpossible: Bool
  }

  private var groups: [[ProofFacts.Fact]] = []
  private let firstLabel: UInt32

  init(_ facts: [ProofFacts.Fact], firstLabel: UInt32, separate: Set<UInt32>) {
    self.firstLabel = firstLabel
    var places: [Key: Int] = [:]
    for fact in facts {
      guard case .dependency(let package, let target, let allowed, let label) = fact.key,
        package != Solver.root, package != target, !separate.contains(label)
      else {
        groups.append([fact])
        continue
      }
      let key = Key(package: package, target: target, isImpossible: allowed.isEmpty)
      if let place = places[key] {
        groups[place].append(fact)
      } else {
        places[key] = groups.count
        groups.append([fact])
      }
    }
  }

  /// What each group says.
  var facts: [ProofFacts.Fact] {
    groups.enumerated().map { place, group in
      guard group.count > 1, case .dependency(let package, let target, _, _) = group[0].key else {
        return group[0]
      }
      var admitted: [Range<UInt32>] = []
      for case .dependency(_, _, let allowed, _) in group.map(\.key) { admitted += allowed.ranges }
      let key = MergeKey.dependency(
        of: package, on: target, allowed: VersionRanges(admitted), label: firstLabel + UInt32(place))
      return ProofFacts.Fact(key: key, versions: VersionRanges(group.flatMap(\.versions.ranges)))
    }
  }

  /// What is united in each group, newest versions first; nothing of a group of one.
  var parts: [[CondensedFailure.Part]] {
    groups.map { group in
      if group.count == 1 { return [] }
      return group.compactMap { fact in
        guard case .dependency(_, _, let allowed, let label) = fact.key else { return nil }
        return CondensedFailure.Part(label: label, versions: fact.versions, allowed: allowed)
      }.sorted { ($0.versions.max ?? 0, $0.label) > ($1.versions.max ?? 0, $1.label) }
    }
  }

  /// Takes out of their groups the facts that an answer contradicts, and parts the others at the version that the
  /// answer has; false if it contradicts none.
  mutating func split(contradicting answer: [PackageID: UInt32]) -> Bool {
    var added: [[ProofFacts.Fact]] = []
    for place in groups.indices where groups[place].count > 1 {
      let contradicted = groups[place].filter { $0.isContradicted(by: answer) }
      if contradicted.isEmpty { continue }
      let own = contradicted[0].versions.max ?? 0
      let others = groups[place].filter { !contradicted.contains($0) }
      let parted = [
        others.filter { ($0.versions.max ?? 0) < own }, others.filter { ($0.versions.max ?? 0) >= own },
      ]
      let new = contradicted.map { [$0] } + parted.filter { !$0.isEmpty }
      groups[place] = new[0]
      added += new.dropFirst()
    }
    groups += added
    return !added.isEmpty
  }
}

extension ProofFacts.Fact {
  /// Whether a dependency doesn't hold where these versions are selected and nothing else is.
  fileprivate func isContradicted(by answer: [PackageID: UInt32]) -> Bool {
    guard case .dependency(let package, let target, let allowed, _) = key, let own = answer[package],
      versions.contains(own)
    else { return false }
    return answer[target].map { !allowed.contains($0) } ?? true
  }
}
