/// A kind of server that keeps repositories and asks people to review changes.
package enum Forge: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case github
  case gitlab
  case gitea

  /// Reads the name of one.
  package init(_ text: String) throws(PullRequestValueError) {
    guard let forge = Forge(rawValue: text) else { throw PullRequestValueError(.forge, found: text) }
    self = forge
  }

  /// As people write it.
  package var description: String {
    switch self {
    case .github: "GitHub"
    case .gitlab: "GitLab"
    case .gitea: "Gitea"
    }
  }

  /// What it calls a change that is to be reviewed.
  package var noun: String { self == .gitlab ? "merge request" : "pull request" }

  /// Where tokens are looked for, the first one that is set counts.
  package var tokenVariables: [String] {
    switch self {
    case .github: ["REPIN_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"]
    case .gitlab: ["REPIN_TOKEN", "GITLAB_TOKEN"]
    case .gitea: ["REPIN_TOKEN", "GITEA_TOKEN"]
    }
  }

  /// What the API's address ends in, on a server of one's own.
  var versionPath: String {
    switch self {
    case .github: "/api/v3"
    case .gitlab: "/api/v4"
    case .gitea: "/api/v1"
    }
  }

  /// The name that goes with a token where git asks for a user and a password.
  var gitUser: String {
    switch self {
    case .github: "x-access-token"
    case .gitlab: "oauth2"
    case .gitea: "token"
    }
  }

  /// The most characters of a title.
  var longestTitle: Int { self == .github ? 256 : 255 }

  /// The most characters of a body.
  var longestBody: Int { self == .gitlab ? 1_048_576 : 65_536 }
}
