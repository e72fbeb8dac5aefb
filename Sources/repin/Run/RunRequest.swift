import PackageIndex
import PinHistory
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
    let home = LockfileHome(context: context)
    var files: [ProposedChange.File] = []
    for outcome in update.changed {
      let place = await home.place(of: outcome.compiled.inputs.output)
      files.append(ProposedChange.File(path: place.identity.path, bytes: outcome.compiled.bytes))
    }
    let change = ProposedChange(files: files, title: texts.title, body: texts.body, message: texts.commit)
    return try await publish { publisher throws(PullRequestError) in try await publisher.propose(change) }
  }

  /// Closes the one that is open, if there is one.
  func withdraw() async throws(CommandFailure) -> PullRequestOutcome {
    try await publish { publisher throws(PullRequestError) in
      try await publisher.withdraw(because: "nothing that an update would change is due any more.")
    }
  }

  private func publish(
    _ body: (PullRequestPublisher) async throws(PullRequestError) -> PullRequestOutcome
  ) async throws(CommandFailure) -> PullRequestOutcome {
    let place = await LockfileHome(context: context).place(of: "repin.toml")
    guard let workTree = place.workTree else {
      throw .usage(
        "\(settings.place): pull requests are made of a git repository, and `\(PrintableText.escaped(context.workingDirectory, limit: 300))` is in none",
        hint: "run it in a clone, or leave [pull-request] out")
    }
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
