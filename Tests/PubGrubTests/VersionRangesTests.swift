import PubGrub
import Testing

/// The algebra against `Set`.
@Suite struct VersionRangesTests {
  static let universe = 24

  /// A random set, often with many ranges, sometimes empty or everything.
  private func randomSet(_ random: inout SplitMix64) -> Set<UInt32> {
    switch random.below(8) {
    case 0: return []
    case 1: return Set(0..<UInt32(Self.universe))
    case 2:
      let low = random.below(Self.universe)
      return Set(UInt32(low)..<UInt32(low + 1 + random.below(Self.universe - low)))
    default:
      let percent = 10 + random.below(80)
      return Set((0..<UInt32(Self.universe)).filter { _ in random.chance(percent) })
    }
  }

  /// The set by way of one-version ranges in descending order, which the initialiser must sort and join.
  private func ranges(_ set: Set<UInt32>) -> VersionRanges {
    VersionRanges(set.sorted(by: >).map { $0..<($0 + 1) })
  }

  private func versions(_ ranges: VersionRanges) -> Set<UInt32> { Set(ranges.ranges.joined()) }

  @Test(arguments: UInt64(0)..<20)
  func `operations are those of sets`(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let left = randomSet(&random)
      let right = random.chance(30) ? left.subtracting(randomSet(&random)) : randomSet(&random)
      let (a, b) = (ranges(left), ranges(right))
      let comment = Comment(rawValue: "\(a) and \(b)")
      #expect(a.union(b) == ranges(left.union(right)), comment)
      #expect(a.intersection(b) == ranges(left.intersection(right)), comment)
      #expect(a.subtracting(b) == ranges(left.subtracting(right)), comment)
      let complement = Set(0..<UInt32(Self.universe)).subtracting(left)
      #expect(a.complement(within: Self.universe) == ranges(complement), comment)
      #expect(a.isSubset(of: b) == left.isSubset(of: right), comment)
      #expect(b.isSubset(of: a) == right.isSubset(of: left), comment)
      #expect(a.isDisjoint(with: b) == left.isDisjoint(with: right), comment)
      #expect((a == b) == (left == right), comment)
      for version in UInt32(0)...UInt32(Self.universe) where a.contains(version) != left.contains(version) {
        Issue.record("\(a) on \(version)")
      }
    }
  }

  @Test(arguments: UInt64(0)..<5)
  func `facts are those of sets, and the form is canonical`(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let set = randomSet(&random)
      let value = ranges(set)
      #expect(versions(value) == set)
      #expect(value.min == set.min())
      #expect(value.max == set.max())
      #expect(value.count == set.count)
      #expect(value.isEmpty == set.isEmpty)
      #expect(value.rangeCount == value.ranges.count)
      #expect(value.ranges.allSatisfy { !$0.isEmpty })
      #expect(zip(value.ranges, value.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }
  }

  struct Written: Sendable, CustomTestStringConvertible {
    let input: [Range<Int>]
    let text: String
    var testDescription: String { text }
  }

  @Test(arguments: [
    Written(input: [], text: "{}"),
    Written(input: [3..<3], text: "{}"),
    Written(input: [1..<4], text: "{1..<4}"),
    Written(input: [4..<6, 1..<4], text: "{1..<6}"),
    Written(input: [1..<9, 2..<3, 8..<10], text: "{1..<10}"),
    Written(input: [7..<8, 1..<4, 5..<5], text: "{1..<4, 7..<8}"),
  ])
  func `ranges of indices in any order make a set`(_ written: Written) {
    #expect(VersionRanges(written.input).description == written.text)
  }
}
