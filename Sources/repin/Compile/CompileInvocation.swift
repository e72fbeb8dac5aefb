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
    let compilations: [PlannedCompile]
    /// Whether they are all lockfiles of `[[compile]]`, which then place what is wrong with a setting themselves.
    let isList: Bool

    var commands: [CompileCommand] { compilations.map(\.command) }

    /// What is configured for the only one of them; nothing where they are a list.
    var settings: [OptionSettings.Setting] { isList ? [] : compilations.flatMap(\.settings) }
  }

  /// Compiles one lockfile, or all that the configuration lists.
  func run() async throws {
    try CommandFailure.checkOpenFiles()
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
    try await LayeredCompile(compilations: plan.compilations, context: context).run()
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
    func planned(
      _ command: CompileCommand, _ settings: OptionSettings, and own: [OptionSettings.Setting]
    ) -> PlannedCompile {
      let names = Set(given.map(\.name))
      return PlannedCompile(
        command: command,
        settings: (settings.settings + own).filter { !names.contains($0.option.name) })
    }
    guard asked.sources.isEmpty, asked.group.isEmpty, !configuration.layers.isEmpty else {
      let sources = asked.sources.isEmpty && asked.group.isEmpty ? configuration.sources : []
      let compilation = planned(
        try command(settings, beside: given, sources: sources), settings,
        and: sources.isEmpty
          ? []
          : CompileConfiguration.settings(
            sources: sources, output: nil, place: configuration.sourcesPlace))
      return Plan(compilations: [compilation], isList: false)
    }
    var compilations: [PlannedCompile] = []
    for layer in configuration.layers {
      var own = settings
      own.override(with: layer.settings)
      var command = try command(own, beside: given, sources: layer.sources)
      if asked.outputFile != nil || layer.output != nil { command.outputFile = layer.output }
      compilations.append(planned(command, own, and: layer.ownSettings))
    }
    return Plan(compilations: compilations, isList: true)
  }

  private func readConfiguration() throws(CommandFailure) -> CompileConfiguration {
    if asked.noConfig { return CompileConfiguration() }
    return try CompileConfiguration(
      config: asked.config, sources: asked.sources, read: context.configurationBytes)
  }

  /// The command with settings that the user's own words don't give.
  private func command(
    _ settings: OptionSettings, beside given: Set<CompileOption>, sources: [String]
  ) throws -> CompileCommand {
    if settings.settings.isEmpty, sources.isEmpty {
      var command = asked
      command.settleFormats(by: words)
      return command
    }
    let separator = sources.contains { $0.hasPrefix("-") } && !words.contains("--") ? ["--"] : []
    do {
      let all = settings.words(beside: given) + words
      var command = try parse(all + separator + sources)
      command.settleFormats(by: all)
      return command
    } catch {
      let message = CompileCommand.message(for: error)
      let added = settings.settings.filter { !given.contains($0.option) }
      for setting in added {
        for words in setting.words.map({ [$0] }) + [setting.words] {
          guard refuses(words, with: message) else { continue }
          throw RefusedSetting(setting, words: words, message: message).failure
        }
      }
      // Each is right by itself: some of them don't go together.
      let places = added.filter { setting in
        message.split { !$0.isLetter && $0 != "-" }.contains("--\(setting.option.name)")
      }.map(\.place)
      guard !places.isEmpty else { throw error }
      throw CommandFailure.usage("\(places.joined(separator: ", ")): \(message)")
    }
  }

  /// Whether the command refuses words beside the user's own, and for this.
  private func refuses(_ added: [String], with message: String) -> Bool {
    do {
      _ = try parse(added + words)
      return false
    } catch {
      return CompileCommand.message(for: error) == message
    }
  }
}
