import PythonPackaging

extension BuildRun {
  private static let metadataHook = "prepare_metadata_for_build_wheel"

  /// What a backend tells first of a wheel.
  enum FirstAnswer {
    /// What it wants installed before it tells more.
    case requirements([RequirementLine])
    /// It wanted nothing, and this is the core metadata.
    case metadata([UInt8])
  }

  /// What the backend wants installed to build a wheel; where that is nothing, mostly the core metadata that it makes,
  /// which saves a start of Python.
  func requirementsOrMetadata(in python: BuildPython) async throws(BuildError) -> FirstAnswer {
    try directory.makeDirectory("metadata")
    let hook = BuildTarget.wheel.requirementsHook
    let answer = try await call(hook, following: Self.metadataHook, in: python)
    if answer.text(Self.following) != nil { return .metadata(try metadata(of: answer)) }
    return .requirements(try requirements(of: answer, hook: hook))
  }

  /// What the backend wants installed to build a target.
  func requirements(for target: BuildTarget, in python: BuildPython) async throws(BuildError)
    -> [RequirementLine]
  {
    let hook = target.requirementsHook
    return try requirements(of: try await call(hook, in: python), hook: hook)
  }

  /// The core metadata that the backend makes.
  func metadata(in python: BuildPython) async throws(BuildError) -> [UInt8] {
    try directory.makeDirectory("metadata")
    return try metadata(of: try await call(Self.metadataHook, in: python))
  }

  private func requirements(of answer: HookAnswer, hook: String) throws(BuildError) -> [RequirementLine] {
    guard let requirements = answer.list("result"), let lines = CheckedBuildSystem.lines(requirements) else {
      throw invalidResult("`\(hook)` gave something else than requirements")
    }
    return lines
  }

  private func metadata(of answer: HookAnswer) throws(BuildError) -> [UInt8] {
    let hook = Self.metadataHook
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

  private static func isMetadataDirectory(_ name: String) -> Bool {
    name.hasSuffix(".dist-info") && !name.utf8.contains(UInt8(ascii: "/")) && !name.utf8.contains(0)
  }

  /// The member of an answer that says which hook followed the first.
  private static let following = "following"

  private func call(
    _ hook: String, following: String? = nil, in python: BuildPython
  ) async throws(BuildError) -> HookAnswer {
    configuration.onEvent(.running(hook: hook, label: label))
    directory.remove("answer.json")
    let script = try directory.write("scripts/hook.py", HookScript.text)
    let request = HookRequest(
      hook: hook, backend: system.backend, backendPath: system.backendPath,
      directory: directory.file("metadata"), limit: SourceBuilder.metadataLimit,
      deadline: Double(IndexClock.system.now()) + (deadline - .now) / .seconds(1),
      following: following.map { ($0, BuildLog.heading(of: .hook($0))) })
    let requestFile = try directory.write("request.json", request.json)
    /// The hook that it came to.
    func reached() -> String {
      guard let following, answer()?.text(Self.following) == following else { return hook }
      configuration.onEvent(.running(hook: following, label: label))
      return following
    }
    try await run(
      .hook(hook), reaching: { .hook(reached()) }, python.executable,
      [script, requestFile, directory.file("answer.json")],
      variables: hookVariables(programs: python.programs), workingDirectory: tree)
    let hook = reached()
    guard let answer = answer(), !answer.isTrue("unfinished") else {
      throw invalidResult("`\(hook)` ended without an answer")
    }
    if let problem = answer.text("problem") {
      throw invalidResult(PrintableText.escaped(problem, limit: 500))
    }
    return answer
  }
}
