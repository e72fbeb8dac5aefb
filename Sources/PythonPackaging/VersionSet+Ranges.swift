extension VersionSet {
  /// The indices of an ascending array whose versions are in the set, as ascending ranges that are not empty
  /// and don't touch.
  ///
  /// - Precondition: `versions` ascends.
  package func ranges(in versions: [Version]) -> [Range<Int>] {
    ranges(count: versions.count) { versions[$0] }
  }

  /// The indices of an ascending table whose versions are in the set, as `ranges(in:)` gives them.
  ///
  /// Looks at the logarithm of `count` versions for each bound of the set.
  ///
  /// - Precondition: `version` ascends over `0..<count`.
  package func ranges(count: Int, version: (Int) -> Version) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    for index in stride(from: 0, to: cuts.count, by: 2) {
      let start = firstIndex(behind: cuts[index], from: position, count: count, version: version)
      position =
        index + 1 < cuts.count
        ? firstIndex(behind: cuts[index + 1], from: start, count: count, version: version) : count
      if start == position { continue }
      if let last = ranges.last, last.upperBound == start {
        ranges[ranges.count - 1] = last.lowerBound..<position
      } else {
        ranges.append(start..<position)
      }
      if position == count { break }
    }
    return ranges
  }

  /// The first index from `start` on whose version is behind a cut, else `count`.
  private func firstIndex(
    behind cut: VersionCut, from start: Int, count: Int, version: (Int) -> Version
  ) -> Int {
    var low = start
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if cut.isBelow(version(middle)) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
