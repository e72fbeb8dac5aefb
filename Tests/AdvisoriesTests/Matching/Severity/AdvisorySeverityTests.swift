import Testing

@testable import Advisories

/// What severities of one problem come to.
@Suite struct AdvisorySeverityTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let vectors: [SeverityVector]
    let words: [String]
    let expected: String?

    init(
      _ words: String, _ vectors: [SeverityVector], words databaseWords: [String] = [], _ expected: String?
    ) {
      testDescription = words
      self.vectors = vectors
      self.words = databaseWords
      self.expected = expected
    }
  }

  static let v2 = SeverityVector(type: "CVSS_V2", text: "AV:N/AC:L/Au:N/C:C/I:C/A:C")
  static let v2Low = SeverityVector(type: "CVSS_V2", text: "AV:N/AC:L/Au:N/C:N/I:N/A:N")
  static let v3 = SeverityVector(type: "CVSS_V3", text: "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N")
  static let v3None = SeverityVector(type: "CVSS_V3", text: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N")
  static let v4 = SeverityVector(
    type: "CVSS_V4", text: "CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N")
  static let broken = SeverityVector(type: "CVSS_V3", text: "CVSS:3.1/AV:N")

  static let cases: [Case] = [
    Case("nothing", [], nil),
    Case(
      "only what can't be read", [broken, SeverityVector(type: "Ubuntu", text: "high")], words: ["?"], nil),
    Case("one vector", [v3], "medium 6.1"),
    Case("the highest", [v3, v4], "high 7.3"),
    Case("the highest, in another order", [v4, broken, v3], "high 7.3"),
    Case("a vector before a word", [v3], words: ["CRITICAL"], "medium 6.1"),
    Case("a score of nothing before a word", [v3None], words: ["CRITICAL"], "none 0.0"),
    Case("no score of CVSS 2 where there is another", [v2, v3], "medium 6.1"),
    Case("CVSS 2 where there is no other, which knows no critical", [v2, broken], "high 10.0"),
    Case("CVSS 2, which knows no none", [v2Low], "low 0.0"),
    Case("the version that the text says", [SeverityVector(type: "CVSS_V2", text: v3.text)], "medium 6.1"),
    Case("no CVSS 2 of another type", [SeverityVector(type: "CVSS_V3", text: v2.text)], nil),
    Case("the worst word", [broken], words: ["LOW", "MODERATE", "?"], "medium"),
    Case("a word in small letters", [], words: ["critical"], "critical"),
    Case("GitHub's words", [], words: ["HIGH"], "high"),
  ]

  @Test(arguments: cases) func comesTo(_ row: Case) {
    let severity = AdvisorySeverity(vectors: row.vectors, words: row.words)
    let text = severity.map { $0.rating.description + ($0.score.map { " \($0)" } ?? "") }
    #expect(text == row.expected)
  }
}
