package import PythonPackaging

/// A lockfile of any tool, read for its pins: what `repin check` looks up.
///
/// Nothing in a file is an error that ends the reading. What can't be read is one of ``faults``, and the rest is there.
/// Pins are in the order in which the file has them.
package struct PinnedFile: Sendable, Hashable {
  /// The formats that are read.
  package enum Format: String, Sendable, Hashable, CaseIterable {
    /// Lines `name==version`, as repin, pip-compile and uv write them, and people.
    case requirements
    /// `pylock.toml` and `pylock.NAME.toml` (PEP 751).
    case pylock
    /// `poetry.lock`.
    case poetry
    /// `uv.lock`.
    case uv
    /// `Pipfile.lock`.
    case pipenv
  }

  /// The file as it is shown to people.
  package let path: String
  /// Its format; nil for a file that is no lockfile, which ``faults`` says.
  package internal(set) var format: Format?
  /// The version of the format as the file gives it, `2.1`; nil where it gives none.
  package internal(set) var formatVersion: String?
  /// The Pythons the lockfile is for, on one line, as the tool writes them: `>=3.9`, and of Poetry `^3.10`, too.
  package internal(set) var requiresPython: String?
  /// The Python that the lockfile was compiled with, `3.12`, as the comment at the top of requirements has it.
  package internal(set) var compiledWithPython: Version?
  /// The pins.
  package internal(set) var pins: [FilePin] = []
  /// Requirements files that a line `-r` names. They aren't followed: they are lockfiles of their own.
  package internal(set) var includedFiles: [IncludedFile] = []
  /// What is wrong, by line; no more than ``PinnedFileReader/Limits/faults``.
  package internal(set) var faults: [PinnedFileFault] = []
  /// How many more faults there are than are kept.
  package internal(set) var omittedFaultCount = 0

  /// A file that a line of requirements includes.
  package struct IncludedFile: Sendable, Hashable {
    /// The path as written, fit to be shown.
    package let path: String
    /// The line, from 1.
    package let line: Int
  }

  /// The Pythons as PEP 440 has them; nil where there are none, or Poetry's own notation.
  package var pythonVersions: SpecifierSet? { requiresPython.flatMap { try? SpecifierSet($0) } }

  /// Whether everything the file pins is known: nothing but warnings.
  package var isComplete: Bool { omittedFaultCount == 0 && faults.allSatisfy { $0.severity == .warning } }
}
