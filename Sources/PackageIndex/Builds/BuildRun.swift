import PythonPackaging
import Subprocess

/// One build under way: what it builds, and where everything of it goes.
struct BuildRun: Sendable {
  let configuration: SourceBuilder.Configuration
  let label: String
  /// An absolute path without symbolic links.
  let tree: String
  let system: CheckedBuildSystem
  let directory: BuildDirectory
  let log: BuildLog
  let variables: BuildVariables
  let deadline: ContinuousClock.Instant

  /// How many lines of a failed build's output its error has.
  private static let linesInError = 40

  /// The environment for the hooks with what the tree requires: a copy of what another build began with, if that required
  /// the same, else a new one; or the interpreter's own.
  func preparedPython(from prepared: PreparedEnvironments) async throws(BuildError) -> BuildPython {
    let requires = system.requires.map(\.text)
    if configuration.isIsolated, !requires.isEmpty,
      let python = prepared.copy(requires: requires, to: environment)
    {
      return python
    }
    let python = try await makePython()
    try await install(system.requires, into: python)
    if configuration.isIsolated, !requires.isEmpty {
      prepared.keep(python, at: environment, requires: requires, in: configuration.temporaryDirectory)
    }
    return python
  }

  /// Where the environment for the hooks is made.
  private var environment: String { directory.file("environment") }

  /// Makes the environment for the hooks, without a package in it; or takes the interpreter's own.
  private func makePython() async throws(BuildError) -> BuildPython {
    guard configuration.isIsolated else {
      return BuildPython(executable: configuration.interpreter, programs: nil, pip: .none)
    }
    let script = try directory.write("scripts/environment.py", EnvironmentScript.text)
    let root = environment
    try await run(
      .environment, configuration.interpreter, [script, root, directory.file("answer.json")],
      variables: hookVariables(programs: nil))
    guard let answer = answer() else {
      throw .failed(label: label, stage: .environment, output: output())
    }
    if let problem = answer.text("problem") { throw noVenv(problem) }
    let pip: BuildPython.Pip =
      if let program = answer.text("pip") { .shared(program: program) } else if answer.isTrue("ensurepip") {
        .own
      } else { .none }
    return BuildPython(
      executable: "\(root)/bin/python", programs: "\(root)/bin", pip: pip,
      pipVersion: answer.text(pip == .own ? "ensurepip version" : "pip version"))
  }

  /// Installs requirements for the hooks, unless they run in the interpreter's own environment.
  func install(_ requirements: [RequirementLine], into python: BuildPython) async throws(BuildError) {
    guard configuration.isIsolated, !requirements.isEmpty else { return }
    configuration.onEvent(.installing(requirements.map(\.text), label: label))
    let pip: [String]
    switch python.pip {
    case .shared(let program): pip = [program]
    case .own:
      try await installPip(into: python)
      pip = ["-m", "pip"]
    case .none:
      throw noVenv("it has neither pip nor `ensurepip` (Debian and Ubuntu have it in `python3-venv`)")
    }
    if !keepsCutoff(installing: requirements, into: python) {
      configuration.onEvent(.ignoringCutoff(pip: python.pipVersion, label: label))
    }
    let file = try directory.write(
      "requirements.txt", requirements.map { $0.escaped + "\n" }.joined())
    let settings = try directory.write(
      "pip.conf", configuration.indexes.pipConfiguration(constraints: try constraintsFile()))
    // It may hold credentials, and the next to run is the backend.
    defer { directory.remove("pip.conf") }
    try await run(
      .requirements, python.executable,
      pip + [
        "install", "--no-compile", "--no-warn-script-location", "--disable-pip-version-check", "--no-input",
        "--quiet", "--requirement", file,
      ], variables: variables.values(pipConfiguration: settings, programs: python.programs))
  }

  /// Whether requirements are installed from before the cutoff alone, if there is one.
  func keepsCutoff(installing requirements: [RequirementLine], into python: BuildPython) -> Bool {
    guard configuration.isIsolated, configuration.indexes.cutoff != nil, !requirements.isEmpty else {
      return true
    }
    return BuildCutoff.isKept(byPip: python.pipVersion)
  }

  private func installPip(into python: BuildPython) async throws(BuildError) {
    if let programs = python.programs, isReadable("\(programs)/pip") { return }
    let variables = try hookVariables(programs: python.programs)
    try await run(
      .environment, python.executable, ["-m", "ensurepip", "--default-pip"], variables: variables)
    // Before Python 3.12 it brings setuptools along, which the tree must ask for.
    try await run(
      .environment, python.executable,
      ["-m", "pip", "uninstall", "--yes", "--quiet", "--disable-pip-version-check", "setuptools"],
      variables: variables)
  }

  private func constraintsFile() throws(BuildError) -> String? {
    guard !configuration.constraints.isEmpty else { return nil }
    return try directory.write("constraints.txt", configuration.constraints.map { $0 + "\n" }.joined())
  }

  /// Variables for what needs no credentials: a pip that a backend starts finds the same indexes, but can't log in.
  func hookVariables(programs: String?) throws(BuildError) -> [String: String] {
    let settings = configuration.indexes.withoutCredentials.pipConfiguration(constraints: nil)
    return variables.values(
      pipConfiguration: try directory.write("public-pip.conf", settings), programs: programs)
  }

  /// - Parameter reaching: The stage that a program came to that begins with `stage` and may go on to another.
  func run(
    _ stage: BuildError.Stage, reaching: (() -> BuildError.Stage)? = nil, _ program: String,
    _ arguments: [String], variables: [String: String],
    workingDirectory: String? = nil
  ) async throws(BuildError) {
    log.begin(stage)
    let command = GuardedCommand(
      program: program, arguments: arguments, variables: variables,
      workingDirectory: workingDirectory ?? directory.file("work"), temporaryDirectory: directory.path)
    switch await command.run(until: deadline, { [log] in log.append($0) }) {
    case .ended(.exited(0)): return
    case .ended(.exited): break
    case .ended(.signaled(let signal)): log.append(Array("[ended by signal \(signal)]\n".utf8))
    case .broken(let reason): log.append(Array("[\(reason)]\n".utf8))
    case .timedOut:
      let stage = reaching?() ?? stage
      throw .timedOut(label: label, stage: stage, limit: configuration.timeLimit, output: output(of: stage))
    case .cancelled: throw .cancelled
    }
    let stage = reaching?() ?? stage
    var output = output(of: stage)
    if stage == .requirements { output.limits = configuration.indexes.limits }
    throw .failed(label: label, stage: stage, output: output)
  }

  /// What a script has answered; nil if that can't be read.
  func answer() -> HookAnswer? {
    guard let json = try? directory.read("answer.json", limit: HookAnswer.limit) else { return nil }
    return try? HookAnswer(json)
  }

  private func noVenv(_ reason: String) -> BuildError {
    .noVenv(interpreter: configuration.interpreter, reason: PrintableText.escaped(reason, limit: 300))
  }

  func invalidResult(_ reason: String) -> BuildError {
    .invalidResult(label: label, reason: reason, output: output())
  }

  /// What was written, by a stage alone if the program told where its output began.
  private func output(of stage: BuildError.Stage? = nil) -> BuildError.Output {
    let kept =
      if let directory = configuration.logDirectory {
        log.keep(in: directory, label: label)
      } else {
        log.keepApart(in: configuration.temporaryDirectory, label: label)
      }
    var lines = log.lastLines(BuildRun.linesInError)
    if let stage, let heading = lines.lastIndex(of: BuildLog.heading(of: stage)) {
      lines.removeSubrange(...heading)
    }
    return BuildError.Output(lastLines: lines, log: kept)
  }
}
