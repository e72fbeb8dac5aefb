package import PythonPackaging

/// What the history knows of one lockfile. Moments are in seconds since 1970-01-01 00:00 UTC.
package struct LockHistory: Sendable, Hashable {
  /// A version that a package was pinned to, and for how long.
  package struct Stay: Sendable, Hashable {
    /// The version.
    package var version: Version
    /// When it came.
    package var from: Int64
    /// When it was gone; nil while it is there.
    package var until: Int64?
    /// The commit that brought it, in hexadecimal, if that is known.
    package var commit: String?

    package init(version: Version, from: Int64, until: Int64? = nil, commit: String? = nil) {
      self.version = version
      self.from = from
      self.until = until
      self.commit = commit
    }

    /// How long it stayed, in seconds, where it is `now`; never negative.
    func length(until now: Int64) -> Int64 {
      let (length, overflows) = (until ?? now).subtractingReportingOverflow(from)
      if overflows { return from < 0 ? .max : 0 }
      return max(0, length)
    }
  }

  /// How many libyears the lockfile's pins came to from a moment on.
  package struct TrendPoint: Sendable, Hashable {
    package var at: Int64
    /// Of all pins, in seconds.
    package var libyearSeconds: Int64

    package init(at: Int64, libyearSeconds: Int64) {
      self.at = at
      self.libyearSeconds = libyearSeconds
    }
  }

  /// The lockfile as it is shown to people.
  package var path: String
  /// Its pins today, or those of the package that was asked for.
  package var pins: [PinAge]
  /// Every version of the package that was asked for, in the order of time; empty where none was.
  package var stays: [Stay]
  /// The libyears of all pins over time, in any order.
  package var trend: [TrendPoint]

  package init(path: String, pins: [PinAge], stays: [Stay] = [], trend: [TrendPoint] = []) {
    self.path = path
    self.pins = pins
    self.stays = stays
    self.trend = trend
  }

  /// What the pins come to together.
  var totals: Totals { Totals(pins) }

  /// Each total is over the pins of which it is known.
  struct Totals {
    let pinCount: Int
    let oldestPin: Int64?
    let oldestRelease: Int64?
    let mostBehind: Int64?
    let releasesBehind: Int64?
    let libyearSeconds: Int64?

    init(_ pins: [PinAge]) {
      pinCount = pins.count
      oldestPin = pins.compactMap(\.pinAge).max()
      oldestRelease = pins.compactMap(\.releaseAge).max()
      mostBehind = pins.compactMap(\.timeBehind).max()
      releasesBehind = Self.sum(pins.compactMap { $0.releasesBehind.map(Int64.init) })
      libyearSeconds = Self.sum(pins.compactMap(\.libyearSeconds))
    }

    private static func sum(_ values: [Int64]) -> Int64? {
      values.isEmpty
        ? nil
        : values.reduce(0) { total, value in
          let (sum, overflows) = total.addingReportingOverflow(value)
          return overflows ? .max : sum
        }
    }
  }
}
