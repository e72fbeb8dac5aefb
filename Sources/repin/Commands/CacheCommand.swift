import ArgumentParser
import PackageIndex
import PythonPackaging

/// `repin cache`: where what was fetched is kept, how large that is, and how to be rid of it.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Shows or removes what is kept of answers of indexes.",
    usage: usage,
    discussion: """
      Alone it shows where the cache is, how large, and what it holds. Nothing in it is needed: what is missing is fetched \
      again. Other processes may use it meanwhile.

      --cache-dir, --config and --no-config are those of `repin compile`, whose configuration says where the cache is; \
      --format json shows the answer as data, which docs/cache.md describes.
      """,
    subcommands: [Show.self, Directory.self, Prune.self, Clear.self], defaultSubcommand: Show.self)

  private static let usage = "repin cache [dir | prune | clear [<package> ...]] [<options>]"

  /// `repin cache` alone.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Shows where the cache is, how large, and what it holds.", usage: usage,
      shouldDisplay: false)

    @OptionGroup var place: CachePlace
    @OptionGroup var report: CacheReportFormat
  }

  /// `repin cache dir`.
  struct Directory: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "dir", abstract: "Prints the cache's directory, whether it is there or not.")

    @OptionGroup var place: CachePlace
  }

  /// `repin cache prune`.
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune",
      abstract: "Removes what wasn't used lately, and what an older repin left.",
      discussion: """
        When something was used is known to the day, and noted by commands that fetch: --offline alone notes nothing. \
        The file is made as small as it can be.
        """)

    @Option(help: "What wasn't used for so long goes: a time in weeks or less, such as \"2 weeks\" or P14D.")
    var olderThan = "30 days"

    @OptionGroup var place: CachePlace
    @OptionGroup var report: CacheReportFormat

    func validate() throws {
      do throws(TimeSpan.Fault) {
        _ = try TimeSpan(olderThan)
      } catch {
        let shown = PrintableText.escaped(olderThan, limit: 100)
        let reason =
          switch error {
          case .calendar: "months and years differ in length, expected weeks or less"
          case .malformed: "expected a time such as \"30 days\" or P30D"
          case .tooLong: "expected at most 100 years"
          }
        throw ValidationError("`--older-than`: `\(shown)`: \(reason)")
      }
    }
  }

  /// `repin cache clear`.
  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clear",
      abstract: "Removes everything, or what is kept of some projects.")

    @Argument(help: "The projects whose pages and metadata go [default: everything goes].")
    var packages: [String] = []

    @OptionGroup var place: CachePlace
    @OptionGroup var report: CacheReportFormat

    func validate() throws {
      for name in packages where (try? PackageName(name)) == nil {
        throw ValidationError("`\(PrintableText.escaped(name, limit: 100))` is no package's name")
      }
    }
  }
}

/// The options that say which cache is meant.
struct CachePlace: ParsableArguments {
  @Option(help: "The cache's directory [default: repin's folder in the user's cache directory].")
  var cacheDir: String?

  @Flag(help: .hidden)
  var noCache = false

  @Option(help: "The configuration to read instead of looking for one.")
  var config: String?

  @Flag(help: "Read no configuration.")
  var noConfig = false

  func validate() throws {
    if cacheDir?.isEmpty == true { throw ValidationError("`--cache-dir` is empty") }
    if noCache { throw ValidationError("`--no-cache` leaves no cache to look at") }
    if config?.isEmpty == true { throw ValidationError("`--config` is empty") }
    if config != nil && noConfig { throw ValidationError("`--config` and `--no-config` exclude each other") }
  }
}

/// The option that says how a report is written.
struct CacheReportFormat: ParsableArguments {
  @Option(help: "How the answer is shown: text or json.")
  var format = OutputFormat.text

  func validate() throws {
    switch format {
    case .text, .json: return
    case .dot: throw ValidationError("`--format dot` is for `repin why`; take text or json")
    case .unknown(let name):
      throw ValidationError(
        "`--format`: found `\(PrintableText.excerpt(name, limit: 100))`, expected text or json")
    }
  }
}
