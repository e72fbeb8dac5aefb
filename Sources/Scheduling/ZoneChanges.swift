import UpdatePolicy

extension TimeZoneRules {
  /// A moment from which on clocks are ahead of UTC by other seconds than before it.
  struct Change: Sendable, Hashable {
    /// In seconds since 1970-01-01 00:00 UTC.
    let moment: Int64
    /// The seconds that clocks were ahead before it.
    let before: Int
    /// The seconds that they are ahead from it on.
    let after: Int
  }

  /// The changes within a stretch of time, in their order.
  func changes(in time: Range<Int64>) -> [Change] {
    var changes: [Change] = []
    var stretch = stretch(containing: time.lowerBound)
    while stretch.end < time.upperBound {
      let next = self.stretch(containing: stretch.end)
      if next.offset != stretch.offset {
        changes.append(Change(moment: next.start, before: stretch.offset, after: next.offset))
      }
      stretch = next
    }
    return changes
  }

  /// The seconds that clocks are ahead of UTC within a stretch of time, ascending.
  func offsets(in time: Range<Int64>) -> [Int] {
    Set([offset(at: time.lowerBound)] + changes(in: time).map(\.after)).sorted()
  }
}
