/// What a policy makes of a lock at one moment.
package struct Assessment: Sendable, Hashable {
  /// The answer in one word.
  ///
  /// What is due now is due whatever else is unknown. Everything else a failed source leaves open: what is due at the window
  /// might be due now.
  package enum Verdict: Sendable, Hashable {
    /// Something has to be done at once.
    case dueNow
    /// A source failed, and nobody knows.
    case incomplete
    /// Something has to be done at the next window; nil if that is past the year 9999.
    case dueAtWindow(Int64?)
    /// Nothing has to be done; there are findings all the same.
    case notedOnly
    /// There is no finding but such as are ignored.
    case clean
  }

  /// The moment, in seconds since 1970-01-01 00:00 UTC.
  package let now: Int64
  /// When the next window is; nil if it is past the year 9999.
  package let nextWindow: Int64?
  /// What is wrong, the most urgent first, ignored ones last.
  package let findings: [Finding]
  /// Each pin's age and how far it is behind, in the lock's order.
  package let pins: [PinMetrics]
  /// The sources that failed, sorted; if there are any, the answer is incomplete.
  package let failures: [SourceFailure]
  /// What is wrong with the policy's ignores, in their order.
  package let notices: [IgnoreNotice]

  /// What the pins come to together.
  package var metrics: LockMetrics { LockMetrics(pins) }

  /// The findings of an urgency.
  package func findings(_ urgency: Finding.Urgency) -> ArraySlice<Finding> {
    // They are sorted by it.
    let start = findings.firstIndex { $0.urgency >= urgency } ?? findings.endIndex
    return findings[start...].prefix { $0.urgency == urgency }
  }

  /// Whether a source failed.
  package var isIncomplete: Bool { !failures.isEmpty }

  /// Whether something has to be done at once.
  package var hasDueNow: Bool { findings.first?.urgency == .dueNow }

  /// Whether something has to be done at the next window.
  package var hasDueAtWindow: Bool { !findings(.dueAtWindow).isEmpty }

  /// The answer in one word.
  package var verdict: Verdict {
    if hasDueNow { return .dueNow }
    if isIncomplete { return .incomplete }
    if hasDueAtWindow { return .dueAtWindow(nextWindow) }
    return findings(.noted).isEmpty ? .clean : .notedOnly
  }
}

/// An entry of the policy's ignores that needs to be looked at.
package struct IgnoreNotice: Sendable, Hashable {
  /// What is wrong with it.
  package enum Fault: Sendable, Hashable {
    /// Its day is over; whether there is still a finding it was about.
    case expired(isNeeded: Bool)
    /// It is about no finding.
    case matchesNothing
  }

  /// Its place among the policy's ignores, from 0.
  package let index: Int
  /// The entry.
  package let ignore: Ignore
  /// What is wrong with it.
  package let fault: Fault

  /// What is wrong with the ignores of a policy that holds for several locks: one that matches nothing in any of them, and
  /// one that has ended, needed if any needs it.
  package static func united(_ assessments: [Assessment]) -> [IgnoreNotice] {
    guard let first = assessments.first else { return [] }
    return first.notices.compactMap { notice in
      let others = assessments.map { $0.notices.first { $0.index == notice.index } }
      guard others.allSatisfy({ $0 != nil }) else { return nil }
      return others.compactMap(\.self).first { $0.fault == .expired(isNeeded: true) } ?? notice
    }
  }
}
