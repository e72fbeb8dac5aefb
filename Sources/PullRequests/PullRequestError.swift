import PythonPackaging

/// Why a change isn't proposed, or a request not withdrawn, with the facts of it.
///
/// No case holds a token or an address with credentials.
package enum PullRequestError: Error, Sendable, Hashable {
  /// A setting that can't be.
  case setting(PullRequestSettings.Key, PullRequestSettings, reason: String)
  /// A setting that is missing, and that nothing else tells.
  case unknown(PullRequestSettings.Key, PullRequestSettings)
  /// No token is set.
  case noToken(variables: [String])
  /// A token with characters that none has.
  case malformedToken(variable: String)
  /// What is to be proposed can't be: a path outside the repository, a title of two lines.
  case change(reason: String)
  /// Git can't be run, or failed.
  case git(GitTrouble)
  /// The remote has no branch of that name.
  case noBase(String, remote: String)
  /// Neither the remote nor the work tree tells which branch is to be changed.
  case unknownBase(remote: String)
  /// The base has something else than a file where a lockfile is to be, or than a directory above it.
  case occupied(path: String, by: String, wanted: String, base: String)
  /// Somebody else's work is on the branch.
  case foreignBranch(String, remote: String, commit: String)
  /// Somebody pushed to the branch meanwhile.
  case moved(String, remote: String)
  /// The remote takes no such push.
  case rejected(String, remote: String, reason: String)
  /// The API didn't do what it was asked, before anything was pushed.
  case forge(ForgeError)
  /// The branch was pushed, and the API didn't do the rest.
  case unfinished(branch: String, remote: String, commit: String, ForgeError)
  /// The task was cancelled.
  case cancelled

  /// Whose fault it is.
  package enum Kind: Sendable, Hashable {
    /// What the user gave can't be: settings, a token, a path.
    case input
    /// A person has to decide.
    case refusal
    /// Git's server, the forge or the way there failed.
    case outside
    case cancellation
  }

  package var kind: Kind {
    switch self {
    case .setting, .unknown, .noToken, .malformedToken, .change, .noBase, .unknownBase, .occupied: .input
    case .foreignBranch: .refusal
    case .git(let trouble): trouble.isOfThisMachine ? .input : .outside
    case .moved, .rejected, .forge, .unfinished: .outside
    case .cancelled: .cancellation
    }
  }
}

/// What went wrong with git.
package struct GitTrouble: Error, Sendable, Hashable {
  /// What git was to do.
  package enum Step: Sendable, Hashable {
    /// Read the address of a remote.
    case remote(String)
    /// Ask a remote for its branches.
    case listing(String)
    /// Fetch a branch.
    case fetching(String, remote: String)
    /// Read an object.
    case reading
    /// Write one.
    case writing
    /// Push, or delete, a branch.
    case pushing(String, remote: String)
  }

  package enum Reason: Sendable, Hashable {
    case notStarted(String)
    case timedOut(Duration)
    case tooMuchOutput(limit: Int)
    /// The end of what it said.
    case failed(String)
  }

  package let step: Step
  package let reason: Reason

  /// Whether no server had a part in it.
  var isOfThisMachine: Bool {
    if case .notStarted = reason { return true }
    switch step {
    case .remote, .reading, .writing: return true
    case .listing, .fetching, .pushing: return false
    }
  }
}

extension PullRequestError: CustomStringConvertible {
  /// One sentence without a full stop.
  package var description: String {
    switch self {
    case .setting(let key, let settings, let reason):
      "\(settings.place): `pull-request.\(key.rawValue)`: \(reason)"
    case .unknown(let key, let settings): "\(settings.place): \(key.missing)"
    case .noToken(let variables):
      "no token: none of the variables \(variables.map { "`\($0)`" }.joined(separator: ", ")) is set"
    case .malformedToken(let variable):
      "the variable `\(variable)`: found characters that no token has, expected one word of ASCII"
    case .change(let reason): reason
    case .git(let trouble): trouble.description
    case .noBase(let branch, let remote): "the remote `\(remote)` has no branch `\(branch)` to change"
    case .unknownBase(let remote):
      "the remote `\(remote)` doesn't tell its default branch, and no branch is checked out"
    case .occupied(let path, let noun, let wanted, let base):
      "`\(PrintableText.escaped(path, limit: 300))` is \(noun) on `\(base)`, expected \(wanted)"
    case .foreignBranch(let branch, let remote, let commit):
      "the branch `\(branch)` of `\(remote)` has changes that repin didn't make (\(commit.prefix(12))), and they are not overwritten"
    case .moved(let branch, let remote):
      "somebody pushed to `\(branch)` of `\(remote)` meanwhile; nothing was pushed"
    case .rejected(let branch, let remote, let reason):
      "`\(remote)` doesn't take a push to `\(branch)`: \(reason)"
    case .forge(let error): error.description
    case .unfinished(let branch, let remote, let commit, let error):
      "\(error); `\(branch)` was pushed to `\(remote)` before (\(commit.prefix(12)))"
    case .cancelled: "cancelled"
    }
  }

  /// What can be done about it; nil: nothing that helps.
  package var remedy: String? {
    switch self {
    case .setting: nil
    case .unknown(let key, _): key.remedy
    case .noToken(let variables):
      "set `\(variables[0])` to a token that may write the repository's contents and its requests; docs/pull-requests.md has the rights"
    case .malformedToken(let variable): "set `\(variable)` to the token alone"
    case .change, .cancelled: nil
    case .git(let trouble): trouble.remedy
    case .noBase: "set `base` of `[pull-request]` to a branch that is there"
    case .unknownBase: "set `base` of `[pull-request]`"
    case .occupied: "lock somewhere else, or change what is there"
    case .foreignBranch(let branch, let remote, _):
      "merge it, or `git push \(remote) --delete \(branch)`, or set another `branch` of `[pull-request]`"
    case .moved: "run it again"
    case .rejected:
      "allow whose token or key this is to push to the branch and to force it, or set another `branch` of `[pull-request]`"
    case .forge(let error): error.remedy
    case .unfinished(_, _, _, let error):
      (error.remedy.map { $0 + "; " } ?? "") + "the next run makes up for it"
    }
  }
}

extension PullRequestSettings.Key {
  fileprivate var missing: String {
    switch self {
    case .forge: "which forge it is isn't known: the remote's host doesn't tell"
    case .api: "where the forge's API is isn't known: the remote has no address of a server"
    case .repository: "which repository it is isn't known: the remote has no address of a server"
    default: "`\(rawValue)` is missing"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .forge: "set `forge` to `github`, `gitlab` or `gitea`"
    case .api: "set `api-url`, such as `https://git.example/api/v4`"
    case .repository: "set `repository` to `owner/name`"
    default: "set `\(rawValue)`"
    }
  }
}

extension GitTrouble: CustomStringConvertible {
  /// One sentence without a full stop.
  package var description: String {
    "git can't \(step.phrase): "
      + {
        switch reason {
        case .notStarted(let reason): reason
        case .timedOut(let limit): "it took longer than \(limit.components.seconds) s"
        case .tooMuchOutput(let limit): "it wrote more than \(limit) bytes"
        case .failed(let words): words
        }
      }()
  }

  var remedy: String? {
    switch (step, reason) {
    case (_, .notStarted): "install git, or put it on PATH"
    case (.remote, _): "set `remote` of `[pull-request]` to one of `git remote`"
    case (.listing(let remote), .failed), (.fetching(_, let remote), .failed),
      (.pushing(_, let remote), .failed):
      "see that `git ls-remote \(remote)` works without a question"
    default: nil
    }
  }
}

extension GitTrouble.Step {
  fileprivate var phrase: String {
    switch self {
    case .remote(let remote): "tell the address of the remote `\(remote)`"
    case .listing(let remote): "list the branches of `\(remote)`"
    case .fetching(let branch, let remote): "fetch `\(branch)` from `\(remote)`"
    case .reading: "read the repository"
    case .writing: "write to the repository"
    case .pushing(let branch, let remote): "push `\(branch)` to `\(remote)`"
    }
  }
}
