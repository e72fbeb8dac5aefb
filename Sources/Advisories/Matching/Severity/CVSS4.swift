/// The score of CVSS 4.0 (specification, section 8): a vector belongs to one of 270 sets, which has a score, and lies a
/// part of the way from the worst vector of its set to the next milder sets.
///
/// All fractions have the least common denominator, so that nothing is rounded before the end.
struct CVSS4 {
  static let metrics = [
    CVSSMetric("AV", "N A L P", isRequired: true),
    CVSSMetric("AC", "L H", isRequired: true),
    CVSSMetric("AT", "N P", isRequired: true),
    CVSSMetric("PR", "N L H", isRequired: true),
    CVSSMetric("UI", "N P A", isRequired: true),
    CVSSMetric("VC", "H L N", isRequired: true),
    CVSSMetric("VI", "H L N", isRequired: true),
    CVSSMetric("VA", "H L N", isRequired: true),
    CVSSMetric("SC", "H L N", isRequired: true),
    CVSSMetric("SI", "H L N", isRequired: true),
    CVSSMetric("SA", "H L N", isRequired: true),
    CVSSMetric("E", "X A P U"),
    CVSSMetric("CR", "X H M L"),
    CVSSMetric("IR", "X H M L"),
    CVSSMetric("AR", "X H M L"),
    CVSSMetric("MAV", "X N A L P"),
    CVSSMetric("MAC", "X L H"),
    CVSSMetric("MAT", "X N P"),
    CVSSMetric("MPR", "X N L H"),
    CVSSMetric("MUI", "X N P A"),
    CVSSMetric("MVC", "X H L N"),
    CVSSMetric("MVI", "X H L N"),
    CVSSMetric("MVA", "X H L N"),
    CVSSMetric("MSC", "X H L N"),
    CVSSMetric("MSI", "X S H L N"),
    CVSSMetric("MSA", "X S H L N"),
    // Supplemental: read, and of no account for the score.
    CVSSMetric("S", "X N P"),
    CVSSMetric("AU", "X N Y"),
    CVSSMetric("R", "X A U I"),
    CVSSMetric("V", "X D C"),
    CVSSMetric("RE", "X L M H"),
    CVSSMetric("U", "X Clear Green Amber Red"),
  ]

  /// A choice of values by their steps below the worst, of some of the metrics.
  typealias Levels = [Int]

  /// AV, PR, UI
  let reach: Levels
  /// AC, AT
  let difficulty: Levels
  /// VC, VI, VA, CR, IR, AR
  let system: Levels
  /// SC, SI, SA; safety, which only SI and SA have, is 0.
  let beyond: Levels
  /// E
  let exploitation: Int

  /// The set that a vector belongs to, as six numbers, the worse the smaller (section 8.2, tables 24 to 29).
  struct MacroVector {
    var reach: Int
    var difficulty: Int
    var system: Int
    var beyond: Int
    var exploitation: Int
    var need: Int
  }

  var macroVector: MacroVector {
    let worstReach = reach.count { $0 == 0 }
    let isNeeded = (0..<3).contains { system[$0] == 0 && system[$0 + 3] == 0 }
    return MacroVector(
      reach: worstReach == 3 ? 0 : worstReach > 0 && reach[0] != 3 ? 1 : 2,
      difficulty: difficulty == [0, 0] ? 0 : 1,
      system: system[0] == 0 && system[1] == 0 ? 0 : system.prefix(3).contains(0) ? 1 : 2,
      beyond: beyond[1] == 0 || beyond[2] == 0 ? 0 : beyond.contains(1) ? 1 : 2,
      exploitation: exploitation,
      need: isNeeded ? 0 : 1)
  }

  var score: CVSSScore {
    if system.prefix(3).elementsEqual([2, 2, 2]), beyond == [3, 3, 3] { return CVSSScore(tenths: 0) }
    let set = macroVector
    guard let top = CVSS4.score(of: set) else { fatalError("a vector of CVSS 4.0 is in no set") }

    // How far each part is down the way to its next milder set, in 840ths of a tenth: 840 is what every depth divides.
    var (sum, count) = (0, 0)
    func add(_ next: Int?, _ levels: Levels, _ part: Part) {
      guard let next, next <= top else { return }
      count += 1
      sum += (top - next) * CVSS4.distance(of: levels, from: part.worst) * 840 / part.depth
    }
    add(CVSS4.score(of: set.milder(\.reach)), reach, CVSS4.reachParts[set.reach])
    add(CVSS4.score(of: set.milder(\.difficulty)), difficulty, CVSS4.difficultyParts[set.difficulty])
    add(CVSS4.scoreBelowSystem(of: set), system, CVSS4.systemParts[set.system * 2 + set.need])
    add(CVSS4.score(of: set.milder(\.beyond)), beyond, CVSS4.beyondParts[set.beyond])
    // There is but one vector of a set in this part.
    add(CVSS4.score(of: set.milder(\.exploitation)), [], Part(depth: 1, worst: [[]]))
    guard count > 0 else { return CVSSScore(tenths: top) }
    let unit = 840 * count
    let tenths = (2 * (top * unit - sum) + unit) / (2 * unit)
    return CVSSScore(tenths: min(100, max(0, tenths)))
  }

  /// The score of the next milder set in what the vulnerable system suffers and needs, which go together; the worse of
  /// the two, where either can become milder.
  private static func scoreBelowSystem(of set: MacroVector) -> Int? {
    switch (set.system, set.need) {
    case (0, 0):
      [score(of: set.milder(\.need)), score(of: set.milder(\.system))].compactMap { $0 }.max()
    case (1, 0): score(of: set.milder(\.need))
    default: score(of: set.milder(\.system))
    }
  }

  /// The steps from the worst vector that is nowhere milder than the given one.
  private static func distance(of levels: Levels, from worst: [Levels]) -> Int {
    for candidate in worst where zip(levels, candidate).allSatisfy({ $0 >= $1 }) {
      return levels.reduce(0, +) - candidate.reduce(0, +)
    }
    return 0
  }
}

extension CVSS4 {
  init(_ metrics: CVSSMetrics) {
    // Index 0 of an optional metric is X: as the base metric says, or the worst.
    func modified(_ index: Int, by modifier: Int) -> Int {
      if let value = metrics.values[modifier], value > 0 { return value - 1 }
      return metrics[index]
    }
    func requirement(_ index: Int) -> Int { max(0, metrics[index] - 1) }
    /// Of three values and safety before them.
    func modifiedWithSafety(_ index: Int, by modifier: Int) -> Int {
      if let value = metrics.values[modifier], value > 0 { return value - 1 }
      return metrics[index] + 1
    }
    self.init(
      reach: [modified(0, by: 15), modified(3, by: 18), modified(4, by: 19)],
      difficulty: [modified(1, by: 16), modified(2, by: 17)],
      system: [
        modified(5, by: 20), modified(6, by: 21), modified(7, by: 22), requirement(12), requirement(13),
        requirement(14),
      ],
      beyond: [modified(8, by: 23) + 1, modifiedWithSafety(9, by: 24), modifiedWithSafety(10, by: 25)],
      exploitation: requirement(11))
  }
}

extension CVSS4.MacroVector {
  /// The same set but for one part, one step milder.
  fileprivate func milder(_ part: WritableKeyPath<CVSS4.MacroVector, Int>) -> CVSS4.MacroVector {
    var set = self
    set[keyPath: part] += 1
    return set
  }
}
