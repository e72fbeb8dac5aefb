import PythonPackaging
import UpdatePolicy

/// One finding of a pin that any number of lockfiles have.
struct UnitedFinding {
  /// What findings are one.
  struct Key: Hashable {
    let pin: ReportedPin
    let urgency: Finding.Urgency
    /// Nobody keeps an advisory from having an id that is another kind's word.
    let isVulnerable: Bool
    let key: String

    init(_ finding: Finding) {
      pin = finding.pin
      urgency = finding.urgency
      isVulnerable = if case .vulnerable = finding.kind { true } else { false }
      key = finding.key
    }

    /// Hashes what tells most of them apart.
    func hash(into hasher: inout Hasher) {
      hasher.combine(pin)
      hasher.combine(key)
    }
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

  /// The findings of locks, each once: the most urgent first, malware before all else, then what the most lockfiles have,
  /// then in the order of reports.
  static func all(of locks: [CheckedLock]) -> [UnitedFinding] {
    var places: [Key: Int] = [:]
    var united: [UnitedFinding] = []
    for (index, lock) in locks.enumerated() {
      for finding in lock.assessment.findings {
        let key = Key(finding)
        let place = places[key] ?? united.count
        if place == united.count {
          places[key] = place
          united.append(UnitedFinding(finding))
        }
        united[place].add(finding, of: index)
      }
    }
    // Findings are large: what tells most of them apart is taken out first.
    let ranks = united.map { item in
      (
        item.finding.urgency.rawValue << 1 | (item.finding.isMalware ? 0 : 1), -item.locks.count,
        item.finding.badness, item.finding.firstSeen, item.finding.package.normalized
      )
    }
    let order = united.indices.sorted { left, right in
      ranks[left] != ranks[right] ? ranks[left] < ranks[right] : united[left].finding < united[right].finding
    }
    return order.map { united[$0] }
  }
}

extension Finding {
  /// By kind and severity, as findings are sorted; the worst has the least.
  fileprivate var badness: Int {
    switch kind {
    case .vulnerable(let advisory):
      Severity.allCases.count - (Severity.allCases.firstIndex(of: advisory.severity) ?? 0)
    case .quarantined: 10
    case .withdrawn: 11
    case .yanked: 12
    case .stale: 13
    case .archived: 14
    case .deprecated: 15
    case .old: 16
    }
  }

  /// How many seconds its words tell; 0 if none.
  fileprivate var length: Int64 {
    switch kind {
    case .stale(let timeBehind): timeBehind
    case .old(let pinAge): pinAge
    case .vulnerable, .quarantined, .withdrawn, .yanked, .archived, .deprecated: 0
    }
  }
}
