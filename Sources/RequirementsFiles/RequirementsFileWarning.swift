import PythonPackaging

/// Something pip passes over in silence and repin says: the file is read, but not all that is written counts.
package struct RequirementsFileWarning: Sendable, Hashable, CustomStringConvertible {
  /// The kinds of warning.
  package enum Kind: String, Sendable, Hashable {
    /// Text after an option that pip never looks at: the marker in `-e ./pkg ; python_version > "3"`.
    case ignoredText
    /// An option without effect on a requirement's line, or beside an include.
    case ignoredOption
    /// `--hash` without a requirement.
    case hashWithoutRequirement
    /// An archive's path that names no file.
    case missingArchive
    /// A password or a token written out in the file; the lockfile leaves it out.
    case literalCredential
  }
  /// Where it is written.
  package var location: SourceLocation
  /// The kind of warning.
  package var kind: Kind
  /// The text it is about, with credentials redacted.
  package var text: String

  /// A value of the given parts.
  package init(location: SourceLocation, kind: Kind, text: String) {
    self.location = location
    self.kind = kind
    self.text = text
  }

  /// `path:line:column: …` on one line.
  package var description: String {
    let subject = "`\(PrintableText.escaped(text))`"
    let sentence =
      switch kind {
      case .ignoredText: "\(subject) is ignored, as pip does"
      case .ignoredOption: "\(subject) has no effect on this line"
      case .hashWithoutRequirement: "\(subject) belongs to no requirement and is ignored"
      case .missingArchive: "\(subject) looks like an archive, and there is no such file"
      case .literalCredential: "\(subject) holds a credential; write it as `${VARIABLE}`"
      }
    return "\(location): \(sentence)"
  }
}
