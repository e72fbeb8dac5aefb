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

  /// Puts back what is as it was written, or was taken away; what somebody has changed since then stays.
  ///
  /// - Returns: those that stay as somebody has made them, or that can't be put back.
  @discardableResult
  func putBack() -> [String] {
    var left: [String] = []
    for file in files.withLock({ $0 }) {
      let now = try? Files.read(file.path, limit: CompileRun.longestLockfile)
      guard now == file.new || now == nil && !Files.exists(file.path) else {
        if now != file.old { left.append(file.shown) }
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
        left.append(file.shown)
      }
    }
    return left
  }
}
