/// Git in the user's repository, by commands that touch neither the work tree nor the index nor any reference of it: what they
/// write are objects.
struct GitRepository: Sendable {
  let git: any GitRunning
  let token: ForgeToken?

  /// Nothing of the repository's is run, nothing goes on in the background, and paths and messages are what they seem.
  private static let settings = [
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.quotePath=false", "core.safecrlf=false",
    "gc.auto=0",
    "maintenance.auto=false", "fetch.writeCommitGraph=false", "i18n.commitEncoding=UTF-8",
    "advice.pushUpdateRejected=false",
  ].flatMap { ["-c", $0] }

  /// Runs git, whatever status it ends with.
  func answer(_ command: GitCommand, _ step: GitTrouble.Step) async throws(PullRequestError) -> GitAnswer {
    var command = command
    command.arguments = Self.settings + command.arguments
    command.environment["GIT_NO_REPLACE_OBJECTS"] = "1"
    do throws(GitRunFailure) {
      var answer = try await git.run(command)
      if let token { answer.diagnostics = token.hidden(in: answer.diagnostics) }
      return answer
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      case .notStarted(let reason): throw .git(GitTrouble(step: step, reason: .notStarted(reason)))
      case .timedOut: throw .git(GitTrouble(step: step, reason: .timedOut(command.timeLimit)))
      case .tooMuchOutput:
        throw .git(GitTrouble(step: step, reason: .tooMuchOutput(limit: command.outputLimit)))
      }
    }
  }

  /// Runs git, and takes a failure for one.
  func output(_ command: GitCommand, _ step: GitTrouble.Step) async throws(PullRequestError) -> GitAnswer {
    let answer = try await answer(command, step)
    guard answer.status == 0 else {
      throw .git(GitTrouble(step: step, reason: .failed(answer.diagnostics)))
    }
    return answer
  }

  // MARK: Objects

  /// Whether an object is here.
  func has(commit: String) async throws(PullRequestError) -> Bool {
    // A partial clone fetches what it is asked for; this is to be known without.
    var command = GitCommand(["cat-file", "-e", "\(commit)^{commit}"])
    command.environment["GIT_NO_LAZY_FETCH"] = "1"
    return try await answer(command, .reading).status == 0
  }

  func commit(_ id: String) async throws(PullRequestError) -> CommitObject {
    let answer = try await output(GitCommand(["cat-file", "commit", id]), .reading)
    guard let commit = CommitObject(answer.output) else {
      throw .git(GitTrouble(step: .reading, reason: .failed("the commit \(id) can't be read")))
    }
    return commit
  }

  func tree(of commit: String) async throws(PullRequestError) -> String {
    try id(await output(GitCommand(["rev-parse", "--verify", "\(commit)^{tree}"]), .reading), .reading)
  }

  /// Writes a file's content as `git add` would: line ends and filters as the attributes of its path have it.
  func write(_ bytes: [UInt8], as path: String) async throws(PullRequestError) -> String {
    var command = GitCommand(["hash-object", "-w", "-t", "blob", "--stdin", "--path=\(path)"])
    command.input = bytes
    return try id(await output(command, .writing), .writing)
  }

  /// What a text's object would be named.
  func digest(of text: [UInt8]) async throws(PullRequestError) -> String {
    var command = GitCommand(["hash-object", "-t", "blob", "--stdin", "--no-filters"])
    command.input = text
    return try id(await output(command, .reading), .reading)
  }

  func entries(of tree: String) async throws(PullRequestError) -> [TreeEntry] {
    var command = GitCommand(["ls-tree", "-z", "--full-tree", tree])
    command.outputLimit = 64 << 20
    let answer = try await output(command, .reading)
    return answer.output.split(separator: 0).compactMap(TreeEntry.init)
  }

  func write(_ entries: [TreeEntry]) async throws(PullRequestError) -> String {
    // Of a partial or a sparse clone not everything is here.
    var command = GitCommand(["mktree", "-z", "--missing"])
    command.input = entries.flatMap { $0.record + [0] }
    return try id(await output(command, .writing), .writing)
  }

  func write(
    tree: String, parent: String, message: String, author: CommitAuthor, at seconds: Int64
  ) async throws(PullRequestError) -> String {
    var command = GitCommand(["commit-tree", tree, "-p", parent])
    command.input = Array(message.utf8)
    command.environment = author.variables(at: seconds)
    return try id(await output(command, .writing), .writing)
  }

  private func id(_ answer: GitAnswer, _ step: GitTrouble.Step) throws(PullRequestError) -> String {
    let line = answer.line
    guard Self.isID(line) else {
      throw .git(GitTrouble(step: step, reason: .failed("it told no object's name")))
    }
    return line
  }

  /// Whether a text is an object's whole name, of SHA-1 or SHA-256.
  static func isID(_ text: some StringProtocol) -> Bool {
    [40, 64].contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }
}
