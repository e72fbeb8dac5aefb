import PythonPackaging
package import RequirementsFiles

/// Something wrong in a lockfile, as data: the place, what was found there, what was expected, what isn't read because of
/// it, and what to do.
///
/// `description` renders it on one line: `uv.lock:12:1: found …, expected …`.
package struct PinnedFileFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What a fault means for the pins.
  package enum Severity: String, Sendable, Hashable {
    /// All pins are known nevertheless, as far as can be told.
    case warning
    /// Something that the file pins, or ought to, isn't known.
    case error
  }

  /// The kinds of fault, for programs; people read `description`.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The file is larger than is read.
    case tooLarge
    /// The file has more pins than are read.
    case tooManyPins
    /// The file isn't text.
    case binary
    /// Bytes that aren't text in the file's encoding.
    case encoding
    /// The file is something else, such as a project's requirements.
    case notALockfile
    /// A version of the format that isn't known.
    case formatVersion
    /// The markers of a merge that nobody has finished.
    case mergeConflict
    /// What the format's grammar doesn't have: TOML or JSON that breaks, half a line.
    case syntax
    /// A value of another type than the format has.
    case wrongType
    /// A name, a version, a section or another thing that must be there.
    case missingField
    /// A text that is no name of a package.
    case invalidName
    /// A text that is no version of PEP 440.
    case invalidVersion
    /// A text that is no environment marker.
    case invalidMarker
    /// A hash that is cut short.
    case invalidHash
    /// A requirement that allows more than one version.
    case unpinned
    /// A package at two versions for the same environment.
    case contradiction
  }

  /// Where: the line is in the file.
  package let location: SourceLocation
  /// What it means for the pins.
  package let severity: Severity
  /// The kind of fault.
  package let reason: Reason
  /// What stands there, as a phrase.
  package let found: String
  /// What may stand there, as a phrase.
  package let expected: String
  /// What isn't read because of it, as a phrase: ``the package `flask` ``.
  package let unread: String?
  /// What would help, where something can be said.
  package let remedy: String?

  /// `path:line:column: found …, expected …; … isn't read` on one line, without the remedy.
  package var description: String { "\(location): \(sentence)" }

  /// The same without the place: `found …, expected …; … isn't read`.
  package var sentence: String {
    let text =
      "found \(PrintableText.excerpt(found, limit: 300)), "
      + "expected \(PrintableText.excerpt(expected, limit: 300))"
    return unread.map { "\(text); \(PrintableText.excerpt($0, limit: 200)) isn't read" } ?? text
  }
}
