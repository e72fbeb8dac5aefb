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

  /// Makes the environment for the hooks, without a package in it; or takes the interpreter's own.
  func makePython() async throws(BuildError) -> BuildPython {
    guard configuration.isIsolated else {
      return BuildPython(executable: configuration.interpreter, programs: nil, pip: .none)
    }
    let script = try directory.write("scripts/environment.py", EnvironmentScript.text)
    let root = directory.file("environment")
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

  /// What the backend wants installed to build a target.
  func requirements(for target: BuildTarget, in python: BuildPython) async throws(BuildError)
    -> [RequirementLine]
  {
    let hook = target.requirementsHook
    let answer = try await call(hook, in: python)
    guard let requirements = answer.list("result"), let lines = CheckedBuildSystem.lines(requirements) else {
      throw invalidResult("`\(hook)` gave something else than requirements")
    }
    return lines
  }

  /// The core metadata that the backend makes.
  func metadata(in python: BuildPython) async throws(BuildError) -> [UInt8] {
    let hook = "prepare_metadata_for_build_wheel"
    try directory.makeDirectory("metadata")
    let answer = try await call(hook, in: python)
    guard let name = answer.text("result"), BuildRun.isMetadataDirectory(name) else {
      let shown = answer.text("result").map { ": `\(PrintableText.escaped($0, limit: 200))`" } ?? ""
      throw invalidResult("`\(hook)` gave no name of a `.dist-info` directory\(shown)")
    }
    do throws(LocalFile.Failure) {
      return try directory.read("metadata/\(name)/METADATA", limit: SourceBuilder.metadataLimit)
    } catch {
      let shown = PrintableText.escaped(name, limit: 200)
      throw invalidResult("`\(shown)/METADATA` can't be read: \(error.reason)")
    }
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

  private func call(_ hook: String, in python: BuildPython) async throws(BuildError) -> HookAnswer {
    configuration.onEvent(.running(hook: hook, label: label))
    directory.remove("answer.json")
    let script = try directory.write("scripts/hook.py", HookScript.text)
    let remaining = deadline - .now
    let request = HookRequest(
      hook: hook, backend: system.backend, backendPath: system.backendPath,
      directory: directory.file("metadata"), limit: SourceBuilder.metadataLimit,
      patience: max(0.1, remaining / .seconds(2)))
    let requestFile = try directory.write("request.json", request.json)
    try await run(
      .hook(hook), python.executable, [script, requestFile, directory.file("answer.json")],
      variables: hookVariables(programs: python.programs), workingDirectory: tree)
    guard let answer = answer() else { throw invalidResult("`\(hook)` ended without an answer") }
    if let problem = answer.text("problem") {
      throw invalidResult(PrintableText.escaped(problem, limit: 500))
    }
    return answer
  }

  /// Variables for what needs no credentials: a pip that a backend starts finds the same indexes, but can't log in.
  private func hookVariables(programs: String?) throws(BuildError) -> [String: String] {
    let settings = configuration.indexes.withoutCredentials.pipConfiguration(constraints: nil)
    return variables.values(
      pipConfiguration: try directory.write("public-pip.conf", settings), programs: programs)
  }

  private func run(
    _ stage: BuildError.Stage, _ program: String, _ arguments: [String], variables: [String: String],
    workingDirectory: String? = nil
  ) async throws(BuildError) {
    log.begin(stage)
    let command = GuardedCommand(
      program: program, arguments: arguments, variables: variables,
      workingDirectory: workingDirectory ?? directory.file("work"), temporaryDirectory: directory.path)
    switch await command.run(until: deadline, log: log) {
    case .ended(.exited(0)): return
    case .ended(.exited): break
    case .ended(.signaled(let signal)): log.append(Array("[ended by signal \(signal)]\n".utf8))
    case .broken(let reason): log.append(Array("[\(reason)]\n".utf8))
    case .timedOut:
      throw .timedOut(label: label, stage: stage, limit: configuration.timeLimit, output: output())
    case .cancelled: throw .cancelled
    }
    var output = output()
    if stage == .requirements { output.limits = configuration.indexes.limits }
    throw .failed(label: label, stage: stage, output: output)
  }

  /// What a script has answered; nil if that can't be read.
  private func answer() -> HookAnswer? {
    guard let json = try? directory.read("answer.json", limit: HookAnswer.limit) else { return nil }
    return try? HookAnswer(json)
  }

  private func noVenv(_ reason: String) -> BuildError {
    .noVenv(interpreter: configuration.interpreter, reason: PrintableText.escaped(reason, limit: 300))
  }

  private func invalidResult(_ reason: String) -> BuildError {
    .invalidResult(label: label, reason: reason, output: output())
  }

  private func output() -> BuildError.Output {
    let kept =
      if let directory = configuration.logDirectory {
        log.keep(in: directory, label: label)
      } else {
        log.keepApart(in: configuration.temporaryDirectory, label: label)
      }
    return BuildError.Output(lastLines: log.lastLines(BuildRun.linesInError), log: kept)
  }

  private static func isMetadataDirectory(_ name: String) -> Bool {
    name.hasSuffix(".dist-info") && !name.utf8.contains(UInt8(ascii: "/")) && !name.utf8.contains(0)
  }
}
