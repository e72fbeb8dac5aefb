import Advisories
import PackageIndex

/// The advisories that are kept in a cache's directory.
struct KeptAdvisories {
  /// Of the database's file.
  let path: String

  /// - Parameter cache: the cache's directory.
  init(cache: String) { path = "\(cache)/advisories.sqlite" }

  /// The database; nil if there is none.
  func reading() throws(CommandFailure) -> AdvisoryDatabase? {
    do throws(AdvisoryDatabaseError) {
      return try AdvisoryDatabase(path: path, access: .reading)
    } catch {
      if case .absent = error { return nil }
      throw .advisories(error)
    }
  }

  /// Where they are from; empty if nothing was ever fetched.
  func sources() throws(CommandFailure) -> [SyncedSource] {
    guard let database = try reading() else { return [] }
    return try Self.advisories { () throws(AdvisoryDatabaseError) in try database.sources() }
  }

  /// Removes those of every source, and gives the space back; a file that is damaged is set aside.
  func removeAll() throws(CommandFailure) {
    guard Files.status(of: path) != nil else { return }
    try Self.advisories { () throws(AdvisoryDatabaseError) in
      try AdvisoryDatabase(path: path, access: .writing).removeAll()
    }
  }

  /// Adds what there is of them to what a cache holds. Of a file that can't be read nobody knows but its size.
  func add(to contents: inout CacheContents) {
    let size = treeSize(path) + treeSize("\(path)-wal") + treeSize("\(path)-shm")
    let count = (try? sources().map(\.recordCount).reduce(0, +)) ?? 0
    contents.add(.advisories, count: Int64(count), bytes: size)
    contents.bytes += size
  }

  /// Runs what may fail for the database's sake.
  static func advisories<Result>(
    _ body: () throws(AdvisoryDatabaseError) -> Result
  ) throws(CommandFailure) -> Result {
    do throws(AdvisoryDatabaseError) { return try body() } catch { throw .advisories(error) }
  }
}
