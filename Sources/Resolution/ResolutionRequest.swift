package import PythonPackaging

/// Everything a resolution depends on besides the index: equal requests over an equal index give equal answers.
package struct ResolutionRequest: Sendable {
  /// The user's requirements, in the order read; those whose marker doesn't hold are left out by the caller or ignored.
  package var requirements: [Requirement]
  /// Constraints: bounds on packages that something else brings in.
  package var constraints: [Requirement]
  /// Versions to keep where they are allowed: the existing lockfile's pins.
  package var preferences: [PackageName: Version]
  /// What markers and wheels are judged against.
  package var environment: TargetEnvironment
  /// Which of the releases in range is wanted.
  package var strategy = ResolutionStrategy.highest
  /// When pre-releases may be picked.
  package var preReleases: PreReleasePolicy
  /// Files uploaded later than this (Unix milliseconds) don't exist for this resolution.
  package var cutoff: Int64?
  /// The projects for which another cutoff stands instead; nil: none.
  package var projectCutoffs: [PackageName: Int64?] = [:]
  /// Requirements that stand instead of whatever is asked for of the same projects; their extras are added.
  package var overrides: [Requirement] = []
  /// Whether what releases need is pinned too.
  package var followsDependencies = true
  /// Which kinds of distribution may be used.
  package var formats: FormatControl
  /// The SHA-256 hashes, in hexadecimal digits, of which a project's files must have one, where the user gives some.
  package var hashes: [PackageName: Set<String>] = [:]
  /// The projects that come from a URL and the spellings of it that requirements have: the index serves the one release found there.
  /// A dependency on another URL can't be met.
  package var directURLs: [PackageName: Set<String>]
  /// What an update keeps to in addition; nil: it is none.
  var update: UpdateTerms?

  /// Whether a requirement's URL, if it has one, is the one its project comes from.
  func admitsURL(of requirement: Requirement) -> Bool {
    guard let url = requirement.url else { return true }
    return directURLs[requirement.name]?.contains(url) ?? false
  }

  package init(
    requirements: [Requirement],
    constraints: [Requirement] = [],
    preferences: [PackageName: Version] = [:],
    environment: TargetEnvironment,
    preReleases: PreReleasePolicy = .ifNecessary,
    cutoff: Int64? = nil,
    formats: FormatControl = FormatControl(),
    directURLs: [PackageName: Set<String>] = [:]
  ) {
    self.requirements = requirements
    self.constraints = constraints
    self.preferences = preferences
    self.environment = environment
    self.preReleases = preReleases
    self.cutoff = cutoff
    self.formats = formats
    self.directURLs = directURLs
  }
}

/// Which of the releases in range is wanted.
package enum ResolutionStrategy: String, Sendable, Hashable, CaseIterable {
  /// The newest.
  case highest
  /// The oldest.
  case lowest
  /// The oldest of what the user's own requirements name, the newest of all else.
  case lowestDirect = "lowest-direct"
}

/// When a pre-release (PEP 440, "Pre-releases") may be picked.
package enum PreReleasePolicy: String, Sendable, Hashable, CaseIterable {
  /// After every stable release in range has been tried.
  case ifNecessary = "if-necessary"
  /// After every stable release in range has been tried, of projects that a specifier of the user's own bounds by a
  /// pre-release; of no other.
  case explicit
  /// As ``ifNecessary``, under the name that others have for it.
  case ifNecessaryOrExplicit = "if-necessary-or-explicit"
  /// Like any other release.
  case allow
  /// Never.
  case disallow
}
