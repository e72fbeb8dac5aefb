import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

/// One run of `repin compile`: reads, resolves, writes.
struct CompileRun {
  let command: CompileCommand
  let context: CommandContext

  func run() async throws(CommandFailure) {
    let start = context.clock.now
    let inputs = try CompileInputs(command, context: context)
    let setup = try IndexSetup(command.index, context: context)
    let (environment, facts) = try await target(cache: setup.cache)
    let upgrades = try upgradeRequirements()

    let loading = RequirementsLoading(context: context)
    let web = try setup.documentClient()
    let input = try await loading.read(
      inputs.sources, constraints: command.constraint, options: setup.baseOptions
    ) { url throws(CommandFailure) in
      do throws(IndexError) {
        return try await web.document(at: url, limit: RequirementsReader.Limits().bytesPerFile)
      } catch {
        throw .index(
          IndexFailure(subject: .document(Printable.line(URLCredentials.redacted(url))), error: error))
      }
    }
    await web.close()
    for warning in input.warnings { context.terminal.warn(warning.description) }
    try refuseUnsupported(input.options, setup: setup)

    let existing = try existingLockfile(inputs)
    let request = try CompileRequest(
      input, upgrades: upgrades, locked: command.upgrade ? [] : existing.contents?.pins ?? [],
      environment: environment,
      preReleases: command.pre || input.options.releaseControl.allowsAll ? .allow : .ifNecessary)

    let client = try setup.client(for: input.options, defaultIndexURL: facts?.defaultIndexURL)
    if command.verbose { sayPlan(input, client: client, environment: environment) }
    let progress = Progress(terminal: context.terminal, isShown: !command.quiet)
    let graph: ResolvedGraph
    do {
      graph = try await resolve(
        request, with: client, progress: progress,
        lockedNames: existing.contents?.pins.compactMap(\.name) ?? [])
      progress.finish()
    } catch {
      progress.finish()
      await client.close()
      throw error
    }

    let hasHashes = command.generateHashes ?? existing.contents?.hasHashes ?? false
    let assembly = LockfileAssembly(
      graph: graph, request: request, hasHashes: hasHashes, indexURL: { client.indexURL(of: $0) })
    let lockfile: Lockfile
    do throws(CommandFailure) {
      lockfile = try self.lockfile(
        assembly, input: input, inputs: inputs, environment: environment, facts: facts, hasHashes: hasHashes)
    } catch {
      await client.close()
      throw error
    }
    let newline = Newline(
      .preserve,
      contents: [existing.bytes].compactMap { $0 } + inputs.sources.compactMap { loading.contents(of: $0) })
    let summary = CompileSummary(
      graph: graph, lockfile: lockfile, before: existing.contents, request: request, command: command)
    summary.sayNotices(on: context.terminal)
    try write(lockfile.bytes(newline: newline), over: existing.bytes, to: inputs.output)
    if !command.quiet {
      summary.sayResult(
        output: inputs.output, wasSame: lockfile.bytes(newline: newline) == existing.bytes,
        elapsed: context.clock.now - start, on: context.terminal)
    }
    await client.close()
    for warning in setup.cache?.takeWarnings() ?? [] { context.terminal.warn(warning.description) }
  }
}

// MARK: - What it starts from

extension CompileRun {
  /// The environment to pin for, and the interpreter's facts if there is an interpreter.
  private func target(
    cache: IndexCache?
  ) async throws(CommandFailure) -> (TargetEnvironment, InterpreterFacts?) {
    let lookup = InterpreterLookup(context: context, cache: cache)
    let path = try lookup.path(named: command.python)
    var facts: InterpreterFacts?
    if let path { facts = try await lookup.facts(of: path) }
    do throws(TargetEnvironmentError) {
      if let facts {
        return (
          try TargetEnvironment(
            interpreter: facts, pythonVersion: command.pythonVersion, platformName: command.pythonPlatform),
          facts
        )
      }
      if let version = command.pythonVersion, let platform = command.pythonPlatform {
        return (try TargetEnvironment(pythonVersion: version, platformName: platform), nil)
      }
    } catch {
      throw .target(error)
    }
    throw .noInterpreter(
      "no Python to pin for: neither `python3` nor `python` is on PATH",
      hint: "name one by `--python`, or say both `--python-version` and `--python-platform`")
  }

  private func upgradeRequirements() throws(CommandFailure) -> [Requirement] {
    var requirements: [Requirement] = []
    for text in command.upgradePackage {
      let requirement: Requirement
      do throws(RequirementError) {
        requirement = try Requirement(text)
      } catch {
        throw .usage(
          "`--upgrade-package \(Printable.line(text))`: \(error.description)",
          hint: "write a name, perhaps with a specifier: `-P flask` or `-P 'flask<4'`")
      }
      guard requirement.url == nil else {
        throw .usage("`--upgrade-package \(Printable.line(text))`: a URL can't be upgraded")
      }
      requirements.append(requirement)
    }
    return requirements
  }

  private func refuseUnsupported(_ options: IndexOptions, setup: IndexSetup) throws(CommandFailure) {
    if options.noIndex { throw .unsupportedOption("--no-index", where: "options") }
    if let place = options.findLinks.first {
      throw .unsupportedOption("--find-links \(Printable.line(place.output))", where: "options")
    }
    if let package = options.formatControl.noBinary.sorted().first {
      throw .unsupportedOption("--no-binary \(Printable.line(package))", where: "options")
    }
    if let setting = setup.configuration.findLinks, !command.quiet {
      context.terminal.warn("find-links of \(setting.origin) is not used")
    }
  }

  private func existingLockfile(
    _ inputs: CompileInputs
  ) throws(CommandFailure) -> (bytes: [UInt8]?, contents: LockfileContents?) {
    guard inputs.output != "-" else { return (nil, nil) }
    do throws(Files.Failure) {
      let bytes = try Files.read(context.absolute(inputs.output), limit: Self.longestLockfile)
      return (bytes, LockfileContents(bytes))
    } catch {
      if case .missing = error { return (nil, nil) }
      throw .usage("the lockfile `\(inputs.output)` can't be read: \(error.reason)")
    }
  }

  private static let longestLockfile = 64 << 20

  private func sayPlan(_ input: RequirementsInput, client: IndexClient, environment: TargetEnvironment) {
    for file in input.files { context.terminal.say("read \(Printable.line(file))") }
    for index in client.indexURLs { context.terminal.say("index \(index)") }
    context.terminal.say("target Python \(environment.python), \(environment.markers.sysPlatform)")
  }
}

// MARK: - What it comes to

extension CompileRun {
  private func resolve(
    _ request: CompileRequest, with client: IndexClient, progress: Progress, lockedNames: [PackageName]
  ) async throws(CommandFailure) -> ResolvedGraph {
    let resolver = Resolver(index: IndexReleases(client: client, progress: progress))
    do throws(ResolutionError<IndexFailure>) {
      return try await resolver.resolve(request.resolution)
    } catch {
      switch error {
      case .unsatisfiable(let failed):
        throw .unsatisfiable(
          UnsatisfiableReport(
            failed, request: request, lockedNames: lockedNames, isWhole: command.verbose))
      case .index(let failure): throw .index(failure)
      }
    }
  }

  private func lockfile(
    _ assembly: LockfileAssembly, input: RequirementsInput, inputs: CompileInputs,
    environment: TargetEnvironment, facts: InterpreterFacts?, hasHashes: Bool
  ) throws(CommandFailure) -> Lockfile {
    var options = command.commandLineOptions
    if hasHashes { options.append(CompileCommandLine.Option("--generate-hashes")) }
    let line = CompileCommandLine(program: "repin compile", options: options, sources: command.sources)
    let shown = context.variable("CUSTOM_COMPILE_COMMAND") ?? line.description
    let python = environment.python.release
    let pins = try assembly.pins()
    return Lockfile(
      header: command.header
        ? LockfileHeader(
          pythonMajor: python[0], pythonMinor: python.count > 1 ? python[1] : 0, command: shown)
        : nil,
      options: input.options, defaultIndexURL: facts?.defaultIndexURL, pins: pins.safe,
      unsafePins: pins.unsafe, allowsUnsafe: command.allowUnsafe,
      annotations: !command.annotate ? .none : command.annotationStyle == .line ? .line : .split,
      stripsExtras: command.stripExtras)
  }

  private func write(_ bytes: [UInt8], over old: [UInt8]?, to output: String) throws(CommandFailure) {
    if output == "-" || command.dryRun {
      context.terminal.show(bytes)
      return
    }
    guard bytes != old else { return }
    do throws(Files.Failure) {
      try Files.replace(context.absolute(output), with: bytes)
    } catch {
      throw .unwritable(path: output, reason: error.reason)
    }
  }
}
