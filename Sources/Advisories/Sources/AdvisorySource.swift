package import PythonPackaging

/// What knows advisories.
package protocol AdvisorySource: Sendable {
  /// What is known of these releases: never a failure, since every source can know of some and not of others.
  func advisories(for releases: [AskedRelease]) async -> AdvisoryAnswer
}

/// A release that a source is asked about.
package struct AskedRelease: Sendable, Hashable, Comparable {
  package var package: PackageName
  package var version: Version
  /// Whether the name may be told to anybody. One that only a private index has is never sent.
  package var isPublic: Bool

  package init(_ package: PackageName, _ version: Version, isPublic: Bool) {
    self.package = package
    self.version = version
    self.isPublic = isPublic
  }

  package static func < (left: AskedRelease, right: AskedRelease) -> Bool {
    (left.package, left.version) < (right.package, right.version)
  }
}

/// What a source knows of the releases it was asked about, and what it doesn't.
///
/// Invariant: a release that is neither affected by one of `records` nor named in `unanswered` is affected by nothing that
/// the source knows, but for what `skipped` names.
package struct AdvisoryAnswer: Sendable, Hashable {
  /// Records that name a package, ascending by id; those that were withdrawn too. Whether they affect a version, they
  /// tell. Only packages that were asked about, and not all of those that no record affects.
  package var records: [PackageName: [AdvisoryRecord]] = [:]
  /// The releases of which nothing, or not all, is known: ascending.
  package var unanswered: [UnansweredRelease] = []
  /// Records that couldn't be read, ascending: which packages they are of, isn't known. Of many the first thousand.
  package var skipped: [SkippedRecord] = []
  /// How many were passed over in all.
  package var skippedCount = 0
  /// Where all of it is from.
  package var origin: Origin

  /// Where an answer is from.
  package struct Origin: Sendable, Hashable {
    /// A path or an address.
    package var place: String
    /// When it was last known to be what its source has, in seconds since 1970-01-01 00:00 UTC; nil: it was asked just now,
    /// or it is a path.
    package var syncedAt: Int64?
    /// The records there, where they are counted.
    package var recordCount: Int?
    /// Older than what is allowed.
    package var isTooOld = false
    /// Why it couldn't be renewed, so that it is what it was before: one line without a full stop.
    package var renewalFailure: String?
    /// What there is to tell of its database.
    package var warnings: [AdvisoryDatabase.Warning] = []

    package init(place: String) { self.place = place }
  }

  package init(origin: Origin) { self.origin = origin }

  /// Whether anything that was asked isn't known.
  package var isComplete: Bool { unanswered.isEmpty && skippedCount == 0 }

  /// Adds releases of which not all is known.
  package mutating func leaveUnanswered(
    _ releases: some Sequence<AskedRelease>, _ reason: UnansweredRelease.Reason
  ) {
    unanswered += releases.map { UnansweredRelease(release: $0, reason: reason) }
  }

  /// In the order in which everything is promised, and each thing once.
  mutating func finish() {
    unanswered = Array(Set(unanswered)).sorted()
    skipped = Array(Set(skipped).sorted().prefix(AdvisorySchema.greatestSkipped))
  }
}

/// A release of which a source doesn't know all.
package struct UnansweredRelease: Sendable, Hashable, Comparable {
  /// Why.
  package enum Reason: Sendable, Hashable, CustomStringConvertible {
    /// Its name is private, and the source isn't here.
    case isPrivate
    /// The source failed: one line without a full stop.
    case failure(String)
    /// The source doesn't know the release, which isn't to say that it is free of advisories.
    case unknownRelease
    /// The source knows the release and tells nothing of advisories.
    case notTold
    /// A record is said to be of it and couldn't be had or read.
    case record(SkippedRecord)

    /// Goes after the release and a colon.
    package var description: String {
      switch self {
      case .isPrivate: "its name is private, and isn't sent"
      case .failure(let reason): reason
      case .unknownRelease: "the source doesn't know the release"
      case .notTold: "the source tells nothing of advisories"
      case .record(let record): "\(record.id): \(record.reason)"
      }
    }
  }

  package var release: AskedRelease
  package var reason: Reason

  package static func < (left: UnansweredRelease, right: UnansweredRelease) -> Bool {
    if left.release != right.release { return left.release < right.release }
    return left.reason.description < right.reason.description
  }
}
