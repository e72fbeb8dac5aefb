import FoundationEssentials
import Testing

@testable import Advisories

/// Scores of vectors, beside those of another implementation; `Fixtures/scores.py` wrote the table.
@Suite struct CVSSScoreTests {
  static func rows() throws -> [String: [(vector: String, score: String)]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = String(
      decoding: try Data(contentsOf: folder.appending(path: "Fixtures/scores.tsv")), as: UTF8.self)
    let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").map(String.init) }
    return Dictionary(grouping: rows) { $0[0] }.mapValues { $0.map { ($0[1], $0[2]) } }
  }

  @Test(arguments: [("2", 60), ("3.0", 60), ("3.1", 60), ("4.0", 500)])
  func equals(_ version: String, _ minimum: Int) throws {
    let rows = try Self.rows()[version, default: []]
    try #require(rows.count >= minimum)
    for row in rows {
      let vector = try CVSSVector(row.vector, isSecondVersion: version == "2")
      #expect(vector.score.description == row.score, "\(row.vector)")
      #expect(vector.version == (version == "2" ? .v2 : version == "4.0" ? .v4 : .v3))
    }
  }

  @Test("Every vector of CVSS 4.0 is at most as bad as one of the worst of its set, and within its depth")
  func everyPartHasAWorst() {
    func check(_ levels: [Int], _ part: CVSS4.Part) {
      let worst = part.worst.first { zip(levels, $0).allSatisfy { $0 >= $1 } }
      guard let worst else {
        Issue.record("\(levels) is above all of \(part.worst)")
        return
      }
      #expect(levels.reduce(0, +) - worst.reduce(0, +) < part.depth, "\(levels)")
    }
    // Each metric that belongs to a part of the sets in all its values, the rest fixed.
    for values in Self.product([4, 3, 3, 2, 2]) {
      let cvss = CVSS4(reach: Array(values[0..<3]), difficulty: Array(values[3...]))
      check(cvss.reach, CVSS4.reachParts[cvss.macroVector.reach])
      check(cvss.difficulty, CVSS4.difficultyParts[cvss.macroVector.difficulty])
    }
    for values in Self.product([3, 3, 3, 3, 3, 3]) {
      let cvss = CVSS4(system: values)
      check(values, CVSS4.systemParts[cvss.macroVector.system * 2 + cvss.macroVector.need])
    }
    for values in Self.product([3, 4, 4]) {
      let beyond = [values[0] + 1, values[1], values[2]]
      let cvss = CVSS4(beyond: beyond)
      check(beyond, CVSS4.beyondParts[cvss.macroVector.beyond])
    }
  }

  private static func product(_ counts: [Int]) -> [[Int]] {
    counts.reduce([[]]) { lists, count in lists.flatMap { list in (0..<count).map { list + [$0] } } }
  }

  struct ErrorCase: CustomTestStringConvertible, Sendable {
    let text: String
    let reason: CVSSError.Reason
    let message: String
    var testDescription: String { text }

    /// `⇥` in the text marks the place of the fault.
    init(_ text: String, _ reason: CVSSError.Reason, _ message: String) {
      self.text = text
      self.reason = reason
      self.message = message
    }
  }

  static let errors: [ErrorCase] = [
    ErrorCase("⇥", .version, "expected a vector of CVSS 2, 3.0, 3.1 or 4.0"),
    ErrorCase("⇥CVSS:3.2/AV:N", .version, "expected a vector of CVSS 2, 3.0, 3.1 or 4.0"),
    ErrorCase("⇥CVSS:4.0", .version, "expected a vector of CVSS 2, 3.0, 3.1 or 4.0"),
    ErrorCase("⇥AV:N/AC:L/Au:N/C:N/I:N/A:C", .version, "expected a vector of CVSS 2, 3.0, 3.1 or 4.0"),
    ErrorCase("⇥9.8", .version, "expected a vector of CVSS 2, 3.0, 3.1 or 4.0"),
    ErrorCase("CVSS:3.1/⇥", .noPair(""), "expected a metric and its value like `AV:N`, found ``"),
    ErrorCase("CVSS:3.1/AV:N/⇥/AC:L", .noPair(""), "expected a metric and its value like `AV:N`, found ``"),
    ErrorCase("CVSS:3.1/AV:N/⇥AC", .noPair("AC"), "expected a metric and its value like `AV:N`, found `AC`"),
    ErrorCase("CVSS:3.1/AV:N/⇥AT:N", .metric("AT"), "there is no metric `AT`"),
    ErrorCase("CVSS:3.1/⇥av:N", .metric("av"), "there is no metric `av`"),
    ErrorCase("CVSS:3.1/⇥\u{1B}[1m:N", .metric("\u{1B}[1m"), "there is no metric `\u{FFFD}[1m`"),
    ErrorCase("CVSS:3.1/AV:⇥X", .value("X", metric: "AV"), "metric `AV` has no value `X`"),
    ErrorCase("CVSS:3.1/AV:⇥N:N", .value("N:N", metric: "AV"), "metric `AV` has no value `N:N`"),
    ErrorCase("CVSS:4.0/AV:N/AC:L/⇥AV:N", .repeated("AV"), "metric `AV` stands twice"),
    ErrorCase("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H⇥", .missing("A"), "metric `A` is missing"),
    ErrorCase(
      String(repeating: "A", count: 512) + "⇥A", .tooLong(limit: 512), "the vector is longer than 512 bytes"),
  ]

  @Test(arguments: errors) func refuses(_ row: ErrorCase) {
    let parts = row.text.split(separator: "⇥", omittingEmptySubsequences: false)
    let error = #expect(throws: CVSSError.self) { try CVSSVector(parts.joined()) }
    #expect(error?.offset == parts[0].utf8.count)
    #expect(error?.reason == row.reason)
    #expect(error?.description == row.message)
  }

  @Test("A vector with any byte replaced is refused, or has a score")
  func survivesEveryByte() throws {
    var scored = 0
    for version in ["3.1", "4.0"] {
      for row in try Self.rows()[version, default: []].prefix(12) {
        for index in row.vector.utf8.indices {
          for byte in "\0:/AHNXCéU".utf8 {
            let text =
              row.vector.utf8[..<index] + [byte] + row.vector.utf8[row.vector.utf8.index(after: index)...]
            if (try? CVSSVector(String(decoding: text, as: UTF8.self))) != nil { scored += 1 }
          }
        }
      }
    }
    #expect(scored > 1_000)
  }

  @Test(arguments: [
    (0, SeverityRating.zero), (1, .low), (39, .low), (40, .medium), (69, .medium), (70, .high), (89, .high),
    (90, .critical), (100, .critical),
  ])
  func rates(_ tenths: Int, _ rating: SeverityRating) {
    #expect(CVSSScore(tenths: tenths).rating == rating)
  }
}

extension CVSS4 {
  fileprivate init(
    reach: Levels = [0, 0, 0], difficulty: Levels = [0, 0], system: Levels = [0, 0, 0, 0, 0, 0],
    beyond: Levels = [1, 1, 1]
  ) {
    self.init(reach: reach, difficulty: difficulty, system: system, beyond: beyond, exploitation: 0)
  }
}
