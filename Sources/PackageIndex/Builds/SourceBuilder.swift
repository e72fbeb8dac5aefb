package import PythonPackaging

/// Gets metadata out of source trees by running their build backends (PEP 517), each in an environment made for it.
///
/// This runs the code of the tree and of what it requires, with the user's rights. Nothing that it starts outlives a
/// call, and what it makes is gone afterwards, but for the log of a build that failed, and for copies of environments
/// for further builds, which go with the builder. Any number of calls may be under way at once.
package struct SourceBuilder: Sendable {
  /// How builds are done.
  package struct Configuration: Sendable {
    /// The path of a Python's executable.
    package var interpreter: String
    /// What programs inherit, but for what would change what Python imports or what pip does.
    package var environment: [String: String]
    /// Where the requirements of builds come from.
    package var indexes = BuildIndexes()
    /// Requirements that bound what is installed for builds, lines as in a requirements file.
    package var constraints: [String] = []
    /// Whether each build has an environment of its own; else the interpreter's must have what it needs.
    package var isIsolated = true
    /// How long a build may take, from its environment to its metadata.
    package var timeLimit = Duration.seconds(600)
    /// An absolute path, where the logs of failed builds are kept; made when the first one is. Nil: each is kept in a new
    /// directory beside other temporary files.
    package var logDirectory: String?
    /// What the logs must not have, beside the credentials of the indexes' addresses.
    package var secrets: @Sendable () -> [String] = { [] }
    /// Is told what is going to be done.
    package var onEvent: @Sendable (BuildEvent) -> Void = { _ in }

    /// Where the directories of builds are made.
    var temporaryDirectory: String {
      environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    }

    /// Everything else has its default.
    package init(interpreter: String, environment: [String: String], logDirectory: String?) {
      self.interpreter = interpreter
      self.environment = environment
      self.logDirectory = logDirectory
    }
  }

  /// The most bytes of metadata.
  static let metadataLimit = 16 << 20

  /// How builds are done.
  package let configuration: Configuration
  private let prepared = PreparedEnvironments()

  package init(_ configuration: Configuration) { self.configuration = configuration }

  /// What a backend tells of a tree.
  package struct Built: Sendable {
    /// The contents of the METADATA file that it makes.
    package var metadata: [UInt8]
    /// Whether what was installed for it is all from before the cutoff; true where there is none.
    package var keepsCutoff: Bool
  }

  /// The metadata that a tree's backend makes.
  ///
  /// In pip's order: `requires`, `get_requires_for_build_wheel`, what that asks for, then
  /// `prepare_metadata_for_build_wheel` or, where the backend hasn't that, a wheel.
  ///
  /// - Parameters:
  ///   - tree: An absolute path.
  ///   - label: What messages call it, such as `flask 1.0`.
  package func metadata(
    of tree: String, label: String, system: BuildSystem
  ) async throws(BuildError) -> Built {
    try await build(tree, label: label, system: system) { (run, python) async throws(BuildError) in
      var further: [RequirementLine] = []
      let metadata: [UInt8]
      if !configuration.isIsolated {
        metadata = try await run.metadata(in: python)
      } else {
        switch try await run.requirementsOrMetadata(in: python) {
        case .metadata(let known): metadata = known
        case .requirements(let asked):
          further = asked
          try await run.install(further, into: python)
          metadata = try await run.metadata(in: python)
        }
      }
      return Built(
        metadata: metadata,
        keepsCutoff: run.keepsCutoff(installing: run.system.requires + further, into: python))
    }
  }

  /// What has to be installed to build a tree: what it says itself, and what its backend says for each target.
  ///
  /// - Parameters:
  ///   - tree: An absolute path.
  ///   - label: What messages call it.
  package func buildRequirements(
    of tree: String, label: String, system: BuildSystem, targets: Set<BuildTarget>
  ) async throws(BuildError) -> BuildRequirements {
    try await build(tree, label: label, system: system) { (run, python) async throws(BuildError) in
      var found = BuildRequirements(requires: run.system.requires.map(\.text), byTarget: [:])
      for target in BuildTarget.allCases where targets.contains(target) {
        found.byTarget[target] = try await run.requirements(for: target, in: python).map(\.text)
      }
      return found
    }
  }

  /// Takes away what is kept for further builds; there may be some after it.
  package func close() { prepared.remove() }

  /// Does something in the environment that a tree's build system asks for.
  private func build<Result: Sendable>(
    _ tree: String, label: String, system: BuildSystem,
    _ body: (BuildRun, BuildPython) async throws(BuildError) -> Result
  ) async throws(BuildError) -> Result {
    let deadline = ContinuousClock.now + configuration.timeLimit
    let label = PrintableText.escaped(label, limit: 200)
    guard let realTree = CheckedBuildSystem.resolved(tree) else {
      throw .unusableDirectory(path: tree, reason: "no such directory")
    }
    let system = try CheckedBuildSystem(system, tree: realTree, label: label)
    configuration.onEvent(.preparing(label: label))

    let directory = try BuildDirectory(in: configuration.temporaryDirectory)
    defer { directory.remove() }
    for name in ["scripts", "tmp", "work"] { try directory.makeDirectory(name) }
    let variables = BuildVariables(
      inheriting: configuration.environment, temporaryDirectory: directory.file("tmp"),
      certificates: configuration.indexes.certificates, hasCutoff: configuration.indexes.cutoff != nil)
    let log = try BuildLog(
      path: directory.file("log"),
      secrets: configuration.indexes.secrets + variables.secrets + configuration.secrets())
    let run = BuildRun(
      configuration: configuration, label: label, tree: realTree, system: system, directory: directory,
      log: log,
      variables: variables, deadline: deadline)
    let python = try await run.preparedPython(from: prepared)
    return try await body(run, python)
  }
}
