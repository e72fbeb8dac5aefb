/// Why a file's git history can't be read.
///
/// `description` is one line without a full stop.
package enum GitReadingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A text that should be a commit is none.
  case notACommit(String)
  /// git wrote what its format doesn't have, at an offset in bytes; `commit` is the last one it named.
  case unexpected(offset: Int, commit: String?)
  /// git's output ends in the middle; `commit` is the last one it named.
  case truncated(commit: String?)
  /// One path or field is longer than `limit` bytes; `commit` is the last one named.
  case fieldTooLong(limit: Int, commit: String?)
  /// More than `limit` commits changed the file.
  case tooManyCommits(limit: Int)
  /// The file has `size` bytes at a commit, more than `limit`.
  case fileTooLarge(commit: String, size: Int, limit: Int)
  /// The file's bytes at a commit aren't in the repository, such as in a partial clone without its remote.
  case missing(commit: String)

  /// One line, fit for a message.
  package var description: String {
    switch self {
    case .notACommit(let text): "`\(Self.excerpt(text))` is no commit: 40 or 64 hexadecimal digits are"
    case .unexpected(let offset, let commit):
      "what git wrote can't be read\(Self.after(commit)): byte \(offset) of its output isn't what its format has"
    case .truncated(let commit): "what git wrote ends in the middle\(Self.after(commit))"
    case .fieldTooLong(let limit, let commit):
      "what git wrote has a field of more than \(limit) bytes\(Self.after(commit))"
    case .tooManyCommits(let limit): "more than \(limit) commits changed the file"
    case .fileTooLarge(let commit, let size, let limit):
      "at commit \(commit) the file has \(size) bytes, more than \(limit)"
    case .missing(let commit): "the repository doesn't have the file's bytes at commit \(commit)"
    }
  }

  private static func after(_ commit: String?) -> String { commit.map { " after commit \($0)" } ?? "" }

  private static func excerpt(_ text: String) -> String {
    text.unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }.joined()
  }
}
