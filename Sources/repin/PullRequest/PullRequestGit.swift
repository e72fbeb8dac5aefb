import PackageIndex
import PullRequests

/// Git as pull requests need it: at the top of a work tree, with the user's environment.
struct PullRequestGit: GitRunning {
  private let git: Git

  /// - Parameter workTree: its top directory.
  init(context: CommandContext, workTree: String) {
    git = Git(context: context, directory: workTree, inheritance: .users)
  }

  func run(_ command: GitCommand) async throws(GitRunFailure) -> GitAnswer {
    let limits = Git.Limits(output: command.outputLimit, time: command.timeLimit)
    do throws(Git.BoundedFailure) {
      let answer = try await git.answer(
        command.arguments, input: command.input, environment: command.environment, limits: limits)
      return GitAnswer(status: answer.status, output: answer.output, diagnostics: answer.diagnostics)
    } catch {
      switch error {
      case .notStarted(let reason): throw .notStarted(reason)
      case .timedOut: throw .timedOut
      case .tooMuchOutput: throw .tooMuchOutput
      case .cancelled: throw .cancelled
      }
    }
  }
}
