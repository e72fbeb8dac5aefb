import ArgumentParser
import ImageLabels
import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging

/// `repin labels` as it was called.
struct LabelsInvocation {
  let command: LabelsCommand
  let context: CommandContext

  /// Prints the labels of a build that begins now.
  func run() async throws -> ExitStatus {
    let format = try command.labelFormat()
    let createdAt = try context.sourceDate() ?? IndexClock.system.now()
    let plan = try CheckPlan(
      compile: try CompileCommand.parse(command.configurationWords), advisories: nil,
      words: command.configurationWords, context: context, parse: { try CompileCommand.parse($0) })
    let paths = try plan.lockfiles(named: command.lockfiles, below: [])
    let home = LockfileHome(context: context)
    var locks: [LabelledLock] = []
    var places: [LockfileHome.Place] = []
    for path in paths {
      let bytes = try bytes(of: path)
      let place = await home.place(of: path)
      places.append(place)
      locks.append(
        LabelledLock(path: context.labelledPath(of: place), digest: LockfileToCheck.digest(of: bytes)))
    }
    // What can't be labelled at all is told before git has a word.
    _ = try labels(of: locks, nil, createdAt)
    let revision = await revision(of: places)
    context.terminal.show(try labels(of: locks, revision, createdAt).rendered(as: format))
    return .done
  }

  /// The commit that has the lockfiles; nil: there is none, and why was said.
  private func revision(of places: [LockfileHome.Place]) async -> String? {
    do throws(LockRevision.Absence) {
      return try await LockRevision(context: context).commit(of: places)
    } catch {
      if command.quiet { return nil }
      context.terminal.warn("the labels have no revision: \(error)")
      if let hint = error.hint { context.terminal.hint(hint) }
      return nil
    }
  }

  private func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    do throws(Files.Failure) {
      return try Files.readRegular(context.absolute(path), limit: PinnedFileReader.Limits().bytes)
    } catch {
      throw .usage(
        "the lockfile `\(PrintableText.escaped(path, limit: 300))` can't be read: \(error.reason)",
        hint: error == .missing ? "compile it, or name another lockfile" : "name a lockfile")
    }
  }

  private func labels(
    of locks: [LabelledLock], _ revision: String?, _ createdAt: Int64
  ) throws(CommandFailure) -> BuildLabels {
    do throws(BuildLabels.Fault) {
      return try BuildLabels(locks: locks, revision: revision, createdAt: createdAt, version: repinVersion)
    } catch {
      switch error {
      case .noLock: throw .usage("no lockfile is named", hint: "name one")
      case .tooMany(let limit):
        throw .usage(
          "labels name at most \(limit) lockfiles, and \(locks.count) are meant",
          hint: "name those that the image installs")
      case .unprintable(let path):
        throw .usage(
          "the path `\(PrintableText.escaped(path, limit: 300))` has a character in it that can't be shown",
          hint: "give the lockfile another name")
      case .ambiguous(let path):
        throw .usage(
          "two lockfiles would both be labelled `\(PrintableText.escaped(path, limit: 300))`",
          hint: "name those of one repository")
      case .revision(let text):
        throw .usage("git's HEAD is `\(PrintableText.escaped(text, limit: 100))`, which is no commit")
      }
    }
  }
}

extension CommandContext {
  /// The moment that a build is to have, from `SOURCE_DATE_EPOCH` (reproducible-builds.org); nil: it isn't set.
  func sourceDate() throws(CommandFailure) -> Int64? {
    guard let text = variable("SOURCE_DATE_EPOCH") else { return nil }
    guard let seconds = Int64(text), (0...Self.lastSecond).contains(seconds) else {
      throw .usage(
        "SOURCE_DATE_EPOCH: found `\(PrintableText.escaped(text, limit: 100))`, expected seconds since 1970-01-01 00:00 UTC",
        hint: "`git log -1 --format=%ct` has those of the last commit")
    }
    return seconds
  }

  /// Of the year 9999.
  private static let lastSecond: Int64 = 253_402_300_799

  /// What labels call a lockfile: its path from the top of its repository on, else from the working directory on.
  func labelledPath(of place: LockfileHome.Place) -> String {
    if place.workTree != nil { return place.identity.path }
    let directory = place.identity.repository
    let absolute = directory == "/" ? "/\(place.identity.path)" : "\(directory)/\(place.identity.path)"
    let here = (Files.resolved(workingDirectory) ?? workingDirectory) + "/"
    return absolute.hasPrefix(here) ? String(absolute.dropFirst(here.count)) : absolute
  }
}
