package import PythonPackaging

/// The versions of a package that are affected: intervals in PEP 440's order.
///
/// Held as the bounds at which a walk up the order enters and leaves them, in turn. Invariant: the bounds ascend
/// strictly; an odd number of them reaches to the end of the order.
package struct AffectedVersions: Sendable, Hashable {
  let bounds: [VersionBound]

  private init(bounds: [VersionBound]) {
    self.bounds = bounds
  }

  /// What an advisory says of a package: the versions that it lists, and its ranges.
  package init(_ package: AffectedPackage) {
    let ranges = AffectedVersions(union: package.ranges.map { AffectedVersions($0) })
    // Most sources list what they have ranges for, once more.
    let others = package.versions.filter { !ranges.covers($0) }
    self.init(union: [ranges, AffectedVersions(listed: others)])
  }

  /// Versions one by one, ascending.
  private init(listed versions: [Version]) {
    var bounds: [VersionBound] = []
    bounds.reserveCapacity(versions.count * 2)
    for version in versions {
      // A version's locals stand behind it, and are within it.
      if case .after(let last)? = bounds.last, version.isLocal(of: last) { continue }
      bounds += [.before(version), .after(version)]
    }
    self.init(bounds: bounds)
  }

  /// What a range says: on from each `introduced`, off from each `fixed` and behind each `last_affected`, the last of
  /// them that a version has passed in the order of the events being what counts; and nothing from its limit on.
  init(_ range: AffectedRange) {
    var turns = range.events.enumerated().map { Turn($0.element, index: $0.offset) }
    // The events ascend by their versions; the bounds do too, except where local versions stand behind a last one.
    if !zip(turns, turns.dropFirst()).allSatisfy({ $0.bound <= $1.bound }) {
      turns.sort { $0.bound == $1.bound ? $0.index < $1.index : $0.bound < $1.bound }
    }
    var bounds: [VersionBound] = []
    var (latest, isAffected) = (-1, false)
    var position = 0
    while position < turns.count {
      let bound = turns[position].bound
      var state = isAffected
      while position < turns.count, turns[position].bound == bound {
        if turns[position].index > latest {
          (latest, state) = (turns[position].index, turns[position].isEntry)
        }
        position += 1
      }
      if state != isAffected {
        bounds.append(bound)
        isAffected = state
      }
    }
    if let limit = range.limit.map(VersionBound.before) {
      bounds = Array(bounds.prefix { $0 < limit })
      if bounds.count % 2 == 1 { bounds.append(limit) }
    }
    self.init(bounds: bounds)
  }

  /// An event of a range, where it takes effect.
  private struct Turn {
    let bound: VersionBound
    let isEntry: Bool
    let index: Int

    init(_ event: RangeEvent, index: Int) {
      self.index = index
      switch event {
      case .introduced(let version): (bound, isEntry) = (version.map { .before($0) } ?? .start, true)
      case .fixed(let version): (bound, isEntry) = (.before(version), false)
      case .lastAffected(let version): (bound, isEntry) = (.after(version), false)
      case .limit: fatalError("a range has a limit among its events")
      }
    }
  }

  /// The versions in any of the sets.
  init(union sets: [AffectedVersions]) {
    let sets = sets.filter { !$0.bounds.isEmpty }
    guard sets.count > 1 else {
      self.init(bounds: sets.first?.bounds ?? [])
      return
    }
    var steps: [(bound: VersionBound, isEntry: Bool)] = []
    steps.reserveCapacity(sets.reduce(0) { $0 + $1.bounds.count })
    for set in sets {
      for (index, bound) in set.bounds.enumerated() { steps.append((bound, index % 2 == 0)) }
    }
    // Where one ends and another begins they are one.
    steps.sort { $0.bound == $1.bound ? $0.isEntry && !$1.isEntry : $0.bound < $1.bound }
    var bounds: [VersionBound] = []
    var depth = 0
    for step in steps {
      depth += step.isEntry ? 1 : -1
      if depth == (step.isEntry ? 1 : 0) { bounds.append(step.bound) }
    }
    self.init(bounds: bounds)
  }

  /// Whether no version is affected.
  package var isEmpty: Bool { bounds.isEmpty }

  /// Whether a version is affected.
  package func contains(_ version: Version) -> Bool { boundCount(below: version) % 2 == 1 }

  /// Whether a version is affected, and all its local versions.
  private func covers(_ version: Version) -> Bool {
    let count = boundCount(below: version)
    return count % 2 == 1 && (count == bounds.count || bounds[count] >= .after(version))
  }

  /// The number of bounds that a version is behind.
  private func boundCount(below version: Version) -> Int {
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle].isBelow(version) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
