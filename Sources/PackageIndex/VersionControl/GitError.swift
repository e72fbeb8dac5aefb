import PythonPackaging

/// Why a repository couldn't be had, with the facts of it.
///
/// Every URL in it is redacted, every reason is git's own words, bounded, without a credential and fit to be shown.
/// `description` is one line without a full stop.
package enum GitError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is no git to run.
  case notInstalled
  /// No connection, or nothing there that is a repository.
  case unreachable(url: String, reason: String)
  /// The server wants to know who asks, or doesn't let them in.
  case authentication(url: String)
  /// The repository has no branch, tag or commit of that name.
  case noSuchReference(url: String, reference: String)
  /// The repository has no such commit.
  case noSuchCommit(url: String, commit: String)
  /// The commit's tree has no such directory.
  case noSuchSubdirectory(url: String, subdirectory: String, problem: SubdirectoryProblem)
  /// The repository leads to where git must not go.
  case refusedURL(url: String, reason: String)
  /// Not done within that time.
  case timedOut(url: String, limit: Duration)
  /// The cache directory, or where the tree should go, can't be used.
  case unusableDirectory(path: String, reason: String)
  /// Git failed at that command of its.
  case failed(command: String, reason: String)
  /// The task was cancelled.
  case cancelled

  /// What is wrong with a subdirectory.
  package enum SubdirectoryProblem: Sendable, Hashable {
    case missing
    /// A file or something else.
    case notDirectory
    /// By a symbolic link.
    case leavesTree
  }

  /// One line without a full stop.
  package var description: String {
    switch self {
    case .notInstalled: "there is no `git`, and it is needed to read a repository"
    case .unreachable(let url, let reason): "can't reach \(shown(url)): \(reason)"
    case .authentication(let url): "\(shown(url)) doesn't let us in, or isn't there for us"
    case .noSuchReference(let url, let reference):
      "\(shown(url)) has no branch, tag or commit `\(PrintableText.escaped(reference, limit: 200))`"
    case .noSuchCommit(let url, let commit):
      "\(shown(url)) has no commit `\(PrintableText.escaped(commit, limit: 64))`"
    case .noSuchSubdirectory(let url, let subdirectory, let problem):
      "the subdirectory `\(PrintableText.escaped(subdirectory, limit: 200))` of \(shown(url)) \(problem.description)"
    case .refusedURL(let url, let reason): "\(shown(url)) leads to where git must not go: \(reason)"
    case .timedOut(let url, let limit): "\(shown(url)) took longer than \(limit)"
    case .unusableDirectory(let path, let reason): "can't use `\(shown(path))`: \(reason)"
    case .failed(let command, let reason): "`git \(command)` failed\(reason.isEmpty ? "" : ": \(reason)")"
    case .cancelled: "cancelled"
    }
  }

  private func shown(_ url: String) -> String { PrintableText.escaped(url, limit: 500) }
}

extension GitError.SubdirectoryProblem: CustomStringConvertible {
  /// Goes after "the subdirectory S of URL".
  package var description: String {
    switch self {
    case .missing: "doesn't exist"
    case .notDirectory: "is not a directory"
    case .leavesTree: "is a link out of the repository"
    }
  }
}
