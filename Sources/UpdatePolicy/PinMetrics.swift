package import PythonPackaging

/// How old a pin is and how far behind. What can't be told is nil.
///
/// A release counts as newer if its version is greater and the policy lets it be picked now: not yanked, for the target
/// Python, with a file to install, past its cooldown or exempt from it, and no pre-release unless the pin is one.
package struct PinMetrics: Sendable, Hashable {
  /// The package.
  package let package: PackageName
  /// The version pinned.
  package let version: Version
  /// Where the pin stands.
  package let place: PinFacts.Place
  /// Seconds since that version was pinned in that lockfile.
  package let pinAge: Int64?
  /// Seconds since the release was uploaded.
  package let releaseAge: Int64?
  /// Seconds since the oldest newer release was uploaded; 0 if there is none. Releases whose upload time nobody tells are
  /// left out; nil if there are no others.
  package let timeBehind: Int64?
  /// How many newer releases there are; nil if there are none but such of which the upload time isn't known.
  package let releasesBehind: Int?
  /// The newest of them.
  package let newest: Version?
  /// Seconds from the upload of the pinned release to that of the newest, never negative; 0 if there is none newer.
  package let libyearSeconds: Int64?

  /// Full days behind.
  package var daysBehind: Int? { timeBehind.map { Int($0 / 86_400) } }

  /// Years of 365.25 days from the pinned release to the newest.
  package var libyears: Double? { libyearSeconds.map { Double($0) / Self.secondsPerYear } }

  static let secondsPerYear = 365.25 * 86_400

  init(_ pin: PinFacts, newer: ProjectOutlook.Newer?, in project: ProjectFacts?, now: Int64) {
    package = pin.package
    version = pin.version
    place = pin.place
    pinAge = pin.pinnedAt.map { Moment.elapsed(from: $0, to: now) }
    releaseAge = pin.uploadedAt.map { Moment.elapsed(from: $0, to: now) }
    guard let newer, let project else {
      (timeBehind, releasesBehind, newest, libyearSeconds) = (nil, nil, nil, nil)
      return
    }
    guard let place = newer.newest else {
      let nothing: Int64? = newer.hasUndecided ? nil : 0
      (timeBehind, releasesBehind, newest, libyearSeconds) = (nothing, nothing.map { Int($0) }, nil, nothing)
      return
    }
    let last = project.releases[place]
    timeBehind = newer.oldestUpload.map { Moment.elapsed(from: $0, to: now) }
    releasesBehind = newer.count
    newest = last.version
    if let from = pin.uploadedAt, let to = last.uploadedAt {
      libyearSeconds = Moment.elapsed(from: from, to: to)
    } else {
      libyearSeconds = nil
    }
  }
}

/// What a lock's pins come to together. Each total is over the pins of which it can be told.
package struct LockMetrics: Sendable, Hashable {
  /// A total, and of how many pins.
  package struct Total: Sendable, Hashable {
    /// The sum; at most `Int64.max`.
    package private(set) var sum: Int64 = 0
    /// The greatest; nil if it can be told of none.
    package private(set) var greatest: Int64?
    /// Of how many pins it can be told.
    package private(set) var count = 0

    mutating func add(_ value: Int64?) {
      guard let value else { return }
      sum = Moment.sum(sum, value)
      greatest = max(greatest ?? value, value)
      count += 1
    }
  }

  /// How many pins there are.
  package private(set) var pinCount = 0
  /// Of the pins' ages, in seconds.
  package private(set) var pinAge = Total()
  /// Of the releases' ages, in seconds.
  package private(set) var releaseAge = Total()
  /// Of the times behind, in seconds.
  package private(set) var timeBehind = Total()
  /// Of the releases behind.
  package private(set) var releasesBehind = Total()
  /// Of the libyears, in seconds.
  package private(set) var libyearSeconds = Total()

  /// The libyears of all pins together.
  package var libyears: Double { Double(libyearSeconds.sum) / PinMetrics.secondsPerYear }

  init(_ pins: [PinMetrics]) {
    pinCount = pins.count
    for pin in pins {
      pinAge.add(pin.pinAge)
      releaseAge.add(pin.releaseAge)
      timeBehind.add(pin.timeBehind)
      releasesBehind.add(pin.releasesBehind.map { Int64($0) })
      libyearSeconds.add(pin.libyearSeconds)
    }
  }
}
