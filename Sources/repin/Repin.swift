import ArgumentParser

/// The `repin` command.
@main
struct Repin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repin",
    abstract: "Pins a Python application's dependencies.",
    discussion: """
      Exit codes: 0 done; 1 the requirements can't be met; 2 the input is wrong; 3 an outside source failed; \
      130 interrupted.
      """,
    version: repinVersion,
    subcommands: [CompileCommand.self]
  )

  static func main() async {
    let status = await run(Array(CommandLine.arguments.dropFirst()), in: .current())
    exitProcess(status)
  }

  /// Runs a command line and tells how it ended.
  static func run(_ arguments: [String], in context: CommandContext) async -> ExitStatus {
    do {
      var command = try parseAsRoot(arguments)
      guard let compile = command as? CompileCommand else {
        // `help`, or no command at all: what it says comes as an error.
        try command.run()
        return .done
      }
      let words = arguments.drop { $0 != CompileCommand.configuration.commandName }.dropFirst()
      try await CompileInvocation(asked: compile, words: Array(words), context: context).run()
      return context.terminal.hasLostResults ? .wrongInput : .done
    } catch let failure as CommandFailure {
      context.terminal.report(failure)
      return failure.status
    } catch {
      let text = fullMessage(for: error, columns: context.terminal.columns)
      if exitCode(for: error) == .success {
        context.terminal.show(text)
        return context.terminal.hasLostResults ? .wrongInput : .done
      }
      context.terminal.say(text)
      return .wrongInput
    }
  }
}

/// The version that `--version` tells.
let repinVersion = "0.1.0"
