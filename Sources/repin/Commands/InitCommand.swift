import ArgumentParser

/// `repin init`: a commented configuration of what is found in a project.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented repin.toml of what it finds in the project.",
    discussion: """
      Looks for requirement files, lockfiles and the commands in their headers, pyproject.toml, setup.cfg and setup.py, \
      pip-tools' configuration, .python-version and Dockerfile, in the working directory and below. Asks nothing, runs \
      nothing, and overwrites nothing: where there is a configuration already it ends with 2.

      Exit codes: 0 done; 2 there is a configuration, or the input is wrong.
      """)

  @Flag(name: .customLong("stdout"), help: "Print the configuration instead of writing it.")
  var printsOnly = false

  @Option(help: "When scheduled rebuilds may run, as cron has it [default: \"0 6 * * MON\"].")
  var window: String?

  @Option(help: "The window's time zone, such as Europe/Berlin [default: this machine's].")
  var timezone: String?
}
