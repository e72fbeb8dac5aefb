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
  }

  private(set) var entries: [Entry] = []

  init(_ directory: String) {
    walk(directory.utf8CString.dropLast(), prefix: "")
    entries.sort { $0.path < $1.path }
  }

  /// `PATH/` of a directory, `PATH = TEXT` of a file, with `*` before the sign if it is executable.
  var lines: [String] {
    entries.map { entry in
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
      default: entries.append(Entry(path: text + " (neither)", mode: mode, modified: modified, contents: nil))
      }
    }
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
