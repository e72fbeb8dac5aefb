/// How a source tree is built: the `[build-system]` table of its `pyproject.toml` (PEP 518, PEP 517).
///
/// Example: `requires = ["hatchling"]`, `build-backend = "hatchling.build"`.
package struct BuildSystem: Sendable, Hashable {
  /// What the backend needs installed, as written.
  package var requires: [String]
  /// The backend as `module:object`.
  package var backend: String
  /// Directories below the tree, relative to it, that the backend is imported from (PEP 517, "In-tree build backends").
  package var backendPath: [String]

  package init(requires: [String], backend: String, backendPath: [String] = []) {
    self.requires = requires
    self.backend = backend
    self.backendPath = backendPath
  }

  /// What stands in for a missing table or a table without a backend: setuptools run like `setup.py` of old
  /// (PEP 517, "Source trees").
  package static let legacy = BuildSystem(
    requires: ["setuptools >= 40.8.0"], backend: "setuptools.build_meta:__legacy__")
}
