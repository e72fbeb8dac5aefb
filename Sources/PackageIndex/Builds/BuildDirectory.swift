#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A build's own directory, which only the user can enter: scripts, environment, temporary files, answers.
struct BuildDirectory: Sendable {
  /// Absolute and without symbolic links.
  let path: String
  private let watcher: DirectoryWatcher

  /// Makes one in `parent`.
  init(in parent: String) throws(BuildError) {
    guard let made = makePrivateDirectory(in: parent, prefix: "repin-build-").flatMap(resolvedPath) else {
      throw .unusableDirectory(path: parent, reason: errnoPhrase(errno))
    }
    path = made
    watcher = DirectoryWatcher(of: path)
  }

  /// The path of something in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes a directory in it, unless it is there.
  func makeDirectory(_ name: String) throws(BuildError) {
    if let reason = makeDirectories(file(name)) {
      throw .unusableDirectory(path: file(name), reason: reason)
    }
  }

  /// Writes a file that only the user can read, and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws(BuildError) -> String {
    let path = file(name)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unusableDirectory(path: path, reason: errnoPhrase(errno)) }
    defer { close(descriptor) }
    guard writeAll(Array(text.utf8), to: descriptor) else {
      throw .unusableDirectory(path: path, reason: errnoPhrase(errno))
    }
    return path
  }

  /// The contents of a file in it that a program of the build has written.
  ///
  /// - Throws: if it isn't a regular file of at most `limit` bytes.
  func read(_ name: String, limit: Int) throws(LocalFile.Failure) -> [UInt8] {
    let file = try LocalFile(path: file(name))
    guard file.size <= limit else { throw LocalFile.Failure(reason: "larger than \(limit) bytes") }
    return try file.read(0..<file.size)
  }

  /// Removes a file in it.
  func remove(_ name: String) { removeFile(file(name)) }

  /// Removes it with everything in it.
  func remove() {
    // A program that was ended a moment ago may still have added something to what was just emptied.
    for _ in 0..<3 where access(path, F_OK) == 0 { removeTree(path) }
    watcher.end()
  }
}

/// Writes all of it; false, with the reason in `errno`, if that fails.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 {
      rest = rest.dropFirst(count)
    } else if errno != EINTR {
      return false
    }
  }
  return true
}
