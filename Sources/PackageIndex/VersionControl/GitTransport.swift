/// How Git reaches a repository: what follows `git+` in a requirement's URL.
package enum GitTransport: String, Sendable, Hashable, CaseIterable {
  case https
  case ssh
  case http
  case git
  case file

  /// The port of a URL that names none; nil for files.
  var defaultPort: Int? {
    switch self {
    case .https: 443
    case .ssh: 22
    case .http: 80
    case .git: 9418
    case .file: nil
    }
  }

  /// Whether a server is told who asks for it by HTTP's own means (RFC 9110 §11).
  var isHTTP: Bool { self == .https || self == .http }

  /// What a repository reached so may itself lead to, by a redirect or a submodule: nothing less safe than itself, and
  /// files of this machine from no other.
  ///
  ///     https, ssh → https, ssh        http → http, https        git → git        file → file, https, ssh
  var reachable: [GitTransport] {
    switch self {
    case .https, .ssh: [.https, .ssh]
    case .http: [.http, .https]
    case .git: [.git]
    case .file: [.file, .https, .ssh]
    }
  }

  /// Git's configuration for that (git-config(1), `protocol.allow`). What the user's own configuration makes of the
  /// first URL (`url.….insteadOf`) may use any of the five, and nothing may use an external program.
  var settings: [String] {
    ["protocol.allow=never"]
      + GitTransport.allCases.map { other in
        "protocol.\(other.rawValue).allow=\(reachable.contains(other) ? "always" : "user")"
      }
  }
}
