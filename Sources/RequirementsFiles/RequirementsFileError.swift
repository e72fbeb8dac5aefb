import PythonPackaging

/// Why a requirements file can't be read, as data: the place, what was found there, what was expected, and
/// where there is one, what to do about it.
///
/// `description` renders it on one line: `requirements.in:3:1: found …, expected …`.
package struct RequirementsFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault, for programs; people read `description`.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The file (or the page behind a URL) isn't there.
    case missingFile
    /// The file is there and can't be read.
    case unreadableFile
    /// A file is larger than `RequirementsReader.Limits.bytesPerFile`.
    case tooLarge
    /// Files include each other deeper than `RequirementsReader.Limits.depth`.
    case tooDeep
    /// More files are read than `RequirementsReader.Limits.files`.
    case tooManyFiles
    /// A file includes itself, directly or through others.
    case includeCycle
    /// The bytes aren't text in the file's encoding.
    case undecodable
    /// The file declares an encoding that isn't supported (PEP 263).
    case unknownEncoding
    /// The file holds a NUL byte.
    case nulByte
    /// An option that requirements files don't have.
    case unknownOption
    /// An abbreviated option that could be several.
    case ambiguousOption
    /// An option without its value.
    case missingValue
    /// A flag with a value.
    case unexpectedValue
    /// An option's value that can't be.
    case invalidValue
    /// A quote or a backslash that the line ends in.
    case unclosedQuote
    /// Not a requirement (PEP 508).
    case invalidRequirement
    /// Not an environment marker (PEP 508).
    case invalidMarker
    /// A URL that can't be.
    case invalidURL
    /// An `#egg=` fragment that isn't a project name.
    case invalidEggFragment
    /// A URL or a path to a wheel whose file name isn't a wheel's (PEP 427).
    case invalidWheelFilename
    /// A directory without `pyproject.toml` and `setup.py`.
    case notInstallable
    /// An editable that is neither a local project nor a version control URL.
    case invalidEditable
    /// An editable in a constraints file.
    case editableConstraint
    /// A constraint without a name.
    case unnamedConstraint
    /// Something else than a name and its versions in a file of overrides.
    case notAnOverride
  }

  /// Where: the physical line and column.
  package var location: SourceLocation
  /// The kind of fault.
  package var reason: Reason
  /// What stands there, as a phrase: `` `--frobnicate` ``.
  package var found: String
  /// What may stand there, as a phrase: `an option of requirements files`.
  package var expected: String
  /// What would help, where something can be said: `write `==` for one version`.
  package var remedy: String?
  /// The lines that led here, innermost first: each the `-r` or `-c` that includes the next file.
  package var includedFrom: [SourceLocation]

  /// A value of the given parts.
  package init(
    location: SourceLocation, reason: Reason, found: String, expected: String, remedy: String? = nil,
    includedFrom: [SourceLocation] = []
  ) {
    self.location = location
    self.reason = reason
    self.found = found
    self.expected = expected
    self.remedy = remedy
    self.includedFrom = includedFrom
  }

  /// A phrase fit for a message however long the line is that it quotes.
  private static func excerpt(_ phrase: String) -> String {
    let shown = PrintableText.escaped(phrase, limit: 300)
    return phrase.unicodeScalars.count > 300 ? "\(shown)…" : shown
  }

  /// `path:line:column: found …, expected …`, then the including lines; one line, without the remedy.
  package var description: String {
    var text =
      "\(location): found \(Self.excerpt(found)), expected \(Self.excerpt(expected))"
    if !includedFrom.isEmpty {
      text += " (included from \(includedFrom.map(\.description).joined(separator: ", from ")))"
    }
    return text
  }
}
