import ForgeServer
import PullRequests
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// A work tree, the bare repository that it was cloned from, and the forge that has requests for it.
struct Scene: Sendable {
  let directory = TemporaryDirectory()
  let git: TestGit
  let forge: ForgeServer
  let transport: TestTransport
  let clock = TestClock()
  var settings = PullRequestSettings()
  static let token = "s3cr3t-t0ken"

  /// A repository with `requirements.txt` on `main`, cloned into `work`.
  init(_ kind: ForgeServer.Kind = .github, objects: String = "sha1") async throws {
    directory.makeDirectory("home")
    git = TestGit(directory: directory)
    let repository = kind == .gitlab ? "company/shop/web" : "shop/web"
    let bare = directory.file("remote.git")
    let root = directory
    forge = ForgeServer(kind, repository: repository, token: Self.token) { branch in
      root.text("remote.git/refs/heads/\(branch)")
    }
    transport = TestTransport(forge: forge)
    settings.forge = Forge(rawValue: kind.rawValue)
    settings.api = try APIAddress("https://forge.example\(forge.prefix)")
    settings.repository = try RepositoryPath(repository)
    try await git.run(
      "init", "--quiet", "--bare", "--object-format=\(objects)", "--initial-branch=main", bare, in: ".")
    try await git.run(
      "init", "--quiet", "--object-format=\(objects)", "--initial-branch=main", "work", in: ".")
    try await git.run("remote", "add", "origin", bare)
    write("requirements.txt", "flask==2.0\n")
    write("app.py", "import flask\n")
    try await commit("first")
    try await git.run("push", "--quiet", "origin", "HEAD:main")
    try await git.run("branch", "--quiet", "--set-upstream-to=origin/main")
  }

  func write(_ name: String, _ text: String, mode: UInt32 = 0o644) {
    directory.write("work/\(name)", text, mode: mode)
  }

  func commit(_ message: String) async throws {
    try await git.run("add", "--all")
    try await git.run("commit", "--quiet", "--allow-empty", "--message", message)
  }

  /// Commits to the remote's `main` from another clone.
  func commitElsewhere(_ files: [String: String], branch: String = "main", message: String = "elsewhere")
    async throws
  {
    directory.remove("other")
    try await git.run("clone", "--quiet", "--branch", branch, directory.file("remote.git"), "other", in: ".")
    for (name, text) in files { directory.write("other/\(name)", text) }
    try await git.run("add", "--all", in: "other")
    try await git.run("commit", "--quiet", "--allow-empty", "--message", message, in: "other")
    try await git.run("push", "--quiet", "origin", "HEAD:\(branch)", in: "other")
  }

  func publisher(
    _ change: (inout PullRequestSettings) -> Void = { _ in }, environment: [String: String] = [:],
    git: (any GitRunning)? = nil
  ) async throws -> PullRequestPublisher {
    var settings = settings
    change(&settings)
    return try await PullRequestPublisher(
      settings: settings, environment: ["REPIN_TOKEN": Self.token].merging(environment) { $1 },
      git: git ?? self.git, transport: transport, clock: clock.clock)
  }

  /// What is on a branch of the remote, by path.
  func files(of branch: String = "repin/update") async throws -> [String] {
    try await git.run("ls-tree", "-r", "--name-only", branch, in: "remote.git").split(separator: "\n").map(
      String.init)
  }

  func text(_ path: String, on branch: String = "repin/update") async throws -> String {
    try await git.run("show", "\(branch):\(path)", in: "remote.git")
  }

  func tip(_ branch: String = "repin/update") -> String? {
    directory.text("remote.git/refs/heads/\(branch)").map { String($0.prefix { $0 != "\n" }) }
  }

  static func change(
    _ text: String = "flask==3.0\n", at path: String = "requirements.txt", title: String = "Raise flask",
    body: String = "Raises `flask`."
  ) -> ProposedChange {
    ProposedChange(
      files: [.init(path: path, bytes: Array(text.utf8))], title: title, body: body,
      message: "\(title)\n\n- flask 2.0 to 3.0\n")
  }
}

/// The system's git without anybody's configuration, with what it was asked.
final class TestGit: GitRunning {
  struct Failure: Error {
    let arguments: [String]
    let diagnostics: String
  }

  let directory: TemporaryDirectory
  /// Where `run(_: GitCommand)` runs.
  let place: String
  private let seen = Mutex<[GitCommand]>([])

  init(directory: TemporaryDirectory, place: String = "work") {
    self.directory = directory
    self.place = place
  }

  var commands: [GitCommand] { seen.withLock { $0 } }

  func run(_ command: GitCommand) async throws(GitRunFailure) -> GitAnswer {
    seen.withLock { $0.append(command) }
    do {
      return try await answer(command.arguments, input: command.input, command.environment, in: place)
    } catch {
      throw .notStarted("\(error)")
    }
  }

  @discardableResult
  func run(_ arguments: String..., in place: String = "work") async throws -> String {
    let answer = try await answer(arguments, input: [], [:], in: place)
    guard answer.status == 0 else { throw Failure(arguments: arguments, diagnostics: answer.diagnostics) }
    return String(decoding: answer.output, as: UTF8.self)
  }

  private func answer(
    _ arguments: [String], input: [UInt8], _ variables: [String: String], in place: String
  ) async throws -> GitAnswer {
    var environment: [Environment.Key: String] = [
      "HOME": directory.file("home"), "PATH": "/usr/local/bin:/usr/bin:/bin",
      "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_AUTHOR_NAME": "Tester",
      "GIT_AUTHOR_EMAIL": "tester@example.invalid", "GIT_COMMITTER_NAME": "Tester",
      "GIT_COMMITTER_EMAIL": "tester@example.invalid", "GIT_ALLOW_PROTOCOL": "file:http",
    ]
    for (name, value) in variables { environment[Environment.Key(stringLiteral: name)] = value }
    let result = try await Subprocess.run(
      .name("git"), arguments: Arguments(arguments), environment: .custom(environment),
      workingDirectory: FilePath(directory.file(place)), input: .array(input), output: .bytes(limit: 1 << 22),
      error: .string(limit: 1 << 16))
    let status: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
    return GitAnswer(
      status: status, output: result.standardOutput,
      diagnostics: result.standardError.split(separator: "\n").joined(separator: "; "))
  }
}

/// Asks a forge of the same process.
final class TestTransport: ForgeTransport {
  let forge: ForgeServer
  private let failures = Mutex<[ForgeTransportFailure]>([])

  init(forge: ForgeServer) { self.forge = forge }

  /// The next requests come to nothing, after they were done.
  func fail(_ failures: ForgeTransportFailure...) { self.failures.withLock { $0 += failures } }

  func send(_ request: ForgeRequest) async throws(ForgeTransportFailure) -> ForgeResponse {
    let root = "https://forge.example"
    guard request.url.hasPrefix(root) else { throw .failed("isn't the forge", isTransient: false) }
    let response = forge.answer(
      ForgeServer.Request(
        method: request.method.rawValue, path: String(request.url.dropFirst(root.count)),
        fields: request.fields,
        body: request.body ?? []))
    let isWrite = request.method != .get
    let failure = failures.withLock { isWrite && !$0.isEmpty ? $0.removeFirst() : nil }
    if let failure { throw failure }
    return ForgeResponse(status: response.status, fields: response.fields, body: response.body)
  }
}

/// A clock that only waiting moves.
final class TestClock: Sendable {
  private let state = Mutex<(now: Int64, waits: [Int64])>((1_800_000_000, []))

  var waits: [Int64] { state.withLock { $0.waits } }

  var clock: PullRequestClock {
    PullRequestClock(
      now: { self.state.withLock { $0.now } },
      sleep: { duration in
        self.state.withLock { state in
          state.now += duration.components.seconds
          state.waits.append(duration.components.seconds)
        }
      })
  }
}

/// What git was asked.
final class TestSeen: Sendable {
  private let state = Mutex<[GitCommand]>([])

  var commands: [GitCommand] { state.withLock { $0 } }

  func add(_ command: GitCommand) { state.withLock { $0.append(command) } }
}
