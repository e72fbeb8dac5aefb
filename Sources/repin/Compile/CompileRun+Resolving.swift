import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

extension CompileRun {
  /// Asks the index for one release of everything that is needed.
  func resolve(
    _ request: CompileRequest, direct: DirectSources, options: IndexOptions, with client: IndexClient,
    existing: ExistingLockfile?
  ) async throws(CommandFailure) -> ResolvedGraph {
    let progress = Progress(terminal: context.terminal, isShown: !command.quiet)
    defer { progress.finish() }
    let links = try await findLinks(options.findLinks, with: client)
    let noBuild = noBuildControl
    let resolver = Resolver(
      index: IndexReleases(
        client: client, links: links, direct: direct.sources.mapValues(\.release),
        isRanked: command.index.indexStrategy == .firstMatch,
        isBuildRuledOut: { noBuild.allowed(of: $0) == .binaryOnly }, progress: progress))
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

  /// Reads the locations of `--find-links`, relative ones below the working directory, `~` being the user's own.
  private func findLinks(
    _ options: [OptionValue], with client: IndexClient
  ) async throws(CommandFailure) -> FindLinks {
    guard !options.isEmpty else { return .none }
    let locations = options.map { option in
      let value = option.value
      if value.contains("://") { return value }
      if value.hasPrefix("~/"), let home = context.variable("HOME") { return home + value.dropFirst() }
      return context.absolute(value)
    }
    do throws(IndexError) {
      let links = try await client.findLinks(locations)
      for problem in links.problems { context.terminal.warn(problem) }
      return links
    } catch {
      throw .index(IndexFailure(subject: .document("find-links"), error: error))
    }
  }

  /// The lockfile of a graph.
  func lockfile(
    _ graph: ResolvedGraph, _ request: CompileRequest, _ direct: DirectSources, _ input: RequirementsInput,
    target: Target, existing: ExistingLockfile?, client: IndexClient
  ) async throws(CommandFailure) -> Lockfile {
    let hasHashes = command.generateHashes ?? existing?.contents.hasHashes ?? false
    let assembly = LockfileAssembly(
      graph: graph, request: request, direct: direct,
      hashes: hasHashes
        ? try await hashes(of: graph, direct: direct, existing: existing, with: client) : [:],
      unsafePackages: command.unsafePackage)
    var options = command.commandLineOptions
    if hasHashes { options.append(CompileCommandLine.Option("--generate-hashes")) }
    let line = CompileCommandLine(program: "repin compile", options: options, sources: command.sources)
    let shown = command.customCompileCommand ?? context.variable("CUSTOM_COMPILE_COMMAND") ?? line.description
    let python = target.environment.python.release
    let pins = assembly.pins()
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
