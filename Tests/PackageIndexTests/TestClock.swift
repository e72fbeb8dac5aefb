import PackageIndex
import Synchronization

/// A clock that stands still until told, and remembers the waits asked of it instead of waiting.
final class TestClock: Sendable {
  private let state: Mutex<(now: Int64, waits: [Duration])>

  init(now: Int64 = 1_800_000_000) { state = Mutex((now, [])) }

  var now: Int64 { state.withLock { $0.now } }
  var waits: [Duration] { state.withLock { $0.waits } }

  func advance(_ seconds: Int64) { state.withLock { $0.now += seconds } }

  /// Without spread: jitter is always a half.
  var indexClock: IndexClock {
    IndexClock(
      now: { self.now }, sleep: { wait in self.state.withLock { $0.waits.append(wait) } }, jitter: { 0.5 })
  }
}
