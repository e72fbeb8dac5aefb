import ArgumentParser
import PythonPackaging

/// `repin run`: the scheduled tick.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Checks, and where something is due updates, rebuilds and records it: for cron and CI.",
    usage: "repin run [<lockfiles> ...] [<options>]",
    discussion: """
      Renews advisories and checks the lockfiles that `repin check` would. What is due now is updated at once, what can wait \
      at the first run after a window of [schedule] has come; windows that were missed are made up for once. Then the \
      commands of [rebuild] run, and run again at the next run where they fail. Without anything to do it ends in silence.

      With [pull-request], the update goes into a pull request, and the work tree stays as it is. Without it, the lockfiles are \
      written, and .repin/run has title.txt, body.md, commit.txt and changes.patch.

      -n, --dry-run tells all of it and does nothing. Two runs of a project never overlap. The options of `repin check` are \
      taken too. docs/run.md tells more.

      Exit codes: 0 done, or nothing to do; 1 something due can't be had, or the rebuild failed; 2 the input is wrong; 3 an \
      outside source failed, or another run goes on.
      """
  )

  @Flag(help: "Do what waits for a window now.")
  var now = false

  @Option(
    name: .customLong("project"),
    help: "A project's directory; may be given more than once [default: the working directory].")
  var projects: [String] = []

  @OptionGroup(title: "Advisory options")
  var advisories: AdvisoryArguments

  @OptionGroup(visibility: .hidden)
  var compile: CompileCommand

  /// Takes what the environment says of options that the words don't give: `REPIN_NOW`, `REPIN_FORMAT` and those of
  /// advisories. Those of compiling are settled with its configuration.
  mutating func settle(by context: CommandContext, beside words: [String]) throws(CommandFailure) {
    if !now { now = try context.flag("REPIN_NOW") ?? false }
    try advisories.settle(by: context)
    compile.settleFormat(by: context, beside: words)
  }

  /// Refuses what would have no effect; none of this is refused where it is configured.
  func checkUse() throws(CommandFailure) {
    try compile.refuseCompiling("`repin run` names lockfiles", takesDryRun: true)
    if !projects.isEmpty, !compile.sources.isEmpty {
      throw .usage(
        "`--project` and names of lockfiles exclude each other",
        hint: "a project's lockfiles are those of [[compile]] in its repin.toml")
    }
    if !projects.isEmpty, compile.config != nil {
      throw .usage("`--project` and `--config` exclude each other: each project has its own configuration")
    }
    switch compile.format {
    case .text, .json: return
    case .dot: throw .usage("`--format dot` is for `repin why`", hint: "take text or json")
    case .unknown(let name): throw .format(name, expected: "text or json")
    }
  }
}
