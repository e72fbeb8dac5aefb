package import TOMLReading

/// A `pyproject.toml`: what a Python project says of itself, of how it is built, and of the tools around it.
///
/// Each part is read when it is asked for, so that a fault in one table doesn't keep anyone from another: a `[project]`
/// without a name, which is there for a linter's sake, is no fault of `[tool.repin]`.
///
///     let file = try PyprojectFile(bytes, file: "pyproject.toml")
///     if let project = try file.project { print(project.dependencies) }
package struct PyprojectFile: Sendable {
  /// The file as it is shown to people.
  package let file: String
  /// The whole document.
  package let root: TOMLTable

  /// Reads the TOML.
  ///
  /// - Parameter file: How messages show the file.
  package init(_ bytes: [UInt8], file: String) throws(ProjectFileError) {
    self.file = file
    do {
      root = try TOMLDocument(bytes).root
    } catch {
      throw ProjectFileError(
        file: file, place: error.place, reason: .invalidTOML, found: error.found, expected: error.expected)
    }
  }

  /// The table `[tool.name]`; nil if there is none.
  package func tool(_ name: String) -> TOMLTable? {
    guard case .table(let tools)? = root["tool"], case .table(let table)? = tools[name] else { return nil }
    return table
  }
}
