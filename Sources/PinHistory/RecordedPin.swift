/// A pin and when it was there. All times are in seconds since 1970-01-01 00:00 UTC.
package struct RecordedPin: Sendable, Hashable {
  /// The pin.
  package var pin: Pin
  /// When it came.
  package var pinnedAt: Int64
  /// When it was gone; nil while it is there.
  package var replacedAt: Int64?
  /// The commit that brought it, in hexadecimal; told by timelines, where it is known.
  package var commit: String?

  /// How long it stayed, in seconds, where it is `now`.
  package func stay(until now: Int64) -> Int64 { (replacedAt ?? now) - pinnedAt }
}

/// The pins of one lockfile that come and go at one time.
package struct PinChange: Sendable, Hashable {
  /// In seconds since 1970-01-01 00:00 UTC.
  package var at: Int64
  /// What wasn't there before, ascending.
  package var pinned: [Pin] = []
  /// What isn't there any more, ascending.
  package var replaced: [Pin] = []
}

extension Sequence<PinChange> {
  /// Hands on, for each change in the order of time, its time and the pins that hold from then on.
  ///
  /// One set is kept up to date: as long as it isn't kept by who is given it, nothing but what changes is touched.
  package func forEachState<Failure>(
    _ body: (Int64, Set<Pin>) throws(Failure) -> Void
  ) throws(Failure) {
    var pins: Set<Pin> = []
    for change in self {
      for pin in change.replaced { pins.remove(pin) }
      for pin in change.pinned { pins.insert(pin) }
      try body(change.at, pins)
    }
  }
}

/// A snapshot's row: a time at which the lockfile wasn't what it was before.
package struct RecordedSnapshot: Sendable, Hashable {
  /// In seconds since 1970-01-01 00:00 UTC.
  package var takenAt: Int64
  /// What took it.
  package var source: Snapshot.Source
  /// The commit, in hexadecimal, if it was told.
  package var commit: String?
  /// Of the file's bytes.
  package var digest: String
}
