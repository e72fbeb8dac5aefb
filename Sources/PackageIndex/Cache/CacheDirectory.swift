package import PythonPackaging
import SQLite

/// The directory in which repin keeps what it can have again: the cache's file, mirrors of repositories, and what older
/// versions left behind.
///
///     directory/index-v3.sqlite          pages, metadata, facts: `CacheFile`
///     directory/repositories/NAME.git    `GitMirror`, with NAME.git.lock
///
/// The advisories beside them are those of their own database. Nothing else in it is touched: the directory may be anybody's. Other processes may use it meanwhile.
package struct CacheDirectory: Sendable {
  /// Why nothing can be done with it.
  package struct Failure: Error, Sendable, Hashable {
    package var path: String
    /// SQLite's words.
    package var reason: String
  }

  /// What is removed.
  package enum Removal: Sendable, Hashable {
    case all
    /// What wasn't used for so many seconds, to the day, and what is of older versions.
    case unused(seconds: Int64)
    /// Pages and metadata of these.
    case projects(Set<PackageName>)
  }

  /// Absolute.
  package let path: String
  private let now: @Sendable () -> Int64

  private var file: CacheFile { CacheFile(directory: path) }

  package init(_ path: String, now: @escaping @Sendable () -> Int64 = IndexClock.system.now) {
    self.path = path
    self.now = now
  }

  /// What it holds.
  package func contents() throws(Failure) -> CacheContents {
    var contents = CacheContents()
    // Before it is opened: that makes files beside it.
    for part in ["", "-wal", "-shm"] { contents.bytes += treeSize(file.path + part) }
    do throws(SQLiteError) {
      if let connection = try file.openExisting() { try file.add(to: &contents, connection) }
    } catch {
      guard error.meansUnreadableCache else { throw Failure(path: file.path, reason: error.message) }
      contents.damage = error.message
    }
    for mirror in mirrors {
      let size = treeSize(mirror)
      contents.add(.repositories, count: 1, bytes: size)
      contents.bytes += size
    }
    for old in outdated {
      let size = ["", "-wal", "-shm", "-journal"].map { treeSize(old + $0) }.reduce(0, +)
      contents.add(.outdated, count: 1, bytes: size)
      contents.bytes += size
    }
    return contents
  }

  /// Removes something, and gives the space back; a damaged file is removed whole.
  package func remove(_ removal: Removal) async throws(Failure) {
    do throws(SQLiteError) {
      if let connection = try file.openExisting() {
        switch removal {
        case .all: try file.removeAll(connection)
        case .unused(let seconds):
          try file.removeUnused(since: CacheRow.day(of: now() - seconds), connection)
        case .projects(let projects): try file.remove(projects, connection)
        }
        try file.shrink(connection)
      }
    } catch {
      guard error.meansUnreadableCache else { throw Failure(path: file.path, reason: error.message) }
      file.remove()
    }
    switch removal {
    case .projects: return
    case .all: for mirror in mirrors { await remove(mirror: mirror) }
    case .unused(let seconds):
      for mirror in mirrors {
        let used = ["FETCH_HEAD", "HEAD"].compactMap { modificationTime("\(mirror)/\($0)") }.max() ?? 0
        if CacheRow.day(of: used) < CacheRow.day(of: now() - seconds) { await remove(mirror: mirror) }
      }
    }
    for old in outdated { CacheFile.remove(old) }
  }

  // MARK: Repositories

  /// The repositories that repin made: they alone have a lock beside them.
  private var mirrors: [String] {
    let names = LocalFile.names(inDirectory: "\(path)/repositories") ?? []
    let all = Set(names)
    return names.filter { $0.hasSuffix(".git") && all.contains("\($0).lock") }
      .map { "\(path)/repositories/\($0)" }
      .filter { isReadable("\($0)/HEAD") }
  }

  /// One that is being used stays, and so does the lock: whoever waits for it has it open.
  private func remove(mirror: String) async {
    guard let lock = try? await FileLock.acquire("\(mirror).lock", patience: .zero) else { return }
    removeTree(mirror)
    FileLock.release(lock)
  }

  /// The files of older formats.
  private var outdated: [String] {
    (1..<CacheFile.format).map { CacheFile.path(in: path, format: $0) }.filter { isReadable($0) }
  }
}
