/// Reads repositories by the system's git: what a reference means today, and the tree of a commit.
///
/// Git is never asked a question a person would have to answer, runs nothing a repository brings along, reaches nothing
/// but what the URL leads to, and ends in time and with the task. What was fetched is kept in a directory that several
/// processes share.
package struct GitClient: Sendable {
  /// How long git may take.
  package struct TimeLimits: Sendable, Hashable {
    /// For a question to a server or to the cache.
    package var query = Duration.seconds(60)
    /// For a transfer, and for the wait while another process has the same one under way.
    package var fetch = Duration.seconds(300)

    package init() {}
  }

  /// Git's path, or a name that is looked for in the environment's `PATH`.
  package var executable = "git"
  /// The caller's.
  package var environment: [String: String]
  /// Made if need be; nil: what is fetched is kept for this run alone, where nobody else can put anything.
  package var cacheDirectory: String?
  package var timeLimits = TimeLimits()
  /// Called with what is done, before something that takes its time.
  package var progress: @Sendable (String) -> Void = { _ in }

  private let scratch = SharedScratchDirectory()

  package init(environment: [String: String], cacheDirectory: String?) {
    self.environment = environment
    self.cacheDirectory = cacheDirectory
  }

  /// The commit a URL's reference is for now, as pip would choose it: a branch before a tag of the same name.
  ///
  /// One question to the server, unless the reference is a commit already (which is returned as it is, there or not) or
  /// the beginning of one (for which the commits are fetched).
  package func commit(of url: GitURL) async throws(GitError) -> String {
    if url.isFullCommit, let reference = url.reference { return reference }
    let session = try await session(for: url)
    let reference = url.revision ?? .head
    let names = reference.names
    let listed = try await session.listed(names)
    let named = names.lazy.compactMap { listed[$0] }.first
    if let named, reference.operators.isEmpty { return named }
    let missing = GitError.noSuchReference(url: url.redacted, reference: reference.text)
    guard named != nil || reference.mayBeAbbreviated else { throw missing }
    let revision = (named ?? reference.base) + reference.operators
    let commit = try await withMirror(session) { (mirror) throws(GitError) in
      try await mirror.commit(of: revision)
    }
    guard let commit else { throw missing }
    return commit
  }

  /// Git's path; nil if there is none.
  var executablePath: String? {
    if executable.contains("/") { return isExecutableFile(executable) ? executable : nil }
    return PackageIndex.executablePath(
      named: executable, on: environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
  }

  func session(for url: GitURL) async throws(GitError) -> GitSession {
    let directory = try directory()
    let template = "\(directory)/template"
    if let reason = GitTemplate.make(template) { throw .unusableDirectory(path: template, reason: reason) }
    return try await GitSession(for: url, of: self, in: directory, template: template)
  }

  /// Where repositories are kept, without symbolic links.
  private func directory() throws(GitError) -> String {
    guard let cacheDirectory else {
      do throws(IndexError) {
        return try scratch.path()
      } catch {
        throw .unusableDirectory(path: "TMPDIR", reason: "\(error)")
      }
    }
    if let reason = makeDirectories(cacheDirectory) {
      throw .unusableDirectory(path: cacheDirectory, reason: reason)
    }
    guard let directory = resolvedPath(cacheDirectory) else {
      throw .unusableDirectory(path: cacheDirectory, reason: "no such directory")
    }
    return directory
  }

  /// Runs `body` on an up-to-date mirror that nobody else uses meanwhile.
  ///
  /// Where git can't go on with a mirror (damaged by a process that was killed, or of a server that only hands out files or
  /// doesn't keep what it promises about those to come) it is made anew, as a whole one, and `body` is run once more.
  func withMirror<Result: Sendable>(
    _ session: GitSession, _ body: (GitMirror) async throws(GitError) -> Result
  ) async throws(GitError) -> Result {
    let mirror = GitMirror(
      session: session, path: GitMirror.path(for: session.url, in: session.directory))
    let lock: Int32
    do throws(FileLock.Failure) {
      lock = try await FileLock.acquire("\(mirror.path).lock", patience: timeLimits.fetch)
    } catch {
      switch error {
      case .unusable(let reason): throw .unusableDirectory(path: "\(mirror.path).lock", reason: reason)
      case .busy: throw .timedOut(url: session.url.redacted, limit: timeLimits.fetch)
      case .cancelled: throw .cancelled
      }
    }
    defer { FileLock.release(lock) }
    progress("Fetching \(session.url.redacted)")
    do throws(GitError) {
      try await mirror.create(isFiltered: true)
      try await mirror.update()
      return try await body(mirror)
    } catch {
      guard case .failed = error else { throw error }
    }
    removeTree(mirror.path)
    try await mirror.create(isFiltered: false)
    try await mirror.update()
    return try await body(mirror)
  }
}
