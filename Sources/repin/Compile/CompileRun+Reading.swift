import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

extension CompileRun {
  /// What is pinned for.
  struct Target {
    let environment: TargetEnvironment
    /// The interpreter's, if there is one.
    let facts: InterpreterFacts?
    /// The interpreter's path, if there is one.
    let interpreter: String?
  }

  /// The lockfile there is.
  struct ExistingLockfile {
    let bytes: [UInt8]
    let contents: LockfileContents
  }

  /// The environment to pin for.
  func target(cache: IndexCache?) async throws(CommandFailure) -> Target {
    let lookup = InterpreterLookup(context: context, cache: cache)
    let path = try lookup.path(named: command.python)
    var facts: InterpreterFacts?
    if let path { facts = try await lookup.facts(of: path) }
    do throws(TargetEnvironmentError) {
      if let facts {
        let environment = try TargetEnvironment(
          interpreter: facts, pythonVersion: command.pythonVersion, platformName: command.pythonPlatform)
        return Target(environment: environment, facts: facts, interpreter: path)
      }
      if let version = command.pythonVersion, let platform = command.pythonPlatform {
        let environment = try TargetEnvironment(pythonVersion: version, platformName: platform)
        return Target(environment: environment, facts: nil, interpreter: nil)
      }
    } catch {
      throw .target(error)
    }
    throw .noInterpreter(
      "no Python to pin for: neither `python3` nor `python` is on PATH",
      hint: "name one by `--python`, or say both `--python-version` and `--python-platform`")
  }

  /// Reads the sources and constraints with all they include.
  func read(
    _ inputs: CompileInputs, by loading: RequirementsLoading, setup: IndexSetup
  ) async throws(CommandFailure) -> RequirementsInput {
    let known = try await read(
      inputs.requirementsFiles, constraints: command.constraint, options: baseOptions(setup), by: loading,
      setup: setup)
    try inputs.refuseOverwriting(known.requirementFiles, context: context)
    for warning in known.warnings { context.terminal.warn(warning.description) }
    return known
  }

  /// Reads the files of `--override`.
  func readOverrides(
    _ inputs: CompileInputs, by loading: RequirementsLoading, setup: IndexSetup
  ) async throws(CommandFailure) -> [InputRequirement] {
    let files = command.resolution.override
    if files.isEmpty { return [] }
    let known = try await read(
      files, constraints: [], options: IndexOptions(), asOverrides: true, by: loading, setup: setup)
    try inputs.refuseOverwriting(known.requirementFiles, context: context)
    for warning in known.warnings { context.terminal.warn(warning.description) }
    return known.entries.map { entry in
      var override = entry
      if case .requirements(let path) = entry.origin { override.origin = .overrides(path) }
      return override
    }
  }

  private func read(
    _ files: [String], constraints: [String], options: IndexOptions, asOverrides: Bool = false,
    by loading: RequirementsLoading, setup: IndexSetup
  ) async throws(CommandFailure) -> RequirementsInput {
    let web = try setup.documentClient()
    let input: Result<RequirementsInput, CommandFailure>
    do throws(CommandFailure) {
      input = .success(
        try await loading.read(files, constraints: constraints, options: options, asOverrides: asOverrides) {
          url throws(CommandFailure) in
          do throws(IndexError) {
            return try await web.document(at: url, limit: RequirementsReader.Limits().bytesPerFile)
          } catch {
            let shown = PrintableText.escaped(URLCredentials.redacted(url), limit: 300)
            throw .index(IndexFailure(subject: .document(shown), error: error))
          }
        })
    } catch {
      input = .failure(error)
    }
    await web.close()
    return try input.get()
  }

  /// What requirements files start from: what the command line and the configuration say.
  private func baseOptions(_ setup: IndexSetup) -> IndexOptions {
    var options = setup.baseOptions
    options.formatControl.add(command.formatSelections)
    return options
  }

  /// The values of `--upgrade-package`.
  func upgradeRequirements() throws(CommandFailure) -> [Requirement] {
    var requirements: [Requirement] = []
    for text in command.upgradePackage {
      let requirement: Requirement
      do throws(RequirementError) {
        requirement = try Requirement(text)
      } catch {
        throw .usage(
          "`--upgrade-package \(PrintableText.escaped(text, limit: 300))`: \(error.description)",
          hint: "write a name, perhaps with a specifier: `-P flask` or `-P 'flask<4'`",
          about: MentionedOption("upgrade-package", text))
      }
      guard requirement.url == nil else {
        throw .usage(
          "`--upgrade-package \(PrintableText.escaped(text, limit: 300))`: a URL can't be upgraded",
          about: MentionedOption("upgrade-package", text))
      }
      requirements.append(requirement)
    }
    return requirements
  }

  /// Warns of packages that an option names and that take no part in any lockfile of the command: the name may be misspelt.
  static func warnOfUnneededNames(
    _ commands: [CompileCommand], in outcomes: [Outcome], on terminal: Terminal
  ) {
    let pinned = Set(outcomes.flatMap { $0.graph.pins.map(\.name) })
    let upgraded = Set(commands.flatMap(\.upgradePackage).compactMap { (try? Requirement($0))?.name })
    for name in upgraded.subtracting(pinned).sorted() {
      terminal.warn("`--upgrade-package \(name)`: nothing asks for it")
    }
    var limited = Set(commands.flatMap { $0.resolution.excludeNewerPackage.map(\.name) })
    for outcome in outcomes { limited.subtract(outcome.lookups.projects) }
    for name in limited.sorted() {
      terminal.warn("`--exclude-newer-package \(name)`: nothing asks for it")
    }
  }

  /// The lockfile that is to be replaced; nil if there is none.
  func existingLockfile(_ inputs: CompileInputs) throws(CommandFailure) -> ExistingLockfile? {
    let path = context.absolute(inputs.output)
    // A device or a pipe has no lockfile to keep pins of, and reading one could wait forever.
    guard inputs.output != "-", Files.status(of: path)?.isRegular ?? true else { return nil }
    let bytes: [UInt8]
    do throws(Files.Failure) {
      bytes = try Files.read(path, limit: Self.longestLockfile)
    } catch {
      if case .missing = error { return nil }
      throw .usage(
        "the lockfile `\(inputs.shownOutput)` can't be read: \(error.reason)",
        about: MentionedOption("output-file", inputs.output))
    }
    let contents = LockfileContents(bytes)
    if let stray = contents.firstUnreadableLine {
      throw .usage(
        "\(inputs.shownOutput):\(stray.line): found `\(PrintableText.escaped(stray.text, limit: 100))`, expected a line of "
          + "a lockfile; nothing was written",
        hint: "name another output, or take the line out")
    }
    return ExistingLockfile(bytes: bytes, contents: contents)
  }

  static let longestLockfile = 64 << 20

  /// Says what is about to be asked.
  func sayPlan(_ input: RequirementsInput, client: IndexClient, environment: TargetEnvironment) {
    for file in input.files { context.terminal.say("read \(PrintableText.escaped(file, limit: 300))") }
    for index in client.indexURLs { context.terminal.say("index \(index)") }
    context.terminal.say("target Python \(environment.python), \(environment.markers.sysPlatform)")
  }
}
