/// What has to be installed before a source tree can be built, as written.
package struct BuildRequirements: Sendable, Hashable {
  /// What the build system asks for (`requires` in `pyproject.toml`).
  package var requires: [String]
  /// What the backend asks for beyond that, by what is to be built; a target that wasn't asked about is missing.
  package var byTarget: [BuildTarget: [String]]

  package init(requires: [String], byTarget: [BuildTarget: [String]]) {
    self.requires = requires
    self.byTarget = byTarget
  }
}
