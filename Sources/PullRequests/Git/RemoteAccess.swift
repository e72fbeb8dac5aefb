/// How git gets to the remote: as the user has it configured, and where the remote is the forge's own by https, with the token.
struct RemoteAccess: Sendable {
  /// The address that is fetched from; nil: it is none of a server.
  let address: RemoteAddress?
  /// What git is given for the remote's commands.
  let environment: [String: String]

  /// The addresses of a remote: where it is fetched from, and where it is pushed to.
  static func addresses(
    of remote: RemoteName, in repository: GitRepository
  ) async throws(PullRequestError) -> (fetch: String, push: String) {
    let step = GitTrouble.Step.remote(remote.text)
    let fetch = try await repository.output(GitCommand(["remote", "get-url", remote.text]), step).line
    let push = try await repository.output(GitCommand(["remote", "get-url", "--push", remote.text]), step)
      .line
    return (fetch, push)
  }

  /// - Parameters:
  ///   - addresses: the remote's.
  ///   - variables: the user's, which may have configuration in them already.
  init(
    to addresses: (fetch: String, push: String), of place: ForgePlace, token: ForgeToken,
    beside variables: [String: String]
  ) {
    address = RemoteAddress(addresses.fetch)
    var settings: [(key: String, value: String)] = []
    for text in Set([addresses.fetch, addresses.push]).sorted() {
      guard let address = RemoteAddress(text), address.scheme != .ssh, place.isHome(of: address),
        address.scheme == .https || address.isLoopback, !address.hasUser
      else { continue }
      let section = "http.\(address.root)\(address.path)"
      settings += [
        // What a job's checkout left in the configuration would be sent too.
        ("\(section).extraHeader", ""),
        ("\(section).extraHeader", "Authorization: \(token.basic(user: place.forge.gitUser))"),
        // Git would take the field along.
        ("\(section).followRedirects", "false"),
      ]
    }
    let first = variables["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0
    var environment: [String: String] = [:]
    for (index, setting) in settings.enumerated() {
      environment["GIT_CONFIG_KEY_\(first + index)"] = setting.key
      environment["GIT_CONFIG_VALUE_\(first + index)"] = setting.value
    }
    if !settings.isEmpty { environment["GIT_CONFIG_COUNT"] = String(first + settings.count) }
    self.environment = environment
  }
}
