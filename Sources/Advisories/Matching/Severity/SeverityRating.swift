/// How bad an advisory is, in a word; from the least to the worst.
package enum SeverityRating: UInt8, Sendable, Hashable, CaseIterable, Comparable, CustomStringConvertible {
  /// No harm at all, as a score of 0.0 has it: the word `none`.
  case zero
  case low
  case medium
  case high
  case critical

  /// The rating that a database's word stands for, in any letter case; GitHub's `MODERATE` is ``medium``. Nil if the
  /// word is none of them.
  package init?(word: String) {
    let word = word.lowercased()
    guard let rating = SeverityRating.allCases.first(where: { $0.description == word }) else {
      guard word == "moderate" else { return nil }
      self = .medium
      return
    }
    self = rating
  }

  package var description: String {
    switch self {
    case .zero: "none"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  package static func < (left: SeverityRating, right: SeverityRating) -> Bool {
    left.rawValue < right.rawValue
  }
}
