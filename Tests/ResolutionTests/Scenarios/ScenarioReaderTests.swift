import Testing

/// That nothing in a file of scenarios is passed over.
@Suite struct ScenarioReaderTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// What is told, with its line.
    let problem: String
  }

  static let cases: [Case] = [
    Case(
      testDescription: "an unknown word", text: "= r\na 1.0\nasks: a\nwants: b\npins: a==1.0",
      problem: "x:4: unknown word `wants`"),
    Case(
      testDescription: "an unknown clause", text: "= r\na 1.0 | needs b\nasks: a\npins: a==1.0",
      problem: "x:2: `needs b` is no clause of a release"),
    Case(
      testDescription: "a clause twice", text: "= r\na 1.0 | yanked | yanked\nasks: a\npins: a==1.0",
      problem: "x:2: `yanked` is no clause of a release"),
    Case(
      testDescription: "a word twice", text: "= r\na 1.0\nasks: a\nasks: b\npins: a==1.0",
      problem: "x:4: `asks` twice"),
    Case(
      testDescription: "a word that says nothing", text: "= r\nasks:\npins: none",
      problem: "x:2: `asks` says nothing"),
    Case(testDescription: "an empty scenario", text: "= r\n", problem: "x:1: the scenario asks nothing"),
    Case(
      testDescription: "no answer", text: "= r\na 1.0\nasks: a",
      problem: "x:1: either `pins` or `refused` must be said"),
    Case(
      testDescription: "two answers", text: "= r\na 1.0\nasks: a\npins: a==1.0\nrefused: conflict",
      problem: "x:1: either `pins` or `refused` must be said"),
    Case(testDescription: "no scenario", text: "a 1.0", problem: "x:1: no scenario has begun"),
    Case(
      testDescription: "a release without a version", text: "= r\na\nasks: a\npins: a==1.0",
      problem: "x:2: `a` is no name and version"),
    Case(
      testDescription: "a version that can't be read", text: "= r\na 1.x.0\nasks: a\nrefused: a unknown",
      problem: "x:2: this release can't be read"),
    Case(
      testDescription: "a version that can be read after all",
      text: "= r\na 1.0 | nameless\nasks: a\nrefused: a unknown",
      problem: "x:2: this release can be read"),
    Case(
      testDescription: "a requirement that is none", text: "= r\nasks: a>>1\npins: none",
      problem: "x:2: `a>>1` is no requirement: "),
    Case(
      testDescription: "a pin that is none", text: "= r\na 1.0\nasks: a\nkeeps: a=1.0\npins: a==1.0",
      problem: "x:4: `a=1.0` is no pin"),
    Case(
      testDescription: "a platform that is none", text: "= r\na 1.0\nasks: a\nplatform: amiga\npins: a==1.0",
      problem: "x:1: "),
    Case(
      testDescription: "a moment that is none",
      text: "= r\na 1.0\nasks: a\nexclude-newer: May\npins: a==1.0",
      problem: "x:4: `May` is no moment"),
    Case(
      testDescription: "a choice that is none",
      text: "= r\na 1.0\nasks: a\npre-releases: some\npins: a==1.0",
      problem: "x:4: `some` is no choice"),
    Case(
      testDescription: "a blank at the end", text: "= r\na 1.0 \nasks: a\npins: a==1.0",
      problem: "x:2: a blank at the end"),
  ]

  @Test(arguments: cases) func tells(_ given: Case) throws {
    let reader = ScenarioReader(file: "x", text: given.text)
    #expect(reader.scenarios.isEmpty)
    #expect(reader.problems.count == 1)
    #expect(try #require(reader.problems.first).hasPrefix(given.problem))
  }

  @Test func `what is wrong with one scenario is no matter to the next`() {
    let reader = ScenarioReader(
      file: "x", text: "= r\nwants: b\n\n= s\na 1.0\nasks: a\nnotices: z | b\npins: a==1.0\n")
    #expect(reader.problems == ["x:2: unknown word `wants`"])
    #expect(reader.scenarios.map(\.rule) == ["s"])
    #expect(reader.scenarios.map(\.notices) == [["b", "z"]])
    #expect(reader.scenarios.map(\.answer) == [.pins(["a==1.0"])])
  }
}
