extension GitClient {
  /// Whether what a URL names is a branch that has come on from a commit: the URL's reference is a branch, or none, and the
  /// commit is among those that its tip leads back to. A tag doesn't move: if it names another commit, another is meant.
  ///
  /// - Parameters:
  ///   - commit: its whole name.
  ///   - tip: the commit that the URL names today.
  func hasComeOn(from commit: String, to tip: String, in url: GitURL) async throws(GitError) -> Bool {
    try await withMirror(session(for: url)) { (mirror) throws(GitError) in
      let directory = "--git-dir=\(mirror.path)"
      if let reference = url.reference {
        let isBranch = try await mirror.session.succeeds(
          [directory, "show-ref", "--verify", "--quiet", "refs/heads/\(reference)"])
        guard isBranch else { return false }
      }
      return try await mirror.session.succeeds([directory, "merge-base", "--is-ancestor", commit, tip])
    }
  }
}
