import Glibc

/// What is below a directory, entry by entry in the order of their paths.
struct UnpackedTree {
  /// A file or a directory.
  struct Entry {
    /// Below the directory, with a slash after a directory's name.
    var path: String
    var mode: mode_t
    /// In whole seconds since 1970.
    var modified: Int
    /// Nil of what isn't a file.
    var contents: [UInt8]?
    /// Nil of what isn't a symbolic link.
    var target: String?
  }

  private(set) var entries: [Entry] = []
  private let root: String

  init(_ directory: String) {
    root = UnpackedTree.real(directory.utf8CString) ?? directory
    walk(directory.utf8CString.dropLast(), prefix: "")
    entries.sort { $0.path < $1.path }
  }

  /// `PATH/` of a directory, `PATH -> TARGET` of a symbolic link, `PATH = TEXT` of a file, with `*` before the sign if
  /// it is executable.
  var lines: [String] {
    entries.map { entry in
      if let target = entry.target { return "\(entry.path) -> \(target)" }
      guard let contents = entry.contents else { return entry.path }
      let mark = entry.mode & 0o100 != 0 ? " *" : ""
      return "\(entry.path)\(mark) = \(String(decoding: contents.prefix(60), as: UTF8.self))"
    }
  }

  // Paths stay bytes, since a tar's names may be of any encoding.
  private mutating func walk(_ directory: ArraySlice<CChar>, prefix: String) {
    guard let stream = opendir(Array(directory) + [0]) else { return }
    defer { closedir(stream) }
    while let found = readdir(stream) {
      let name = withUnsafeBytes(of: found.pointee.d_name) { bytes in
        Array(bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) })
      }
      let text = prefix + String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text == prefix + "." || text == prefix + ".." { continue }
      let path = directory + [CChar(bitPattern: UInt8(ascii: "/"))] + name
      var status = stat()
      guard lstat(Array(path) + [0], &status) == 0 else { continue }
      let mode = status.st_mode & 0o7777
      let modified = status.st_mtim.tv_sec
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        entries.append(Entry(path: text + "/", mode: mode, modified: modified, contents: nil))
        walk(path, prefix: text + "/")
      case S_IFREG:
        let contents = UnpackedTree.read(Array(path) + [0], count: Int(status.st_size))
        entries.append(Entry(path: text, mode: mode, modified: modified, contents: contents))
      case S_IFLNK where isInside(Array(path) + [0]):
        let target = UnpackedTree.target(Array(path) + [0])
        entries.append(Entry(path: text, mode: mode, modified: modified, contents: nil, target: target))
      default: entries.append(Entry(path: text + " (neither)", mode: mode, modified: modified, contents: nil))
      }
    }
  }

  /// Whether a link leads to nothing, or to something in the tree.
  private func isInside(_ link: [CChar]) -> Bool {
    UnpackedTree.real(ContiguousArray(link)).map { $0 == root || $0.hasPrefix("\(root)/") } ?? true
  }

  private static func real(_ path: ContiguousArray<CChar>) -> String? {
    let found: UnsafeMutablePointer<CChar>? = path.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { realpath($0, nil) }
    }
    guard let real = found else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  private static func target(_ link: [CChar]) -> String {
    var buffer = [CChar](repeating: 0, count: 8192)
    let count = readlink(link, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func read(_ path: [CChar], count: Int) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let more = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled)
        if more <= 0 { break }
        filled += more
      }
    }
  }
}
