import ArgumentParser
import PythonPackaging

/// `repin compile` as it was called, with what configuration and environment add to its command line.
///
/// What they set becomes words in front of the user's own, so that there is one way to read an option, and the header of
/// a lockfile shows what was in effect wherever it was said.
struct CompileInvocation {
  /// What the words ask for by themselves.
  let asked: CompileCommand
  /// The words behind `compile`.
  let words: [String]
  let context: CommandContext

  /// How the command is read from words.
  var parse: ([String]) throws -> CompileCommand = { try CompileCommand.read($0) }

  /// The compilations that are asked for.
  struct Plan {
    let commands: [CompileCommand]
    /// Whether they are all lockfiles of `[[compile]]`.
    let isList: Bool
    /// What is configured for any of them and not said on the command line.
    let settings: [OptionSettings.Setting]
  }

  /// Compiles one lockfile, or all that the configuration lists.
  func run() async throws {
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    let plan = try plan()
    if plan.isList, asked.outputFile != nil {
      throw CommandFailure.usage(
        "`--output-file` with the several lockfiles of `[[compile]]`",
        hint: "name the sources of the one that is meant, or leave out `--output-file`")
    }
    do throws(CommandFailure) {
      try await run(plan)
    } catch {
      throw error.placed(among: plan.settings)
    }
  }

  private func run(_ plan: Plan) async throws(CommandFailure) {
    guard plan.isList else {
      for command in plan.commands { try await CompileRun(command: command, context: context).run() }
      return
    }
    try await LayeredCompile(commands: plan.commands, context: context).run()
  }

  /// What is to be compiled, by command line, environment and configuration.
  func plan() throws -> Plan {
    let configuration = try readConfiguration()
    var settings = configuration.settings
    do throws(ConfigurationError) {
      settings.override(with: try OptionSettings(environment: context.environment))
    } catch {
      throw CommandFailure.invalidConfiguration(error)
    }
    let given = Set(words.prefix { $0 != "--" }.compactMap { CompileOption.given(by: $0) })
    if asked.verbose {
      for file in configuration.files { context.terminal.say("configured by \(PrintableText.escaped(file))") }
    }
    func inEffect(_ all: [OptionSettings], and own: [OptionSettings.Setting]) -> [OptionSettings.Setting] {
      let names = Set(given.map(\.name))
      return (all.flatMap { $0.settings } + own).filter { !names.contains($0.option.name) }
    }
    guard asked.sources.isEmpty, asked.group.isEmpty, !configuration.layers.isEmpty else {
      let sources = asked.sources.isEmpty && asked.group.isEmpty ? configuration.sources : []
      return Plan(
        commands: [try command(settings, beside: given, sources: sources)], isList: false,
        settings: inEffect(
          [settings],
          and: CompileConfiguration.settings(
            sources: sources, output: nil, place: configuration.sourcesPlace)))
    }
    var commands: [CompileCommand] = []
    for layer in configuration.layers {
      var own = settings
      own.override(with: layer.settings)
      var command = try command(own, beside: given, sources: layer.sources)
      if asked.outputFile != nil || layer.output != nil { command.outputFile = layer.output }
      commands.append(command)
    }
    return Plan(
      commands: commands, isList: true,
      settings: inEffect(
        configuration.layers.map(\.settings) + [settings], and: configuration.layers.flatMap(\.ownSettings)))
  }

  private func readConfiguration() throws(CommandFailure) -> CompileConfiguration {
    if asked.noConfig { return CompileConfiguration() }
    return try CompileConfiguration(config: asked.config, sources: asked.sources) {
      path throws(CommandFailure) in
      do throws(Files.Failure) {
        return try Files.read(context.absolute(path), limit: Self.longestConfiguration)
      } catch {
        if case .missing = error { return nil }
        throw .configuration("the configuration `\(path)` can't be read: \(error.reason)")
      }
    }
  }

  private static let longestConfiguration = 4 << 20

  /// The command with settings that the user's own words don't give.
  private func command(
    _ settings: OptionSettings, beside given: Set<CompileOption>, sources: [String]
  ) throws -> CompileCommand {
    if settings.settings.isEmpty, sources.isEmpty { return asked }
    let added = settings.settings.filter { !given.contains($0.option) }
    for setting in added {
      for word in setting.words { try check([word], of: setting) }
      try check(setting.words, of: setting)
    }
    let separator = sources.contains { $0.hasPrefix("-") } && !words.contains("--") ? ["--"] : []
    do {
      return try parse(settings.words(beside: given) + words + separator + sources)
    } catch {
      // Each is right by itself: some of them don't go together.
      let message = CompileCommand.message(for: error)
      let places = added.filter { setting in
        message.split { !$0.isLetter && $0 != "-" }.contains("--\(setting.option.name)")
      }.map(\.place)
      guard !places.isEmpty else { throw error }
      throw CommandFailure.usage("\(places.joined(separator: ", ")): \(message)")
    }
  }

  /// Refuses a value that the option doesn't take.
  private func check(_ words: [String], of setting: OptionSettings.Setting) throws(CommandFailure) {
    do {
      _ = try CompileCommand.parse(words)
    } catch {
      let fault = RefusedSetting(setting, words: words, message: CompileCommand.message(for: error))
      throw fault.failure
    }
  }
}
