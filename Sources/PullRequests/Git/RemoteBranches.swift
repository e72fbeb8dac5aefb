/// The base and repin's branch, as the remote has them.
struct RemoteBranches: Sendable, Hashable {
  let base: BranchName
  /// The base's commit.
  let baseTip: String
  /// The branch's commit; nil: there is no such branch.
  let branchTip: String?
}

extension Publication {
  /// Asks the remote.
  func branches() async throws(PullRequestError) -> RemoteBranches {
    if let base = settings.base { return try await branches(base: base) }
    let listed = try await listed(["HEAD", settings.branch.reference], isSymbolic: true)
    if let reference = listed.head, reference.hasPrefix("refs/heads/"), let tip = listed.tips["HEAD"],
      let base = try? BranchName(String(reference.dropFirst("refs/heads/".count)))
    {
      try check(base)
      return RemoteBranches(base: base, baseTip: tip, branchTip: listed.tips[settings.branch.reference])
    }
    let checkedOut = try await repository.answer(
      GitCommand(["symbolic-ref", "--quiet", "--short", "HEAD"]), .reading)
    guard checkedOut.status == 0, let base = try? BranchName(checkedOut.line) else {
      throw .unknownBase(remote: settings.remote.text)
    }
    return try await branches(base: base)
  }

  private func branches(base: BranchName) async throws(PullRequestError) -> RemoteBranches {
    try check(base)
    let tips = try await listed([base.reference, settings.branch.reference], isSymbolic: false).tips
    guard let tip = tips[base.reference] else {
      throw .noBase(base.text, remote: settings.remote.text)
    }
    return RemoteBranches(base: base, baseTip: tip, branchTip: tips[settings.branch.reference])
  }

  private func check(_ base: BranchName) throws(PullRequestError) {
    guard base != settings.branch else {
      throw .setting(
        .branch, settings,
        reason: "found `\(base)`, which is the branch that is to be changed, expected another")
    }
  }

  /// The commits of references by their whole names, and what `HEAD` refers to.
  private func listed(
    _ names: [String], isSymbolic: Bool
  ) async throws(PullRequestError) -> (head: String?, tips: [String: String]) {
    let answer = try await remote(
      ["ls-remote"] + (isSymbolic ? ["--symref"] : []) + ["--", settings.remote.text] + names,
      .listing(settings.remote.text))
    var head: String?
    var tips: [String: String] = [:]
    // A name is a pattern of `ls-remote`, so that others may be among them.
    for line in String(decoding: answer.output, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t", maxSplits: 1)
      guard fields.count == 2, names.contains(String(fields[1])) else { continue }
      if fields[0].hasPrefix("ref: ") {
        if fields[1] == "HEAD" { head = String(fields[0].dropFirst("ref: ".count)) }
      } else if GitRepository.isID(fields[0]) {
        tips[String(fields[1])] = String(fields[0])
      }
    }
    return (head, tips)
  }
}
