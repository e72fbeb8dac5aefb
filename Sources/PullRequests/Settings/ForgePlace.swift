/// Which repository of which server a change is proposed to: the settings, and what the environment of a CI job and the git
/// remote tell where they are silent.
package struct ForgePlace: Sendable, Hashable {
  package let forge: Forge
  package let api: APIAddress
  package let repository: RepositoryPath

  /// - Parameters:
  ///   - environment: the variables of the process.
  ///   - remote: the remote's address; nil: it is none of a server.
  package init(
    _ settings: PullRequestSettings, environment: [String: String], remote: RemoteAddress?
  ) throws(PullRequestError) {
    let runner = Runner(environment)
    guard let forge = settings.forge ?? runner?.forge ?? remote.flatMap(Self.forge) else {
      throw .unknown(.forge, settings)
    }
    // What another forge's job says is not about this one.
    let told = runner?.forge == forge ? runner : nil
    self.forge = forge
    var known = settings.api
    if known == nil { known = try told?.api(in: settings) }
    if known == nil, let remote { known = Self.api(of: forge, at: remote) }
    guard let api = known else { throw .unknown(.api, settings) }
    self.api = api
    let path = told?.repository ?? remote.map { Self.repository(of: $0, below: api, forge) }
    let repository = settings.repository ?? path.flatMap { try? RepositoryPath($0) }
    guard let repository else { throw .unknown(.repository, settings) }
    guard forge == .gitlab || repository.isFlat else {
      throw .setting(
        .repository, settings,
        reason: "found `\(repository)`, expected `owner/name`: \(forge) has no groups within groups")
    }
    self.repository = repository
  }

  /// Whether git's server at an address is the one whose API a token is for.
  func isHome(of address: RemoteAddress) -> Bool { Self.host(of: api, forge) == address.host }

  /// GitHub has its API on a host of its own, GitHub Enterprise Server doesn't.
  private static func host(of api: APIAddress, _ forge: Forge) -> String {
    forge == .github && api.host.hasPrefix("api.") ? String(api.host.dropFirst(4)) : api.host
  }

  private static func api(of forge: Forge, at remote: RemoteAddress) -> APIAddress? {
    if forge == .github, remote.host == "github.com" || remote.host.hasSuffix(".ghe.com") {
      return try? APIAddress("https://api.\(remote.host)")
    }
    // The port of SSH is none of the web's.
    let root = remote.scheme == .ssh ? "https://\(remote.host)" : remote.root
    return try? APIAddress(root + forge.versionPath)
  }

  /// The path of a remote, without the one below which a GitLab or Gitea may be.
  private static func repository(of remote: RemoteAddress, below api: APIAddress, _ forge: Forge) -> String {
    guard remote.scheme != .ssh, api.text.hasPrefix(remote.root), api.text.hasSuffix(forge.versionPath) else {
      return remote.path
    }
    let prefix = api.text.dropFirst(remote.root.count).dropLast(forge.versionPath.count)
    return remote.path.hasPrefix("\(prefix)/") ? String(remote.path.dropFirst(prefix.count)) : remote.path
  }

  /// A host that says what it is.
  private static func forge(of remote: RemoteAddress) -> Forge? {
    if remote.host == "codeberg.org" || remote.host.hasSuffix(".ghe.com") {
      return remote.host == "codeberg.org" ? .gitea : .github
    }
    for label in remote.host.split(separator: ".") {
      switch label {
      case "github": return .github
      case "gitlab": return .gitlab
      case "gitea", "forgejo": return .gitea
      default: continue
      }
    }
    return nil
  }

  /// What runs the job, as its variables tell.
  private struct Runner {
    let forge: Forge
    let repository: String?
    private let variable: String
    private let address: String?

    init?(_ environment: [String: String]) {
      func text(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
      if text("GITLAB_CI") != nil || text("CI_API_V4_URL") != nil {
        forge = .gitlab
        (variable, address, repository) = ("CI_API_V4_URL", text("CI_API_V4_URL"), text("CI_PROJECT_PATH"))
      } else if text("GITHUB_ACTIONS") != nil || text("GITHUB_API_URL") != nil {
        // Gitea's runner sets GitHub's variables too.
        let isGitea =
          text("GITEA_ACTIONS") != nil || text("FORGEJO_ACTIONS") != nil
          || text("GITHUB_API_URL")?.hasSuffix(Forge.gitea.versionPath) == true
        forge = isGitea ? .gitea : .github
        (variable, address, repository) = (
          "GITHUB_API_URL", text("GITHUB_API_URL"), text("GITHUB_REPOSITORY")
        )
      } else {
        return nil
      }
    }

    func api(in settings: PullRequestSettings) throws(PullRequestError) -> APIAddress? {
      guard let address else { return nil }
      do throws(PullRequestValueError) {
        return try APIAddress(address)
      } catch {
        throw .setting(.api, settings, reason: "the variable `\(variable)`: \(error)")
      }
    }
  }
}
