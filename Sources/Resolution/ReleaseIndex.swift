package import PythonPackaging

/// The source of releases as the resolver needs it.
///
/// The resolver asks synchronously first, for what can be told without waiting, and only then
/// asynchronously. Both must give the same answer for one name during one resolution.
package protocol ReleaseIndex: Sendable {
  /// One project's releases.
  associatedtype Releases: ProjectReleases
  /// Why the source could not answer; it ends the resolution, since the answer would be incomplete.
  associatedtype Failure: Error

  /// The releases of a project if they can be told without waiting.
  func knownReleases(of name: PackageName) -> ReleasesAnswer<Releases>?
  /// The releases of a project; safe to call from many tasks, one request serves them all.
  func releases(of name: PackageName) async throws(Failure) -> ReleasesAnswer<Releases>

  /// A distribution's metadata if it can be told without waiting.
  func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer?
  /// A distribution's metadata; safe to call from many tasks, one request serves them all.
  ///
  /// - Parameter mayBuild: Whether code of a source distribution may be run for it; without, and where nothing else
  ///   tells, the answer is ``MetadataAnswer/needsBuild``. What runs ahead of the solver builds nothing.
  func metadata(
    of distribution: Distribution, project: PackageName, mayBuild: Bool
  ) async throws(Failure) -> MetadataAnswer

  /// The indexes that aren't asked for a project as an earlier one has the name, without credentials.
  func unaskedIndexes(of name: PackageName) -> [String]
}

extension ReleaseIndex {
  package func unaskedIndexes(of name: PackageName) -> [String] { [] }
}

/// One project's releases, versions ascending; files are decoded only when a version is looked at.
package protocol ProjectReleases: Sendable {
  /// How many releases there are.
  var versionCount: Int { get }
  /// The version at a position of the ascending order.
  func version(at index: Int) -> Version
  /// Whether the version at a position is a pre-release or a development release.
  func isPreRelease(at index: Int) -> Bool
  /// The files of the release at a position.
  func distributions(at index: Int) -> [Distribution]
  /// Of the files of the release at a position, the wheels that a sieve lets through, where none of the files is yanked
  /// and that takes less than all of them; else nil.
  func wheels(at index: Int, through sieve: WheelSieve) -> [Distribution]?
  /// The SHA-256 digests, as hexadecimal digits, of all files of the release at a position, where each has one and that takes
  /// less than making the files; else nil.
  func sha256Digests(at index: Int) -> [String]?
  /// How many ranks the releases have.
  var rankCount: Int { get }
  /// Where the release at a position stands: all of a lesser rank are tried before it, whatever their version.
  func rank(at index: Int) -> Int
}

extension ProjectReleases {
  package func wheels(at index: Int, through sieve: WheelSieve) -> [Distribution]? { nil }
  package func sha256Digests(at index: Int) -> [String]? { nil }
  package var rankCount: Int { 1 }
  package func rank(at index: Int) -> Int { 0 }
}

/// What an index says of a project's name.
package enum ReleasesAnswer<Releases: ProjectReleases>: Sendable {
  /// The project's releases.
  case releases(Releases)
  /// Some of the project's releases: what an index has isn't cached, and the network may not be used.
  case partial(Releases)
  /// No index has the name.
  case unknownProject
  /// Nothing is cached and the network may not be used.
  case offline
}

extension ReleasesAnswer {
  /// The releases that are known; nil: none is.
  package var known: Releases? {
    switch self {
    case .releases(let releases), .partial(let releases): releases
    case .unknownProject, .offline: nil
    }
  }

  /// Whether an index that wasn't asked may have more.
  var isIncomplete: Bool {
    switch self {
    case .partial, .offline: true
    case .releases, .unknownProject: false
    }
  }
}

/// What can be said of a distribution's metadata.
package enum MetadataAnswer: Sendable {
  /// The metadata.
  case metadata(CoreMetadata)
  /// There is metadata and it can't be used; the phrase says why.
  case unreadable(String)
  /// It can only be had by building a source distribution, which wasn't allowed.
  case needsBuild
  /// Nothing is cached and the network may not be used.
  case offline
}
