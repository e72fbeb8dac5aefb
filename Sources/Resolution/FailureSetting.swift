package import PythonPackaging

/// How the command was set up where a resolution failed, beside the request: what is told of the failure goes by it.
package struct FailureSetting: Sendable {
  /// Where each of the request's requirements is written.
  package var requirementPlaces: [RequirementPlace]
  /// The same of its constraints.
  package var constraintPlaces: [RequirementPlace]
  /// The same of its overrides.
  package var overridePlaces: [RequirementPlace]
  /// Projects that the user knows: those of the lockfile.
  package var knownNames: [PackageName] = []
  /// Whether no index is asked at all (`--no-index`).
  package var isWithoutIndex = false
  /// Which projects may not be built (`--no-build`): those of which wheels alone may be used.
  package var builds = FormatControl()
  /// The option that gives the cutoff.
  package var cutoffOption = "--exclude-newer"
  /// How long a person waits for hints at most; nil: for as long as their bounded work takes.
  package var longestTrials: Duration?

  package init(
    requirementPlaces: [RequirementPlace], constraintPlaces: [RequirementPlace],
    overridePlaces: [RequirementPlace]
  ) {
    self.requirementPlaces = requirementPlaces
    self.constraintPlaces = constraintPlaces
    self.overridePlaces = overridePlaces
  }
}
