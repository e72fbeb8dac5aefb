import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging

/// Records lockfiles that a command has written in the history.
///
/// Whatever is wrong with the history is said, and stops nothing: the lockfiles are written.
struct LockfileRecording {
  let context: CommandContext
  let arguments: HistoryArguments
  /// What has written them.
  var source = Snapshot.Source.compile

  /// Records lockfiles as they are from now on.
  func record(_ written: [CompileRun.Written]) async {
    let place = HistoryPlace(context: context, arguments: arguments)
    guard !written.isEmpty, let history = place.open(for: written.map(\.path)) else { return }
    let home = LockfileHome(context: context)
    let now = IndexClock.system.now()
    var snapshots: [Snapshot] = []
    for lockfile in written {
      let file = PinnedFileReader().read(lockfile.bytes, path: lockfile.path)
      let lock = LockfileToCheck(
        path: lockfile.path, file: file, identity: await home.place(of: lockfile.path).identity,
        digest: LockfileToCheck.digest(of: lockfile.bytes))
      snapshots.append(lock.snapshot(at: now, by: source))
    }
    do throws(PinHistoryError) {
      try history.importSnapshots(snapshots)
    } catch {
      place.sayUnusable(.history(error))
    }
    place.sayWarnings(of: history)
  }
}
