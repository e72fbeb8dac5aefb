import ArgumentParser

/// `repin schedule install`: what a scheduler needs to run `repin run` at the windows.
struct ScheduleInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Prints or writes what a scheduler needs to run `repin run` at the windows.",
    usage:
      "repin schedule install --cron | --systemd | --github | --gitlab | --kubernetes [<lockfiles> ...] [<options>]",
    discussion: """
      Prints what is to be written; --write writes it. A file is written whole or not at all, and one that somebody else wrote, \
      or changed since, stays as it is: --force overwrites it. Of a crontab only repin's own block is replaced.

      docs/schedule.md shows what is written, and says what each scheduler does where a clock is changed.
      """)

  /// Who is to run the command.
  enum Scheduler: String, EnumerableFlag {
    case cron, systemd, github, gitlab, kubernetes

    static func help(for value: Scheduler) -> ArgumentHelp? {
      switch value {
      case .cron: "A block of this user's crontab."
      case .systemd: "A service and a timer of systemd, of this user or, with --user, of the machine."
      case .github: "A workflow of GitHub Actions: .github/workflows/repin.yml."
      case .gitlab: "A job of GitLab's pipelines: .gitlab/repin.yml, to be included."
      case .kubernetes: "A CronJob of Kubernetes: repin-cronjob.yaml."
      }
    }
  }

  @Argument(help: "The lockfiles that `repin run` is given [default: it finds them itself].")
  var lockfiles: [String] = []

  @Flag(exclusivity: .exclusive)
  var scheduler: Scheduler?

  @Flag(help: "Write it instead of printing it.")
  var write = false

  @Flag(help: "With --write: overwrite what repin didn't write, or what was changed since.")
  var force = false

  @Option(help: "The program that is run [default: this one, or `repin` in a pipeline and a container].")
  var program: String?

  @Option(
    help: """
      How often it runs, as a cron expression in the zone of [schedule], such as "0 6 * * *": what is due now and what failed \
      is looked at then, what can wait still waits for a window [default: at the windows].
      """)
  var tick: String?

  @Option(help: "With --systemd: the name of the units [default: repin].")
  var name: String?

  @Option(help: "With --cron: who gets the mail.")
  var mail: String?

  @Option(help: "With --systemd: the account that the command runs as, by the machine's manager.")
  var user: String?

  @Option(
    help: "With --systemd and --write: where the units are written [default: where their manager looks].")
  var directory: String?

  @Option(
    help: "With --github and --gitlab: a line of shell that installs repin; may be given more than once.")
  var setup: [String] = []

  @Option(help: "With --kubernetes: the container's image, by its digest.")
  var image: String?

  @Option(help: "With --kubernetes: the name of the claim that the work tree is kept in [default: repin].")
  var claim: String?

  @OptionGroup var project: ScheduleProject

  /// Refuses options of other schedulers, which would have no effect.
  func settled() throws(CommandFailure) -> Scheduler {
    guard let scheduler else {
      throw .usage(
        "`repin schedule install` needs to know for whom",
        hint: "say --cron, --systemd, --github, --gitlab or --kubernetes")
    }
    let options: [(String, Bool, [Scheduler])] = [
      ("--name", name != nil, [.systemd]), ("--mail", mail != nil, [.cron]),
      ("--user", user != nil, [.systemd]),
      ("--directory", directory != nil, [.systemd]), ("--setup", !setup.isEmpty, [.github, .gitlab]),
      ("--image", image != nil, [.kubernetes]), ("--claim", claim != nil, [.kubernetes]),
    ]
    for (name, isGiven, takers) in options where isGiven && !takers.contains(scheduler) {
      throw .usage("`\(name)` is for \(takers.map { "`--\($0.rawValue)`" }.joined(separator: " and "))")
    }
    for (name, isGiven) in [("--force", force), ("--directory", directory != nil)] where isGiven && !write {
      throw .usage("`\(name)` without `--write`", hint: "nothing is written without it")
    }
    if directory?.isEmpty == true { throw .usage("`--directory` is empty") }
    if program?.isEmpty == true { throw .usage("`--program` is empty") }
    return scheduler
  }
}
