/// What a source tree can be built into (PEP 517; PEP 660 for `editable`).
package enum BuildTarget: String, Sendable, Hashable, CaseIterable {
  case wheel
  case sdist
  case editable

  /// The backend's hook that says what building this needs beyond the build system's own requirements.
  var requirementsHook: String { "get_requires_for_build_\(rawValue)" }
}
