import Testing

@testable import Advisories

@Suite struct ModifiedListTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var since: Int64 = 0
    var limit = 100
    var ids: [String]
    var end: ModifiedList.End = .listEnd
    var skippedLines = 0
  }

  @Test(arguments: [
    Case(testDescription: "nothing", text: "", ids: []),
    Case(
      testDescription: "down to the end, with and without a last line end",
      text: "1970-01-03T00:00:00Z,B\n1970-01-02T00:00:00.123456Z,A", ids: ["B", "A"]),
    Case(
      testDescription: "lines of another system, a byte order mark, empty lines",
      text: "\u{FEFF}1970-01-03T00:00:00Z,B\r\n\r\n\n1970-01-02T00:00:00Z,A\r\n", ids: ["B", "A"]),
    Case(
      testDescription: "down to what is known, which itself is read again",
      text: "1970-01-03T00:00:00Z,C\n1970-01-02T00:00:00Z,B\n1970-01-01T23:59:59Z,A\n",
      since: 86_400_000, ids: ["C", "B"], end: .known),
    Case(
      testDescription: "at most so many",
      text: "1970-01-03T00:00:00Z,C\n1970-01-02T00:00:00Z,B\n1970-01-01T23:59:59Z,A\n", limit: 2,
      ids: ["C", "B"], end: .limit),
    Case(
      testDescription: "exactly so many",
      text: "1970-01-03T00:00:00Z,C\n1970-01-02T00:00:00Z,B\n", limit: 2, ids: ["C", "B"]),
    Case(
      testDescription: "one id twice counts once, as the newest",
      text: "1970-01-03T00:00:00Z,C\n1970-01-02T00:00:00Z,c\n1970-01-02T00:00:00Z,B\n", ids: ["C", "B"]),
    Case(
      testDescription: "an older line first",
      text: "1970-01-02T00:00:00Z,B\n1970-01-03T00:00:00Z,C\n", ids: ["B"], end: .unsorted),
    Case(
      testDescription: "a line that seems known by mistake",
      text: "1970-01-01T00:00:00Z,B\n1970-01-03T00:00:00Z,C\n", since: 1000, ids: [], end: .unsorted),
    Case(
      testDescription: "lines that are none",
      text: """
        time,id
        1970-01-03T00:00:00Z,
        1970-01-03T00:00:00Z,../../etc/passwd
        1970-01-03T00:00:00Z,A/B
        1970-01-03T00:00:00Z,A?x=1
        1970-01-03T00:00:00Z,A B
        1970-01-03T00:00:00Z,A,B
        1970-01-03T00:00:00Z,A\u{1B}[2J
        1970-13-03T00:00:00Z,A
        yesterday,A
        ,A
        1970-01-03T00:00:00Z;A
        1970-01-03T00:00:00Z,\(String(repeating: "A", count: 129))
        1970-01-03T00:00:00Z,\(String(repeating: "A", count: 100_000))
        1970-01-02T00:00:00Z,GOOD-1
        """, ids: ["GOOD-1"], skippedLines: 14),
    Case(
      testDescription: "a page of another kind", text: "<!doctype html>\n<title>Sign in</title>\n", ids: [],
      skippedLines: 2),
  ])
  func `a list is read down to what is known`(listCase: Case) {
    let list = ModifiedList(Array(listCase.text.utf8), since: listCase.since, limit: listCase.limit)
    #expect(list.rows.map(\.id.description) == listCase.ids)
    #expect(list.end == listCase.end)
    #expect(list.skippedLines == listCase.skippedLines)
  }
}
