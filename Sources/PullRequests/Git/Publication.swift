/// Puts a change on repin's branch of the remote, whatever the state of the work tree.
struct Publication: Sendable {
  let repository: GitRepository
  let access: RemoteAccess
  let settings: PullRequestSettings

  /// For what goes over the network.
  private static let patience = Duration.seconds(300)

  /// A change as a commit that isn't made yet.
  struct Draft: Sendable {
    let tree: String
    let parent: String
    /// With its mark.
    let message: String
  }

  /// Runs git with the remote.
  func remote(
    _ arguments: [String], _ step: GitTrouble.Step, mayFail: Bool = false
  ) async throws(PullRequestError) -> GitAnswer {
    var command = GitCommand(arguments)
    command.environment = access.environment
    command.timeLimit = Self.patience
    return mayFail ? try await repository.answer(command, step) : try await repository.output(command, step)
  }

  /// Makes a branch's commit an object of the repository; no reference is written, no tag followed, nothing pruned.
  func fetch(
    _ branch: BranchName, at commit: String, isAlone: Bool
  ) async throws(PullRequestError) {
    if try await repository.has(commit: commit) { return }
    // Of a shallow clone, which knows no history, the branch's own commit is enough.
    let isShallow =
      try await repository.output(GitCommand(["rev-parse", "--is-shallow-repository"]), .reading).line
      == "true"
    _ = try await remote(
      [
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-prune",
        "--refmap=",
      ] + (isAlone && isShallow ? ["--depth=1"] : []) + ["--", settings.remote.text, branch.reference],
      .fetching(branch.text, remote: settings.remote.text))
    guard try await repository.has(commit: commit) else {
      throw .moved(branch.text, remote: settings.remote.text)
    }
  }

  /// What a change makes of the base; nil: nothing, it has all of it.
  func draft(_ change: ProposedChange, on branches: RemoteBranches) async throws(PullRequestError) -> Draft? {
    let old = try await repository.tree(of: branches.baseTip)
    var files: [TreeEdit.File] = []
    for file in change.files {
      var blob: String?
      if let bytes = file.bytes { blob = try await repository.write(bytes, as: file.path) }
      files.append(TreeEdit.File(parts: file.parts, path: file.path, blob: blob))
    }
    let edit = TreeEdit(repository: repository, base: branches.base.text)
    let (tree, changes) = try await edit.apply(files, to: old)
    if tree == old { return nil }
    let digest = try await repository.digest(of: changes.flatMap(\.record))
    let message = CommitMark(tree: tree, change: digest).signed(change.message)
    return Draft(tree: tree, parent: branches.baseTip, message: message)
  }

  /// Whether the branch's commit, which was fetched, is what the draft would become.
  func isThere(_ draft: Draft, at tip: String?) async throws(PullRequestError) -> Bool {
    guard let tip else { return false }
    let commit = try await repository.commit(tip)
    return commit.tree == draft.tree && commit.parents == [draft.parent] && commit.message == draft.message
  }

  func commit(
    _ draft: Draft, by author: CommitAuthor, at seconds: Int64
  ) async throws(PullRequestError) -> String {
    try await repository.write(
      tree: draft.tree, parent: draft.parent, message: draft.message, author: author, at: seconds)
  }

  /// Who commits where the settings don't say: who git's configuration says.
  func author() async throws(PullRequestError) -> CommitAuthor {
    if let author = settings.author { return author }
    let answer = try await repository.answer(
      GitCommand(["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"]), .reading)
    guard answer.status == 0, let end = answer.line.lastIndex(of: ">"),
      let author = try? CommitAuthor(String(answer.line[...end]))
    else { return .standard }
    return author
  }

  // MARK: Pushing

  /// Moves the branch, or makes it; nil for the commit: takes it away. Only where it still is at `tip`.
  func push(_ commit: String?, over tip: String?) async throws(PullRequestError) {
    let (branch, name) = (settings.branch, settings.remote.text)
    let answer = try await remote(
      [
        "push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no",
        "--force-with-lease=\(branch.reference):\(tip ?? "")", "--", name,
        "\(commit ?? ""):\(branch.reference)",
      ], .pushing(branch.text, remote: name), mayFail: true)
    if answer.status == 0 { return }
    // FLAG<TAB>FROM:TO<TAB>SUMMARY (REASON)
    for line in String(decoding: answer.output, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t", maxSplits: 2)
      guard fields.count == 3, fields[0] == "!" else { continue }
      if fields[2].contains("(stale info)") || fields[2].contains("(fetch first)") {
        throw .moved(branch.text, remote: name)
      }
      let reason = repository.token?.hidden(in: String(fields[2])) ?? String(fields[2])
      throw .rejected(branch.text, remote: name, reason: OutsideLine.text(reason))
    }
    throw .git(GitTrouble(step: .pushing(branch.text, remote: name), reason: .failed(answer.diagnostics)))
  }
}
