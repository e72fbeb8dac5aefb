package import SQLite

/// Why the advisories' database can't be used.
///
/// `description` is one line without a full stop that names the file; `remedy` says what can be done.
package enum AdvisoryDatabaseError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is nothing to read: no file, or one that nothing was ever written to.
  case absent(path: String)
  /// A newer repin wrote it, with a schema of version `found`; this one knows versions to `known`.
  case newer(path: String, found: Int, known: Int)
  /// A database of another program.
  case foreign(path: String)
  /// It is damaged; `reason` in SQLite's words.
  case damaged(path: String, reason: String)
  /// It can be read and not written.
  case readOnly(path: String)
  /// It can't be opened or made: no such directory, or no permission.
  case cannotOpen(path: String, reason: String)
  /// The disk is full.
  case full(path: String)
  /// Another process writes for longer than one waits.
  case busy(path: String)
  /// Another failure.
  case failed(SQLiteError)

  /// The case that SQLite's error means.
  init(_ error: SQLiteError) {
    self =
      switch error.code {
      case .corrupt, .notADatabase: .damaged(path: error.path, reason: error.message)
      case .readOnly: .readOnly(path: error.path)
      case .cannotOpen, .permission: .cannotOpen(path: error.path, reason: error.message)
      case .full: .full(path: error.path)
      case .busy, .locked: .busy(path: error.path)
      default: .failed(error)
      }
  }

  /// One line, fit for a message.
  package var description: String {
    switch self {
    case .absent(let path): "there are no advisories at `\(path)`"
    case .newer(let path, let found, let known):
      "a newer repin wrote the advisories `\(path)`: their schema is version \(found), and this one knows \(known)"
    case .foreign(let path): "`\(path)` is a database of another program"
    case .damaged(let path, let reason): "the advisories `\(path)` are damaged: \(reason)"
    case .readOnly(let path): "the advisories `\(path)` can't be written"
    case .cannotOpen(let path, let reason): "the advisories `\(path)` can't be opened: \(reason)"
    case .full(let path): "the disk of the advisories `\(path)` is full"
    case .busy(let path): "another process is writing the advisories `\(path)`"
    case .failed(let error): "the advisories' database failed: \(error)"
    }
  }

  /// What can be done about it; nil if nothing in particular.
  package var remedy: String? {
    switch self {
    case .absent, .damaged: "`repin advisories sync` fetches them"
    case .newer: "use that repin, or another cache directory"
    case .foreign, .readOnly, .cannotOpen: "use another cache directory"
    case .full: "free some space, or use another cache directory"
    case .busy: "wait for it to end"
    case .failed: nil
    }
  }
}
