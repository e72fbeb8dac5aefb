/// The cache's own bare repository for one remote: its branches, its tags and all commits, and the files of those commits
/// that were asked for (gitprotocol-v2, `filter`), unless it had to be a whole one.
///
/// Whoever uses it holds its lock. What it has is named by its contents, so that it can be old but not wrong.
struct GitMirror: Sendable {
  let session: GitSession
  /// Absolute.
  let path: String

  /// Git's settings for a repository that fetches files when they are needed.
  private static let filter = ["remote.origin.promisor=true", "remote.origin.partialclonefilter=blob:none"]

  /// Where the mirror of a URL's repository is: a name made of the URL's identity.
  static func path(for url: GitURL, in directory: String) -> String {
    var name: [UInt8] = []
    for byte in url.identity.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
        name.append(byte)
      default:
        name += [UInt8(ascii: "_"), hexadecimalDigit(byte >> 4), hexadecimalDigit(byte)]
      }
    }
    // Most file systems end at 255 bytes. Two that begin alike would share a mirror, and each would find its own in it.
    return "\(directory)/\(String(decoding: name.prefix(240), as: UTF8.self)).git"
  }

  /// Makes an empty one where there is none, whole or not at all.
  ///
  /// - Parameter isFiltered: whether files come when they are needed, or all at once.
  func create(isFiltered: Bool) async throws(GitError) {
    guard !isReadable("\(path)/HEAD") else { return }
    let new = "\(path).new"
    removeTree(new)
    try await local("init", ["--quiet", "--bare", "--", new])
    for setting in isFiltered ? GitMirror.filter : [] {
      let words = setting.split(separator: "=", maxSplits: 1).map(String.init)
      try await local("config", words, options: ["--git-dir=\(new)"])
    }
    removeTree(path)
    if let reason = renameDirectory(new, to: path) { throw .unusableDirectory(path: path, reason: reason) }
  }

  /// Brings its branches and tags to what the remote's are now.
  func update() async throws(GitError) {
    try await local("config", ["remote.origin.url", session.url.remote], options: gitDirectory)
    try await fetch(["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"], options: ["--prune"])
  }

  /// The commit that a revision is, such as the beginning of its name; nil if none is.
  func commit(of revision: String) async throws(GitError) -> String? {
    do throws(GitError) {
      let output = try await local(
        "rev-parse", ["--verify", "--quiet", "\(revision)^{commit}"], options: gitDirectory)
      let commit = String(output.trimmed)
      return GitReference.isFullCommit(commit) ? commit : nil
    } catch {
      guard case .failed = error else { throw error }
      return nil
    }
  }

  /// Sees to it that a commit is here, though no branch leads to it any more.
  func need(_ commit: String) async throws(GitError) {
    if try await has(commit) { return }
    do throws(GitError) {
      try await fetch([commit], options: [])
    } catch {
      guard case .failed = error else { throw error }
    }
    if try await has(commit) { return }
    throw .noSuchCommit(url: session.url.redacted, commit: commit)
  }

  /// Makes a repository of its own of a commit it has, with the same branches and tags, and its files around it.
  ///
  /// - Parameter directory: absolute, and empty.
  func export(_ commit: String, into directory: String) async throws(GitError) {
    let isFiltered = try await isFiltered()
    try await local(
      "clone",
      ["--quiet", "--shared", "--no-checkout", "--origin", "origin"]
        + (isFiltered ? GitMirror.filter.flatMap { ["--config", $0] } : []) + ["--", path, directory])
    try await local("config", ["remote.origin.url", session.url.remote], options: ["-C", directory])
    // Read by the mirror, so that the files it lacks are kept here for the next time.
    try await session.run(
      "read-tree", ["--reset", "-u", commit], options: gitDirectory + ["--work-tree=\(directory)"],
      environment: ["GIT_INDEX_FILE": "\(directory)/.git/index"], limit: session.limits.fetch)
    try await local("update-ref", ["--no-deref", "HEAD", commit], options: ["-C", directory])
  }

  private func has(_ commit: String) async throws(GitError) -> Bool {
    try await session.succeeds(
      gitDirectory + ["cat-file", "-e", "\(commit)^{commit}"], environment: ["GIT_NO_LAZY_FETCH": "1"])
  }

  /// Whether files come when they are needed.
  private func isFiltered() async throws(GitError) -> Bool {
    try await session.succeeds(gitDirectory + ["config", "--get", "remote.origin.promisor"])
  }

  private func fetch(_ names: [String], options: [String]) async throws(GitError) {
    var options = options
    if session.url.transport.isHTTP, try await isFiltered() { options += GitMirror.wholeDepth }
    try await session.run(
      "fetch", ["--quiet", "--no-tags", "--no-recurse-submodules"] + options + ["--", "origin"] + names,
      options: gitDirectory, limit: session.limits.fetch)
  }

  /// All of the history (gitprotocol-pack, `deepen`), which is what is fetched anyway: but a web server that only hands out
  /// files can't tell how deep it is, so that git stops there. It would not stop else: to look whether an object is here it
  /// fetches that object, and to fetch it, it looks whether it is here, each time by another process.
  private static let wholeDepth = ["--depth=2147483647"]

  /// A command that asks nobody.
  @discardableResult
  private func local(
    _ command: String, _ arguments: [String], options: [String] = []
  ) async throws(GitError) -> String {
    try await session.run(
      command, arguments, options: options, limit: session.limits.query, isAboutURL: false)
  }

  private var gitDirectory: [String] { ["--git-dir=\(path)"] }
}
