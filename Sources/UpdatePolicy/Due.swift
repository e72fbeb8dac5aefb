/// When something has to be done about a finding.
package enum Due: String, Sendable, Hashable, CaseIterable {
  /// At once: an update outside of the schedule.
  case now
  /// With the next scheduled rebuild.
  case window
  /// Never; it is told, and that is all.
  case noted

  /// Reads the policy's word: `now`, `window`, `noted`.
  ///
  /// - Throws: ``PolicyValueError`` with `.word`.
  package init(_ text: String) throws(PolicyValueError) {
    guard let due = Due(rawValue: text) else {
      throw PolicyValueError(text, .word(allowed: Due.allCases.map(\.rawValue)))
    }
    self = due
  }
}

/// What a finding can be due for: a key of the policy's `due` table.
package enum DueCause: String, Sendable, Hashable, CaseIterable {
  /// The pin has an advisory of this severity.
  case critical, high, medium, low, unknown
  /// The release is yanked (PEP 592).
  case yanked
  /// The release is gone from the index.
  case withdrawn
  /// The pin is behind by more than the policy allows.
  case stale
  /// The index holds the project for unsafe (PEP 792).
  case quarantined
  /// No more releases of the project are to be expected (PEP 792).
  case archived
  /// The project is obsolete (PEP 792).
  case deprecated

  /// Reads a key of the table.
  ///
  /// - Throws: ``PolicyValueError`` with `.word`.
  package init(_ text: String) throws(PolicyValueError) {
    guard let cause = DueCause(rawValue: text) else {
      throw PolicyValueError(text, .word(allowed: DueCause.allCases.map(\.rawValue)))
    }
    self = cause
  }

  /// The cause that an advisory of a severity is.
  package init(_ severity: Severity) {
    self =
      switch severity {
      case .critical: .critical
      case .high: .high
      case .medium: .medium
      case .low: .low
      case .unknown: .unknown
      }
  }
}

/// The policy's `due` table: when each cause is due. A cause that nobody set has its default.
package struct DueTable: Sendable, Hashable {
  private var changed: [DueCause: Due] = [:]

  /// The defaults.
  package init() {}

  /// When a cause is due.
  package subscript(cause: DueCause) -> Due {
    get { changed[cause] ?? Self.standard(cause) }
    set { changed[cause] = newValue == Self.standard(cause) ? nil : newValue }
  }

  /// When an advisory of a severity is due.
  package subscript(severity: Severity) -> Due { self[DueCause(severity)] }

  /// The defaults. A release that is gone can't be installed again, and an index takes few away without cause. No update
  /// clears an archived or a deprecated project, so these are told and don't stop anything.
  private static func standard(_ cause: DueCause) -> Due {
    switch cause {
    case .critical, .high, .quarantined, .withdrawn: .now
    case .medium, .low, .unknown, .yanked, .stale: .window
    case .archived, .deprecated: .noted
    }
  }
}
