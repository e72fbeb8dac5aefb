package import PythonPackaging
package import TOMLReading

/// What a project says of itself in the `[project]` table of its `pyproject.toml` (PEP 621), as far as pinning needs
/// it.
///
/// A field that is dynamic is left to the build backend; what the table says of it all the same doesn't count.
package struct Project: Sendable, Hashable {
  /// An extra with what it asks for.
  package struct Extra: Sendable, Hashable {
    /// The extra.
    package let name: ExtraName
    /// Its name as written.
    package let writtenName: String
    /// Where its name stands.
    package let place: TOMLPlace
    /// What it asks for, in the order written.
    package let requirements: [ProjectRequirement]
  }

  /// The project.
  package let name: PackageName
  /// `name` as written.
  package let writtenName: String
  /// Where the name stands.
  package let place: TOMLPlace
  /// The version; nil if it is not given.
  package let version: Version?
  /// The Pythons the project runs on; nil if every Python will do.
  package let requiresPython: SpecifierSet?
  /// The fields that only the build backend knows: those that the table lists, and those that Poetry takes from its own
  /// table unasked; see `PyprojectFile.project`.
  package let dynamic: Set<String>
  /// What the project asks for, in the order written.
  package let dependencies: [ProjectRequirement]
  /// The extras, in the order written, each once.
  package let optionalDependencies: [Extra]

  /// Whether the table tells all that the project and its extras ask for.
  package var hasStaticDependencies: Bool {
    dynamic.isDisjoint(with: ["dependencies", "optional-dependencies"])
  }

  /// The extra of this name; nil if there is none.
  package func extra(_ name: ExtraName) -> Extra? {
    optionalDependencies.first { $0.name == name }
  }
}
