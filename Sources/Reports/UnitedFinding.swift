import PythonPackaging
import UpdatePolicy

/// One finding of a pin that any number of lockfiles have.
struct UnitedFinding {
  /// What findings are one.
  struct Key: Hashable {
    let pin: ReportedPin
    let urgency: Finding.Urgency
    let kind: String
    let key: String
  }

  /// How many paths are shown.
  static let shownPaths = 3

  /// The one that says the most: the one that is the longest behind, the oldest pin.
  var finding: Finding
  /// The places among the locks of those that have it, each once.
  private(set) var locks: [Int] = []

  init(_ finding: Finding) { self.finding = finding }

  mutating func add(_ other: Finding, of lock: Int) {
    if locks.last != lock { locks.append(lock) }
    if other.length > finding.length { finding = other }
  }

  /// The findings of locks, each once, in the order of reports; those of as many lockfiles and as urgent as others after
  /// what more lockfiles have.
  static func all(of locks: [CheckedLock]) -> [UnitedFinding] {
    var places: [Key: Int] = [:]
    var united: [UnitedFinding] = []
    for (index, lock) in locks.enumerated() {
      for finding in lock.assessment.findings {
        let key = Key(
          pin: finding.pin, urgency: finding.urgency, kind: finding.kind.name, key: finding.key)
        let place = places[key] ?? united.count
        if place == united.count {
          places[key] = place
          united.append(UnitedFinding(finding))
        }
        united[place].add(finding, of: index)
      }
    }
    let order = united.indices.sorted { left, right in
      let (first, second) = (united[left], united[right])
      if first.finding.urgency != second.finding.urgency {
        return first.finding.urgency < second.finding.urgency
      }
      if first.finding.isMalware != second.finding.isMalware { return first.finding.isMalware }
      if first.locks.count != second.locks.count { return first.locks.count > second.locks.count }
      return first.finding < second.finding
    }
    return order.map { united[$0] }
  }
}

extension Finding {
  /// How many seconds its words tell; 0 if none.
  fileprivate var length: Int64 {
    switch kind {
    case .stale(let timeBehind): timeBehind
    case .old(let pinAge): pinAge
    case .vulnerable, .quarantined, .withdrawn, .yanked, .archived, .deprecated: 0
    }
  }
}
