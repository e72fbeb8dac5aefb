import ArgumentParser
import PythonPackaging
import Reports

/// `repin report`: one page of what a check and the history know of lockfiles.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes a page about lockfiles: what is due, how old pins are, how they came and went.",
    usage: "repin report [<lockfiles> ...] [<options>]",
    discussion: """
      Checks the lockfiles that `repin check` would, and writes one HTML page that needs nothing beside it: the verdict and \
      the next window, the findings, libyears over time, the ages of pins, a timeline of each package, and who asks for \
      whom. -o names the file, and - is standard output.

      Takes the options of `repin check`. What a check finds is recorded in the history, as by `repin check`.

      Exit codes: 0 the page is written, whatever is due; 2 the input is wrong; 3 an outside source failed, which the page \
      says.
      """
  )

  /// Where the page goes where nothing is said.
  static let usualOutput = "repin-report.html"

  @Option(
    name: .customLong("recursive"),
    help:
      "A directory whose lockfiles are shown, and those of all directories in it; may be given more than once."
  )
  var directories: [String] = []

  @OptionGroup(title: "Advisories")
  var advisories: AdvisoryArguments

  @OptionGroup(visibility: .hidden)
  var compile: CompileCommand

  /// Takes what the environment says of options that the words don't give: `REPIN_RECURSIVE` and those of advisories. Those of
  /// compiling are settled with its configuration.
  mutating func settle(by context: CommandContext) throws(CommandFailure) {
    directories = context.directories(directories)
    try advisories.settle(by: context)
  }

  /// Refuses what would have no effect.
  func checkUse() throws(CommandFailure) {
    try compile.refuseCompiling("`repin report` names lockfiles and writes a page", takesOutput: true)
    guard compile.format == .text else {
      throw .usage(
        "`--format` is for `repin check`: a report is a page", hint: "`repin check --format json` is data")
    }
  }
}
