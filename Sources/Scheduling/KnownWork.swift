import PythonPackaging
package import UpdatePolicy

/// What is known of a lockfile without asking anybody: what the last check found that still stands.
package struct KnownWork: Sendable, Hashable {
  /// How the last check ended.
  package struct LastCheck: Sendable, Hashable {
    /// In seconds since 1970-01-01 00:00 UTC.
    package let at: Int64
    /// Whether it told everything; else a source failed, or it never ended.
    package let isComplete: Bool

    package init(at: Int64, isComplete: Bool) {
      self.at = at
      self.isComplete = isComplete
    }
  }

  /// The lockfile, fit to be shown.
  package let path: String
  /// Nil: nobody ever looked, or nobody knows.
  package let lastCheck: LastCheck?
  /// What is wrong with its pins, the most urgent first.
  package let findings: [Finding]
  /// How many findings are about pins that it hasn't any more.
  package let outdatedCount: Int

  package init(path: String, lastCheck: LastCheck?, findings: [Finding] = [], outdatedCount: Int = 0) {
    self.path = path
    self.lastCheck = lastCheck
    self.findings = findings.sorted { left, right in
      left.urgency != right.urgency
        ? left.urgency < right.urgency
        : left.package != right.package
          ? left.package < right.package : (left.kind.name, left.key) < (right.kind.name, right.key)
    }
    self.outdatedCount = outdatedCount
  }

  /// The findings about which something has to be done, now or at the next window.
  package var due: [Finding] {
    findings.filter { $0.urgency == .dueNow || $0.urgency == .dueAtWindow }
  }
}

extension Finding {
  /// What is wrong, in the words that a history has: `GHSA-abcd-2345-efgh, high`, `stale`.
  var recordedWords: String {
    guard case .vulnerable(let advisory) = kind else { return kind.name }
    let id = PrintableText.excerpt(advisory.id, limit: 80)
    if advisory.isMalware { return "malware \(id)" }
    return advisory.severity == .unknown ? "\(id), severity unknown" : "\(id), \(advisory.severity.rawValue)"
  }
}
