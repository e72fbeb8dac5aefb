/// The base score of CVSS 2.0 ("A Complete Guide to the Common Vulnerability Scoring System Version 2.0", section 3.2.1).
enum CVSS2 {
  static let metrics = [
    CVSSMetric("AV", "L A N", isRequired: true),
    CVSSMetric("AC", "H M L", isRequired: true),
    CVSSMetric("Au", "M S N", isRequired: true),
    CVSSMetric("C", "N P C", isRequired: true),
    CVSSMetric("I", "N P C", isRequired: true),
    CVSSMetric("A", "N P C", isRequired: true),
    // Temporal and environmental: read, and of no account for the base score.
    CVSSMetric("E", "U POC F H ND"),
    CVSSMetric("RL", "OF TF W U ND"),
    CVSSMetric("RC", "UC UR C ND"),
    CVSSMetric("CDP", "N L LM MH H ND"),
    CVSSMetric("TD", "N L M H ND"),
    CVSSMetric("CR", "L M H ND"),
    CVSSMetric("IR", "L M H ND"),
    CVSSMetric("AR", "L M H ND"),
  ]

  private static let weights: [[Double]] = [
    [0.395, 0.646, 1], [0.35, 0.61, 0.71], [0.45, 0.56, 0.704],
    [0, 0.275, 0.660], [0, 0.275, 0.660], [0, 0.275, 0.660],
  ]

  static func baseScore(_ metrics: CVSSMetrics) -> CVSSScore {
    func weight(_ index: Int) -> Double { weights[index][metrics[index]] }
    let impact = 10.41 * (1 - (1 - weight(3)) * (1 - weight(4)) * (1 - weight(5)))
    guard impact > 0 else { return CVSSScore(tenths: 0) }
    let exploitability = 20 * weight(0) * weight(1) * weight(2)
    let score = (0.6 * impact + 0.4 * exploitability - 1.5) * 1.176
    // To one decimal, halves up; the small part is for halves that binary fractions miss.
    return CVSSScore(tenths: min(100, max(0, Int(score * 10 + 0.5 + 1e-9))))
  }
}
