/// Time and chance, as values, so that tests decide both.
package struct IndexClock: Sendable {
  /// Seconds since 1970.
  package var now: @Sendable () -> Int64
  /// Waits, or ends early if the task is cancelled.
  package var sleep: @Sendable (Duration) async -> Void
  /// A number in 0..<1, spreading repeated requests.
  package var jitter: @Sendable () -> Double

  /// A clock of the caller's.
  package init(
    now: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (Duration) async -> Void,
    jitter: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.jitter = jitter
  }

  /// The system's.
  package static let system = IndexClock(
    now: { secondsSince1970() },
    sleep: { try? await Task.sleep(for: $0) },
    jitter: { Double.random(in: 0..<1) })
}
