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
  /// An entry that is neither a file nor a directory.
  case refusedKind(entry: String, kind: ArchiveEntry.Kind)
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
  /// The system doesn't let this be written.
  case unwritable(entry: String, reason: String)

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
    case .conflict(let entry): "its entry `\(entry)` stands where another kind of entry is"
    case .encrypted(let entry): "its entry `\(entry)` is encrypted"
    case .tooManyAttributes(let entry, let limit):
      "its entry `\(entry)` has more than \(limit) access control entries"
    case .tooManyEntries(let limit): "it has more than \(limit) entries"
    case .tooLarge(let limit): "it unpacks to more than \(limit) bytes"
    case .fileTooLarge(let entry, let limit): "its entry `\(entry)` is larger than \(limit) bytes"
    case .unwritable(let entry, let reason): "`\(entry)` can't be written: \(reason)"
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
