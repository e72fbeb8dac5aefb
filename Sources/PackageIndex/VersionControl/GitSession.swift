import PythonPackaging

/// Git as it is run for one URL: with that URL's environment, configuration and words for what goes wrong.
struct GitSession: Sendable {
  let url: GitURL
  let limits: GitClient.TimeLimits
  /// Where git is run: outside of every repository.
  let directory: String
  private let executable: String
  private let environment: [String: String]
  private let settings: [String]

  /// - Parameter template: what new repositories begin as.
  init(for url: GitURL, of client: GitClient, in directory: String, template: String) async throws(GitError) {
    self.url = url
    self.directory = directory
    limits = client.timeLimits
    guard let executable = client.executablePath else { throw .notInstalled }
    self.executable = executable
    let parent = directory.lastIndex(of: "/").map { String(directory[..<$0]) } ?? directory
    var environment = GitEnvironment.variables(
      for: url, from: client.environment, template: template, ceiling: parent)
    settings = GitEnvironment.settings(for: url, patience: max(1, limits.fetch.components.seconds))
    if url.transport.reachable.contains(.ssh), environment["GIT_SSH_COMMAND"] == nil,
      environment["GIT_SSH"] == nil
    {
      // The variable is stronger than the user's configuration, which must not be lost by it.
      let own = BoundedProcess(
        executable: executable, arguments: ["config", "--get", "core.sshCommand"], environment: environment,
        directory: directory, limit: limits.query)
      let isConfigured = try await GitSession.outcome(of: own, url: url).status == 0
      if !isConfigured { environment["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes" }
    }
    self.environment = environment
  }

  /// What git writes to standard output.
  ///
  /// - Parameters:
  ///   - command: git's command, for a message.
  ///   - isAboutURL: whether what goes wrong may be the URL's repository's fault.
  @discardableResult
  func run(
    _ command: String, _ arguments: [String], options: [String] = [],
    environment extra: [String: String] = [:],
    limit: Duration, isAboutURL: Bool = true
  ) async throws(GitError) -> String {
    let outcome = try await outcome(options + [command] + arguments, environment: extra, limit: limit)
    if outcome.status == 0 { return outcome.output }
    let diagnostics = GitDiagnostics(outcome.diagnostics, hiding: secrets)
    if isAboutURL, let error = diagnostics.error(for: url.redacted) { throw error }
    throw .failed(command: command, reason: diagnostics.reason)
  }

  /// Whether git answers yes.
  func succeeds(
    _ arguments: [String], environment extra: [String: String] = [:]
  ) async throws(GitError) -> Bool {
    try await outcome(arguments, environment: extra, limit: limits.query).status == 0
  }

  /// The remote's commits and tags of these names.
  func listed(_ names: [String]) async throws(GitError) -> [String: String] {
    // Then a server that can doesn't send the names of every change anybody ever proposed.
    let isOrdinary = names.allSatisfy { $0.hasPrefix("refs/heads/") || $0.hasPrefix("refs/tags/") }
    let output = try await run(
      "ls-remote", (isOrdinary ? ["--heads", "--tags"] : []) + ["--", url.remote] + names, limit: limits.query
    )
    var listed: [String: String] = [:]
    for line in output.split(separator: "\n") {
      let fields = line.split(separator: "\t", maxSplits: 1)
      guard fields.count == 2, GitReference.isFullCommit(String(fields[0])) else { continue }
      listed[String(fields[1])] = String(fields[0])
    }
    return listed
  }

  private func outcome(
    _ arguments: [String], environment extra: [String: String], limit: Duration
  ) async throws(GitError) -> BoundedProcess.Outcome {
    let process = BoundedProcess(
      executable: executable, arguments: settings.flatMap { ["-c", $0] } + arguments,
      environment: environment.merging(extra) { $1 }, directory: directory, limit: limit)
    return try await GitSession.outcome(of: process, url: url)
  }

  private static func outcome(
    of process: BoundedProcess, url: GitURL
  ) async throws(GitError) -> BoundedProcess.Outcome {
    do throws(BoundedProcess.Failure) {
      return try await process.run()
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      case .timedOut: throw .timedOut(url: url.redacted, limit: process.limit)
      case .notStarted(let reason):
        throw .failed(command: "", reason: PrintableText.escaped(reason, limit: 300))
      case .tooMuchOutput(let limit):
        throw .unreachable(url: url.redacted, reason: "its answer is longer than \(limit) bytes")
      }
    }
  }

  /// What must not be shown: the password as git knows it, as the URL has it and as HTTP sends it; without one the user
  /// name, which is a token then.
  private var secrets: [String] {
    guard let credentials = url.credentials else { return [] }
    let secret = credentials.password.isEmpty ? credentials.user : credentials.password
    return [String(credentials.authorization.dropFirst("Basic ".count)), secret]
  }
}
