import PackageIndex

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file system, as much of it as the commands need.
enum Files {
  /// Why a file can't be read or written.
  enum Failure: Error, Sendable, Hashable {
    case missing
    case isDirectory
    /// Neither a file nor a directory: a named pipe, a device.
    case isIrregular
    case tooLarge(limit: Int)
    /// The system's error number.
    case system(Int32)

    /// A phrase: `permission denied`.
    var reason: String {
      switch self {
      case .missing: "no such file"
      case .isDirectory: "it is a directory"
      case .isIrregular: "it is no regular file"
      case .tooLarge(let limit): "it is larger than \(limit) bytes"
      case .system(EMFILE):
        "too many files are open"
          + (OpenFileLimit.current.map { ": \($0) (`ulimit -n` raises that)" } ?? "")
      case .system(let number): String(cString: strerror(number))
      }
    }
  }

  /// What a path leads to, symbolic links followed.
  struct Status: Sendable, Hashable {
    let isDirectory: Bool
    /// A file with contents of its own: no directory, device, pipe or socket.
    let isRegular: Bool
    let isExecutable: Bool
    let device: UInt64
    let node: UInt64
    /// In bytes.
    let size: Int64
    /// The last change of the contents, in nanoseconds since 1970.
    let modified: Int64
    /// The permission bits.
    let mode: UInt32
  }

  static var workingDirectory: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// What a path leads to; nil: nothing, or nothing that may be seen.
  static func status(of path: String) -> Status? {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    return Status(
      isDirectory: found.st_mode & S_IFMT == S_IFDIR, isRegular: found.st_mode & S_IFMT == S_IFREG,
      isExecutable: access(path, X_OK) == 0,
      device: UInt64(found.st_dev), node: UInt64(found.st_ino), size: Int64(found.st_size),
      modified: Int64(found.st_mtim.tv_sec) * 1_000_000_000 + Int64(found.st_mtim.tv_nsec),
      mode: UInt32(found.st_mode & 0o7777))
  }

  /// The path with symbolic links, `.` and `..` resolved; nil if it leads to nothing.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether something has this name, be it a link that leads nowhere.
  static func exists(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0
  }

  /// Whether it is a directory itself, and no link to one.
  static func isDirectoryItself(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }

  /// What is in a directory, ascending by name; nil where it can't be read.
  static func entries(in directory: String) -> [(name: RawName, isDirectory: Bool)]? {
    guard let stream = opendir(directory) else { return nil }
    defer { closedir(stream) }
    var entries: [(name: RawName, isDirectory: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { RawName($0) }
      }
      if name.text == "." || name.text == ".." { continue }
      entries.append((name, Int(entry.pointee.d_type) == Int(DT_DIR)))
    }
    return entries.sorted { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
  }

  /// The names in a directory that are UTF-8, ascending; nil where it can't be read.
  static func names(in directory: String) -> [String]? { entries(in: directory)?.compactMap(\.name.text) }

  /// The whole contents of a file, or of standard input for `-`.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .missing : .system(errno) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      if count == 0 { return contents }
      if count < 0 {
        if errno == EINTR { continue }
        throw errno == EISDIR ? .isDirectory : .system(errno)
      }
      guard contents.count + count <= limit else { throw .tooLarge(limit: limit) }
      contents += buffer[..<count]
    }
  }

  /// The bytes of a regular file, or of what a shell puts at `/dev/fd/N` for a command's output: no other pipe, which may
  /// have nobody at its other end, is waited for.
  static func readRegular(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    if let status = status(of: path), !status.isRegular, !status.isDirectory,
      !["/dev/fd/", "/proc/", "/dev/stdin"].contains(where: { path.hasPrefix($0) })
    {
      throw .isIrregular
    }
    return try read(path, limit: limit)
  }

  /// The first bytes of a file, fewer if it is shorter.
  static func head(of path: String, count: Int) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: count)
    let found = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0) }
    guard found >= 0 else { throw .system(errno) }
    return Array(buffer.prefix(found))
  }

  /// Puts a file in place whole or not at all: written beside it, brought to the disk, renamed over it.
  ///
  /// A symbolic link stays, and what it leads to is replaced; permissions stay as they are. A device or a pipe is written
  /// to.
  ///
  /// - Parameter interruption: kept from cutting this in two; nil: the caller holds it.
  static func replace(
    _ path: String, with contents: [UInt8], undisturbedBy interruption: Interruption?
  ) throws(Failure) {
    let target = resolved(path) ?? linkTarget(of: path) ?? path
    let existing = status(of: target)
    if existing?.isDirectory == true { throw .isDirectory }
    if existing?.isRegular == false {
      interruption?.wrote()
      try write(contents, into: target)
      return
    }
    let mode = existing?.mode
    let slash = target.lastIndex(of: "/")
    let directory = slash.map { String(target[...$0]) } ?? ""
    let name = slash.map { target[target.index(after: $0)...] } ?? target[...]
    func put() throws(Failure) {
      var template = Array("\(directory).\(name).XXXXXX".utf8CString)
      let descriptor = template.withUnsafeMutableBufferPointer { pointer in
        pointer.baseAddress.map { mkstemp($0) } ?? -1
      }
      guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .system(errno) }
      let temporary = template.withUnsafeBufferPointer { pointer in
        pointer.baseAddress.map { String(cString: $0) } ?? ""
      }
      do throws(Failure) {
        defer { close(descriptor) }
        try write(contents, to: descriptor)
        guard fchmod(descriptor, mode_t(mode ?? 0o666 & ~creationMask())) == 0, fsync(descriptor) == 0 else {
          throw .system(errno)
        }
      } catch {
        unlink(temporary)
        throw error
      }
      guard rename(temporary, target) == 0 else {
        let number = errno
        unlink(temporary)
        throw .system(number)
      }
      interruption?.wrote()
      // So that the new name is on the disk too; a file system that can't is none the worse.
      let parent = open(directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if parent >= 0 {
        _ = fsync(parent)
        close(parent)
      }
    }
    if let interruption { try interruption.held(put) } else { try put() }
  }

  /// Takes a file away; what a symbolic link leads to is taken, and the link stays.
  static func remove(_ path: String) throws(Failure) {
    guard unlink(resolved(path) ?? path) == 0 else { throw errno == ENOENT ? .missing : .system(errno) }
  }

  /// What a symbolic link that leads to nothing yet says it leads to.
  private static func linkTarget(of path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { buffer in
        buffer.baseAddress.map { readlink(path, $0, buffer.count) } ?? -1
      }
    }
    guard count > 0, count < buffer.count else { return nil }
    let target = String(decoding: buffer[..<count], as: UTF8.self)
    if target.hasPrefix("/") { return target }
    return path.lastIndex(of: "/").map { path[...$0] + target } ?? target
  }

  /// Writes into what is there and keeps no contents: a device, a pipe.
  private static func write(_ contents: [UInt8], into path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno) }
    defer { close(descriptor) }
    try write(contents, to: descriptor)
  }

  private static func write(_ contents: [UInt8], to descriptor: Int32) throws(Failure) {
    var rest = contents[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw .system(errno)
      }
    }
  }

  private static func creationMask() -> UInt32 {
    let mask = umask(0)
    umask(mask)
    return UInt32(mask)
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
