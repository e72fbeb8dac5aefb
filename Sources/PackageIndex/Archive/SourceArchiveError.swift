#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a source distribution's archive can't be read, or isn't taken.
///
/// Names and reasons in it are printable and bounded.
package enum SourceArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Neither the file's name nor its first bytes are an archive's.
  case unknownFormat
  /// Not what its format says, cut off, or a check sum that doesn't hold.
  case damaged(reason: String)
  /// There is no file in it.
  case empty
  /// An entry's name that could lead out of the tree, or that no file should have.
  case refusedName(entry: String, problem: NameProblem)
  /// An entry that is neither a file nor a directory, nor a link that a tree may have.
  case refusedKind(entry: String, kind: ArchiveEntry.Kind)
  /// A link that leads where none may.
  case refusedLink(entry: String, kind: ArchiveEntry.Kind, problem: LinkProblem)
  /// An entry that stands where an earlier one of another kind is.
  case conflict(entry: String)
  /// An entry that needs a password.
  case encrypted(entry: String)
  /// An entry with more access control entries than any file has.
  case tooManyAttributes(entry: String, limit: Int)
  /// More entries than the bound.
  case tooManyEntries(limit: Int)
  /// More bytes come out of it than the bound.
  case tooLarge(limit: Int)
  /// A file of metadata of more bytes than the bound.
  case fileTooLarge(entry: String, limit: Int)
  /// Such a file can't be on this system: its name is too long for it, say.
  case unwritable(entry: String, reason: String)
  /// This machine fails, whatever the archive: its disk is full, say.
  case machineFailure(entry: String, reason: String)

  /// What is said of an entry that the system didn't let be written.
  static func unwritable(_ entry: String, errorNumber: Int32) -> SourceArchiveError {
    let reason = errnoPhrase(errorNumber)
    return switch errorNumber {
    case ENAMETOOLONG, EILSEQ, EINVAL, ENOENT, ENOTDIR, EISDIR, EEXIST, ELOOP, EMLINK:
      .unwritable(entry: entry, reason: reason)
    default: .machineFailure(entry: entry, reason: reason)
    }
  }

  /// Why a link isn't made.
  package enum LinkProblem: Sendable, Hashable {
    case absolute
    case leavesTree
    /// It has no target.
    case empty
    /// It leads to itself, by other links or without them.
    case endless
    /// A hard link to what is no file of the archive.
    case noFile
    /// More bytes than this.
    case tooLong(limit: Int)
  }

  /// What is wrong with a name.
  package enum NameProblem: Sendable, Hashable {
    case absolute
    case leavesTree
    case driveLetter
    case backslash
    case controlCharacter
    /// More bytes than this.
    case tooLong(limit: Int)
    /// More components than this.
    case tooDeep(limit: Int)
    /// Not to be had in this system's encoding, or the tree's own name is not UTF-8.
    case notUnicode
  }

  /// Goes after "FILE is not a readable source distribution:".
  package var description: String {
    switch self {
    case .unknownFormat: "it is no archive of a known format"
    case .damaged(let reason): "it is damaged (\(reason))"
    case .empty: "there is nothing in it"
    case .refusedName(let entry, let problem): "its entry `\(entry)` \(problem)"
    case .refusedKind(let entry, let kind): "its entry `\(entry)` is \(kind)"
    case .refusedLink(let entry, let kind, let problem): "its entry `\(entry)` is \(kind) \(problem)"
    case .conflict(let entry): "its entry `\(entry)` stands where another kind of entry is"
    case .encrypted(let entry): "its entry `\(entry)` is encrypted"
    case .tooManyAttributes(let entry, let limit):
      "its entry `\(entry)` has more than \(limit) access control entries"
    case .tooManyEntries(let limit): "it has more than \(limit) entries"
    case .tooLarge(let limit): "it unpacks to more than \(limit) bytes"
    case .fileTooLarge(let entry, let limit): "its entry `\(entry)` is larger than \(limit) bytes"
    case .unwritable(let entry, let reason), .machineFailure(let entry, let reason):
      "`\(entry)` can't be written: \(reason)"
    }
  }
}

extension SourceArchiveError.LinkProblem: CustomStringConvertible {
  /// Goes after "its entry `NAME` is a symbolic link".
  package var description: String {
    switch self {
    case .absolute: "with an absolute target"
    case .leavesTree: "that leads out of the archive"
    case .empty: "without a target"
    case .endless: "that leads to itself"
    case .noFile: "to something that is no file of the archive"
    case .tooLong(let limit): "with a target of more than \(limit) bytes"
    }
  }
}

extension SourceArchiveError.NameProblem: CustomStringConvertible {
  /// Goes after "its entry `NAME`".
  package var description: String {
    switch self {
    case .absolute: "has an absolute path"
    case .leavesTree: "leads out of the archive"
    case .driveLetter: "begins with a drive letter"
    case .backslash: "has a backslash in its path"
    case .controlCharacter: "has a control character in its name"
    case .tooLong(let limit): "has a name of more than \(limit) bytes"
    case .tooDeep(let limit): "lies deeper than \(limit) directories"
    case .notUnicode: "has a name that is not Unicode"
    }
  }
}
