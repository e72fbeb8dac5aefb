/// The base score of CVSS 3.0 and 3.1 (specification of 3.1, section 7.1).
enum CVSS3 {
  static let metrics = [
    CVSSMetric("AV", "N A L P", isRequired: true),
    CVSSMetric("AC", "L H", isRequired: true),
    CVSSMetric("PR", "N L H", isRequired: true),
    CVSSMetric("UI", "N R", isRequired: true),
    CVSSMetric("S", "U C", isRequired: true),
    CVSSMetric("C", "H L N", isRequired: true),
    CVSSMetric("I", "H L N", isRequired: true),
    CVSSMetric("A", "H L N", isRequired: true),
    // Temporal and environmental: read, and of no account for the base score.
    CVSSMetric("E", "X H F P U"),
    CVSSMetric("RL", "X U W T O"),
    CVSSMetric("RC", "X C R U"),
    CVSSMetric("CR", "X H M L"),
    CVSSMetric("IR", "X H M L"),
    CVSSMetric("AR", "X H M L"),
    CVSSMetric("MAV", "X N A L P"),
    CVSSMetric("MAC", "X L H"),
    CVSSMetric("MPR", "X N L H"),
    CVSSMetric("MUI", "X N R"),
    CVSSMetric("MS", "X U C"),
    CVSSMetric("MC", "X H L N"),
    CVSSMetric("MI", "X H L N"),
    CVSSMetric("MA", "X H L N"),
  ]

  private static let attackVector = [0.85, 0.62, 0.55, 0.2]
  private static let attackComplexity = [0.77, 0.44]
  private static let privileges = [0.85, 0.62, 0.27]
  private static let privilegesInChangedScope = [0.85, 0.68, 0.5]
  private static let userInteraction = [0.85, 0.62]
  private static let impact = [0.56, 0.22, 0]

  static func baseScore(_ metrics: CVSSMetrics) -> CVSSScore {
    let isScopeChanged = metrics[4] == 1
    let unharmed = (5...7).reduce(1.0) { $0 * (1 - impact[metrics[$1]]) }
    let loss = 1 - unharmed
    let effect =
      isScopeChanged ? 7.52 * (loss - 0.029) - 3.25 * power(loss - 0.02, 15) : 6.42 * loss
    guard effect > 0 else { return CVSSScore(tenths: 0) }
    let privileges = isScopeChanged ? privilegesInChangedScope : privileges
    let exploitability =
      8.22 * attackVector[metrics[0]] * attackComplexity[metrics[1]] * privileges[metrics[2]]
      * userInteraction[metrics[3]]
    return roundedUp(min(10, (isScopeChanged ? 1.08 : 1) * (effect + exploitability)))
  }

  /// To the next decimal, on whole numbers as 3.1 has it (appendix A), since binary fractions miss full tenths.
  private static func roundedUp(_ score: Double) -> CVSSScore {
    let hundredThousandths = Int((score * 100_000).rounded())
    return CVSSScore(tenths: (hundredThousandths + 9_999) / 10_000)
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { product, _ in product * base }
  }
}
