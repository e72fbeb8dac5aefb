import PackageIndex
import PythonPackaging
import RequirementsFiles
import Synchronization

extension CompileRun {
  /// What builds source trees where only that tells what they need; nil where there is no Python to build with.
  ///
  /// - Parameter now: In seconds since 1970.
  func builder(
    for options: IndexOptions, target: Target, setup: IndexSetup, now: Int64
  ) -> SourceBuilder? {
    guard let interpreter = target.interpreter else { return nil }
    var configuration = SourceBuilder.Configuration(
      interpreter: interpreter, environment: context.environment,
      logDirectory: setup.cacheDirectory.map { "\($0)/build-logs" })
    configuration.indexes = setup.buildIndexes(
      for: options, defaultIndexURL: target.facts?.defaultIndexURL, absolute: context.absolute)
    configuration.indexes.cutoff = command.resolution.buildCutoff(now: now)
    configuration.indexes.formats = options.formatControl
    // What may not be built isn't built for a build either, and where it may not be a wheel there is none of it.
    for name in configuration.indexes.formats.requireWheels(where: noBuildControl) {
      configuration.constraints.append("\(name)<0.dev0")
    }
    configuration.secrets = setup.secrets
    configuration.isIsolated = command.buildIsolation
    configuration.timeLimit = .seconds(command.buildTimeout)
    let hasWarned = Mutex(false)
    configuration.onEvent = { [terminal = context.terminal, command] event in
      switch event {
      case .preparing(let label):
        if !command.quiet { terminal.say("building \(label): only its own code tells what it needs") }
      case .installing(let requirements, let label):
        if command.verbose { terminal.say("\(label): installing \(requirements.joined(separator: ", "))") }
      case .ignoringCutoff(let pip, _):
        guard hasWarned.withLock({ exchange(&$0, with: true) }) == false else { return }
        let version = pip.map { "is \($0), and" } ?? "doesn't tell its version;"
        terminal.warn(
          "what builds need is installed without the cutoff: the pip of `\(interpreter)` \(version) 26.0 is the first that "
            + "knows one")
        terminal.hint(
          "upgrade it (`\(interpreter) -m pip install --upgrade pip`), or name another Python by `--python`")
      case .running(let hook, let label):
        if command.verbose { terminal.say("\(label): running \(hook)") }
      }
    }
    return SourceBuilder(configuration)
  }

  /// Git, for requirements on repositories.
  func git(setup: IndexSetup) -> GitClient {
    var git = GitClient(
      environment: context.environment, cacheDirectory: setup.cacheDirectory.map { "\($0)/repositories" })
    if command.verbose { git.progress = { [terminal = context.terminal] in terminal.say($0) } }
    return git
  }

  /// Whether a project may be built; without a name, whether any may.
  func mayBuild(_ name: PackageName?) -> Bool {
    let control = noBuildControl
    guard let name else { return !control.onlyBinary.contains(NameSelection.all) }
    return control.allowed(of: name) != .binaryOnly
  }

  /// Which projects may not be built.
  var noBuildControl: FormatControl {
    var control = FormatControl()
    for value in isBuildBarred ? [NameSelection.all] : command.noBuild { control.addOnlyBinary(value) }
    return control
  }
}
