import PythonPackaging
import Synchronization

/// Lockfiles that a run writes, to be put back as they were should it come to nothing.
final class WrittenLockfiles: Sendable {
  private struct File {
    /// As messages name it.
    let shown: String
    let path: String
    /// Nil: there was none.
    let old: [UInt8]?
    let new: [UInt8]
  }

  private let context: CommandContext
  private let files = Mutex<[File]>([])

  init(context: CommandContext) { self.context = context }

  /// From now on these are put back.
  func note(_ update: RunUpdate) {
    let noted = update.changed.map { outcome in
      let inputs = outcome.compiled.inputs
      return File(
        shown: inputs.shownOutput, path: context.absolute(inputs.output),
        old: outcome.compiled.existing?.bytes, new: outcome.compiled.bytes)
    }
    files.withLock { $0 = noted }
  }

  /// From now on they stay.
  func keep() { files.withLock { $0 = [] } }

  /// The digest of what was there before; nil: nothing was, or it isn't one of them.
  func digest(of shown: String) -> String? {
    files.withLock { $0 }.first { $0.shown == shown }?.old.map(LockfileToCheck.digest)
  }

  /// Puts back what is as it was written; what somebody has changed since then stays.
  func putBack() {
    for file in files.withLock({ $0 }) {
      guard let now = try? Files.read(file.path, limit: CompileRun.longestLockfile), now == file.new else {
        continue
      }
      do throws(Files.Failure) {
        if let old = file.old {
          try Files.replace(file.path, with: old, undisturbedBy: nil)
        } else {
          try Files.remove(file.path)
        }
      } catch {
        context.terminal.warn("`\(file.shown)` can't be put back as it was: \(error.reason)")
      }
    }
  }
}
