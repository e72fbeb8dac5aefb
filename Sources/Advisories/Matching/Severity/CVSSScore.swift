/// A score of the Common Vulnerability Scoring System, from 0.0 to 10.0 in steps of 0.1.
package struct CVSSScore: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Ten times the score: 98 for 9.8.
  package let tenths: Int

  /// - Precondition: from 0 to 100.
  init(tenths: Int) {
    precondition((0...100).contains(tenths))
    self.tenths = tenths
  }

  /// The rating of CVSS 3 and 4 ("Qualitative Severity Rating Scale"): low to 3.9, medium to 6.9, high to 8.9, critical.
  package var rating: SeverityRating {
    switch tenths {
    case 0: .zero
    case ...39: .low
    case ...69: .medium
    case ...89: .high
    default: .critical
    }
  }

  /// The rating that the National Vulnerability Database gives scores of CVSS 2: low to 3.9, medium to 6.9, high.
  var ratingOfSecondVersion: SeverityRating { min(max(rating, .low), .high) }

  package var description: String { "\(tenths / 10).\(tenths % 10)" }

  package static func < (left: CVSSScore, right: CVSSScore) -> Bool { left.tenths < right.tenths }
}
