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

/// RFC 3986 §2.1 percent-encoding with the unreserved set of Python's `urllib.parse.quote`.
enum PercentEncoding {
  /// `text` with every byte but letters, digits, `_.-~` and `/` as `%XX`.
  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        bytes.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `text` with every `%XX` decoded; what isn't UTF-8 then becomes U+FFFD.
  static func unquoted(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = hexValue(bytes[index + 1]), let low = hexValue(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
