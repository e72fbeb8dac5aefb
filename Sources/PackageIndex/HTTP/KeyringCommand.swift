import PythonPackaging

/// The `keyring` program, as pip asks it.
///
///     keyring --mode=creds --output=json get SERVICE [USER]
///     keyring get SERVICE USER                                 where it is too old for that
///
/// It is found in the environment's `PATH` when it is asked. It can't ask back: it has neither input nor a terminal.
package struct KeyringCommand: Keyring {
  private let environment: [String: String]
  private let patience: Duration

  /// - Parameters:
  ///   - environment: the caller's.
  ///   - patience: how long an answer may take.
  package init(environment: [String: String], patience: Duration = .seconds(30)) {
    self.environment = environment
    self.patience = patience
  }

  /// Whether there is a program.
  package var isAvailable: Bool { executable != nil }

  private var executable: String? { executablePath(named: "keyring", on: environment["PATH"] ?? "") }

  /// What the program says; nil where there is none, or where it has nothing.
  package func credentials(
    for service: String, user: String?
  ) async throws(KeyringError) -> Credentials? {
    // What looks like an option would be one.
    guard let executable, !service.hasPrefix("-"), user?.hasPrefix("-") != true else { return nil }
    let outcome = try await run(
      executable, ["--mode=creds", "--output=json", "get", service] + (user.map { [$0] } ?? []))
    if outcome.status == 0 { return try Self.credentials(inJSON: outcome.output) }
    if outcome.status == 2, outcome.diagnostics.contains("--mode") {
      guard let user else { throw .needsUser }
      let outcome = try await run(executable, ["get", service, user])
      if outcome.status == 0 { return Self.credentials(of: user, inLine: outcome.output) }
      return try Self.nothing(outcome)
    }
    return try Self.nothing(outcome)
  }

  /// Without a word, status 1 says that there is no such entry.
  private static func nothing(_ outcome: BoundedProcess.Outcome) throws(KeyringError) -> Credentials? {
    guard outcome.status == 1, outcome.diagnostics.trimmed.isEmpty else {
      throw .failed(status: outcome.status)
    }
    return nil
  }

  private static func credentials(inJSON text: String) throws(KeyringError) -> Credentials? {
    guard let answer = try? HookAnswer(Array(text.utf8)), let password = answer.text("password"),
      let user = answer.text("username")
    else { throw .unreadable }
    return Credentials(user: user, password: password)
  }

  private static func credentials(of user: String, inLine text: String) -> Credentials? {
    let password = text.prefix { !$0.isNewline }
    return password.isEmpty ? nil : Credentials(user: user, password: String(password))
  }

  private func run(
    _ executable: String, _ arguments: [String]
  ) async throws(KeyringError) -> BoundedProcess.Outcome {
    var variables = environment
    variables["PYTHONIOENCODING"] = "utf-8"
    let process = BoundedProcess(
      executable: executable, arguments: arguments, environment: variables, directory: "/", limit: patience)
    do throws(BoundedProcess.Failure) {
      return try await process.run()
    } catch {
      switch error {
      case .notStarted(let reason): throw .notStarted(reason: PrintableText.escaped(reason, limit: 200))
      case .timedOut: throw .timedOut(limit: patience)
      case .tooMuchOutput: throw .unreadable
      case .cancelled: throw .cancelled
      }
    }
  }
}
