extension Publication {
  /// Refuses a branch with somebody else's work on it.
  ///
  /// It is repin's where its commit has a mark that is true (``CommitMark``), where nothing is on it that the base hasn't, and
  /// where all that it changes is what a mark on it says, which is so after a forge has rebased it or merged the base into it, and
  /// with an empty commit on top, by which people start CI again.
  func checkOwnership(of tip: String, _ branches: RemoteBranches) async throws(PullRequestError) {
    try await fetch(settings.branch, at: tip, isAlone: true)
    let commit = try await repository.commit(tip)
    if let mark = CommitMark(in: commit.message), mark.tree == commit.tree, commit.parents.count == 1 {
      return
    }
    if try await isMerged(tip, into: branches.baseTip) { return }
    if try await holdsMarkedChange(tip, branches) { return }
    throw .foreignBranch(settings.branch.text, remote: settings.remote.text, commit: tip)
  }

  private func isMerged(_ tip: String, into base: String) async throws(PullRequestError) -> Bool {
    try await repository.answer(GitCommand(["merge-base", "--is-ancestor", tip, base]), .reading).status == 0
  }

  private func holdsMarkedChange(
    _ tip: String, _ branches: RemoteBranches
  ) async throws(PullRequestError) -> Bool {
    // A shallow clone may not know where the branch left the base.
    let fork = try await repository.answer(
      GitCommand(["merge-base", tip, branches.baseTip]), .reading)
    guard fork.status == 0, GitRepository.isID(fork.line) else { return false }
    let range = GitCommand([
      "rev-list", "--max-count=\(Self.mostCommits)", tip, "^\(branches.baseTip)",
    ])
    var marked: Set<String> = []
    for id in try await repository.output(range, .reading).output.split(separator: UInt8(ascii: "\n")) {
      let id = String(decoding: id, as: UTF8.self)
      if let mark = CommitMark(in: try await repository.commit(id).message) { marked.insert(mark.change) }
    }
    guard !marked.isEmpty, let changes = try await changes(from: fork.line, to: tip) else { return false }
    return marked.contains(try await repository.digest(of: changes.flatMap(\.record)))
  }

  /// What differs, by path; nil: more than can be repin's.
  private func changes(
    from old: String, to new: String
  ) async throws(PullRequestError) -> [TreeEdit.Change]? {
    let command = GitCommand(["diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", old, new])
    let answer = try await repository.output(command, .reading)
    // :MODE MODE ID ID STATUS<NUL>PATH<NUL>
    let parts = answer.output.split(separator: 0, omittingEmptySubsequences: false)
    var changes: [TreeEdit.Change] = []
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      let words = String(decoding: parts[index], as: UTF8.self).split(separator: " ")
      guard words.count == 5, words[0].hasPrefix(":") else { return nil }
      let isGone = words[4] == "D"
      changes.append(
        TreeEdit.Change(
          path: Array(parts[index + 1]), mode: String(words[1]), id: isGone ? nil : String(words[3])))
    }
    return changes.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  private static let mostCommits = 50
}
