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
  /// When pre-releases may be picked.
  package var preReleases: PreReleasePolicy
  /// Files uploaded later than this (Unix milliseconds) don't exist for this resolution.
  package var cutoff: Int64?

  package init(
    requirements: [Requirement],
    constraints: [Requirement] = [],
    preferences: [PackageName: Version] = [:],
    environment: TargetEnvironment,
    preReleases: PreReleasePolicy = .ifNecessary,
    cutoff: Int64? = nil
  ) {
    self.requirements = requirements
    self.constraints = constraints
    self.preferences = preferences
    self.environment = environment
    self.preReleases = preReleases
    self.cutoff = cutoff
  }
}

/// When a pre-release (PEP 440, "Pre-releases") may be picked.
package enum PreReleasePolicy: Sendable, Hashable {
  /// After every stable release in range has been tried.
  case ifNecessary
  /// Like any other release.
  case allow
  /// Never.
  case disallow
}
