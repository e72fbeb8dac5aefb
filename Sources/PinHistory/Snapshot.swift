/// The pins of one lockfile at one moment.
package struct Snapshot: Sendable, Hashable {
  /// What took it.
  package enum Source: String, Sendable, Hashable, CaseIterable {
    /// `compile` wrote the lockfile.
    case compile
    /// `check` read it.
    case check
    /// `update` wrote it.
    case update
    /// A scheduled run read or wrote it.
    case run
    /// A commit of the lockfile's git repository.
    case git
  }

  /// Whose pins they are.
  package var lockfile: LockfileIdentity
  /// In seconds since 1970-01-01 00:00 UTC.
  package var takenAt: Int64
  /// What took it.
  package var source: Source
  /// The commit the lockfile was at, in hexadecimal, if that is known.
  package var commit: String?
  /// Of the file's bytes, such as `sha256:…`; two files of one digest are the same. ``noFile`` where there is none.
  package var digest: String
  /// In any order; what is there twice counts once.
  package var pins: [Pin]

  /// A snapshot of its parts.
  package init(
    lockfile: LockfileIdentity, takenAt: Int64, source: Source, commit: String? = nil, digest: String,
    pins: [Pin]
  ) {
    self.lockfile = lockfile
    self.takenAt = takenAt
    self.source = source
    self.commit = commit
    self.digest = digest
    self.pins = pins
  }

  /// The digest of a lockfile that was deleted: all its pins are gone.
  package static let noFile = "none"

  /// The snapshot of a commit.
  ///
  /// - Parameters:
  ///   - digest: Of the file's bytes; nil if the revision has no file.
  ///   - pins: What the file has; nothing if there is none.
  package init(of revision: GitRevision, lockfile: LockfileIdentity, digest: String?, pins: [Pin]) {
    self.init(
      lockfile: lockfile, takenAt: revision.takenAt, source: .git, commit: revision.commit,
      digest: digest ?? Snapshot.noFile, pins: pins)
  }
}
