import Testing

@testable import Reports

/// The difference that `--check` shows, held to `diff -u`'s own.
@Suite struct UnifiedDiffTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let old: String
    let new: String
    let lines: [String]
  }

  @Test(arguments: [
    Case(testDescription: "equal", old: "a\nb\n", new: "a\nb\n", lines: []),
    Case(
      testDescription: "from nothing", old: "", new: "a\n", lines: ["--- o", "+++ n", "@@ -0,0 +1 @@", "+a"]),
    Case(
      testDescription: "to nothing", old: "a\n", new: "", lines: ["--- o", "+++ n", "@@ -1 +0,0 @@", "-a"]),
    Case(
      testDescription: "one line of many", old: "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
      new: "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
      lines: ["--- o", "+++ n", "@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+x", " 6", " 7", " 8"]),
    Case(
      testDescription: "changes far apart are two hunks", old: "a\n1\n2\n3\n4\n5\n6\n7\nb\n",
      new: "x\n1\n2\n3\n4\n5\n6\n7\ny\n",
      lines: [
        "--- o", "+++ n", "@@ -1,4 +1,4 @@", "-a", "+x", " 1", " 2", " 3", "@@ -6,4 +6,4 @@", " 5", " 6",
        " 7",
        "-b", "+y",
      ]),
    Case(
      testDescription: "changes near each other are one", old: "a\n1\n2\n3\n4\n5\n6\nb\n",
      new: "x\n1\n2\n3\n4\n5\n6\ny\n",
      lines: [
        "--- o", "+++ n", "@@ -1,8 +1,8 @@", "-a", "+x", " 1", " 2", " 3", " 4", " 5", " 6", "-b", "+y",
      ]),
    Case(
      testDescription: "what would steer a terminal", old: "a\u{1b}[2K\n", new: "",
      lines: ["--- o", "+++ n", "@@ -1 +0,0 @@", "-a\u{fffd}[2K"]),
    Case(testDescription: "line ends alone", old: "a\r\nb\r\n", new: "a\nb\n", lines: []),
  ])
  func shows(_ given: Case) {
    let difference = UnifiedDiff(old: given.old, new: given.new, oldLabel: "o", newLabel: "n")
    #expect(difference.lines == given.lines)
  }
}
