/// A POSIX path as text, with the operations of Python's `os.path` and `pathlib` that pip and pip-tools apply
/// to the paths they print, so that repin prints the same ones. Nothing here looks at a file system.
struct PosixPath: Sendable, Hashable {
  /// The path as written.
  let text: String

  init(_ text: String) {
    self.text = text
  }

  var isAbsolute: Bool { text.utf8.first == UInt8(ascii: "/") }

  /// `os.path.dirname`: `sub/a.in` → `sub`, `a.in` → the empty string.
  var directory: String {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    var head = text[...slash]
    while head.utf8.last == UInt8(ascii: "/") { head.removeLast() }
    return head.isEmpty ? String(text[...slash]) : String(head)
  }

  /// `os.path.basename`: what follows the last slash.
  var lastComponent: String {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return text }
    return String(text[text.utf8.index(after: slash)...])
  }

  /// `os.path.join(self, other)`: un-normalised; an absolute `other` stands alone.
  func joined(_ other: String) -> PosixPath {
    if PosixPath(other).isAbsolute || text.isEmpty { return PosixPath(other) }
    return PosixPath(text.utf8.last == UInt8(ascii: "/") ? text + other : "\(text)/\(other)")
  }

  /// `os.path.normpath`: `.` and doubled slashes dropped, `..` folded where it can be.
  var normalized: PosixPath {
    let root = rootSlashes
    var kept: [Substring] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = kept.last, last != ".." {
        kept.removeLast()
      } else if part != ".." || root.isEmpty {
        kept.append(part)
      }
    }
    let joined = root + kept.joined(separator: "/")
    return PosixPath(joined.isEmpty ? "." : joined)
  }

  /// `pathlib.PurePosixPath(self).as_posix()`: `.` and doubled slashes dropped, `..` kept.
  var collapsed: PosixPath {
    let parts = text.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
    let joined = rootSlashes + parts.joined(separator: "/")
    return PosixPath(joined.isEmpty ? "." : joined)
  }

  /// `os.path.abspath` with `directory` as the working directory.
  func absolute(in directory: String) -> PosixPath {
    PosixPath(directory).joined(text).normalized
  }

  /// `os.path.relpath(self, base)`; both must be absolute.
  func relative(to base: String) -> PosixPath {
    let own = normalized.text.split(separator: "/")
    let other = PosixPath(base).normalized.text.split(separator: "/")
    let common = zip(own, other).prefix { $0.0 == $0.1 }.count
    let parts = Array(repeating: "..", count: other.count - common) + own.dropFirst(common).map(String.init)
    return PosixPath(parts.isEmpty ? "." : parts.joined(separator: "/"))
  }

  /// The extension as pip splits it: `.tar` goes with what follows it (`a-1.tar.gz` → `.tar.gz`).
  var archiveExtension: String {
    let name = lastComponent
    // posixpath.splitext: leading dots begin a name, they don't end one
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")),
      name.utf8[..<dot].contains(where: { $0 != UInt8(ascii: ".") })
    else { return "" }
    let base = name[..<dot]
    let suffix = String(name[dot...])
    return base.utf8.count >= 4 && base.suffix(4).lowercased() == ".tar"
      ? String(base.suffix(4)) + suffix : suffix
  }

  /// Whether pip takes the name for an archive's (`pip._internal.utils.filetypes`).
  var isArchive: Bool { Self.archiveExtensions.contains(archiveExtension.lowercased()) }

  static let archiveExtensions = [
    ".zip", ".whl", ".tar.bz2", ".tbz", ".tar.gz", ".tgz", ".tar", ".tar.xz", ".txz", ".tlz", ".tar.lz",
    ".tar.lzma",
  ]

  /// `path_to_url`: the absolute, normalised path as a `file:` URL with its parts percent-encoded.
  func fileURL(in directory: String) -> String {
    "file://" + PercentEncoding.quoted(absolute(in: directory).text)
  }

  private var rootSlashes: String {
    let slashes = text.utf8.prefix { $0 == UInt8(ascii: "/") }.count
    // POSIX lets exactly two leading slashes mean something of their own
    return slashes == 0 ? "" : slashes == 2 ? "//" : "/"
  }
}
