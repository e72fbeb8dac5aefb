import PackageIndex
import PullRequests
import PythonPackaging

/// The pull request that a run's update goes into.
struct RunRequest {
  let settings: PullRequestSettings
  /// By which options servers are asked.
  let check: CheckRun
  let context: CommandContext

  /// Opens it, or brings it up to date.
  func propose(_ update: RunUpdate) async throws(CommandFailure) -> PullRequestOutcome? {
    guard let texts = update.texts else { return nil }
    let lockfiles = try await ProposedLockfiles(
      update.changed.map { ($0.compiled.inputs.output, $0.compiled.bytes) }, context: context)
    let change = ProposedChange(
      files: lockfiles.files, title: texts.title, body: texts.body, message: texts.commit)
    return try await publish(at: lockfiles.workTree) { publisher throws(PullRequestError) in
      try await publisher.propose(change)
    }
  }

  /// Closes the one that is open, if there is one.
  ///
  /// - Parameter paths: the project's lockfiles.
  func withdraw(of paths: [String]) async throws(CommandFailure) -> PullRequestOutcome {
    let lockfiles = try await ProposedLockfiles(paths.map { ($0, nil) }, context: context)
    return try await publish(at: lockfiles.workTree) { publisher throws(PullRequestError) in
      try await publisher.withdraw(because: "nothing that an update would change is due any more.")
    }
  }

  private func publish(
    at workTree: String,
    _ body: (PullRequestPublisher) async throws(PullRequestError) -> PullRequestOutcome
  ) async throws(CommandFailure) -> PullRequestOutcome {
    let setup = try IndexSetup(check.compile.habits.applied(to: check.compile.index), context: context)
    let client = try setup.documentClient()
    let result: Result<PullRequestOutcome, CommandFailure>
    do throws(CommandFailure) {
      let publisher = try await context.pullRequestPublisher(settings, workTree: workTree, client: client)
      do throws(PullRequestError) {
        result = .success(try await body(publisher))
      } catch {
        result = .failure(.pullRequest(error))
      }
    } catch {
      result = .failure(error)
    }
    await client.close()
    return try result.get()
  }
}
