import PythonPackaging
import SQLite

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file of a history: how it is opened, and put out of the way when it is damaged.
///
/// Nothing here opens the file but SQLite: closing a descriptor of one's own would give up the locks that another
/// connection of this process holds, <https://sqlite.org/howtocorrupt.html> 2.2.
struct HistoryFile: Sendable {
  let path: String
  /// How long one waits for another process, in milliseconds.
  let busyTimeout: Int32

  /// What tells that the file at the path is the same as before.
  struct Stamp: Equatable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let changedAt: Int64

    func isSameFile(as other: Stamp) -> Bool { device == other.device && inode == other.inode }
  }

  /// Whether there is a log beside the file: some process has it open, or was ended while it had. Where a file system
  /// can't have the shared one, it is a journal.
  var hasLog: Bool { exists(path + "-wal") || exists(path + "-journal") }

  /// Nil if there is no file.
  func stamp() throws(PinHistoryError) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw .cannotOpen(path: path, reason: systemReason(errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotOpen(path: path, reason: "it is no regular file")
    }
    #if canImport(Darwin)
      let changed = status.st_mtimespec
    #else
      let changed = status.st_mtim
    #endif
    return Stamp(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino),
      size: Int64(status.st_size),
      changedAt: Int64(changed.tv_sec) * 1_000_000_000 + Int64(changed.tv_nsec))
  }

  // MARK: Opening

  /// Opens the file to write, made if there is none, with the schema of this repin.
  func openForWriting() throws(PinHistoryError) -> Connection {
    if let stamp = try stamp(), stamp.size > 0 {
      // SQLite takes a file of one byte for an empty one.
      if stamp.size == 1, !mayBeHistory { throw .noDatabase(path: path) }
      try refuseOthers()
    }
    // Two processes that make the file at once meet while its journal changes, where SQLite doesn't wait.
    var waited: Int32 = 0
    while true {
      do throws(SQLiteError) {
        return try connect()
      } catch {
        guard error.meansContention, waited < busyTimeout else { throw try cause(of: error) }
      }
      usleep(5000)
      waited += 5
    }
  }

  private func connect() throws(SQLiteError) -> Connection {
    let connection = try Connection(path: path, busyTimeout: busyTimeout, journal: .writeAheadLog)
    if connection.isReadOnly {
      throw SQLiteError(
        extendedCode: SQLiteError.Code.readOnly.rawValue, message: "read-only", sql: nil, path: path)
    }
    try connection.run("PRAGMA foreign_keys = ON")
    try connection.run("PRAGMA synchronous = NORMAL")
    _ = try connection.transaction(.deferred) { () throws(SQLiteError) in try HistorySchema.check(connection)
    }
    try connection.migrate(HistorySchema.migrations)
    return connection
  }

  /// What kept the file from being opened.
  private func cause(of error: SQLiteError) throws(PinHistoryError) -> PinHistoryError {
    // Another process may have brought the file to a newer schema just now.
    if error.code == .mismatch { try refuseOthers() }
    let cause = PinHistoryError(error)
    if case .damaged = cause, !mayBeHistory { return .noDatabase(path: path) }
    return cause
  }

  /// Throws for what this repin mustn't write, and leaves it as it is.
  private func refuseOthers() throws(PinHistoryError) {
    // Damage is judged where locks are held: this may read while another process writes.
    guard let header = try? header() else { return }
    try refuse(header)
  }

  private func refuse(_ header: HistorySchema.Header) throws(PinHistoryError) {
    if header.applicationID != HistorySchema.applicationID, !header.isEmpty { throw .foreign(path: path) }
    if header.version > HistorySchema.version {
      throw .newer(path: path, found: header.version, known: HistorySchema.version)
    }
  }

  /// Opens the file to read. Nothing is made where no other process has the file open; then the file must be
  /// found unchanged by `stamp()` after reading, or be read again.
  func openForReading() throws(PinHistoryError) -> (connection: Connection, isLocked: Bool) {
    guard let stamp = try stamp(), stamp.size > 0 else { throw .absent(path: path) }
    if stamp.size == 1, !mayBeHistory { throw .noDatabase(path: path) }
    let isLocked = hasLog
    let connection: Connection
    let version: Int?
    do throws(SQLiteError) {
      connection = try Connection(
        path: path, access: isLocked ? .readOnly : .immutable, busyTimeout: busyTimeout)
      version = try connection.transaction(.deferred) { () throws(SQLiteError) in
        try HistorySchema.check(connection)
      }
    } catch {
      // SQLite shares what it knows of a log in a file beside it, and has to make that.
      if error.code == .cannotOpen, exists(path + "-wal"), !exists(path + "-shm") {
        throw .cannotOpen(
          path: path,
          reason: "what is in its log, `-wal`, can't be read where nothing can be written beside it")
      }
      throw try cause(of: error)
    }
    if version == nil { throw .absent(path: path) }
    return (connection, isLocked)
  }

  private func header() throws(SQLiteError) -> HistorySchema.Header {
    try HistorySchema.Header(
      Connection(path: path, access: hasLog ? .readOnly : .immutable, busyTimeout: busyTimeout))
  }

  // MARK: Damage

  /// Whether a file that SQLite can't read may have been a history: it begins as databases do, was never filled by the
  /// system, or lies where only repin puts a file. Any other was named by mistake.
  var mayBeHistory: Bool {
    if path == ".repin/history.sqlite" || path.hasSuffix("/.repin/history.sqlite") { return true }
    guard let connection = try? Connection(path: path, access: .immutable, busyTimeout: busyTimeout),
      let bytes = try? connection.firstBytes(4096)
    else { return true }
    return bytes.starts(with: "SQLite format 3\0".utf8) || bytes.allSatisfy { $0 == 0 }
  }

  /// Renames the damaged file, with its log, to `NAME.damaged-YYYYMMDDTHHMMSSZ`, or that and a number where there is
  /// one already; where it is kept, or nil if another process has begun anew before.
  ///
  /// `damaged` is the file found damaged, and `now` the time in seconds since 1970.
  func setAside(_ damaged: Stamp, now: Int64) throws(PinHistoryError) -> String? {
    let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: systemReason(errno)) }
    defer { close(descriptor) }
    // One process at a time: the second mustn't rename what the first has begun.
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    guard let current = try stamp(), current.isSameFile(as: damaged) else { return nil }
    let time = UploadTime(milliseconds: now * 1000).description.filter { $0 != "-" && $0 != ":" }
    var number = 1
    var name = "\(path).damaged-\(time)"
    while ["", "-wal", "-shm", "-journal"].contains(where: { exists(name + $0) }) {
      number += 1
      name = "\(path).damaged-\(time)-\(number)"
    }
    // The log first: a new file beside an old log would be given what the log holds.
    for suffix in ["-wal", "-shm", "-journal", ""] where exists(path + suffix) {
      guard rename(path + suffix, name + suffix) == 0 else {
        throw .cannotOpen(path: path, reason: "it is damaged, and can't be renamed: \(systemReason(errno))")
      }
    }
    return name
  }

  private func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}

/// The system's words for an error number.
private func systemReason(_ number: Int32) -> String {
  let phrase = String(cString: strerror(number))
  return phrase.prefix(1).lowercased() + phrase.dropFirst()
}

/// The wall clock, in seconds since 1970-01-01 00:00 UTC.
func secondsSince1970() -> Int64 { Int64(time(nil)) }
