import PackageIndex
import PullRequests

extension CommandContext {
  /// What proposes changes of a work tree's repository by pull requests.
  ///
  /// - Parameters:
  ///   - workTree: the top directory of the work tree.
  ///   - client: what asks the forge; it is its caller's to close.
  func pullRequestPublisher(
    _ settings: PullRequestSettings, workTree: String, client: IndexClient
  ) async throws(CommandFailure) -> PullRequestPublisher {
    do throws(PullRequestError) {
      return try await PullRequestPublisher(
        settings: settings, environment: environment,
        git: PullRequestGit(context: self, workTree: workTree),
        transport: PullRequestTransport(client: client),
        clock: PullRequestClock(now: IndexClock.system.now, sleep: IndexClock.system.sleep))
    } catch {
      throw .pullRequest(error)
    }
  }
}
