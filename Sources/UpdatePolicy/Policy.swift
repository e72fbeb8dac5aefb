/// The limits that turn findings into what is due: the `[policy]` and `[schedule]` tables. Without either, the defaults
/// hold.
package struct Policy: Sendable, Hashable {
  /// What a cooldown is asked for.
  package enum Purpose: Sendable, Hashable {
    /// `repin compile`: a person asks, and what they ask for is what they get.
    case compile
    /// `repin update` and `repin run`: nobody looks before it is picked.
    case update
  }

  /// A pin that is behind by more is stale: `max-days-behind`.
  package var maxDaysBehind = PolicyDuration.ninetyDays
  /// A pin older than this is noted: `max-pin-age`.
  package var maxPinAge = PolicyDuration.oneYear
  /// The least age of a release to pick: `cooldown`; nil if nobody set it.
  package var setCooldown: PolicyDuration?
  /// The addresses of indexes whose releases may be picked at any age: `cooldown-exempt-indexes`.
  package var cooldownExemptIndexes: [String] = []
  /// When what is due: `due`.
  package var due = DueTable()
  /// What is ignored: `[[policy.ignore]]`.
  package var ignores: [Ignore] = []
  /// When a scheduled rebuild may run: `[schedule]`.
  package var schedule = Schedule()

  /// The defaults.
  package init() {}

  /// The least age of a release to pick: as it is set, else three days where nobody looks.
  package func cooldown(for purpose: Purpose) -> PolicyDuration {
    setCooldown ?? (purpose == .update ? .threeDays : .off)
  }

  /// The policy for releases of a project.
  package func applied(to project: ProjectFacts) -> Policy {
    if project.hasCooldown { return self }
    var policy = self
    policy.setCooldown = .off
    return policy
  }

  /// Whether the fix of an advisory may be picked before its cooldown is over: of malware always, of others from the least
  /// severity on that is due now.
  package func exemptsFixes(of advisory: AdvisoryFacts) -> Bool {
    if advisory.isWithdrawn { return false }
    if advisory.isMalware { return true }
    if advisory.severity == .unknown { return due[Severity.unknown] == .now }
    return Severity.allCases.contains { $0 != .unknown && $0 <= advisory.severity && due[$0] == .now }
  }
}
