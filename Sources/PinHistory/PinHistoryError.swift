package import SQLite

/// Why a history can't be used; a caller may turn any of them into a warning and go on without.
///
/// `description` is one line without a full stop that names the file; `remedy` says what can be done.
package enum PinHistoryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is nothing to read: no file, or one that nothing was ever recorded in.
  case absent(path: String)
  /// A newer repin wrote it, with a schema of version `found`; this one knows versions to `known`.
  case newer(path: String, found: Int, known: Int)
  /// A database of another program.
  case foreign(path: String)
  /// A file of another kind, such as a lockfile named by mistake.
  case noDatabase(path: String)
  /// It is damaged; `reason` in SQLite's words.
  case damaged(path: String, reason: String)
  /// It holds what no repin writes, such as a text that is no version.
  case unreadable(path: String, reason: String)
  /// It, or its directory, can be read and not written.
  case readOnly(path: String)
  /// It can't be opened or made: no such directory, or no permission.
  case cannotOpen(path: String, reason: String)
  /// The disk is full.
  case full(path: String)
  /// The system doesn't take what is written: the disk fails, or a limit on the size of files is met.
  case unwritten(path: String)
  /// Another process writes for longer than one waits.
  case busy(path: String)
  /// Another failure.
  case failed(SQLiteError)

  /// The case that SQLite's error means.
  init(_ error: SQLiteError) {
    self =
      switch error.code {
      case .corrupt, .notADatabase: .damaged(path: error.path, reason: printable(error.message, limit: 300))
      case .mismatch: .unreadable(path: error.path, reason: printable(error.message, limit: 300))
      case .readOnly: .readOnly(path: error.path)
      case .cannotOpen, .permission: .cannotOpen(path: error.path, reason: error.message)
      case .full: .full(path: error.path)
      case .io where error.meansFailedWrite: .unwritten(path: error.path)
      case .busy, .locked: .busy(path: error.path)
      default: .failed(error)
      }
  }

  /// One line, fit for a message.
  package var description: String {
    switch self {
    case .absent(let path): "there is no history at `\(path)`"
    case .newer(let path, let found, let known):
      "a newer repin wrote the history `\(path)`: its schema is version \(found), and this one knows \(known)"
    case .foreign(let path): "`\(path)` is a database of another program"
    case .noDatabase(let path): "`\(path)` is no history: it isn't an SQLite database"
    case .damaged(let path, let reason): "the history `\(path)` is damaged: \(reason)"
    case .unreadable(let path, let reason): "the history `\(path)` can't be read: \(reason)"
    case .readOnly(let path): "the history `\(path)` can't be written"
    case .cannotOpen(let path, let reason): "the history `\(path)` can't be opened: \(reason)"
    case .full(let path): "the disk of the history `\(path)` is full"
    case .unwritten(let path):
      "writing the history `\(path)` fails: the disk, or a limit on the size of files, doesn't let it grow"
    case .busy(let path): "another process is writing the history `\(path)`"
    case .failed(let error): "the history failed: \(error)"
    }
  }

  /// What can be done about it; nil if nothing in particular.
  package var remedy: String? {
    switch self {
    case .absent: "`repin history import` reads the lockfile's git history"
    case .newer: "use that repin, or another file by `--history`"
    case .foreign, .noDatabase: "name another file by `--history`"
    case .damaged, .unreadable:
      "move the file away: `repin history import` reads the lockfile's git history again"
    case .readOnly, .cannotOpen: "name a file that can be written by `--history`"
    case .full: "free some space, or name a file on another disk by `--history`"
    case .unwritten: "see `df` and `ulimit -f`, or name a file elsewhere by `--history`"
    case .busy: "wait for it to end"
    case .failed: nil
    }
  }
}
