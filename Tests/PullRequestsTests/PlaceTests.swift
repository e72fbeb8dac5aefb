import PullRequests
import Testing

/// Where changes go: settings, a job's variables, the remote.
@Suite struct PlaceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let remote: String
    var settings = PullRequestSettings()
    var environment: [String: String] = [:]
    let expected: String

    var testDescription: String { "\(remote) \(environment.sorted { $0.key < $1.key })" }

    init(
      _ remote: String, _ expected: String, _ change: (inout PullRequestSettings) -> Void = { _ in }
    ) {
      self.init(remote, [:], expected, change)
    }

    init(
      _ remote: String, _ environment: [String: String], _ expected: String,
      _ change: (inout PullRequestSettings) -> Void = { _ in }
    ) {
      self.remote = remote
      self.environment = environment
      self.expected = expected
      change(&settings)
    }
  }

  static let cases = [
    Case("https://github.com/shop/web.git", "github https://api.github.com shop/web"),
    Case("https://github.com/shop/web", "github https://api.github.com shop/web"),
    Case("git@github.com:shop/web.git", "github https://api.github.com shop/web"),
    Case("ssh://git@github.com:443/shop/web.git", "github https://api.github.com shop/web"),
    Case("https://user:pass@GitHub.com/shop/web/", "github https://api.github.com shop/web"),
    Case("https://shop.ghe.com/shop/web", "github https://api.shop.ghe.com shop/web"),
    Case("https://github.shop.example/shop/web", "github https://github.shop.example/api/v3 shop/web"),
    Case("https://gitlab.com/a/b/c/d.git", "gitlab https://gitlab.com/api/v4 a/b/c/d"),
    Case("git@gitlab.shop.example:a/b/c.git", "gitlab https://gitlab.shop.example/api/v4 a/b/c"),
    Case("https://gitlab.example:8443/a/b", "gitlab https://gitlab.example:8443/api/v4 a/b"),
    Case("ssh://git@gitlab.example:2222/a/b", "gitlab https://gitlab.example/api/v4 a/b"),
    Case("https://codeberg.org/a/b", "gitea https://codeberg.org/api/v1 a/b"),
    Case("git@gitea.example:a/b", "gitea https://gitea.example/api/v1 a/b"),
    Case("http://127.0.0.1:3000/a/b", "gitea http://127.0.0.1:3000/api/v1 a/b") { $0.forge = .gitea },
    Case("https://git.example/a/b", "gitlab https://git.example/api/v4 a/b") { $0.forge = .gitlab },
    Case("https://git.example/scm/a/b", "gitlab https://git.example/scm/api/v4 a/b") {
      $0.forge = .gitlab
      $0.api = try? APIAddress("https://git.example/scm/api/v4/")
    },
    Case(
      "https://git.example/a/b",
      ["GITHUB_ACTIONS": "true", "GITHUB_API_URL": "https://git.example/api/v3", "GITHUB_REPOSITORY": "x/y"],
      "github https://git.example/api/v3 x/y"),
    Case(
      "https://git.example/a/b",
      ["GITHUB_ACTIONS": "true", "GITHUB_API_URL": "https://git.example/api/v1", "GITHUB_REPOSITORY": "x/y"],
      "gitea https://git.example/api/v1 x/y"),
    Case(
      "https://git.example/a/b",
      ["GITLAB_CI": "true", "CI_API_V4_URL": "https://git.example/api/v4", "CI_PROJECT_PATH": "a/b/c"],
      "gitlab https://git.example/api/v4 a/b/c"),
    // A job of one forge that proposes on another.
    Case(
      "https://gitlab.example/a/b",
      ["GITHUB_ACTIONS": "true", "GITHUB_API_URL": "https://api.github.com", "GITHUB_REPOSITORY": "x/y"],
      "gitlab https://gitlab.example/api/v4 a/b"
    ) { $0.forge = .gitlab },
    Case(
      "/srv/git/web.git", "`[pull-request]`: which forge it is isn't known: the remote's host doesn't tell"),
    Case(
      "https://git.example/a/b",
      "`[pull-request]`: which forge it is isn't known: the remote's host doesn't tell"),
    Case(
      "/srv/git/web.git",
      "`[pull-request]`: where the forge's API is isn't known: the remote has no address of a server"
    ) {
      $0.forge = .gitea
    },
    Case(
      "http://git.example/a/b",
      "`[pull-request]`: where the forge's API is isn't known: the remote has no address of a server"
    ) {
      $0.forge = .gitea
    },
    Case(
      "/srv/git/web.git",
      "repin.toml:3:2: which repository it is isn't known: the remote has no address of a server"
    ) {
      $0.forge = .gitea
      $0.api = try? APIAddress("https://git.example/api/v1")
      $0.place = "repin.toml:3:2"
    },
    Case(
      "https://github.com/a/b/c",
      "`[pull-request]`: `pull-request.repository`: found `a/b/c`, expected `owner/name`: GitHub has no groups within groups"
    ),
    Case(
      "https://github.com/a/b", ["GITHUB_ACTIONS": "true", "GITHUB_API_URL": "http://git.example/api/v3"],
      "`[pull-request]`: `pull-request.api-url`: the variable `GITHUB_API_URL`: found `http://git.example/api/v3`, expected the address of an API, such as `https://git.example/api/v4`, without credentials and query"
    ),
  ]

  @Test(arguments: cases) func `is known`(_ test: Case) {
    do throws(PullRequestError) {
      let place = try ForgePlace(
        test.settings, environment: test.environment, remote: RemoteAddress(test.remote))
      #expect("\(place.forge.rawValue) \(place.api) \(place.repository)" == test.expected)
    } catch {
      #expect(error.description == test.expected)
      #expect(error.kind == .input)
    }
  }

  @Test(arguments: [
    ("https://git.example/api/v4/", "https://git.example/api/v4"),
    ("https://GIT.example:8443", "https://git.example:8443"),
    ("http://127.0.0.1:80/api", "http://127.0.0.1:80/api"), ("http://[::1]:3000", "http://[::1]:3000"),
    ("http://localhost/api/v1", "http://localhost/api/v1"),
    ("http://git.example/api/v4", nil), ("http://127.0.0.1.example/", nil),
    ("http://127.0.0.1@git.example/", nil), ("ftp://git.example", nil), ("git.example/api", nil),
    ("https://", nil), ("https://u:p@git.example", nil), ("https://u@git.example", nil),
    ("https://git.example/a?b", nil), ("https://git.example/#a", nil),
    ("https://git.example/a b", nil), ("https://git.example:0/", nil), ("https://git.example:99999/", nil),
    ("https://-x/", nil), ("https://git.example//a", nil),
    ("http://127.1.2.3.4/", nil), ("https://gît.example", nil), ("git@git.example:a/b", nil),
  ]) func `addresses of APIs`(_ text: String, _ expected: String?) {
    #expect((try? APIAddress(text))?.text == expected)
  }

  @Test(arguments: [
    "a/b", "/a/b.git", "a/b/", "a.b/c-d_e", "a/b/c",
  ]) func `repositories`(_ text: String) throws { _ = try RepositoryPath(text) }

  @Test(arguments: [
    "", "a", "a//b", "a/..", "./a", "a/b c", "a/b?c", "-a/b", "a/%2e", "a/.git", "ä/b", "a/b\n",
  ])
  func `no repositories`(_ text: String) {
    #expect(throws: PullRequestValueError.self) { try RepositoryPath(text) }
  }

  @Test(arguments: [
    ("Bot <bot@x.example>", "Bot <bot@x.example>"),
    ("repin[bot]   <1+x@y.example>", "repin[bot] <1+x@y.example>"), ("Jürgen <j@x>", "Jürgen <j@x>"),
    ("Bot", nil), ("<bot@x>", nil), ("Bot <>", nil), ("Bot <a b>", nil), ("Bot <a> x", nil),
    ("A <b> <c>", nil), ("A\n <b@c>", nil), ("A> <b@c>", nil),
  ]) func `authors`(_ text: String, _ expected: String?) {
    #expect((try? CommitAuthor(text))?.description == expected)
  }

  struct Tokens: Sendable {
    let forge: Forge
    let environment: [String: String]
    let expected: String

    init(_ forge: Forge, _ environment: [String: String], _ expected: String) {
      self.forge = forge
      self.environment = environment
      self.expected = expected
    }
  }

  @Test(arguments: [
    Tokens(.github, ["REPIN_TOKEN": "a", "GITHUB_TOKEN": "b"], "REPIN_TOKEN"),
    Tokens(.github, ["REPIN_TOKEN": " \n", "GITHUB_TOKEN": "b\n", "GH_TOKEN": "c"], "GITHUB_TOKEN"),
    Tokens(.github, ["GH_TOKEN": "c", "GITLAB_TOKEN": "d"], "GH_TOKEN"),
    Tokens(.gitlab, ["GITHUB_TOKEN": "b", "GITLAB_TOKEN": "d"], "GITLAB_TOKEN"),
    Tokens(.gitea, ["GITEA_TOKEN": "e"], "GITEA_TOKEN"),
    Tokens(
      .gitlab, ["GITHUB_TOKEN": "b"], "no token: none of the variables `REPIN_TOKEN`, `GITLAB_TOKEN` is set"),
    Tokens(.gitea, [:], "no token: none of the variables `REPIN_TOKEN`, `GITEA_TOKEN` is set"),
    Tokens(
      .gitea, ["GITEA_TOKEN": "se\ncret"],
      "the variable `GITEA_TOKEN`: found characters that no token has, expected one word of ASCII"),
    Tokens(
      .gitea, ["GITEA_TOKEN": "sé"],
      "the variable `GITEA_TOKEN`: found characters that no token has, expected one word of ASCII"),
  ]) func `tokens`(_ test: Tokens) {
    do throws(PullRequestError) {
      let token = try ForgeToken(for: test.forge, environment: test.environment)
      #expect(token.variable == test.expected)
      #expect("\(token) \(String(reflecting: token))" == "**** ****")
    } catch {
      #expect(error.description == test.expected)
    }
  }

  /// Answers what is asked before the network is, and refuses the rest.
  struct Configured: GitRunning {
    let url: String
    let seen: TestSeen

    func run(_ command: GitCommand) async throws(GitRunFailure) -> GitAnswer {
      seen.add(command)
      if command.arguments.contains("get-url") {
        return GitAnswer(status: 0, output: Array("\(url)\n".utf8), diagnostics: "")
      }
      return GitAnswer(status: 128, output: [], diagnostics: "no")
    }
  }

  // user:token in base64, of `printf 'x-access-token:secret' | base64`.
  static let remotes: [(String, Forge, String?)] = [
    ("https://github.com/a/b", .github, "Basic eC1hY2Nlc3MtdG9rZW46c2VjcmV0"),
    ("https://gitlab.example/a/b", .gitlab, "Basic b2F1dGgyOnNlY3JldA=="),
    ("https://gitea.example/a/b", .gitea, "Basic dG9rZW46c2VjcmV0"),
    ("http://127.0.0.1:3000/a/b", .gitea, "Basic dG9rZW46c2VjcmV0"),
    ("git@github.com:a/b", .github, nil), ("https://me@github.com/a/b", .github, nil),
    ("https://me:pw@github.com/a/b", .github, nil),
  ]

  @Test(arguments: remotes) func `git gets the token of its own server by its environment alone`(
    _ url: String, _ forge: Forge, _ expected: String?
  ) async throws {
    var settings = PullRequestSettings()
    settings.forge = forge
    let git = Configured(url: url, seen: TestSeen())
    let publisher = try await PullRequestPublisher(
      settings: settings, environment: ["REPIN_TOKEN": "secret", "GIT_CONFIG_COUNT": "1"], git: git,
      transport: NoTransport(), clock: TestClock().clock)
    await #expect(throws: PullRequestError.self) { _ = try await publisher.withdraw(because: "x") }
    let listing = try #require(git.seen.commands.last)
    #expect(listing.arguments.contains("ls-remote"))
    let environment = listing.environment
    guard let expected else {
      #expect(environment["GIT_CONFIG_COUNT"] == nil)
      return
    }
    #expect(environment["GIT_CONFIG_COUNT"] == "4")
    #expect(environment["GIT_CONFIG_KEY_1"] == "http.\(url).extraHeader")
    #expect(environment["GIT_CONFIG_VALUE_1"] == "")
    #expect(environment["GIT_CONFIG_KEY_2"] == "http.\(url).extraHeader")
    #expect(environment["GIT_CONFIG_VALUE_2"] == "Authorization: \(expected)")
    #expect(environment["GIT_CONFIG_KEY_3"] == "http.\(url).followRedirects")
    #expect(environment["GIT_CONFIG_VALUE_3"] == "false")
    #expect(!git.seen.commands.contains { $0.arguments.joined().contains("secret") })
  }

  @Test func `git gets no token of another server`() async throws {
    var settings = PullRequestSettings()
    settings.forge = .gitea
    settings.api = try APIAddress("https://git.example/api/v1")
    let git = Configured(url: "https://other.example/a/b", seen: TestSeen())
    let publisher = try await PullRequestPublisher(
      settings: settings, environment: ["REPIN_TOKEN": "secret"], git: git, transport: NoTransport(),
      clock: TestClock().clock)
    await #expect(throws: PullRequestError.self) { _ = try await publisher.withdraw(because: "x") }
    #expect(git.seen.commands.allSatisfy { $0.environment["GIT_CONFIG_COUNT"] == nil })
  }
}

struct NoTransport: ForgeTransport {
  func send(_ request: ForgeRequest) async throws(ForgeTransportFailure) -> ForgeResponse {
    throw .failed("isn't there", isTransient: false)
  }
}
