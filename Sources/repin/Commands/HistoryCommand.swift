import ArgumentParser
import PythonPackaging
import Reports

/// `repin history`: how old pins are and were.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Shows how old pins are, and how they came and went.",
    usage: usage,
    discussion: """
      Alone it shows the age of every pin of the lockfile, how far each is behind, and the libyears over time; with a \
      package, which versions it was pinned to and how long each stayed. `repin history import` rebuilds the history from \
      git. --history names its file, which is .repin/history.sqlite beside the lockfile otherwise.
      """,
    subcommands: [Show.self, Import.self], defaultSubcommand: Show.self)

  private static let usage =
    "repin history [<package>] [<lockfiles> ...] [<options>] | repin history import [<lockfiles> ...]"

  /// `repin history [PKG]`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Shows how old pins are, and how they came and went.", usage: usage,
      shouldDisplay: false)

    @Argument(help: "The package whose pins over time are shown [default: the ages of all pins].")
    var package: String?

    @Option(
      help:
        "Only the stays and the libyears from a day on, such as 2026-01-31, or of a time up to now, such as \"90 days\"."
    )
    var since: String?

    @Option(
      help: "What pins are sorted by: name, pin-age, release-age, days-behind, releases-behind or libyears.")
    var sort = "days-behind"

    @OptionGroup(visibility: .hidden)
    var compile: CompileCommand

    /// How the answer is shown.
    enum Format: String, CaseIterable {
      case text, json, csv
    }

    /// Takes `REPIN_FORMAT` where the words give no format.
    mutating func settle(by context: CommandContext, beside words: [String]) {
      compile.settleFormat(by: context, beside: words)
    }

    /// The format that is asked for.
    func format() throws(CommandFailure) -> Format {
      let name = compile.format.name
      guard let format = Format(rawValue: name) else { throw .format(name, expected: "text, json or csv") }
      return format
    }
  }

  /// `repin history import`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Rebuilds the history of lockfiles from git.",
      discussion: """
        Reads every commit of the current branch that changed a lockfile, renames followed, and records what was pinned \
        when, as `repin check` would have done at the time. Commits that the history has already aren't read again.
        """)

    @Argument(help: "The lockfiles [default: those that `repin check` would check].")
    var lockfiles: [String] = []

    @OptionGroup var history: HistoryArguments

    @Flag(name: [.customShort("q"), .long], help: "Say nothing but warnings and errors.")
    var quiet = false
  }
}
