/// What `[pull-request]` says, each value by itself; nil where the environment, the remote or git's configuration tell.
package struct PullRequestSettings: Sendable, Hashable {
  /// The kind of server.
  package var forge: Forge?
  /// Its API.
  package var api: APIAddress?
  /// The repository in it.
  package var repository: RepositoryPath?
  /// The git remote that is fetched from and pushed to.
  package var remote = RemoteName.standard
  /// The branch that repin commits to.
  package var branch = BranchName.standard
  /// The branch that is to be changed; nil: the remote's default branch.
  package var base: BranchName?
  /// Labels that a request gets beside those that it has.
  package var labels: [RequestLabel] = []
  /// Who commits; nil: who git's configuration says, else `repin <repin@localhost>`.
  package var author: CommitAuthor?
  /// Where it all stands, for messages: `repin.toml:12:2`.
  package var place = "`[pull-request]`"

  /// Nothing but the defaults.
  package init() {}

  /// The keys of the table.
  package enum Key: String, CaseIterable {
    case forge
    case api = "api-url"
    case repository
    case remote
    case branch
    case base
    case labels
    case author
  }
}
