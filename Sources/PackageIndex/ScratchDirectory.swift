import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A new directory where the system keeps temporary files, readable by its owner alone; it goes by `remove()`, and when
/// this process comes to its end before that.
package struct ScratchDirectory: Sendable {
  /// Absolute and without symbolic links.
  package let path: String
  private let watcher: DirectoryWatcher

  /// - Throws: ``IndexError/noTemporaryDirectory(reason:)``.
  package init() throws(IndexError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    guard let made = makePrivateDirectory(in: parent, prefix: "repin-").flatMap(resolvedPath) else {
      throw .noTemporaryDirectory(reason: errnoPhrase(errno))
    }
    path = made
    watcher = DirectoryWatcher(of: path)
  }

  /// Takes it away with all that is in it.
  package func remove() {
    removeTree(path)
    watcher.end()
  }
}

/// A scratch directory that is made when it is first needed, and goes with the last who has it.
final class SharedScratchDirectory: Sendable {
  private let made = Mutex<ScratchDirectory?>(nil)

  /// Its path.
  func path() throws(IndexError) -> String {
    try made.withLock { (made) throws(IndexError) in
      if let known = made { return known.path }
      let new = try ScratchDirectory()
      made = new
      return new.path
    }
  }

  deinit { made.withLock { $0?.remove() } }
}
