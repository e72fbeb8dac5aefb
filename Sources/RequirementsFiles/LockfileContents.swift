package import PythonPackaging

/// A lockfile that exists, read back: its pins, each with its lines, and what surrounds them.
///
/// Reads what repin, pip-compile and uv write, and what people make of it. Nothing is an error: a line that is
/// no pin is kept as `otherLines`. The reading is one pass over the bytes, fit for thousands of revisions.
package struct LockfileContents: Sendable, Hashable {
  /// A pin and the lines it takes.
  package struct Entry: Sendable, Hashable {
    /// The pin. Its origins are in the order written.
    package var pin: LockedPin
    /// The line with the name, from 1.
    package var line: Int
    /// The last line of its hashes and annotation, from 1.
    package var lastLine: Int
    /// Whether it stands below the heading of packages considered unsafe.
    package var isUnsafe: Bool
  }

  /// An option line.
  package struct OptionLine: Sendable, Hashable {
    /// The option in its long spelling: `--index-url`.
    package var name: String
    /// Its value as written; empty for a flag.
    package var value: String
    /// The line, from 1.
    package var line: Int
  }

  /// A line that is neither pin, option nor comment: `flask>=2`.
  package struct OtherLine: Sendable, Hashable {
    /// The line without surrounding space.
    package var text: String
    /// The line, from 1.
    package var line: Int
  }

  /// Who wrote the file, by its header.
  package enum Generator: String, Sendable, Hashable {
    /// repin itself.
    case repin
    /// pip-tools' `pip-compile`.
    case pipCompile = "pip-compile"
    /// `uv pip compile`.
    case uv
  }

  /// The pins in the order written.
  package internal(set) var entries: [Entry] = []
  /// Index, find-links and other options in the order written; `-e` lines are entries.
  package internal(set) var options: [OptionLine] = []
  /// Requirements that aren't pinned, and lines that can't be read.
  package internal(set) var otherLines: [OtherLine] = []
  /// The packages named, not pinned, as unsafe.
  package internal(set) var unsafeNames: [String] = []
  /// Who wrote the file; nil without a known header.
  package internal(set) var generator: Generator?
  /// The Python of the header: `3.11`.
  package internal(set) var headerPython: String?
  /// The command of the header, without `#` and the spaces around it.
  package internal(set) var command: String?
  /// The line end; nil if the file has none.
  package internal(set) var newline: Newline?

  /// Reads the bytes of a lockfile. A byte order mark is honoured; bytes that aren't UTF-8 become U+FFFD.
  package init(_ bytes: [UInt8]) {
    var scanner = LockfileScanner(LockfileContents.decoded(bytes))
    scanner.scan(into: &self)
  }

  /// The pins without their lines.
  package var pins: [LockedPin] { entries.map(\.pin) }

  /// Whether any pin has hashes, so that `pip install` checks them.
  package var hasHashes: Bool { entries.contains { !$0.pin.hashes.isEmpty } }

  /// The entries of a package, in the order written; several where markers divide them.
  package func entries(of name: PackageName) -> [Entry] {
    entries.filter { $0.pin.name == name }
  }

  /// UTF-8 without a byte order mark.
  private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.first, first == 0xEF || first >= 0xFE || first == 0 else { return bytes }
    return (try? SourceText(bytes, file: ""))?.utf8 ?? bytes
  }
}
