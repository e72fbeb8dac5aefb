package import PythonPackaging

/// Why an index couldn't answer, with the facts of it.
///
/// Every URL in it is redacted: no user information, no query. `description` is one line without a full stop.
package enum IndexError: Error, Sendable, CustomStringConvertible {
  /// No connection: the name doesn't resolve, nobody listens, the network is down.
  case unreachable(url: String, reason: String)
  /// No connection, since this process may not have another file open.
  case openFiles(OpenFileLimit)
  /// No answer, or not all of it, in time.
  case timedOut(url: String, phase: TimeoutPhase)
  /// The server's certificate isn't trusted, or no secure connection came about.
  case tlsFailure(url: String, reason: String)
  /// The configured certificates can't be read.
  case certificateFile(CertificateFile)
  /// 401 or 403: the index is there and doesn't let us in.
  case unauthorized(Refusal)
  /// A status that is no answer; `retryAfter` is what the server asked for, in seconds.
  case status(Int, url: String, retryAfter: Int64?)
  /// A redirect that isn't followed.
  case redirect(url: String, problem: RedirectProblem)
  /// The answer ended early, time after time.
  case truncated(url: String)
  /// The answer trickles in, slower than this.
  case tooSlow(url: String, bytesPerSecond: Int)
  /// Longer than the bound, in bytes.
  case tooLarge(url: String, limit: Int)
  /// Not HTTP, in an unknown coding, or of a type that is no page.
  case invalidResponse(url: String, reason: String)
  /// A project page that can't be read.
  case malformedPage(url: String, reason: ProjectPageError)
  /// A wheel that can't be read.
  case malformedArchive(file: String, reason: ArchiveError)
  /// A source archive that can't be read or isn't unpacked.
  case malformedSource(file: String, reason: SourceArchiveError)
  /// A source tree's `pyproject.toml` that can't be read; the reason names it.
  case malformedProject(reason: String)
  /// A build that failed.
  case build(BuildError)
  /// A repository that can't be had.
  case repository(GitError)
  /// A URL that is none of a repository that can be had.
  case invalidRepositoryURL(GitURLError)
  /// Only a build would tell the metadata of this, and none may be made: the user rules it out, or there is nothing to
  /// build with.
  case needsBuild(String, isRuledOut: Bool)
  /// A requirement's URL leads to nothing.
  case nothingThere(url: String)
  /// A file whose name is none of a distribution.
  case malformedFilename(FilenameError)
  /// A subdirectory that an archive or a repository doesn't have.
  case missingSubdirectory(String, of: String)
  /// A source tree that is no Python project: it has neither `pyproject.toml` nor `setup.py`.
  case noProject(String)
  /// No temporary directory can be made.
  case noTemporaryDirectory(reason: String)
  /// Nothing can be put into a temporary directory.
  case unusableTemporaryDirectory(path: String, reason: String)
  /// Core metadata that can't be read.
  case malformedMetadata(file: String, reason: CoreMetadataError)
  /// What was downloaded isn't what the index announced.
  case hashMismatch(file: String, url: String, algorithm: String, expected: String, found: String)
  /// The metadata speaks of another release than the file name.
  case contradiction(file: String, field: MetadataField, expected: String, found: String)
  /// The index lists the file and doesn't have it.
  case missingFile(file: String, url: String)
  /// A file of this machine that can't be read.
  case unreadableFile(path: String, reason: String)
  /// What was fetched can't be written down.
  case unwritableFile(path: String, reason: String)
  /// Needed, and neither cached nor to be fetched in offline mode: a project name or a file name.
  case offlineMiss(String)
  /// Not an `http` or `https` URL.
  case invalidURL(String)
  /// This setting's value is no proxy URL (it may hold a password, so it isn't shown).
  case invalidProxy(String)
  /// Metadata of a source distribution, asked for as if it were a wheel's.
  case sourceDistributionUnsupported(file: String)
  /// The task was cancelled, or the client closed.
  case cancelled

  /// What of the metadata contradicts the file name.
  package enum MetadataField: String, Sendable, Hashable {
    case name = "Name"
    case version = "Version"
  }

  /// Why a redirect isn't followed.
  package enum RedirectProblem: Sendable, Hashable {
    /// More than that many.
    case tooMany(Int)
    /// From `https` to this `http` URL.
    case insecureTarget(String)
    /// Not a URL, or not HTTP.
    case unusableTarget
  }

  /// One line without a full stop.
  package var description: String {
    switch self {
    case .unreachable(let url, let reason): "can't reach \(url): \(reason)"
    case .openFiles(let limit): limit.description
    case .timedOut(let url, let phase): "\(url) took too long (\(phase.rawValue))"
    case .tlsFailure(let url, let reason): "no secure connection for \(url): \(reason)"
    case .certificateFile(let file): file.description
    case .unauthorized(let refusal): refusal.description
    case .status(let status, let url, let retryAfter):
      "\(url) answered \(status)" + (retryAfter.map { " and asks to wait \($0) s" } ?? "")
    case .redirect(let url, let problem): "\(url) redirects \(problem.description)"
    case .truncated(let url): "the answer from \(url) ended early"
    case .tooSlow(let url, let rate): "\(url) sends less than \(rate) bytes a second"
    case .tooLarge(let url, let limit): "the answer from \(url) is longer than \(limit) bytes"
    case .invalidResponse(let url, let reason): "\(url) answered with \(reason)"
    case .malformedPage(let url, let reason): "\(url) is not a project page: \(reason)"
    case .malformedArchive(let file, let reason): "\(file) is not a readable wheel: \(reason)"
    case .malformedSource(let file, let reason): "\(file) is not a usable source archive: \(reason)"
    case .malformedProject(let reason): reason
    case .build(let error): error.description
    case .repository(let error): error.description
    case .invalidRepositoryURL(let error): error.description
    case .nothingThere(let url): "there is nothing at \(url)"
    case .needsBuild(let what, _): "the metadata of \(what) can only be had by a build"
    case .malformedFilename(let error): error.description
    case .missingSubdirectory(let name, let whole): "\(whole) has no directory `\(name)`"
    case .noProject(let label):
      "\(label) is no Python project: it has neither `pyproject.toml` nor `setup.py`"
    case .noTemporaryDirectory(let reason): "can't make a temporary directory: \(reason)"
    case .unusableTemporaryDirectory(let path, let reason): "the temporary directory `\(path)`: \(reason)"
    case .malformedMetadata(let file, let reason): "the metadata of \(file) can't be read: \(reason)"
    case .hashMismatch(let file, let url, let algorithm, let expected, let found):
      "\(file) has \(algorithm) \(found), expected \(expected) (\(url))"
    case .contradiction(let file, let field, let expected, let found):
      "the metadata of \(file) says \(field.rawValue) `\(PrintableText.escaped(found, limit: 200))`, expected `\(expected)`"
    case .missingFile(let file, let url): "the index lists \(file), and \(url) isn't there"
    case .unreadableFile(let path, let reason): "`\(path)` can't be read: \(reason)"
    case .unwritableFile(let path, let reason): "`\(path)` can't be written: \(reason)"
    case .offlineMiss(let what): "\(what) is not in the cache, and nothing is fetched in offline mode"
    case .invalidURL(let text): "`\(text)` is not an http or https URL"
    case .invalidProxy(let setting): "the value of `\(setting)` is not a proxy's URL"
    case .sourceDistributionUnsupported(let file): "\(file) is a source distribution"
    case .cancelled: "cancelled"
    }
  }
}

extension IndexError.RedirectProblem: CustomStringConvertible {
  /// Goes after "URL redirects".
  package var description: String {
    switch self {
    case .tooMany(let count): "more than \(count) times"
    case .insecureTarget(let url): "from https to \(url)"
    case .unusableTarget: "to something that is no http or https URL"
    }
  }
}
