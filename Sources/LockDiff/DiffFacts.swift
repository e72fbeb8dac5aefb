package import PythonPackaging
package import UpdatePolicy

/// What is known, or that it isn't.
package enum Fact<Value: Sendable & Hashable>: Sendable, Hashable {
  case unknown
  case known(Value)

  /// The value; nil if it isn't known.
  package var value: Value? { if case .known(let value) = self { value } else { nil } }
}

/// What is known of one release that is or was pinned. What nobody told is unknown.
package struct ReleaseDetails: Sendable, Hashable {
  /// When it was uploaded, in seconds since 1970-01-01 00:00 UTC.
  package var uploadedAt: Fact<Int64> = .unknown
  /// How long there has been a newer release that may be picked, in seconds; 0 if there is none.
  package var timeBehind: Fact<Int64> = .unknown
  /// Whether it is yanked.
  package var yank: Fact<Distribution.Yank?> = .unknown
  /// The advisories that affect it.
  package var advisories: Fact<[AdvisoryFacts]> = .unknown
  /// Its licence, as its metadata says; nil if that says none.
  package var license: Fact<String?> = .unknown
  /// `Requires-Python`; nil if every Python will do.
  package var requiresPython: Fact<String?> = .unknown
  /// `Project-URL` and, under the label `Homepage`, `Home-page`, as written.
  package var projectURLs: [CoreMetadata.ProjectURL] = []

  /// A release of which nothing is known.
  package init() {}
}

/// A release that would have been picked and wasn't.
package struct HeldBackRelease: Sendable, Hashable {
  package var package: PackageName
  package var version: Version
  /// Why, on one line: `it is 2 days old, and 3 days are asked for`.
  package var reason: String
  /// Who stands in the way, as `why` says it: `botocore 1.20.5 (urllib3<1.26.4)`; nil if nobody does.
  package var blocker: String?

  package init(package: PackageName, version: Version, reason: String, blocker: String? = nil) {
    self.package = package
    self.version = version
    self.reason = reason
    self.blocker = blocker
  }
}

/// What is known of the pins of a difference besides what the files say.
package struct DiffFacts: Sendable, Hashable {
  /// A release by its project and version.
  package struct Release: Sendable, Hashable {
    package let package: PackageName
    package let version: Version

    package init(_ package: PackageName, _ version: Version) {
      self.package = package
      self.version = version
    }
  }

  /// What is known of each release, of the old file's and the new one's.
  package var releases: [Release: ReleaseDetails] = [:]
  /// Why an update changed what it changed.
  package var causes: [PackageName: [UpdateCause]] = [:]
  /// What the update held back.
  package var heldBack: [HeldBackRelease] = []

  /// Nothing is known.
  package init() {}
}
