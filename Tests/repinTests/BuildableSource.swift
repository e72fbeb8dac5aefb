import IndexServer
import TestSupport

/// A source distribution of `skiff` that only a build tells of, by a backend in its own tree.
enum BuildableSource {
  static let system = "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n"

  /// A backend that writes how often it was asked beside the home directory's files, then what it needs.
  static func backend(_ version: String = "1.0", body: String = "") -> String {
    """
    import os

    def get_requires_for_build_wheel(settings=None):
        return []

    def prepare_metadata_for_build_wheel(directory, settings=None):
        with open(os.path.join(os.path.expanduser("~"), "builds.log"), "a") as log:
            log.write("built\\n")
    \(body.isEmpty ? "" : body.split(separator: "\n").map { "    \($0)\n" }.joined())
        folder = os.path.join(directory, "skiff-\(version).dist-info")
        os.mkdir(folder)
        with open(os.path.join(folder, "METADATA"), "w") as file:
            file.write("Metadata-Version: 2.1\\nName: skiff\\nVersion: \(version)\\nRequires-Dist: six\\n")
        return os.path.basename(folder)
    """
  }

  /// A source distribution that only a build of it knows.
  static func archive(_ version: String = "1.0", body: String = "") -> ServedFile {
    .source(
      "skiff", version, files: ["pyproject.toml": system, "backend.py": backend(version, body: body)])
  }
}
