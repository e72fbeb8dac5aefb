import SQLite

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file of the advisories' database: how it is opened, and put out of the way when it is damaged.
struct AdvisoryDatabaseFile: Sendable {
  let path: String
  /// How long one waits for another process, in milliseconds.
  let busyTimeout: Int32

  /// What tells whether the file at the path is still the same one.
  struct Identity: Equatable {
    let device: UInt64
    let inode: UInt64
  }

  /// Nil if there is no file.
  var identity: Identity? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
  }

  /// Opens the file to write, made if there is none, with the schema of this repin.
  func openForWriting() throws(AdvisoryDatabaseError) -> Connection {
    // Two processes that make the file at once meet while its journal changes, where SQLite doesn't wait.
    var waited: Int32 = 0
    while true {
      let opened: Result<Connection, AdvisoryDatabaseError>
      do throws(SQLiteError) {
        opened = try writable()
      } catch {
        guard error.meansContention, waited < busyTimeout else { throw AdvisoryDatabaseError(error) }
        usleep(5000)
        waited += 5
        continue
      }
      return try opened.get()
    }
  }

  private func writable() throws(SQLiteError) -> Result<Connection, AdvisoryDatabaseError> {
    let connection = try Connection(path: path, busyTimeout: busyTimeout)
    if let refusal = try refusal(of: connection) { return .failure(refusal) }
    if connection.isReadOnly { return .failure(.readOnly(path: path)) }
    try connection.run("PRAGMA journal_mode = WAL")
    // A lost transaction can be had again, and a lost record couldn't be told from one that never was.
    try connection.run("PRAGMA synchronous = NORMAL")
    try connection.run("PRAGMA foreign_keys = ON")
    try connection.migrate(AdvisorySchema.migrations)
    return .success(connection)
  }

  /// Opens the file to read; nothing is made but what SQLite needs beside it.
  func openForReading() throws(AdvisoryDatabaseError) -> Connection {
    guard identity != nil else { throw .absent(path: path) }
    let opened: Result<Connection, AdvisoryDatabaseError>
    do throws(SQLiteError) {
      do throws(SQLiteError) {
        opened = try readable(.readWrite)
      } catch {
        guard error.code == .cannotOpen || error.code == .readOnly else { throw error }
        // As in an image's layer, the file may lie where nothing can be made beside it; then nobody writes either.
        opened = try readable(hasLog ? .readOnly : .immutable)
      }
    } catch {
      throw AdvisoryDatabaseError(error)
    }
    return try opened.get()
  }

  private func readable(
    _ access: Connection.Access
  ) throws(SQLiteError) -> Result<Connection, AdvisoryDatabaseError> {
    let connection = try Connection(path: path, access: access, busyTimeout: busyTimeout)
    if let refusal = try refusal(of: connection) { return .failure(refusal) }
    return try connection.schemaVersion == 0 ? .failure(.absent(path: path)) : .success(connection)
  }

  private var hasLog: Bool { access(path + "-wal", F_OK) == 0 }

  /// Why this repin mustn't use the file, found before anything is changed; nil if it may.
  private func refusal(of connection: Connection) throws(SQLiteError) -> AdvisoryDatabaseError? {
    func number(_ query: String) throws(SQLiteError) -> Int64 {
      try connection.prepare(query).first { (row) throws(SQLiteError) in row.integer(at: 0) } ?? 0
    }
    // In one transaction: another process may be making the file.
    let (id, version, tables) = try connection.transaction(.deferred) { () throws(SQLiteError) in
      (
        try number("PRAGMA application_id"), try connection.schemaVersion,
        try number("SELECT count(*) FROM sqlite_schema")
      )
    }
    if id != Int64(AdvisorySchema.applicationID) {
      let isNew = id == 0 && version == 0 && tables == 0
      return isNew ? nil : .foreign(path: path)
    }
    guard version > AdvisorySchema.version else { return nil }
    return .newer(path: path, found: version, known: AdvisorySchema.version)
  }

  // MARK: Damage

  /// Renames the damaged file to `NAME.damaged`, in place of one set aside before; where it is kept, or nil if another
  /// process has begun anew already.
  func setAside(_ damaged: Identity) throws(AdvisoryDatabaseError) -> String? {
    let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw .cannotOpen(path: path, reason: systemReason(errno)) }
    defer { close(lock) }
    // One process at a time: the second mustn't rename what the first has begun.
    while flock(lock, LOCK_EX) != 0, errno == EINTR {}
    guard identity == damaged else { return nil }
    let kept = path + ".damaged"
    // The log first: a new file beside an old log would be given what the log holds.
    for suffix in ["-wal", "-shm", "-journal"] { unlink(path + suffix) }
    guard rename(path, kept) == 0 else {
      throw .cannotOpen(path: path, reason: "it is damaged, and can't be renamed: \(systemReason(errno))")
    }
    return kept
  }
}

/// The system's words for an error number.
func systemReason(_ number: Int32) -> String {
  let phrase = String(cString: strerror(number))
  return phrase.prefix(1).lowercased() + phrase.dropFirst()
}
