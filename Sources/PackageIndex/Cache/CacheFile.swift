import SQLite

/// The SQLite file the cache is kept in: where it lies, what is in it, how it is opened and removed.
///
///     directory/index-v3.sqlite      format version in the name, so that versions don't fight, and in user_version
struct CacheFile: Sendable {
  var directory: String

  var path: String { CacheFile.path(in: directory, format: CacheFile.format) }

  var exists: Bool { isReadable(path) }

  /// The format that this program reads and writes.
  static let format = schema.count

  /// So many bytes of the file are read by way of the address space.
  private static let mapped = 1 << 30

  static func path(in directory: String, format: Int) -> String { "\(directory)/index-v\(format).sqlite" }

  /// The n-th script leads from version n to n + 1; all but the last are empty, since another format is another file.
  ///
  /// `record` has the bytes of pages, apart from what is said about them: SQLite writes rows whole, and an index that confirms a
  /// page changes none of its bytes. `use` tells when a row of another table was last of use, by days since 1970, and how many
  /// bytes its value has, for the same reason. `kind` is a `CacheRow.Kind`.
  private static let schema = [
    "", "",
    """
    CREATE TABLE source (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE);
    CREATE TABLE page (
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source (id), project TEXT NOT NULL, status INTEGER NOT NULL,
      etag TEXT, last_modified TEXT, fetched_at INTEGER NOT NULL, fresh_until INTEGER NOT NULL,
      checksum INTEGER NOT NULL, UNIQUE (source, project));
    CREATE TABLE record (page INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
    CREATE TRIGGER page_removed AFTER DELETE ON page BEGIN DELETE FROM record WHERE page = old.id; END;
    CREATE TABLE metadata (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, fetched_at INTEGER NOT NULL, fresh_until INTEGER NOT NULL,
      checksum INTEGER NOT NULL, bytes BLOB NOT NULL);
    CREATE TABLE fact (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, stored_at INTEGER NOT NULL, checksum INTEGER NOT NULL,
      value BLOB NOT NULL);
    CREATE TABLE use (
      kind INTEGER NOT NULL, id INTEGER NOT NULL, day INTEGER NOT NULL, size INTEGER NOT NULL,
      PRIMARY KEY (kind, id)) WITHOUT ROWID;
    """,
  ]

  /// Opens the file, made with its directory if it isn't there.
  func open() throws(SQLiteError) -> Connection {
    if let reason = makeDirectories(directory) {
      throw SQLiteError(
        extendedCode: SQLiteError.Code.cannotOpen.rawValue, message: reason, sql: nil, path: path)
    }
    // `repin cache prune` may hold the file for some seconds, a gigabyte of it.
    let connection = try Connection(path: path, busyTimeout: 20_000)
    // Pages before the journal: the size of a new file's pages is settled by its first write.
    try connection.run("PRAGMA page_size = 16384")
    try connection.run("PRAGMA journal_mode = WAL")
    // A power failure may cost the cache, which check sums and beginning anew are for; waiting for the disk
    // would cost every run.
    try connection.run("PRAGMA synchronous = OFF")
    // Pages are read where the system has them in memory, not copied from there and then copied again.
    try connection.run("PRAGMA mmap_size = \(CacheFile.mapped)")
    try connection.migrate(CacheFile.schema)
    return connection
  }

  /// Removes the file with its journals. Connections to it go on with what nobody else sees.
  func remove() { CacheFile.remove(path) }

  static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { removeFile(path + suffix) }
  }
}
