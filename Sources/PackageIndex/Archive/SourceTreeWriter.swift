#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes files and directories below one directory, and can't leave it: each component of a path is opened by itself,
/// from the directory above, and never through a link.
struct SourceTreeWriter: ~Copyable {
  private let root: Int32
  /// The directories from the root down to where the last entry went: the next mostly goes there too.
  private var opened: [(name: [UInt8], descriptor: Int32)] = []

  /// - Throws: `.machineFailure` if there is no such directory.
  init(directory: String) throws(SourceArchiveError) {
    root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw .machineFailure(entry: directory, reason: errnoPhrase(errno)) }
  }

  deinit {
    for directory in opened { close(directory.descriptor) }
    close(root)
  }

  /// Makes a directory, and what is missing above it; it may be there.
  mutating func makeDirectory(_ path: EntryPath) throws(SourceArchiveError) {
    _ = try enter(path.components[...], for: path)
  }

  /// Makes a file, in place of an earlier one, and the directories that are missing above it.
  mutating func makeFile(_ path: EntryPath) throws(SourceArchiveError) -> NewFile {
    guard let name = path.components.last else { throw .conflict(entry: path.description) }
    let parent = try enter(path.components.dropLast(), for: path)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    var descriptor = name.withCPath { openat(parent, $0, flags, 0o644) }
    if descriptor < 0 && errno == EEXIST {
      var status = stat()
      guard name.withCPath({ fstatat(parent, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0,
        status.st_mode & S_IFMT == S_IFREG
      else { throw .conflict(entry: path.description) }
      _ = name.withCPath { unlinkat(parent, $0, 0) }
      descriptor = name.withCPath { openat(parent, $0, flags, 0o644) }
    }
    guard descriptor >= 0 else { throw .unwritable(path.description, errorNumber: errno) }
    return NewFile(descriptor: descriptor, path: path)
  }

  /// Makes a link where nothing is, and the directories that are missing above it.
  mutating func makeLink(_ link: ArchiveLinks.Link) throws(SourceArchiveError) {
    guard let name = link.path.components.last else { throw .conflict(entry: link.path.description) }
    let status: Int32
    if let file = link.file {
      status = try makeHardLink(link.path, name, to: file)
    } else {
      let parent = try enter(link.path.components.dropLast(), for: link.path)
      status = link.target.withCPath { target in name.withCPath { symlinkat(target, parent, $0) } }
    }
    guard status == 0 else {
      if errno == EEXIST { throw .conflict(entry: link.path.description) }
      throw .unwritable(link.path.description, errorNumber: errno)
    }
  }

  private mutating func makeHardLink(
    _ path: EntryPath, _ name: [UInt8], to file: EntryPath
  ) throws(SourceArchiveError) -> Int32 {
    let noFile = SourceArchiveError.refusedLink(entry: path.description, kind: .hardLink, problem: .noFile)
    guard let fileName = file.components.last, let folder = existing(file.components.dropLast()) else {
      throw noFile
    }
    defer { close(folder) }
    var status = stat()
    guard fileName.withCPath({ fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { throw noFile }
    let parent = try enter(path.components.dropLast(), for: path)
    return fileName.withCPath { old in name.withCPath { linkat(folder, old, parent, $0, 0) } }
  }

  /// A new descriptor of a directory that is there, reached by no link.
  private func existing(_ names: ArraySlice<[UInt8]>) -> Int32? {
    var directory = dup(root)
    for name in names where directory >= 0 {
      let next = name.withCPath { openat(directory, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
      close(directory)
      directory = next
    }
    return directory >= 0 ? directory : nil
  }

  /// The descriptor of a directory, which is made if it is missing.
  private mutating func enter(
    _ names: ArraySlice<[UInt8]>, for path: EntryPath
  ) throws(SourceArchiveError) -> Int32 {
    let common = zip(opened, names).prefix { $0.name == $1 }.count
    while opened.count > common { close(opened.removeLast().descriptor) }
    for name in names.dropFirst(common) {
      let parent = opened.last?.descriptor ?? root
      let isNew = name.withCPath { mkdirat(parent, $0, 0o755) } == 0
      guard isNew || errno == EEXIST else {
        throw .unwritable(path.description, errorNumber: errno)
      }
      let descriptor = name.withCPath {
        openat(parent, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      guard descriptor >= 0 else {
        if errno == ENOTDIR || errno == ELOOP { throw .conflict(entry: path.description) }
        throw .unwritable(path.description, errorNumber: errno)
      }
      opened.append((name, descriptor))
      // Whatever the process's mask is: a wheel that is built from the tree has these modes in it.
      if isNew { fchmod(descriptor, 0o755) }
    }
    return opened.last?.descriptor ?? root
  }
}

/// A file that is being written.
struct NewFile: ~Copyable {
  private let descriptor: Int32
  private let path: EntryPath

  fileprivate init(descriptor: Int32, path: EntryPath) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SourceArchiveError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = systemWrite(descriptor, piece.baseAddress, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .unwritable(path.description, errorNumber: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Sets what remains, after the last byte.
  borrowing func finish(isExecutable: Bool, modified: ModificationTime) throws(SourceArchiveError) {
    let time = timespec(tv_sec: modified.seconds, tv_nsec: modified.nanoseconds)
    let isDone =
      fchmod(descriptor, isExecutable ? 0o755 : 0o644) == 0 && futimens(descriptor, [time, time]) == 0
    guard isDone else { throw .unwritable(path.description, errorNumber: errno) }
  }
}

/// `write(2)`, which the method of that name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

extension [UInt8] {
  /// Calls `body` with the bytes as a path's component for the system.
  fileprivate func withCPath<Answer>(_ body: (UnsafePointer<CChar>) -> Answer) -> Answer {
    let bytes = map { CChar(bitPattern: $0) } + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      guard let address = buffer.baseAddress else { fatalError("an array of a NUL has an address") }
      return body(address)
    }
  }
}
