import PythonPackaging

/// A change of one file as `git apply` takes it, byte for byte.
///
/// What can't be shown as it is (control characters, marks that turn the direction of text, passwords, what a workflow's
/// runner would obey) can't be escaped either, since then the patch would be another: such a patch is refused.
package struct FilePatch: Sendable, Hashable {
  /// Why there is no patch.
  package enum Refusal: Error, Hashable {
    /// The path is absolute, leads out of the directory, or isn't there.
    case path(String)
    /// A text isn't UTF-8.
    case encoding(path: String)
    /// The first line that can't be shown, from 1, and what is wrong with it.
    case line(Int, isOld: Bool, path: String, Fault)

    package enum Fault: Sendable, Hashable {
      case control(Unicode.Scalar)
      case password
      case command
    }
  }

  /// The patch, with a line end behind its last line; empty if nothing changes.
  package let text: String

  /// - Parameters:
  ///   - path: relative to where `git apply` is run.
  ///   - old: nil if there was no file.
  ///   - new: nil if there is none any more.
  /// - Throws: ``Refusal``
  package init(path: String, old: [UInt8]?, new: [UInt8]?) throws(Refusal) {
    guard old != new else {
      text = ""
      return
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.isEmpty, parts.allSatisfy({ !["", ".", "..", ".git"].contains($0.lowercased()) }) else {
      throw .path(OutsideText.path(path))
    }
    let (before, after) = (try Self.lines(of: old, path), try Self.lines(of: new, path))
    let (oldName, newName) = (GitPath("a/" + path), GitPath("b/" + path))
    var lines = ["diff --git \(oldName.text) \(newName.text)"]
    if old == nil { lines.append("new file mode 100644") }
    if new == nil { lines.append("deleted file mode 100644") }
    let hunks = DiffHunk.all(of: LineScript(from: before, to: after).steps)
    if !hunks.isEmpty {
      lines.append("--- \(old == nil ? "/dev/null" : oldName.text)")
      lines.append("+++ \(new == nil ? "/dev/null" : newName.text)")
    }
    for hunk in hunks {
      lines.append(hunk.heading)
      for step in hunk.steps {
        switch step {
        case .kept(let place, _): try Self.add(" ", before, place, isOld: true, path, to: &lines)
        case .removed(let place): try Self.add("-", before, place, isOld: true, path, to: &lines)
        case .added(let place): try Self.add("+", after, place, isOld: false, path, to: &lines)
        }
      }
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func add(
    _ mark: String, _ texts: [ArraySlice<UInt8>], _ place: Int, isOld: Bool, _ path: String,
    to lines: inout [String]
  ) throws(Refusal) {
    let isEnded = texts[place].last == UInt8(ascii: "\n")
    let line = mark + String(decoding: isEnded ? texts[place].dropLast() : texts[place], as: UTF8.self)
    if let fault = fault(in: line) {
      throw .line(place + 1, isOld: isOld, path: OutsideText.path(path), fault)
    }
    lines.append(line)
    if !isEnded { lines.append("\\ No newline at end of file") }
  }

  private static func fault(in line: String) -> Refusal.Fault? {
    // A line may end with CR, as those of Windows do.
    let shown = line.unicodeScalars.last == "\r" ? line.unicodeScalars.dropLast() : line.unicodeScalars[...]
    if let scalar = shown.first(where: { !PrintableText.isPrintable($0) && $0 != "\t" }) {
      return .control(scalar)
    }
    let text = String(String.UnicodeScalarView(shown))
    if text.utf8.contains(UInt8(ascii: "@")), URLCredentials.redacted(within: text) != text {
      return .password
    }
    return WorkflowText.inert(text) == text ? nil : .command
  }

  /// The lines with their ends, as bytes: texts that Unicode holds equal aren't the same to git.
  private static func lines(of bytes: [UInt8]?, _ path: String) throws(Refusal) -> [ArraySlice<UInt8>] {
    guard let bytes, !bytes.isEmpty else { return [] }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .encoding(path: OutsideText.path(path))
    }
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(bytes[start...end])
      start = end + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}

extension FilePatch.Refusal: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String { WorkflowText.inert(words) }

  private var words: String {
    switch self {
    case .path(let path):
      "no patch can be made for `\(path)`: found a path that leads out of the directory, expected one below it; "
        + "run `repin diff` where the file is"
    case .encoding(let path):
      "\(path): found bytes that aren't UTF-8, expected UTF-8; `--format text` shows the pins"
    case .line(let line, let isOld, let path, let fault):
      "\(path):\(line): found \(fault.words) in the \(isOld ? "old" : "new") file, which a patch would have to show; "
        + "remove it there, or use `--format text`"
    }
  }
}

extension FilePatch.Refusal.Fault {
  fileprivate var words: String {
    switch self {
    case .control(let scalar):
      "the control character U+\(String(scalar.value, radix: 16, uppercase: true))"
    case .password: "a password"
    case .command: "a command to a workflow's runner"
    }
  }
}

/// A path as git writes it into a patch: in quotes, with octal escapes, where it isn't plain.
private struct GitPath {
  let text: String

  init(_ path: String) {
    // A blank would end the name; git puts a tab behind it then, a control character.
    let isPlain = path.utf8.allSatisfy { (0x21..<0x7F).contains($0) && $0 != 0x22 && $0 != 0x5C }
    let isQuoted = !isPlain || WorkflowText.inert(path) != path
    guard isQuoted else {
      text = path
      return
    }
    var quoted = "\""
    for byte in path.utf8 {
      switch byte {
      case 0x22, 0x5C: quoted += "\\" + String(UnicodeScalar(byte))
      // A `#` could be a command's, an `@` a name's.
      case 0x23, 0x40, ..<0x20, 0x7F...: quoted += "\\" + octal(byte)
      default: quoted.unicodeScalars.append(UnicodeScalar(byte))
      }
    }
    text = quoted + "\""
  }
}

private func octal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 8)
  return String(repeating: "0", count: 3 - digits.count) + digits
}
