import PythonPackaging
package import TOMLReading

/// Why a project's own file can't be read, as data: the place, what was found there, what was expected, and where
/// there is one, what to do about it.
///
/// `description` renders it on one line: `pyproject.toml:12:5: found …, expected …`.
package struct ProjectFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault, for programs; people read `description`.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The file isn't TOML, or more of it than is read.
    case invalidTOML
    /// A value of another type than its field has.
    case wrongType
    /// A table without a field that it must have.
    case missingField
    /// `name` among the dynamic fields (PEP 621).
    case dynamicName
    /// A name that no project, extra or group may have.
    case invalidName
    /// Two extras or groups whose names are one when normalised (PEP 685, PEP 735).
    case duplicateName
    /// A version that isn't PEP 440's.
    case invalidVersion
    /// A requirement that isn't PEP 508's.
    case invalidRequirement
    /// Python versions that aren't PEP 440's specifiers.
    case invalidPythonVersions
    /// A build backend that isn't `module:object` (PEP 517).
    case invalidBackend
    /// A directory of the build backend outside the project (PEP 517).
    case invalidBackendPath
    /// An item of a dependency group that is neither requirement nor include (PEP 735).
    case invalidGroupItem
    /// A dependency group that isn't there, asked for by an include or by the caller.
    case unknownGroup
    /// A dependency group that includes itself, directly or through others.
    case groupCycle
  }

  /// The file as it is shown to people.
  package var file: String
  /// Where in the file.
  package var place: TOMLPlace
  /// The kind of fault.
  package var reason: Reason
  /// What stands there, as a phrase: `an integer`.
  package var found: String
  /// What may stand there, as a phrase: `a string`.
  package var expected: String
  /// What would help, where something can be said: `write `==` for one version`.
  package var remedy: String?
  /// The names that could have been meant; for `unknownGroup` those of the groups there are, from which the caller may
  /// offer the nearest.
  package var known: [String]

  /// A value of the given parts.
  package init(
    file: String, place: TOMLPlace, reason: Reason, found: String, expected: String, remedy: String? = nil,
    known: [String] = []
  ) {
    self.file = file
    self.place = place
    self.reason = reason
    self.found = found
    self.expected = expected
    self.remedy = remedy
    self.known = known
  }

  /// `path:line:column: found …, expected …` on one line, without the remedy.
  package var description: String {
    let shown = [file, found, expected].map { PrintableText.escaped($0) }
    return "\(shown[0]):\(place): found \(shown[1]), expected \(shown[2])"
  }
}
