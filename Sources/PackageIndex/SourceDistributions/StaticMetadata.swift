import PythonPackaging
import PythonProjects

/// The metadata that a source tree's own files state for good, so that nothing of the tree need be run.
enum StaticMetadata {
  /// The text of core metadata; nil: only a build tells.
  ///
  /// `PKG-INFO` counts from core metadata 2.2 on, where none of what a resolution reads is `Dynamic` (PEP 643). Else the
  /// `[project]` table of `pyproject.toml` counts, where none of it is in `dynamic` (PEP 621, "dynamic"). What can't be
  /// read is passed over: the build will say what is wrong with it.
  ///
  /// - Parameter version: What stands for a dynamic version, as the file's name gives it.
  static func text(pkgInfo: [UInt8]?, pyproject: [UInt8]?, version: Version?) -> [UInt8]? {
    if let pkgInfo, let metadata = try? CoreMetadata(utf8: pkgInfo), metadata.hasStaticDependencies {
      return pkgInfo
    }
    guard let pyproject, let file = try? PyprojectFile(pyproject, file: "pyproject.toml") else { return nil }
    guard let project = try? file.project else { return nil }
    return text(of: project, version: version)
  }

  /// The text of the core metadata that a build of a project would have.
  ///
  /// What an extra asks for has `extra == "…"` behind its own marker, as build backends write it.
  private static func text(of project: Project, version: Version?) -> [UInt8]? {
    guard project.hasStaticDependencies, !project.dynamic.contains("requires-python"),
      let version = project.dynamic.contains("version") ? version : project.version ?? version
    else { return nil }
    var lines = ["Metadata-Version: 2.2", "Name: \(project.writtenName)", "Version: \(version)"]
    if let required = project.requiresPython { lines.append("Requires-Python: \(required)") }
    lines += project.optionalDependencies.map { "Provides-Extra: \($0.name)" }
    lines += project.dependencies.map { "Requires-Dist: \($0.requirement)" }
    for extra in project.optionalDependencies {
      let isAsked = Marker.extra(extra.name)
      for var requirement in extra.requirements.map(\.requirement) {
        requirement.marker = requirement.marker?.and(isAsked) ?? isAsked
        lines.append("Requires-Dist: \(requirement)")
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
