import ArgumentParser
import PythonPackaging
import Reports

/// `repin check`: how old a lockfile's pins are, what is wrong with them, and whether something is due.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Shows how old pins are, what is wrong with them, and whether something is due.",
    usage: "repin check [<lockfiles> ...] [<options>]",
    discussion: """
      Reads lockfiles of pip-tools' style, and pylock.toml, poetry.lock, uv.lock and Pipfile.lock; asks the index about \
      each pinned project, and OSV's advisories about each pin; judges what it finds by the [policy] of repin.toml; and \
      records it in the history. Without \
      lockfiles: those of [[compile]], else the one that `repin compile` would write, else those of the working directory.

      Takes the options of `repin compile` that say which index is asked and which Python is meant, and its configuration: \
      --index-url, --cert, --offline, --python, --python-version, --python-platform and so on are as there. --format \
      says how the answer is shown: \(CheckFormat.names). No lockfile is written. --image-labels compares an image with the \
      lockfiles, by the labels that `repin labels` gave it. The history is \
      kept beside the lockfile, in .repin/history.sqlite; beside them all, in the working directory: --history names \
      another file, and --no-history does without.

      Exit codes: 0 nothing is due; 1 something is due; 2 the input is wrong; 3 an outside source failed, and nothing is \
      said to be clean.
      """
  )

  @Option(
    name: .customLong("recursive"),
    help:
      "A directory whose lockfiles are checked, and those of all directories in it; may be given more than once."
  )
  var directories: [String] = []

  @Flag(help: "Show nothing where nothing has changed since the last run.")
  var quietIfUnchanged = false

  @OptionGroup(title: "Image")
  var image: ImageArguments

  @OptionGroup(title: "Advisories")
  var advisories: AdvisoryArguments

  @OptionGroup(visibility: .hidden)
  var compile: CompileCommand

  /// The format that is asked for.
  func format() throws(CommandFailure) -> CheckFormat {
    let name = compile.format.name
    guard let format = CheckFormat(rawValue: name) else { throw .format(name, expected: CheckFormat.names) }
    return format
  }

  /// Takes what the environment says of options that the words don't give: `REPIN_RECURSIVE`, `REPIN_QUIET_IF_UNCHANGED`,
  /// `REPIN_FORMAT` and those of images and advisories. Those of compiling are settled with its configuration.
  mutating func settle(by context: CommandContext, beside words: [String]) throws(CommandFailure) {
    directories = context.directories(directories)
    if !quietIfUnchanged { quietIfUnchanged = try context.flag("REPIN_QUIET_IF_UNCHANGED") ?? false }
    image.settle(by: context)
    try advisories.settle(by: context)
    compile.settleFormat(by: context, beside: words)
  }

  /// Refuses what would have no effect; none of this is refused where it is configured.
  func checkUse() throws(CommandFailure) {
    try compile.refuseCompiling("`repin check` names lockfiles and writes none")
  }
}
