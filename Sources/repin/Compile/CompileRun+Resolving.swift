import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

extension CompileRun {
  /// Asks the index for one release of everything that is needed.
  func resolve(_ question: Question) async throws(CommandFailure) -> ResolvedGraph {
    let progress = Progress(terminal: context.terminal, isShown: !command.quiet)
    defer { progress.finish() }
    let start = context.clock.now
    let graph = try await resolve(question, by: resolver(for: question, progress: progress))
    if command.verbose {
      sayWork(of: graph, question.lookups, elapsed: context.clock.now - start)
    }
    return graph
  }

  /// Says how much was looked at, and where that came from.
  private func sayWork(of graph: ResolvedGraph, _ lookups: Lookups, elapsed: Duration) {
    func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let time = context.terminal.styled("(\(CompileSummary.seconds(elapsed)))", .faint)
    context.terminal.say(
      "looked at \(counted(lookups.projects.count, "project")) and \(counted(graph.tries, "release")) \(time)"
    )
    context.terminal.say("pages: \(lookups.pages.description); metadata: \(lookups.metadata.description)")
  }

  /// The same by a resolver that is there already.
  func resolve(
    _ question: Question, by resolver: Resolver<IndexReleases>
  ) async throws(CommandFailure) -> ResolvedGraph {
    do throws(ResolutionError<IndexFailure>) {
      return try await resolver.resolve(question.request.resolution)
    } catch {
      throw await failure(error, of: question, by: resolver)
    }
  }

  /// A resolver over the indexes, find-links and direct sources of a question.
  func resolver(
    for question: Question, progress: Progress
  ) async throws(CommandFailure) -> Resolver<IndexReleases> {
    let links = try await findLinks(question.input.options.findLinks, with: question.client)
    let noBuild = noBuildControl
    return Resolver(
      index: IndexReleases(
        client: question.client, links: links, direct: question.direct.sources.mapValues(\.release),
        isBuildRuledOut: { noBuild.allowed(of: $0) == .binaryOnly }, progress: progress,
        lookups: question.lookups))
  }

  /// Why there is no graph, in the user's words.
  func failure(
    _ error: ResolutionError<IndexFailure>, of question: Question, by resolver: Resolver<IndexReleases>
  ) async -> CommandFailure {
    switch error {
    case .unsatisfiable(let failed):
      var report = FailureReport(await resolver.study(failed, in: setting(of: question)))
      if question.inputs.output != "-" { report.lockfile = question.inputs.shownOutput }
      return .unsatisfiable(report, isWhole: command.verbose)
    case .index(let failure): return .index(failure)
    }
  }

  /// What a failure is told by: that of a question's request, or of another.
  func setting(of question: Question, _ other: CompileRequest? = nil) -> FailureSetting {
    let request = other ?? question.request
    var setting = FailureSetting(
      requirementPlaces: request.requirementPlaces, constraintPlaces: request.constraintPlaces,
      overridePlaces: request.overridePlaces)
    setting.knownNames = question.existing?.contents.pins.compactMap(\.name) ?? []
    setting.longestTrials = .seconds(10)
    setting.isWithoutIndex = question.input.options.noIndex
    setting.builds = noBuildControl
    if command.resolution.uploadedPriorTo != nil { setting.cutoffOption = "--uploaded-prior-to" }
    return setting
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
    _ graph: ResolvedGraph, _ question: Question
  ) async throws(CommandFailure) -> Lockfile {
    let hasHashes = command.generateHashes ?? question.existing?.contents.hasHashes ?? false
    let assembly = LockfileAssembly(
      graph: graph, request: question.request, direct: question.direct,
      hashes: hasHashes
        ? try await hashes(
          of: graph, direct: question.direct, existing: question.existing, with: question.client) : [:],
      unsafePackages: command.unsafePackage)
    var options = command.commandLineOptions
    if hasHashes { options.append(CompileCommandLine.Option("--generate-hashes")) }
    let line = CompileCommandLine(program: "repin compile", options: options, sources: command.sources)
    let shown = command.customCompileCommand ?? context.variable("CUSTOM_COMPILE_COMMAND") ?? line.description
    let python = question.target.environment.python.release
    let pins = assembly.pins()
    return Lockfile(
      header: command.header
        ? LockfileHeader(
          pythonMajor: python[0], pythonMinor: python.count > 1 ? python[1] : 0, command: shown)
        : nil,
      options: question.input.options, emittedOptions: command.emittedOptions,
      defaultIndexURL: question.target.facts?.defaultIndexURL, pins: pins.safe,
      unsafePins: pins.unsafe, allowsUnsafe: command.allowUnsafe,
      annotations: !command.annotate ? .none : command.annotationStyle == .line ? .line : .split,
      stripsExtras: command.stripExtras)
  }
}
