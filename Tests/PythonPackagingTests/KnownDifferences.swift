import Testing

/// The rows of a table that repin answers otherwise on purpose, each with the reason.
///
/// A listed row must differ: one that no longer does fails the test, so that the list stays true.
struct KnownDifferences {
  private let reasons: [String: String]
  private var unused: Set<String>

  /// - Parameter reasons: For each text of a row, why repin differs.
  init(_ reasons: [String: String]) {
    self.reasons = reasons
    unused = Set(reasons.keys)
  }

  /// Holds a row: its outcome is as expected, or it is not and the row is listed.
  mutating func check<Outcome: Equatable>(_ text: String, _ found: Outcome, _ expected: Outcome) {
    if reasons[text] == nil {
      #expect(found == expected, "\(text)")
    } else if unused.remove(text) != nil {
      #expect(found != expected, "\(text): listed as different, and is not")
    }
  }

  /// Every listed row was in the table.
  func checkAllUsed() {
    #expect(unused.sorted() == [], "listed, but not in the table")
  }
}
