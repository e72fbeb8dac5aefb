import PythonPackaging

/// Where an entry goes, below the directory that an archive is unpacked to.
///
/// No component is empty, `.` or `..`, or has a slash, NUL or another control character in it; the directory itself has
/// none. They are bytes, since a tar's names may be of any encoding. Example: `./a//b` is `a`, `b`.
struct EntryPath: Sendable, Hashable, CustomStringConvertible {
  /// From the top down.
  let components: [[UInt8]]

  /// - Throws: `.refusedName`
  init(
    _ name: [UInt8], in format: SourceArchive.Format, limits: SourceArchive.Limits
  ) throws(SourceArchiveError) {
    var components: [[UInt8]] = []
    var problem: SourceArchiveError.NameProblem?
    if name.count > limits.pathBytes {
      problem = .tooLong(limit: limits.pathBytes)
    } else if name.contains(where: { $0 < 0x20 || $0 == 0x7f }) {
      problem = .controlCharacter
    } else if name.first == UInt8(ascii: "/") {
      problem = .absolute
    } else if format == .zip && name.contains(UInt8(ascii: "\\")) {
      problem = .backslash
    } else if format == .zip && EntryPath.hasDriveLetter(name) {
      problem = .driveLetter
    } else {
      for component in name.split(separator: UInt8(ascii: "/")) where !component.elementsEqual(".".utf8) {
        if component.elementsEqual("..".utf8) { problem = .leavesTree }
        components.append(Array(component))
      }
      if components.count > limits.depth { problem = problem ?? .tooDeep(limit: limits.depth) }
    }
    if let problem { throw .refusedName(entry: EntryPath.printable(name), problem: problem) }
    self.components = components
  }

  /// For messages.
  var description: String { EntryPath.printable(Array(components.joined(separator: "/".utf8))) }

  private static func hasDriveLetter(_ name: [UInt8]) -> Bool {
    guard name.count >= 2, name[1] == UInt8(ascii: ":") else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(name[0] | 0x20)
  }

  private static func printable(_ name: [UInt8]) -> String {
    PrintableText.escaped(String(decoding: name.prefix(1000), as: UTF8.self), limit: 200)
  }
}
