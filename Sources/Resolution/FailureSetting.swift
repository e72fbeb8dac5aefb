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
