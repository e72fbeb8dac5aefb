import PythonPackaging

/// Who asks for a package, as the lockfile's `# via` annotation names it.
///
/// Example: `.requirements("requirements.in")` is shown as `-r requirements.in`, `.package("flask")` as `flask`.
package enum RequirementOrigin: Sendable, Hashable, CustomStringConvertible {
  /// A requirements file, by the path it is shown with; `-` is standard input.
  case requirements(String)
  /// A constraints file, by the path it is shown with.
  case constraints(String)
  /// A file of overrides, by the path it is shown with.
  case overrides(String)
  /// A project's own metadata: the project's name as it writes it, and its file.
  case project(name: String, file: String)
  /// Another pinned package: its normalised name, possibly with extras (`requests[socks]`).
  case package(String)

  /// The text after `# via `, on one line whatever the file is called.
  package var description: String {
    switch self {
    case .requirements(let path): "-r \(PrintableText.escaped(path))"
    case .constraints(let path): "-c \(PrintableText.escaped(path))"
    case .overrides(let path): "--override \(PrintableText.escaped(path))"
    case .project(let name, let file): PrintableText.escaped("\(name) (\(file))")
    case .package(let name): PrintableText.escaped(name)
    }
  }

  /// A path as origins show it: `.` and doubled slashes dropped.
  package static func shownPath(_ path: String) -> String { PosixPath(path).collapsed.text }

  /// A path with `.`, `..` and doubled slashes folded, as far as its text tells.
  package static func normalizedPath(_ path: String) -> String { PosixPath(path).normalized.text }

  /// Reads what `description` writes; anything that isn't one of the other forms is a package.
  package init(_ text: String) {
    if text.hasPrefix("-r ") {
      self = .requirements(String(text.dropFirst(3)))
    } else if text.hasPrefix("-c ") {
      self = .constraints(String(text.dropFirst(3)))
    } else if text.hasPrefix("--override ") {
      self = .overrides(String(text.dropFirst("--override ".count)))
    } else if text.utf8.last == UInt8(ascii: ")"), let open = text.lastIndex(of: "("),
      text[..<open].last == " "
    {
      self = .project(
        name: String(text[..<open].dropLast()), file: String(text[text.index(after: open)...].dropLast()))
    } else {
      self = .package(text)
    }
  }
}
