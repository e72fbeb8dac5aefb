import Advisories
import ArgumentParser
import PythonPackaging

/// `repin advisories`: what is known of vulnerable releases, how old that is, and how to renew it.
struct AdvisoriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advisories",
    abstract: "Fetches and shows advisories of vulnerable releases.",
    usage: usage,
    discussion: """
      Advisories are OSV's records, kept in the cache directory. Alone it shows where they are from, how many there are and \
      how old they are; sync renews them; show tells one of them; clear removes all.

      --format json shows the answer as data, which docs/advisories-database.md describes. Exit codes: 0 done; 1 there is \
      no such advisory; 2 the input is wrong; 3 the source failed: what was here before stays.
      """,
    subcommands: [Status.self, Sync.self, Show.self, Clear.self], defaultSubcommand: Status.self)

  private static let usage = "repin advisories [sync | show <id> | clear] [<options>]"

  /// `repin advisories` alone.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Shows where the advisories are from, and how old they are.",
      usage: usage, shouldDisplay: false)

    @OptionGroup var place: AdvisoryPlace
    @OptionGroup var report: CacheReportFormat
  }

  /// `repin advisories sync`.
  struct Sync: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sync",
      abstract: "Renews the advisories: all of them the first time, then those that have changed.")

    @Flag(help: "Fetch all of them, whatever is here.")
    var all = false

    @Option(help: "Certificates of authorities to trust, as a PEM file.")
    var cert: String?

    @Flag(name: [.customShort("q"), .long], help: "Say nothing but warnings and errors.")
    var quiet = false

    @OptionGroup var place: AdvisoryPlace
  }

  /// `repin advisories show ID`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows an advisory: what it is about, which packages it affects, what fixes it.")

    @Argument(help: "Its id, such as GHSA-abcd-2345-efgh.")
    var id: String

    @OptionGroup var place: AdvisoryPlace
    @OptionGroup var report: CacheReportFormat

    func validate() throws {
      if AdvisoryID(id) == nil {
        throw ValidationError("`\(PrintableText.escaped(id, limit: 100))` is no advisory's id")
      }
    }
  }

  /// `repin advisories clear`.
  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clear", abstract: "Removes the advisories of every source.")

    @OptionGroup var place: AdvisoryPlace
  }
}

/// The options that say which advisories are meant.
struct AdvisoryPlace: ParsableArguments {
  @Option(
    help: "Where advisories are from: osv, or the address of a copy of its files [default: osv].")
  var source: String?

  @OptionGroup var cache: CachePlace

  func validate() throws {
    if source?.isEmpty == true { throw ValidationError("`--source` is empty") }
  }
}
