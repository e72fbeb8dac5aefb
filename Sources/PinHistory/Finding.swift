/// Something wrong with one pin.
package struct Finding: Sendable, Hashable {
  /// What is wrong.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// An advisory names the version.
    case vulnerable
    /// Its release is yanked.
    case yanked
    /// Its release is gone from the index.
    case withdrawn
    /// Its project is quarantined.
    case quarantined
    /// Its project is archived.
    case archived
    /// Its project is deprecated.
    case deprecated
    /// It is behind what the policy allows.
    case stale
    /// It was pinned longer ago than the policy likes.
    case pinAge = "pin-age"
  }

  /// The pin.
  package var pin: Pin
  /// What is wrong.
  package var kind: Kind
  /// Tells findings of one kind of one pin apart: an advisory's identifier; else the kind's word, or empty.
  package var key: String
  /// How bad it is, in the policy's words; nil where that isn't known.
  package var severity: String?

  /// A finding of its parts.
  package init(pin: Pin, kind: Kind, key: String = "", severity: String? = nil) {
    self.pin = pin
    self.kind = kind
    self.key = key
    self.severity = severity
  }

  /// Hashes what tells most of them apart.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(pin.package)
    hasher.combine(key)
  }
}

/// A finding and when it was there. All times are in seconds since 1970-01-01 00:00 UTC.
package struct RecordedFinding: Sendable, Hashable {
  /// What was found; its severity as it was last told.
  package var finding: Finding
  /// When it was found first.
  package var firstSeen: Int64
  /// When it was found last.
  package var lastSeen: Int64
  /// When it was looked for and not found any more; nil while it is open.
  package var resolvedAt: Int64?
}
