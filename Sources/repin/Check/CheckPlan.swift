import PackageIndex
import PythonPackaging
import UpdatePolicy

/// How lockfiles are looked at: by which options, which policy, and which lockfiles are meant where none are named.
struct CheckPlan {
  /// What looks at them.
  private(set) var run: CheckRun
  /// The tables that are no options of commands.
  let configuration: PolicyConfiguration
  private let plan: CompileInvocation.Plan
  private let context: CommandContext

  /// - Parameters:
  ///   - compile: the options of compiling, as they were given.
  ///   - words: the words behind the command's name.
  ///   - advisories: the options that say which advisories are gone by; nil: none.
  ///   - parse: reads the options of compiling from words of the command.
  init(
    compile: CompileCommand, advisories: AdvisoryArguments?, words: [String], context: CommandContext,
    parse: @escaping @Sendable ([String]) throws -> CompileCommand
  ) throws {
    func withoutSources(_ compile: CompileCommand) -> CompileCommand {
      var compile = compile
      compile.sources = []
      return compile
    }
    plan = try CompileInvocation(
      asked: withoutSources(compile), words: words, context: context,
      parse: { words in withoutSources(try parse(words)) }
    ).plan()
    guard let settled = plan.commands.first else { preconditionFailure("a plan without a compilation") }
    let configuration =
      try compile.noConfig
      ? PolicyConfiguration()
      : PolicyConfiguration(config: compile.config, directory: "", read: context.configurationBytes)
    let timeZone = try TimeZoneDatabase(context: context).rules(
      of: configuration.policy.schedule.timeZone, place: configuration.timeZonePlace)
    run = CheckRun(
      compile: settled, context: context, policy: configuration.policy,
      cooldownPlace: configuration.cooldownPlace.map { "`cooldown`, \($0)" },
      advisories: try advisories.map {
        try AdvisorySettings($0, configuration: configuration, context: context)
      } ?? .off,
      timeZone: timeZone, now: IndexClock.system.now())
    self.configuration = configuration
    run.imageMaximumAge = configuration.rebuild.maxAge
    self.context = context
    if advisories != nil {
      run.origin = LockfileOrigin(plan: plan, words: words, context: context, parse: parse)
    }
  }

  /// The lockfiles that are meant: those that are named, by paths, patterns and directories; else those of `[[compile]]`, the
  /// one that compiling here would write, or what lies here.
  func lockfiles(named words: [String], below directories: [String]) throws(CommandFailure) -> [String] {
    let discovery = LockDiscovery(context: context)
    var paths = try discovery.files(named: words)
    if !directories.isEmpty {
      let found = try discovery.lockfiles(below: directories)
      guard !found.isEmpty || !paths.isEmpty else {
        throw .usage(
          "no lockfile is below the directories of `--recursive`", hint: "name lockfiles by their paths")
      }
      paths += found.filter { !paths.contains($0) }
    }
    if !paths.isEmpty { return paths }
    if plan.isList { return plan.commands.compactMap { Self.output(of: $0) } }
    if let compile = plan.commands.first, let inputs = try? CompileInputs(compile, context: context),
      Files.status(of: context.absolute(inputs.output)) != nil
    {
      return [inputs.output]
    }
    let here = discovery.lockfilesHere()
    guard !here.isEmpty else {
      throw .usage(
        "no lockfile: there is none in \(context.workingDirectory)",
        hint: "name one by its path, such as `app/requirements.txt`")
    }
    return here
  }

  private static func output(of compile: CompileCommand) -> String? {
    compile.outputFile ?? compile.sources.first.map(CompileInputs.defaultOutput)
  }
}
