extension GitClient {
  /// Puts the tree of a commit and of its submodules into a directory, with a `.git` that has every tag and branch, as
  /// `git describe` needs them; no hook and no filter (such as Git LFS's) is run for it.
  ///
  /// - Parameters:
  ///   - commit: its whole name.
  ///   - directory: made if need be; it must be empty, and what is in it after an error is no use. It borrows from the
  ///     cache: it is whole only as long as that is.
  package func checkOut(
    _ commit: String, of url: GitURL, into directory: String
  ) async throws(GitError) {
    let commit = commit.lowercased()
    guard GitReference.isFullCommit(commit) else {
      throw .noSuchCommit(url: url.redacted, commit: commit)
    }
    if let reason = makeDirectories(directory) { throw .unusableDirectory(path: directory, reason: reason) }
    guard let root = resolvedPath(directory), isEmptyDirectory(root) else {
      throw .unusableDirectory(path: directory, reason: "not an empty directory")
    }
    let session = try await session(for: url)
    try await withMirror(session) { (mirror) throws(GitError) in
      try await mirror.need(commit)
      if !isEmptyDirectory(root) {
        removeTree(root)
        if let reason = makeDirectories(root) { throw .unusableDirectory(path: directory, reason: reason) }
      }
      try await mirror.export(commit, into: root)
    }
    if isPresent("\(root)/.gitmodules") {
      progress("Fetching the submodules of \(url.redacted)")
      try await session.run(
        "submodule", ["update", "--init", "--recursive", "--quiet"], options: ["-C", root],
        limit: timeLimits.fetch, isAboutURL: false)
    }
    if let subdirectory = url.subdirectory, let problem = problem(with: subdirectory, in: root) {
      throw .noSuchSubdirectory(url: url.redacted, subdirectory: subdirectory, problem: problem)
    }
  }

  /// - Parameter root: without symbolic links.
  private func problem(with subdirectory: String, in root: String) -> GitError.SubdirectoryProblem? {
    guard let path = resolvedPath("\(root)/\(subdirectory)") else { return .missing }
    guard path == root || path.hasPrefix("\(root)/"), !path.hasPrefix("\(root)/.git/"), path != "\(root)/.git"
    else { return .leavesTree }
    return isDirectory(path) ? nil : .notDirectory
  }
}
