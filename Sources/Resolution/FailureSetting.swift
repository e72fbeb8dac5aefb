package import PythonPackaging

/// How the command was set up where a resolution failed, beside the request: hints go by it.
package struct FailureSetting: Sendable {
  /// Whether no index is asked at all (`--no-index`).
  package var isWithoutIndex = false
  /// Which projects may not be built (`--no-build`): those of which wheels alone may be used.
  package var builds = FormatControl()
  /// The option that gives the cutoff.
  package var cutoffOption = "--exclude-newer"

  package init() {}
}

/// An index that isn't asked for a project's releases as an earlier one has the name.
package struct OtherIndex: Sendable {
  /// The index, without credentials.
  let address: String
  let releases: any ProjectReleases

  package init(address: String, releases: any ProjectReleases) {
    self.address = address
    self.releases = releases
  }
}
