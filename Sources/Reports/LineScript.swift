/// The way from one text to another, line by line.
///
/// Lines that stand once in each text are found first, and of those the longest run that is in one order in both; between
/// them it goes on in the same way (Bram Cohen's patience). So a lockfile of any length takes no more than sorting it does.
/// Short texts, and what has no such lines, have the least number of changes (Myers), as long as that is cheap; else one
/// is replaced by the other.
struct LineScript {
  /// A line of the old text, of the new one, or of both.
  enum Step: Equatable {
    case kept(old: Int, new: Int)
    case removed(Int)
    case added(Int)

    var isKept: Bool { if case .kept = self { true } else { false } }
  }

  /// Myers' way takes memory by the square of the number of changes.
  private static let greatestLeastCount = 1_000
  private static let greatestDepth = 64

  private let old: [Int]
  private let new: [Int]
  private(set) var steps: [Step] = []

  init<Line: Hashable>(from old: [Line], to new: [Line]) {
    var numbers: [Line: Int] = [:]
    func number(_ line: Line) -> Int {
      if let known = numbers[line] { return known }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    let (oldNumbers, newNumbers) = (old.map(number), new.map(number))
    self.old = oldNumbers
    self.new = newNumbers
    walk(0..<old.count, 0..<new.count, depth: 0)
  }

  private mutating func walk(_ oldPart: Range<Int>, _ newPart: Range<Int>, depth: Int) {
    var (left, right) = (oldPart, newPart)
    while let mine = left.first, let its = right.first, old[mine] == new[its] {
      steps.append(.kept(old: mine, new: its))
      left.removeFirst()
      right.removeFirst()
    }
    var tail = 0
    while tail < min(left.count, right.count),
      old[left.upperBound - 1 - tail] == new[right.upperBound - 1 - tail]
    {
      tail += 1
    }
    let (oldEnd, newEnd) = (left.upperBound - tail, right.upperBound - tail)
    middle(left.lowerBound..<oldEnd, right.lowerBound..<newEnd, depth: depth)
    for index in 0..<tail { steps.append(.kept(old: oldEnd + index, new: newEnd + index)) }
  }

  /// A part whose ends differ.
  private mutating func middle(_ left: Range<Int>, _ right: Range<Int>, depth: Int) {
    if left.isEmpty || right.isEmpty { return replace(left, right) }
    if left.count + right.count <= Self.greatestLeastCount { return change(left, right) }
    let anchors = depth < Self.greatestDepth ? anchors(left, right) : []
    if anchors.isEmpty { return replace(left, right) }
    var (oldStart, newStart) = (left.lowerBound, right.lowerBound)
    for anchor in anchors {
      walk(oldStart..<anchor.old, newStart..<anchor.new, depth: depth + 1)
      steps.append(.kept(old: anchor.old, new: anchor.new))
      (oldStart, newStart) = (anchor.old + 1, anchor.new + 1)
    }
    walk(oldStart..<left.upperBound, newStart..<right.upperBound, depth: depth + 1)
  }

  private mutating func replace(_ left: Range<Int>, _ right: Range<Int>) {
    steps += left.map(Step.removed)
    steps += right.map(Step.added)
  }

  /// With the least number of changes.
  private mutating func change(_ left: Range<Int>, _ right: Range<Int>) {
    var removals: Set<Int> = []
    var insertions: Set<Int> = []
    for change in new[right].difference(from: old[left]) {
      switch change {
      case .remove(let offset, _, _): removals.insert(left.lowerBound + offset)
      case .insert(let offset, _, _): insertions.insert(right.lowerBound + offset)
      }
    }
    var (mine, its) = (left.lowerBound, right.lowerBound)
    while mine < left.upperBound || its < right.upperBound {
      if removals.contains(mine) {
        steps.append(.removed(mine))
        mine += 1
      } else if insertions.contains(its) {
        steps.append(.added(its))
        its += 1
      } else {
        steps.append(.kept(old: mine, new: its))
        mine += 1
        its += 1
      }
    }
  }

  /// Lines that stand once in each part, as many as are in one order in both.
  private func anchors(_ left: Range<Int>, _ right: Range<Int>) -> [(old: Int, new: Int)] {
    let (mine, its) = (Self.places(old, left), Self.places(new, right))
    // By the old place; of each line the new one.
    let common = left.compactMap { place -> (old: Int, new: Int)? in
      guard mine[old[place]] == place, let other = its[old[place]], other >= 0 else { return nil }
      return (place, other)
    }
    // The longest ascending run of new places, by piles.
    var tops: [Int] = []
    var before: [Int?] = []
    for (index, pair) in common.enumerated() {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if common[tops[middle]].new < pair.new { low = middle + 1 } else { high = middle }
      }
      before.append(low > 0 ? tops[low - 1] : nil)
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var run: [(old: Int, new: Int)] = []
    var next = tops.last
    while let index = next {
      run.append(common[index])
      next = before[index]
    }
    return run.reversed()
  }

  /// The place of each line of a part; -1 for one that stands there more than once.
  private static func places(_ lines: [Int], _ part: Range<Int>) -> [Int: Int] {
    var places: [Int: Int] = [:]
    for place in part { places[lines[place]] = places[lines[place]] == nil ? place : -1 }
    return places
  }
}
