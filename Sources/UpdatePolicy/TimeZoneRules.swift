/// What a time zone's clocks show at every moment: how far they are ahead of UTC, and when that changes.
///
/// A table of transitions, and behind the last a rule that goes on forever.
/// Invariant: the transitions ascend, and no offset is more than 26 hours.
package struct TimeZoneRules: Sendable, Hashable {
  /// The greatest offset from UTC, in seconds.
  static let greatestOffset = 26 * 3_600

  /// A stretch of time in which the clocks are ahead of UTC by the same seconds.
  package struct Stretch: Sendable, Hashable {
    /// Its first second; `Int64.min` if it has none.
    package let start: Int64
    /// The first second behind it; `Int64.max` if it has no end.
    package let end: Int64
    /// The seconds that the clocks are ahead of UTC.
    package let offset: Int
  }

  /// Before the first transition.
  let initialOffset: Int
  /// When the offset changes, in seconds since 1970-01-01 00:00 UTC.
  let transitions: [Int64]
  /// The offset from each transition on.
  let offsets: [Int]
  /// What holds from the last transition on; nil: its offset does.
  let rule: PosixTimeZone?

  /// The rules of UTC.
  package static let utc = TimeZoneRules(initialOffset: 0, transitions: [], offsets: [], rule: nil)

  /// The seconds that the clocks are ahead of UTC at a moment.
  package func offset(at moment: Int64) -> Int { stretch(containing: moment).offset }

  /// The stretch that a moment is in. Two that follow each other may have the same offset.
  ///
  /// A moment outside the years 1 to 9999 counts as the first or the last of them.
  package func stretch(containing moment: Int64) -> Stretch {
    let moment = Moment.clamped(moment)
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    let start = low == 0 ? Int64.min : transitions[low - 1]
    if low == transitions.count, let rule {
      let stretch = rule.stretch(containing: moment)
      return Stretch(start: max(start, stretch.start), end: stretch.end, offset: stretch.offset)
    }
    return Stretch(
      start: start, end: low == transitions.count ? .max : transitions[low],
      offset: low == 0 ? initialOffset : offsets[low - 1])
  }
}
