package import PythonPackaging

/// What `repin history [PKG]` has to say: one value, of which every format is a rendering. Pure, as ``CheckReport`` is.
package struct HistoryReport: Sendable, Encodable {
  /// The package that was asked for; nil: all of them.
  package let package: PackageName?
  /// The lockfiles, their pins sorted, their trends in the order of time.
  package let lockfiles: [LockHistory]
  /// Now, in seconds since 1970-01-01 00:00 UTC.
  package let at: Int64
  /// What the pins are sorted by.
  package let order: PinOrder
  /// How moments are shown to people.
  package let moments: ShownMoments

  /// - Parameter package: whose ``LockHistory/stays`` are there.
  package init(
    package: PackageName? = nil, lockfiles: [LockHistory], at: Int64, order: PinOrder = .daysBehind,
    moments: ShownMoments
  ) {
    self.package = package
    self.lockfiles = lockfiles.map { lock in
      var lock = lock
      lock.pins = order.sorted(lock.pins)
      lock.trend.sort { ($0.at, $0.libyearSeconds) < ($1.at, $1.libyearSeconds) }
      return lock
    }
    self.at = at
    self.order = order
    self.moments = moments
  }

  package func encode(to encoder: any Encoder) throws { try HistoryDocument(self).encode(to: encoder) }

  /// The document of JSON that docs/history-report.md describes.
  package func json() -> String { JSONText.text(of: self) }
}
