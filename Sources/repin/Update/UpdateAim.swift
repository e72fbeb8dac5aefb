import PythonPackaging
import Resolution
import UpdatePolicy

/// What an update is to get of one pin, and why.
struct UpdateAim: Sendable, Hashable {
  /// Why.
  enum Reason: Sendable, Hashable {
    /// Advisories affect it; their ids.
    case vulnerable([String])
    case quarantined
    case withdrawn
    case yanked
    /// By so many seconds behind.
    case stale(timeBehind: Int64)
    /// It was named.
    case asked
    /// All are to be as new as they can be.
    case newest
    /// A lockfile that is made of this one needs it.
    case neededBy(lockfile: String)
  }

  let target: UpdateTarget
  let reason: Reason

  /// Whether not to get it is a failure: of what is raised because all is, some always is held.
  var isAskedFor: Bool { reason != .newest }

  /// Whether a person names just this release: `idna==3.6`.
  func names(_ version: Version) -> Bool {
    guard reason == .asked, case .within(let bounds) = target.need, bounds.exactVersion != nil else {
      return false
    }
    return bounds.allows(version)
  }
}

/// What is asked of an update.
struct UpdateGoals: Sendable {
  /// Clear what is due but staleness.
  var clearsFindings: Bool
  /// Raise what is stale.
  var raisesStale: Bool
  /// Of what is stale, raise only what is due.
  var sparesNoted = false
  /// Raise all.
  var raisesAll: Bool
  /// Perhaps with bounds.
  var packages: [Requirement]
  var takesNewest: Bool
  var largestStep: UpdateStep

  init(_ command: UpdateCommand, packages: [Requirement]) {
    clearsFindings = command.security || (packages.isEmpty && !command.stale && !command.all)
    raisesStale = command.stale
    raisesAll = command.all
    self.packages = packages
    takesNewest = command.latest
    largestStep = command.max ?? .major
  }

  /// What is asked of it where nothing is said.
  static var security: UpdateGoals { UpdateGoals() }

  private init() {
    clearsFindings = true
    raisesStale = false
    raisesAll = false
    packages = []
    takesNewest = false
    largestStep = .major
  }

  /// Whether it takes to know what is wrong with pins, or how old they are.
  var needsFindings: Bool { clearsFindings || raisesStale || raisesAll }

  /// What is to be got of one lockfile's pins.
  ///
  /// - Parameters:
  ///   - findings: what is wrong with them.
  ///   - newer: the pins that have a newer release which may be picked.
  ///   - fresh: the least release of stale pins that isn't stale itself, where that is known.
  func aims(
    for pins: [PackageName: Version], findings: [Finding], newer: Set<PackageName>,
    fresh: [PackageName: Version] = [:]
  ) -> [UpdateAim] {
    var aims: [UpdateAim] = []
    var named: Set<PackageName> = []
    for package in packages where pins[package.name] != nil {
      named.insert(package.name)
      let need: UpdateTarget.Need =
        package.specifiers.isEmpty ? .raised() : .within(package.specifiers)
      aims.append(UpdateAim(target: UpdateTarget(package.name, need, rank: Rank.asked), reason: .asked))
    }
    if clearsFindings { aims += clearing(findings, of: pins) }
    if raisesStale {
      for finding in findings where pins[finding.package] == finding.version && finding.ignore == nil {
        guard case .stale(let behind) = finding.kind, !named.contains(finding.package),
          !sparesNoted || finding.isDue
        else { continue }
        aims.append(
          UpdateAim(
            target: UpdateTarget(finding.package, .raised(to: fresh[finding.package]), rank: Rank.stale),
            reason: .stale(timeBehind: behind)))
      }
    }
    if raisesAll {
      for name in newer.sorted() where pins[name] != nil && !named.contains(name) {
        aims.append(
          UpdateAim(
            target: UpdateTarget(name, .raised(), rank: Rank.all, takesNewest: true), reason: .newest))
      }
    }
    return aims
  }

  /// Those of findings that are due, one for each pin and sort.
  private func clearing(_ findings: [Finding], of pins: [PackageName: Version]) -> [UpdateAim] {
    var ranks: [PackageName: Int] = [:]
    var ids: [PackageName: [String]] = [:]
    var others: [UpdateAim] = []
    for finding in findings where pins[finding.package] == finding.version {
      guard finding.isDue else { continue }
      let name = finding.package
      func replace(_ phrase: String, rank: Int, _ reason: UpdateAim.Reason) {
        let target = UpdateTarget(name, .replaced(phrase), rank: rank)
        if !others.contains(where: { $0.target == target }) {
          others.append(UpdateAim(target: target, reason: reason))
        }
      }
      switch finding.kind {
      case .vulnerable(let advisory):
        if ids[name]?.contains(advisory.id) != true { ids[name, default: []].append(advisory.id) }
        ranks[name] = min(ranks[name] ?? .max, Rank.of(advisory))
      case .quarantined: replace("is quarantined", rank: Rank.quarantined, .quarantined)
      case .withdrawn: replace("is gone from the index", rank: Rank.withdrawn, .withdrawn)
      case .yanked: replace("is yanked", rank: Rank.yanked, .yanked)
      case .stale, .archived, .deprecated, .old: continue
      }
    }
    let cleared = ids.sorted { $0.key < $1.key }.map { name, ids in
      UpdateAim(
        target: UpdateTarget(name, .cleared, rank: ranks[name] ?? Rank.unknown),
        reason: .vulnerable(ids.sorted()))
    }
    return cleared + others
  }

  /// The gravest first.
  private enum Rank {
    static let asked = 0
    static let malware = 1
    static let quarantined = 2
    static let unknown = 7
    static let withdrawn = 8
    static let yanked = 9
    static let stale = 10
    static let all = 11

    static func of(_ advisory: AdvisoryFacts) -> Int {
      if advisory.isMalware { return malware }
      return switch advisory.severity {
      case .critical: 3
      case .high: 4
      case .medium: 5
      case .low: 6
      case .unknown: unknown
      }
    }
  }
}

extension Finding {
  /// Whether something is to be done about it, now or at the window.
  fileprivate var isDue: Bool { urgency == .dueNow || urgency == .dueAtWindow }
}
