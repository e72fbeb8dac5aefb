import Dispatch

/// When what waits to be written to a cache will be, without anybody asking: a while after it came, or at once where
/// much waits.
enum DueWrite {
  case never
  case later
  case now

  /// So many bytes waiting are written at once.
  static let batchSize = 4 << 20

  /// Takes in that so many bytes wait now.
  ///
  /// - Returns: What is to be set going; `never` where it already is.
  mutating func advance(waiting size: Int) -> DueWrite {
    let due: DueWrite = size >= Self.batchSize ? .now : .later
    if self == .now || self == due { return .never }
    self = due
    return due
  }

  /// Has `write` done in the background after `delay`.
  static func run(after delay: Duration, _ write: @escaping @Sendable () -> Void) {
    // Not a task: writing blocks its thread.
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + delay / .seconds(1), execute: write)
  }
}
