import ForgeServer
import Glibc
import IndexServer
import PackageIndex
import PullRequests
import TestSupport
import Testing

@testable import repin

/// Pull requests as commands make them: by the system's git, over the network, from the configuration.
@Suite struct PullRequestNetworkTests {
  /// A project whose remote is on this machine, and a forge that is asked over the network.
  struct Fixture {
    let server: IndexServer
    let forge: ForgeServer
    let repository: GitRepository
    let remote: GitRepository
    let context: CommandContext
    static let token = "s3cr3t-t0ken"

    init(
      _ kind: ForgeServer.Kind, git: String, identity: ServerIdentity? = nil,
      _ variables: [String: String] = [:]
    ) async throws {
      server = try await IndexServer.start(identity: identity)
      remote = try await GitRepository(git: git, isBare: true)
      repository = try await GitRepository(git: git)
      let bare = remote.directory
      let forge = ForgeServer(kind, repository: "shop/web", token: Self.token) {
        bare.text("refs/heads/\($0)")
      }
      self.forge = forge
      server.answerAll { request in
        let response = forge.answer(
          ForgeServer.Request(
            method: request.method, path: request.path, fields: request.fields, body: request.body))
        return (response.status, response.fields, response.body)
      }
      try await repository.commit(["requirements.txt": "flask==2.0\n"])
      try await repository.run("remote", "add", "origin", remote.directory.path)
      try await repository.run("push", "--quiet", "origin", "main")
      context = CommandContext(
        environment: [
          "HOME": repository.directory.path, "PATH": "/usr/local/bin:/usr/bin:/bin",
          "GIT_CONFIG_GLOBAL": "/dev/null",
          "GIT_CONFIG_NOSYSTEM": "1", "REPIN_TOKEN": Self.token, "GIT_DIR": "/nowhere", "GIT_TRACE": "1",
        ].merging(variables) { $1 }, workingDirectory: repository.directory.path,
        terminal: Terminal(environment: [:]))
    }

    /// What `repin.toml` says.
    func settings(_ toml: String) throws -> PullRequestSettings {
      let configuration = try PolicyConfiguration(config: nil, directory: "") {
        (path) throws(CommandFailure) in
        path == "repin.toml" ? Array(toml.utf8) : nil
      }
      return try #require(configuration.pullRequest)
    }

    func client(_ change: (inout NetworkConfiguration) -> Void = { _ in }) throws -> IndexClient {
      var configuration = IndexClientConfiguration(indexURLs: [], cache: nil)
      change(&configuration.network)
      return try IndexClient(configuration)
    }

    static let change = ProposedChange(
      files: [.init(path: "requirements.txt", bytes: Array("flask==3.0\n".utf8))],
      title: "Raise flask ä \"x\"",
      body: "Raises `flask`\n\n| a | b |\n", message: "Raise flask\n")
  }

  @Test(.enabled(if: SystemPrograms.git != nil), arguments: ForgeServer.Kind.allCases)
  func `a request from the configuration to the forge`(_ kind: ForgeServer.Kind) async throws {
    let fixture = try await Fixture(kind, git: #require(SystemPrograms.git))
    let settings = try fixture.settings(
      """
      [pull-request]
      forge = "\(kind.rawValue)"
      api-url = "\(fixture.server.root)\(fixture.forge.prefix)"
      repository = "shop/web"
      labels = ["pins", "pins"]
      author = "Bot <bot@shop.example>"
      """)
    let client = try fixture.client()
    let publisher = try await fixture.context.pullRequestPublisher(
      settings, workTree: fixture.repository.directory.path, client: client)
    let opened = try await publisher.propose(Fixture.change)
    #expect(opened.action == .opened)
    #expect(fixture.forge.open.map(\.title) == ["Raise flask ä \"x\""])
    #expect(fixture.forge.open.map(\.body) == ["Raises `flask`\n\n| a | b |\n"])
    #expect(fixture.forge.open.map(\.labels) == [["pins"]])
    #expect(
      try await fixture.remote.run("log", "-1", "--format=%an <%ae>", "repin/update")
        == "Bot <bot@shop.example>")
    #expect(try await publisher.propose(Fixture.change).action == .unchanged)
    #expect(try await publisher.withdraw(because: "over").action == .closed)
    #expect(try await fixture.repository.run("status", "--porcelain") == "")
    await client.close()
    await fixture.server.stop()
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `over TLS with the certificates of the indexes, and not without`() async throws {
    let fixture = try await Fixture(.gitea, git: #require(SystemPrograms.git), identity: TestIdentity.server)
    fixture.repository.directory.write("ca.pem", TestIdentity.certificate)
    var settings = PullRequestSettings()
    settings.forge = .gitea
    settings.api = try APIAddress("\(fixture.server.root)/api/v1")
    settings.repository = try RepositoryPath("shop/web")
    for isTrusted in [false, true] {
      let client = try fixture.client {
        if isTrusted { $0.certificates = fixture.repository.directory.file("ca.pem") }
      }
      let publisher = try await fixture.context.pullRequestPublisher(
        settings, workTree: fixture.repository.directory.path, client: client)
      if isTrusted {
        #expect(try await publisher.propose(Fixture.change).action == .opened)
      } else {
        let error = await #expect(throws: PullRequestError.self) {
          _ = try await publisher.propose(Fixture.change)
        }
        #expect(
          error?.description.hasSuffix("/pulls has no secure connection: its certificate isn't trusted")
            == true)
        #expect(error?.status == .outsideFailure)
      }
      await client.close()
    }
    await fixture.server.stop()
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a redirect isn't followed, and a server that is gone is told`() async throws {
    let fixture = try await Fixture(.github, git: #require(SystemPrograms.git))
    let other = try await IndexServer.start()
    var settings = PullRequestSettings()
    settings.forge = .github
    settings.api = try APIAddress("\(fixture.server.root)/api/v3")
    settings.repository = try RepositoryPath("shop/web")
    let client = try fixture.client()
    let publisher = try await fixture.context.pullRequestPublisher(
      settings, workTree: fixture.repository.directory.path, client: client)
    fixture.server.fail("/api/v3/repos/shop/web/pulls", .redirect("\(other.root)/stolen"))
    let redirected = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Fixture.change)
    }
    #expect(
      redirected?.description.hasSuffix("redirects to \(other.root)/stolen, which isn't followed") == true)
    #expect(other.requests == [])
    fixture.server.fail("/api/v3/repos/shop/web/pulls", .truncated, .hangUp)
    #expect(try await publisher.propose(Fixture.change).action == .opened)
    await client.close()
    await other.stop()
    await fixture.server.stop()
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a git that takes too long is ended with what it started`() async throws {
    let directory = TemporaryDirectory()
    directory.makeDirectory("bin")
    directory.write(
      "bin/git", "#!/bin/sh\nsleep 100 & echo $! > \(directory.file("pid"))\nwait\n", mode: 0o755)
    let context = CommandContext(
      environment: ["PATH": "\(directory.file("bin")):/usr/bin:/bin"], workingDirectory: directory.path,
      terminal: Terminal(environment: [:]))
    let git = Git(context: context, directory: directory.path, inheritance: .users)
    let failure = await #expect(throws: Git.BoundedFailure.self) {
      _ = try await git.answer(
        ["x"], input: [], environment: [:], limits: .init(output: 10, time: .milliseconds(300)))
    }
    guard case .timedOut? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    let pid = try #require(directory.text("pid")?.split(separator: "\n").first)
    // It has closed its streams, and may be about to end; and nobody may have asked how it ended yet.
    var state = Self.state(ofProcess: pid)
    for _ in 0..<1000 where !["gone", "Z"].contains(state) {
      try await Task.sleep(for: .milliseconds(10))
      state = Self.state(ofProcess: pid)
    }
    #expect(["gone", "Z"].contains(state))
  }

  /// The letter that Linux has for a process's state.
  private static func state(ofProcess pid: Substring) -> String {
    guard let file = fopen("/proc/\(pid)/stat", "r") else { return "gone" }
    defer { fclose(file) }
    var line = [UInt8](repeating: 0, count: 512)
    let count = fread(&line, 1, line.count, file)
    let text = String(decoding: line.prefix(count), as: UTF8.self)
    return text.split(separator: ")").last?.split(separator: " ").first.map(String.init) ?? "gone"
  }

  /// A work tree whose remote is on the forge's own server by HTTP, and whose checkout left a field behind.
  private func fixtureByHTTP() async throws -> (fixture: Fixture, settings: PullRequestSettings) {
    let fixture = try await Fixture(.github, git: #require(SystemPrograms.git))
    let root = fixture.server.root
    try await fixture.repository.run("remote", "set-url", "origin", "\(root)/shop/web")
    try await fixture.repository.run("config", "http.\(root)/.extraHeader", "X-Left: by a checkout")
    var settings = PullRequestSettings()
    settings.forge = .github
    return (fixture, settings)
  }

  // `printf x-access-token:s3cr3t-t0ken | base64`
  private static let basic = "Basic eC1hY2Nlc3MtdG9rZW46czNjcjN0LXQwa2Vu"

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `git shows its own server the token, and nothing that a checkout left`() async throws {
    let (fixture, settings) = try await fixtureByHTTP()
    fixture.server.answerAll { _ in (403, [:], Array("no \(Self.basic) \(Fixture.token)".utf8)) }
    let client = try fixture.client()
    let publisher = try await fixture.context.pullRequestPublisher(
      settings, workTree: fixture.repository.directory.path, client: client)
    #expect(publisher.place.api.text == "\(fixture.server.root)/api/v3")
    let error = await #expect(throws: PullRequestError.self) {
      _ = try await publisher.propose(Fixture.change)
    }
    let seen = fixture.server.requests
    #expect(!seen.isEmpty)
    #expect(
      seen.allSatisfy { $0.path.hasPrefix("/shop/web/info/refs") && $0.fields["authorization"] == Self.basic }
    )
    #expect(seen.allSatisfy { $0.fields["x-left"] == nil })
    let words = "\(error.map(String.init(describing:)) ?? "")"
    #expect(words.hasPrefix("git can't list the branches of `origin`: "))
    #expect(!words.contains(Fixture.token))
    #expect(!words.contains(Self.basic.dropFirst(6)))
    await client.close()
    await fixture.server.stop()
  }

  @Test(.enabled(if: SystemPrograms.git != nil)) func `git takes the token to no other server`() async throws
  {
    let (fixture, settings) = try await fixtureByHTTP()
    let other = try await IndexServer.start()
    let target = "\(other.root)/shop/web/info/refs?service=git-upload-pack"
    fixture.server.answerAll { _ in (302, ["Location": target], []) }
    let client = try fixture.client()
    let publisher = try await fixture.context.pullRequestPublisher(
      settings, workTree: fixture.repository.directory.path, client: client)
    await #expect(throws: PullRequestError.self) { _ = try await publisher.propose(Fixture.change) }
    #expect(!fixture.server.requests.isEmpty)
    #expect(other.requests == [])
    await client.close()
    await other.stop()
    await fixture.server.stop()
  }

  @Test(arguments: [
    ("yes 0123456789", Git.BoundedFailure.tooMuchOutput), ("cat", nil), ("exec 0<&-; exit 3", nil),
  ]) func `what git writes is bounded, and what it doesn't read is no matter`(
    _ script: String, _ expected: Git.BoundedFailure?
  ) async throws {
    let directory = TemporaryDirectory()
    directory.makeDirectory("bin")
    directory.write("bin/git", "#!/bin/sh\n\(script)\n", mode: 0o755)
    let context = CommandContext(
      environment: ["PATH": "\(directory.file("bin")):/usr/bin:/bin"], workingDirectory: directory.path,
      terminal: Terminal(environment: [:]))
    let input = [UInt8](repeating: 7, count: 300_000)
    do throws(Git.BoundedFailure) {
      let answer = try await Git(context: context, directory: directory.path).answer(
        [], input: input, environment: [:], limits: .init(output: 1 << 20, time: .seconds(60)))
      #expect(expected == nil)
      #expect(answer.status == (script == "cat" ? 0 : 3))
      #expect(answer.output == (script == "cat" ? input : []))
    } catch {
      #expect("\(error)" == expected.map { "\($0)" })
    }
  }
}
