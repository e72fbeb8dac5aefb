import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

extension CompileRun {
  /// Asks the index for one release of everything that is needed.
  func resolve(
    _ request: CompileRequest, with client: IndexClient, existing: ExistingLockfile?
  ) async throws(CommandFailure) -> ResolvedGraph {
    let progress = Progress(terminal: context.terminal, isShown: !command.quiet)
    defer { progress.finish() }
    let resolver = Resolver(index: IndexReleases(client: client, progress: progress))
    do throws(ResolutionError<IndexFailure>) {
      return try await resolver.resolve(request.resolution)
    } catch {
      switch error {
      case .unsatisfiable(let failed):
        throw .unsatisfiable(
          UnsatisfiableReport(
            failed, request: request, lockedNames: existing?.contents.pins.compactMap(\.name) ?? [],
            isWhole: command.verbose))
      case .index(let failure): throw .index(failure)
      }
    }
  }

  /// The lockfile of a graph.
  func lockfile(
    _ graph: ResolvedGraph, _ request: CompileRequest, _ input: RequirementsInput, target: Target,
    existing: ExistingLockfile?, client: IndexClient
  ) throws(CommandFailure) -> Lockfile {
    let hasHashes = command.generateHashes ?? existing?.contents.hasHashes ?? false
    let assembly = LockfileAssembly(
      graph: graph, request: request, hasHashes: hasHashes, unsafePackages: command.unsafePackage,
      indexURL: { client.indexURL(of: $0) })
    var options = command.commandLineOptions
    if hasHashes { options.append(CompileCommandLine.Option("--generate-hashes")) }
    let line = CompileCommandLine(program: "repin compile", options: options, sources: command.sources)
    let shown = command.customCompileCommand ?? context.variable("CUSTOM_COMPILE_COMMAND") ?? line.description
    let python = target.environment.python.release
    let pins = try assembly.pins()
    return Lockfile(
      header: command.header
        ? LockfileHeader(
          pythonMajor: python[0], pythonMinor: python.count > 1 ? python[1] : 0, command: shown)
        : nil,
      options: input.options, emittedOptions: command.emittedOptions,
      defaultIndexURL: target.facts?.defaultIndexURL, pins: pins.safe,
      unsafePins: pins.unsafe, allowsUnsafe: command.allowUnsafe,
      annotations: !command.annotate ? .none : command.annotationStyle == .line ? .line : .split,
      stripsExtras: command.stripExtras)
  }
}
