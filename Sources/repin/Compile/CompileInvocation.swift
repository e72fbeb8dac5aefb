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
  var parse: ([String]) throws -> CompileCommand = { try CompileCommand.parse($0) }

  /// The compilations that are asked for.
  enum Plan {
    /// One lockfile.
    case one(CompileCommand)
    /// All lockfiles of `[[compile]]`.
    case layers([CompileCommand])
  }

  /// Compiles one lockfile, or all that the configuration lists.
  func run() async throws {
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    switch try plan() {
    case .one(let command): try await CompileRun(command: command, context: context).run()
    case .layers(let commands):
      if asked.outputFile != nil {
        throw CommandFailure.usage(
          "`--output-file` with the several lockfiles of `[[compile]]`",
          hint: "name the sources of the one that is meant, or leave out `--output-file`")
      }
      try await LayeredCompile(commands: commands, context: context).run()
    }
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
    guard asked.sources.isEmpty, asked.group.isEmpty, !configuration.layers.isEmpty else {
      let sources = asked.sources.isEmpty && asked.group.isEmpty ? configuration.sources : []
      return .one(try command(settings, beside: given, sources: sources))
    }
    var commands: [CompileCommand] = []
    for layer in configuration.layers {
      var own = settings
      own.override(with: layer.settings)
      var command = try command(own, beside: given, sources: layer.sources)
      if asked.outputFile != nil || layer.output != nil { command.outputFile = layer.output }
      commands.append(command)
    }
    return .layers(commands)
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
    for setting in settings.settings where !given.contains(setting.option) {
      do {
        _ = try CompileCommand.parse(setting.words)
      } catch {
        throw CommandFailure.invalidConfiguration(
          ConfigurationError(
            place: setting.place, found: setting.words.joined(separator: " "),
            expected: "what `--\(setting.option.name)` takes (\(CompileCommand.message(for: error)))"))
      }
    }
    let separator = sources.contains { $0.hasPrefix("-") } && !words.contains("--") ? ["--"] : []
    return try parse(settings.words(beside: given) + words + separator + sources)
  }
}
