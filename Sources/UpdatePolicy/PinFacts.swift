package import PythonPackaging

/// What is known of one pin of a lockfile.
package struct PinFacts: Sendable, Hashable {
  /// Where a pin stands.
  package struct Place: Sendable, Hashable, Comparable {
    /// The lockfile.
    package var path: String
    /// From 1; 0 if it isn't known.
    package var line: Int

    package init(path: String, line: Int) {
      self.path = path
      self.line = line
    }

    package static func < (left: Place, right: Place) -> Bool {
      left.path == right.path
        ? left.line < right.line
        : left.path.unicodeScalars.lexicographicallyPrecedes(right.path.unicodeScalars)
    }
  }

  /// Whether an index has the pinned release.
  package enum Presence: Sendable, Hashable {
    /// It has.
    case present
    /// It hasn't, and the history has seen it there.
    case gone
    /// It hasn't, and nobody has seen it there: a private project, or one installed from elsewhere.
    case neverSeen
    /// A source that would tell failed.
    case unknown(source: String)
  }

  /// The package.
  package var package: PackageName
  /// The version pinned.
  package var version: Version
  /// Where the pin stands.
  package var place: Place
  /// When that version was pinned in that lockfile; nil if nobody knows.
  package var pinnedAt: Int64?
  /// When the release was uploaded; nil if nobody tells.
  package var uploadedAt: Int64?
  /// Set if the release is yanked.
  package var yank: Distribution.Yank?
  /// Whether an index has it.
  package var presence: Presence
  /// The advisories that affect it.
  package var advisories: [AdvisoryFacts]

  package init(
    package: PackageName, version: Version, place: Place, pinnedAt: Int64?, uploadedAt: Int64?,
    yank: Distribution.Yank? = nil, presence: Presence = .present, advisories: [AdvisoryFacts] = []
  ) {
    self.package = package
    self.version = version
    self.place = place
    self.pinnedAt = pinnedAt
    self.uploadedAt = uploadedAt
    self.yank = yank
    self.presence = presence
    self.advisories = advisories
  }
}

/// What is known of a lockfile.
package struct LockFacts: Sendable, Hashable {
  /// Its pins.
  package var pins: [PinFacts]
  /// The sources that failed and would have told more, such as `advisories`: each with what is unknown for it.
  package var failures: [SourceFailure]
  /// When the history first saw a finding, in seconds since 1970-01-01 00:00 UTC. What isn't in it is seen now.
  package var firstSeen: [FindingIdentity: Int64]

  package init(
    pins: [PinFacts], failures: [SourceFailure] = [], firstSeen: [FindingIdentity: Int64] = [:]
  ) {
    self.pins = pins
    self.failures = failures
    self.firstSeen = firstSeen
  }
}

/// A source that failed, and what nobody knows for it.
package struct SourceFailure: Sendable, Hashable, Comparable {
  /// What is unknown.
  package enum Subject: String, Sendable, Hashable {
    /// Whether there are advisories.
    case advisories
    /// What releases there are, and whether the pinned one is among them.
    case releases
  }

  /// The source as it is shown to people, without credentials.
  package let source: String
  /// What is unknown.
  package let subject: Subject
  /// Of which package; nil: of all.
  package let package: PackageName?

  package init(source: String, subject: Subject, package: PackageName? = nil) {
    self.source = source
    self.subject = subject
    self.package = package
  }

  /// By package (those of all first), subject and source.
  package static func < (left: SourceFailure, right: SourceFailure) -> Bool {
    let (leftName, rightName) = (left.package?.normalized ?? "", right.package?.normalized ?? "")
    return (leftName, left.subject.rawValue, left.source) < (rightName, right.subject.rawValue, right.source)
  }
}
