import ArgumentParser
import PythonPackaging
import UpdatePolicy

/// `repin update`: the least change to lockfiles that clears what is due.
struct UpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Changes the least of a lockfile that clears what is due, or gets what is asked for.",
    usage: "repin update [<lockfiles> ...] [<packages> ...] [<options>]",
    discussion: """
      A package may have a specifier: flask, 'urllib3>=2,<3'. A word that is a file, or ends in .txt, .toml or .lock, is a \
      lockfile. Without lockfiles: those of [[compile]], else the one that `repin compile` would write, else those of the \
      working directory. Several are changed together, and are all written or none.

      What a lockfile is made from, configuration says, else the command in its header, else its name. A pin is raised with \
      the parent that caps it; nothing else moves, and each takes the lowest release that serves. What can't be had is told \
      with what stands in the way. Releases younger than the cooldown aren't picked, but for those that fix what is due now.

      -n, --dry-run shows the difference and writes nothing; --format json shows what was done as data, which \
      docs/update-report.md describes. The options of `repin compile` that say which index is asked and how are taken too, \
      and its configuration.

      Exit codes: 0 done, or nothing to do; 1 something that was asked for can't be had: the rest is written; 2 the input \
      is wrong; 3 an outside source failed.
      """
  )

  @Flag(
    help: """
      Clear what the policy wants done, now or at the next window, but for staleness [the default where no package and \
      nothing else is asked for].
      """)
  var security = false

  @Flag(help: "Raise the pins that are stale by the policy.")
  var stale = false

  @Flag(help: "Raise every pin to the newest release that it can have.")
  var all = false

  @Option(help: "The largest step that a pin may make: major, minor or patch [default: major].")
  var max: UpdateStep?

  @Flag(help: "Take the newest release of each pin that changes, and not the lowest that serves.")
  var latest = false

  @Option(
    parsing: .unconditional,
    help:
      "The least age of a release to pick, such as \"3 days\", P3D or 0 [default: the policy's, else 3 days].",
    transform: { try UpdateCommand.duration($0) })
  var cooldown: PolicyDuration?

  @OptionGroup(title: "Advisory options")
  var advisories: AdvisoryArguments

  @OptionGroup(visibility: .hidden)
  var compile: CompileCommand

  /// `0` is no cooldown: a number alone is one of days, as in the policy.
  static func duration(_ text: String) throws(PolicyValueError) -> PolicyDuration {
    if let days = Int(text), days >= 0 { return try PolicyDuration(days: days) }
    return try PolicyDuration(text)
  }

  /// Takes what the environment says of options that the words don't give: `REPIN_SECURITY`, `REPIN_STALE`, `REPIN_ALL`,
  /// `REPIN_LATEST`, `REPIN_MAX`, `REPIN_COOLDOWN`, `REPIN_FORMAT` and those of advisories. Those of compiling are settled with
  /// its configuration.
  mutating func settle(by context: CommandContext, beside words: [String]) throws(CommandFailure) {
    if !security { security = try context.flag("REPIN_SECURITY") ?? false }
    if !stale { stale = try context.flag("REPIN_STALE") ?? false }
    if !all { all = try context.flag("REPIN_ALL") ?? false }
    if !latest { latest = try context.flag("REPIN_LATEST") ?? false }
    if max == nil, let value = context.variable("REPIN_MAX") {
      guard let step = UpdateStep(rawValue: value) else {
        throw .usage(
          "REPIN_MAX: found `\(PrintableText.escaped(value, limit: 100))`, expected major, minor or patch")
      }
      max = step
    }
    if cooldown == nil, let value = context.variable("REPIN_COOLDOWN") {
      do throws(PolicyValueError) {
        cooldown = try Self.duration(value)
      } catch {
        throw .usage("REPIN_COOLDOWN: \(error)")
      }
    }
    try advisories.settle(by: context)
    compile.settleFormat(by: context, beside: words)
  }

  /// Refuses what would have no effect; none of this is refused where it is configured.
  func checkUse() throws(CommandFailure) {
    try compile.refuseCompiling(
      "`repin update` takes the names of lockfiles and of packages", takesDryRun: true)
    switch compile.format {
    case .text, .json: return
    case .dot: throw .usage("`--format dot` is for `repin why`", hint: "take text or json")
    case .unknown(let name): throw .format(name, expected: "text or json")
    }
  }
}

extension UpdateStep: ExpressibleByArgument {}
