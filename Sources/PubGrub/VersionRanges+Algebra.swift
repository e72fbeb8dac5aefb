// Every operation walks both operands' ranges once, in ascending order; the cases of at most one range a side come
// first and allocate nothing.

extension VersionRanges {
  /// The versions that are in either set.
  package func union(_ other: VersionRanges) -> VersionRanges {
    if other.isEmpty { return self }
    if isEmpty { return other }
    var result = VersionRanges()
    let leftCount = rangeCount
    let rightCount = other.rangeCount
    var left = 0
    var right = 0
    while left < leftCount || right < rightCount {
      if right == rightCount
        || (left < leftCount && range(at: left).lowerBound <= other.range(at: right).lowerBound)
      {
        result.append(range(at: left))
        left += 1
      } else {
        result.append(other.range(at: right))
        right += 1
      }
    }
    return result
  }

  /// The versions that are in both sets.
  package func intersection(_ other: VersionRanges) -> VersionRanges {
    if rest == nil && other.rest == nil {
      let low = Swift.max(first.lowerBound, other.first.lowerBound)
      let high = Swift.min(first.upperBound, other.first.upperBound)
      return low < high ? VersionRanges(low..<high) : VersionRanges()
    }
    var result = VersionRanges()
    let leftCount = rangeCount
    let rightCount = other.rangeCount
    var left = 0
    var right = 0
    while left < leftCount && right < rightCount {
      let mine = range(at: left)
      let its = other.range(at: right)
      let low = Swift.max(mine.lowerBound, its.lowerBound)
      let high = Swift.min(mine.upperBound, its.upperBound)
      if low < high { result.append(low..<high) }
      if mine.upperBound <= its.upperBound { left += 1 } else { right += 1 }
    }
    return result
  }

  /// The versions of this set that aren't in the other.
  package func subtracting(_ other: VersionRanges) -> VersionRanges {
    if isEmpty || other.isEmpty { return self }
    var result = VersionRanges()
    let rightCount = other.rangeCount
    var right = 0
    for left in 0..<rangeCount {
      let mine = range(at: left)
      var low = mine.lowerBound
      while right < rightCount && other.range(at: right).upperBound <= low { right += 1 }
      // A range of the other may reach into my next range too, so `right` stays at the last one that isn't below.
      while right < rightCount {
        let its = other.range(at: right)
        if its.lowerBound >= mine.upperBound { break }
        if low < its.lowerBound { result.append(low..<its.lowerBound) }
        low = its.upperBound
        if low >= mine.upperBound { break }
        right += 1
      }
      if low < mine.upperBound { result.append(low..<mine.upperBound) }
    }
    return result
  }

  /// The versions below `count` that aren't in this set.
  package func complement(within count: Int) -> VersionRanges {
    VersionRanges.all(count: count).subtracting(self)
  }

  /// Whether every version of this set is in the other.
  package func isSubset(of other: VersionRanges) -> Bool {
    if isEmpty { return true }
    if rest == nil && other.rest == nil {
      return first.lowerBound >= other.first.lowerBound && first.upperBound <= other.first.upperBound
    }
    let rightCount = other.rangeCount
    var right = 0
    for left in 0..<rangeCount {
      let mine = range(at: left)
      while right < rightCount && other.range(at: right).upperBound < mine.upperBound { right += 1 }
      // The other's ranges don't touch, so one of them alone must hold mine.
      if right == rightCount || other.range(at: right).lowerBound > mine.lowerBound { return false }
    }
    return true
  }

  /// Whether no version is in both sets.
  package func isDisjoint(with other: VersionRanges) -> Bool {
    if rest == nil && other.rest == nil {
      return Swift.max(first.lowerBound, other.first.lowerBound)
        >= Swift.min(first.upperBound, other.first.upperBound)
    }
    let leftCount = rangeCount
    let rightCount = other.rangeCount
    var left = 0
    var right = 0
    while left < leftCount && right < rightCount {
      let mine = range(at: left)
      let its = other.range(at: right)
      if mine.lowerBound < its.upperBound && its.lowerBound < mine.upperBound { return false }
      if mine.upperBound <= its.upperBound { left += 1 } else { right += 1 }
    }
    return true
  }
}
