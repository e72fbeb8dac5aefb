/// A set of versions of one package, as ranges of indices into that package's ascending versions.
///
/// Invariant (canonical form, so that `==` is set equality): the ranges are half-open, not empty, ascending, and
/// neither overlap nor touch. One range, by far the commonest case, is stored inline without allocation.
/// Example: versions 1, 2, 3 and 7 are `1..<4, 7..<8`.
package struct VersionRanges: Sendable, Hashable, CustomStringConvertible {
  /// The lowest range; `0..<0` in the empty set.
  private(set) var first: Range<UInt32>

  /// The ranges above ``first``; nil, never an empty array, where there are none.
  private(set) var rest: [Range<UInt32>]?

  /// The set without versions.
  package init() {
    first = 0..<0
    rest = nil
  }

  /// The versions of one range, which may be empty.
  package init(_ range: Range<UInt32>) {
    first = range.isEmpty ? 0..<0 : range
    rest = nil
  }

  /// The set of one version.
  package init(_ version: UInt32) {
    first = version..<(version + 1)
    rest = nil
  }

  /// The union of ranges in any order, which may be empty, overlap or touch.
  package init(_ ranges: [Range<UInt32>]) {
    self.init()
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      append(range)
    }
  }

  /// The union of ranges of array indices in any order; none may be negative or reach `UInt32.max`.
  package init(_ ranges: [Range<Int>]) {
    self.init(ranges.map { UInt32($0.lowerBound)..<UInt32($0.upperBound) })
  }

  /// All versions of a package that has `count` of them.
  package static func all(count: Int) -> VersionRanges {
    VersionRanges(0..<UInt32(count))
  }

  /// Whether there is no version in the set.
  package var isEmpty: Bool { first.isEmpty }

  /// The number of ranges.
  package var rangeCount: Int {
    guard let rest else { return first.isEmpty ? 0 : 1 }
    return 1 + rest.count
  }

  /// The number of versions.
  package var count: Int {
    var sum = first.count
    if let rest {
      for range in rest { sum += range.count }
    }
    return sum
  }

  /// The ranges, ascending.
  package var ranges: [Range<UInt32>] {
    if first.isEmpty { return [] }
    return [first] + (rest ?? [])
  }

  /// The lowest version, nil in the empty set.
  package var min: UInt32? { first.isEmpty ? nil : first.lowerBound }

  /// The highest version, nil in the empty set.
  package var max: UInt32? {
    if let last = rest?.last { return last.upperBound - 1 }
    return first.isEmpty ? nil : first.upperBound - 1
  }

  /// Whether the version is in the set; a binary search.
  package func contains(_ version: UInt32) -> Bool {
    if version < first.upperBound { return version >= first.lowerBound }
    guard let rest else { return false }
    var low = 0
    var high = rest.count
    while low < high {
      let middle = (low + high) / 2
      if rest[middle].upperBound <= version { low = middle + 1 } else { high = middle }
    }
    return low < rest.count && rest[low].lowerBound <= version
  }

  /// The range at a position below ``rangeCount``.
  func range(at position: Int) -> Range<UInt32> {
    guard position > 0, let rest else { return first }
    return rest[position - 1]
  }

  /// Adds a range that isn't empty and doesn't begin before the last one does, keeping the canonical form.
  mutating func append(_ range: Range<UInt32>) {
    if first.isEmpty {
      first = range
    } else if var above = rest {
      rest = nil  // so that the array is unique and grows in place
      let last = above[above.count - 1]
      if range.lowerBound <= last.upperBound {
        above[above.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        above.append(range)
      }
      rest = above
    } else if range.lowerBound <= first.upperBound {
      first = first.lowerBound..<Swift.max(first.upperBound, range.upperBound)
    } else {
      rest = [range]
    }
  }

  /// The ranges in set notation, `{1..<4, 7..<8}`, for debugging.
  package var description: String {
    "{" + ranges.map { "\($0.lowerBound)..<\($0.upperBound)" }.joined(separator: ", ") + "}"
  }
}
