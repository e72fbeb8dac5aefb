import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging
import Reports
import Scheduling
import UpdatePolicy

/// Finds out from the history what is due of lockfiles, and asks nobody else.
struct KnownWorkSurvey {
  let policy: Policy
  /// In seconds since 1970-01-01 00:00 UTC.
  let now: Int64
  let history: HistoryArguments
  let context: CommandContext

  /// What is known of lockfiles by their paths. A history that can't be read is said, and costs what it would tell.
  func work(on paths: [String]) async -> [KnownWork] {
    let opened = open(for: paths)
    let home = LockfileHome(context: context)
    var works: [KnownWork] = []
    for path in paths {
      let shown = PrintableText.escaped(path, limit: 300)
      let place = await home.place(of: path)
      var work = KnownWork(path: shown, lastCheck: nil)
      do throws(PinHistoryError) {
        if let opened { work = try self.work(on: path, shown, place.identity, in: opened) }
      } catch {
        HistoryPlace(context: context, arguments: history).sayUnusable(.history(error))
      }
      works.append(work)
    }
    return works
  }

  private func open(for paths: [String]) -> PinHistory? {
    if history.isOff || paths.isEmpty { return nil }
    let place = HistoryPlace(context: context, arguments: history)
    let path = place.path(for: paths)
    guard Files.status(of: path) != nil else { return nil }
    do throws(PinHistoryError) {
      return try PinHistory(path: path, access: .reading)
    } catch {
      place.sayUnusable(.history(error))
      return nil
    }
  }

  private func work(
    on path: String, _ shown: String, _ identity: LockfileIdentity, in history: PinHistory
  ) throws(PinHistoryError) -> KnownWork {
    guard let run = try history.lastRun(of: identity) else { return KnownWork(path: shown, lastCheck: nil) }
    let pins = pins(of: path, shown)
    var findings: [UpdatePolicy.Finding] = []
    var outdated = 0
    for recorded in try history.openFindings(of: identity) {
      let pin = recorded.finding.pin
      if let pins, !pins.contains(pin) {
        outdated += 1
        continue
      }
      let finding = policy.finding(
        recordedAs: recorded.finding.kind.rawValue, key: recorded.finding.key,
        severity: recorded.finding.severity, of: pin.package, pin.version, in: path,
        firstSeen: recorded.firstSeen, now: now)
      if let finding { findings.append(finding) }
    }
    return KnownWork(
      path: shown,
      lastCheck: .init(
        at: run.end?.at ?? run.startedAt,
        isComplete: run.end.map { $0.outcome != CheckVerdict.incomplete.rawValue } ?? false),
      findings: findings, outdatedCount: outdated)
  }

  /// What the file pins today; nil: it can't be read.
  private func pins(of path: String, _ shown: String) -> Set<Pin>? {
    do throws(Files.Failure) {
      let bytes = try Files.readRegular(context.absolute(path), limit: PinnedFileReader.Limits().bytes)
      let file = PinnedFileReader().read(bytes, path: shown)
      return Set(
        file.pins.compactMap { pin in
          guard let name = pin.name, let version = pin.version else { return nil }
          return Pin(package: name, version: version)
        })
    } catch {
      context.terminal.warn("the lockfile `\(shown)` can't be read: \(error.reason)")
      return nil
    }
  }
}
