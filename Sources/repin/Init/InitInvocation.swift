import PackageIndex
import PythonPackaging
import Scheduling
import UpdatePolicy

/// `repin init` as it was called.
struct InitInvocation {
  let command: InitCommand
  let context: CommandContext

  /// The file that is written.
  private static let file = "repin.toml"

  /// Looks, and writes or prints.
  func run() throws -> ExitStatus {
    let schedule = try schedule()
    if !command.printsOnly { try refuseExisting() }
    let found = try ProjectFinder(context: context).look()
    var survey = found.survey
    survey.schedule = schedule
    let initial: InitialConfiguration
    do throws(InitialConfigurationError) {
      initial = try InitialConfiguration(survey)
    } catch {
      throw CommandFailure.usage("\(error)")
    }
    for key in initial.secret {
      context.terminal.warn(
        "`\(PrintableText.excerpt(key, limit: 80))` is left out, since its value has a password")
    }
    for notice in found.notices { context.terminal.warn(notice) }
    if command.printsOnly {
      context.terminal.show(String(initial.text.dropLast()))
      return .done
    }
    do throws(Files.Failure) {
      try Files.replace(
        context.absolute(Self.file), with: Array(initial.text.utf8), undisturbedBy: context.interruption)
    } catch {
      throw CommandFailure.unwritable(path: Self.file, reason: error.reason)
    }
    context.terminal.say(
      "wrote `\(Self.file)`: \(survey.lockfiles.count) lockfile\(survey.lockfiles.count == 1 ? "" : "s"), window \(schedule.window) in \(schedule.timeZone)"
    )
    sayNextSteps(found)
    return .done
  }

  private func refuseExisting() throws(CommandFailure) {
    // A link that leads nowhere is somebody's too.
    if Files.exists(context.absolute(Self.file)) {
      throw .usage(
        "there is a `\(Self.file)`, which stays as it is",
        hint: "`repin init --stdout` prints what it would write")
    }
    if let bytes = try context.configurationBytes("pyproject.toml"),
      try ProjectFinder.hasOwnTable(bytes, file: "pyproject.toml")
    {
      throw .usage(
        "pyproject.toml has [tool.repin], which `\(Self.file)` would hide",
        hint: "`repin init --stdout` prints what it would write")
    }
  }

  private func sayNextSteps(_ found: ProjectFinder.Found) {
    if found.survey.lockfiles.isEmpty {
      context.terminal.hint("write what the project needs into requirements.in, and name it in `[[compile]]`")
    }
    context.terminal.hint(
      "`repin compile` pins, and `repin check` tells how old pins are and what is wrong with them")
    let scheduler = found.scheduler.map { "--\($0)" } ?? "--cron"
    context.terminal.hint("`repin schedule install \(scheduler) --write` has it done at every window")
  }

  // MARK: Schedule

  private func schedule() throws(CommandFailure) -> Schedule {
    var schedule = Schedule()
    if let text = command.window {
      do throws(CronError) {
        schedule.window = try CronExpression(text)
      } catch {
        throw .usage(
          "`--window \(PrintableText.excerpt(text, limit: 100))`: column \(error.offset + 1): \(error)")
      }
    }
    let database = TimeZoneDatabase(context: context)
    if let text = command.timezone {
      do throws(PolicyValueError) {
        schedule.timeZone = try TimeZoneName(text)
      } catch {
        throw .usage("`--timezone`: \(error)")
      }
      _ = try database.rules(of: schedule.timeZone, place: "`--timezone`")
    } else if let name = LocalTimeZone(context: context).name,
      (try? database.rules(of: name, place: nil)) != nil
    {
      schedule.timeZone = name
    }
    return schedule
  }
}
