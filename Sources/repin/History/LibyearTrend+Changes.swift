import PinHistory
import Reports

extension LibyearTrend {
  /// The libyears over time of a lockfile of which the history tells what changed.
  ///
  /// - Parameters:
  ///   - start: nil for all there is; in seconds since 1970-01-01 00:00 UTC, as `end` is.
  func points(of changes: [PinChange], since start: Int64?, until end: Int64) -> [LockHistory.TrendPoint] {
    points(
      of: changes.map { change in
        Change(
          at: change.at, pinned: change.pinned.map { ReportedPin($0) },
          replaced: change.replaced.map { ReportedPin($0) })
      }, since: start ?? .min, until: end)
  }
}

extension ReportedPin {
  fileprivate init(_ pin: Pin) { self.init(package: pin.package, version: pin.version) }
}
