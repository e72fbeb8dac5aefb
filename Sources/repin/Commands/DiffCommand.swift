import ArgumentParser
import PythonPackaging

/// `repin diff`: what changed between two states of lockfiles, ready for a pull request.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Shows what changed in lockfiles, and why, ready for a pull request.",
    usage: """
      repin diff [<lockfile> | git:<revision>] [<options>]
      repin diff <old> <new> [<options>]
      """,
    discussion: """
      Compares each lockfile with what git's HEAD has of it: one that is named, else those of [[compile]] and all that have a \
      lockfile's name in the working directory and below, then or now. Two words are the old state and the new one. A state \
      is a file, git:REVISION:PATH, or git:REVISION for every lockfile at that revision. --since REVISION compares the \
      lockfiles that are named, any number of them, with that revision. A lockfile may be of any format that `repin check` \
      reads.

      What is known of releases is taken from the cache, and nothing is asked for: what isn't there is shown as unknown. \
      --fetch asks the index and the source of advisories. --format says how the answer is shown: text, markdown (the body \
      of a pull request), json, unified (for `git apply`), title or commit (a commit's subject, and its whole message); \
      docs/diff-report.md describes them. The options of `repin compile` that say which index is asked and which Python is \
      meant are taken too, and its configuration.

      Exit codes: 0 done, whatever has changed; 2 the input is wrong; 3 an outside source failed with --fetch.
      """
  )

  @Option(help: "Compare lockfiles with what they were at a revision of git.")
  var since: String?

  @Flag(help: "Ask the index and the source of advisories for what the cache doesn't have.")
  var fetch = false

  @OptionGroup(title: "Advisories")
  var advisories: AdvisoryArguments

  @OptionGroup(visibility: .hidden)
  var compile: CompileCommand

  /// How the answer is shown.
  enum Format: String, CaseIterable {
    case text, markdown, json, unified, title, commit
  }

  /// The format that is asked for.
  func format() throws(CommandFailure) -> Format {
    let name = compile.format.name
    guard let format = Format(rawValue: name) else {
      throw .format(name, expected: "text, markdown, json, unified, title or commit")
    }
    return format
  }

  /// Takes what the environment says of options that the words don't give: `REPIN_SINCE`, `REPIN_FETCH`, `REPIN_FORMAT` and
  /// those of advisories. Those of compiling are settled with its configuration.
  mutating func settle(by context: CommandContext, beside words: [String]) throws(CommandFailure) {
    since = since ?? context.variable("REPIN_SINCE")
    if !fetch { fetch = try context.flag("REPIN_FETCH") ?? false }
    try advisories.settle(by: context)
    compile.settleFormat(by: context, beside: words)
  }

  /// Refuses what would have no effect, or none that could be meant.
  func checkUse() throws(CommandFailure) {
    try compile.refuseCompiling("`repin diff` compares lockfiles and writes none")
    if fetch, compile.index.offline {
      throw .usage("`--fetch` and `--offline` exclude each other")
    }
  }
}
