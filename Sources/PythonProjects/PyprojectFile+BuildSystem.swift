package import PythonPackaging
import TOMLReading

extension PyprojectFile {
  /// The `[build-system]` table (PEP 518, PEP 517); nil if there is none, which stands for ``BuildSystem/legacy``.
  ///
  /// The directories of `backend-path` don't lead out of the project by what is written; a symbolic link among them
  /// still could.
  package var buildSystem: BuildSystem? {
    get throws(ProjectFileError) {
      guard let table = try ProjectTable("build-system", of: root, file: file) else { return nil }
      guard let requires = try table.strings("requires", "requirements") else {
        throw table.missing("requires", expected: "an array of what the build needs")
      }
      _ = try ProjectRequirement.all(requires, file: file)
      return BuildSystem(
        requires: requires.map(\.text), backend: try backend(table) ?? BuildSystem.legacy.backend,
        backendPath: try backendPath(table))
    }
  }

  ///     backend    = identifier ("." identifier)* (":" identifier ("." identifier)*)?
  ///     identifier = (letter | "_") (letter | digit | "_")*      any scalar beyond ASCII counts as a letter
  private func backend(_ table: ProjectTable) throws(ProjectFileError) -> String? {
    guard let backend = try table.string("build-backend") else { return nil }
    let halves = backend.text.split(separator: ":", omittingEmptySubsequences: false)
    let names = halves.flatMap { $0.split(separator: ".", omittingEmptySubsequences: false) }
    guard halves.count <= 2, names.allSatisfy({ Self.isIdentifier($0.unicodeScalars) }) else {
      throw backend.error(
        .invalidBackend, file: file, expected: "a build backend, `module` or `module:object`")
    }
    return backend.text
  }

  private static func isIdentifier(_ scalars: Substring.UnicodeScalarView) -> Bool {
    guard let first = scalars.first, !("0"..."9").contains(first) else { return false }
    return scalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": true
      default: scalar.value >= 0x80 && PrintableText.isPrintable(scalar)
      }
    }
  }

  private func backendPath(_ table: ProjectTable) throws(ProjectFileError) -> [String] {
    let paths = try table.strings("backend-path", "directories") ?? []
    for path in paths where !Self.staysInside(path.text) {
      throw path.error(.invalidBackendPath, file: file, expected: "a directory inside the project")
    }
    return paths.map(\.text)
  }

  /// Whether a relative path, read part by part, never goes above where it starts.
  private static func staysInside(_ path: String) -> Bool {
    if path.utf8.first == UInt8(ascii: "/") { return false }
    var depth = 0
    for part in path.split(separator: "/") where part != "." {
      depth += part == ".." ? -1 : 1
      if depth < 0 { return false }
    }
    return true
  }
}
