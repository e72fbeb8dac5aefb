import PythonProjects
import TOMLReading
import Testing

/// The `[dependency-groups]` table (PEP 735).
@Suite struct DependencyGroupsTests {
  static let file = """
    [dependency-groups]
    Test_Tools = ["pytest>7", "coverage"]
    docs = ["sphinx", "x; os_name == 'nt'"]
    typing = ["mypy", {include-group = "test.tools"}, "types-six"]
    all = [{include-group = "docs"}, {include-group = 'TYPING'}, {include-group = "test-tools"}, "last"]
    none = []
    """

  struct Row: Sendable, CustomTestStringConvertible {
    var group: String
    var requirements: [String]
    var testDescription: String { group }

    init(_ group: String, _ requirements: String...) {
      self.group = group
      self.requirements = requirements
    }
  }

  @Test(arguments: [
    Row("Test_Tools", "2:15 pytest>7", "2:27 coverage"),
    Row("test-tools", "2:15 pytest>7", "2:27 coverage"),
    Row("docs", "3:9 sphinx", "3:19 x; os_name == 'nt'"),
    Row("typing", "4:11 mypy", "2:15 pytest>7", "2:27 coverage", "4:51 types-six"),
    // what two includes lead to counts the first time
    Row(
      "all", "3:9 sphinx", "3:19 x; os_name == 'nt'", "4:11 mypy", "2:15 pytest>7", "2:27 coverage",
      "4:51 types-six", "5:94 last"),
    Row("none"),
  ])
  func requirements(row: Row) throws {
    let groups = try PyprojectFile(Self.file).dependencyGroups
    let requirements = try groups.requirements(of: row.group)
    #expect(requirements.map { "\($0.place) \($0.text)" } == row.requirements)
  }

  @Test func names() throws {
    #expect(
      try PyprojectFile(Self.file).dependencyGroups.names == ["Test_Tools", "docs", "typing", "all", "none"])
    #expect(try PyprojectFile("").dependencyGroups.names == [])
  }

  /// What a group that isn't asked for holds is not looked at (PEP 735, "Lazy validation").
  @Test func otherGroupsAreNotRead() throws {
    let text =
      "[dependency-groups]\na = ['x']\nb = [{path = '.'}, 1, '!']\nc = 5\nd = [{include-group = 'd'}]"
    #expect(try PyprojectFile(text).dependencyGroups.requirements(of: "a").map(\.text) == ["x"])
  }

  static let item = "`{include-group = \"…\"}` with the name of a group"

  /// The group `a` is asked for.
  static let errors = [
    ErrorRow(
      "dependency-groups = 👉1", .wrongType, found: "an integer", expected: "the table `[dependency-groups]`"),
    ErrorRow(
      "[dependency-groups]\na_b = []\na = []\n👉A-B = []", .duplicateName,
      found: "the group `A-B` beside `a_b`",
      expected: "names that differ when normalised"),
    ErrorRow(
      "[dependency-groups]\na = []\n👉'b c' = []", .invalidName, found: "`b c`",
      expected: "a name (a space is not allowed in a name)"),
    ErrorRow(
      "[dependency-groups]\na = 👉{}", .wrongType, found: "a table",
      expected: "an array of requirements and includes"),
    ErrorRow(
      "[dependency-groups]\na = ['x', 👉1]", .invalidGroupItem, found: "an integer",
      expected: "a requirement or `{include-group = \"…\"}`"),
    ErrorRow(
      "[dependency-groups]\na = ['x', 👉['y']]", .invalidGroupItem, found: "an array",
      expected: "a requirement or `{include-group = \"…\"}`"),
    ErrorRow(
      "[dependency-groups]\na = ['x', 👉{}]", .invalidGroupItem, found: "an empty table", expected: item),
    ErrorRow(
      "[dependency-groups]\na = ['x', 👉{path = '.', editable = true}]", .invalidGroupItem,
      found: "a table of `path`, `editable`", expected: item),
    ErrorRow(
      "[dependency-groups]\na = [👉{include-group = 'a', x = 1}]", .invalidGroupItem,
      found: "a table of `include-group`, `x`", expected: item),
    ErrorRow(
      "[dependency-groups]\na = [👉{include-group = 1}]", .invalidGroupItem,
      found: "a table of `include-group`",
      expected: item),
    ErrorRow(
      "[dependency-groups]\na = ['x', 'y👉=1']", .invalidRequirement, found: "`=`",
      expected: "one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`", remedy: "write `==` for one version"),
    ErrorRow(
      "[dependency-groups]\nb = [👉1]\na = [{include-group = 'b'}]", .invalidGroupItem, found: "an integer",
      expected: "a requirement or `{include-group = \"…\"}`"),
    ErrorRow(
      "[dependency-groups]\na = [{include-group = 👉'bb'}]\nb = []", .unknownGroup,
      found: "the unknown group `bb`",
      expected: "one of `a`, `b`"),
    ErrorRow(
      "[dependency-groups]\na = [{include-group = 👉'no name'}]", .unknownGroup,
      found: "the unknown group `no name`", expected: "one of `a`"),
    ErrorRow(
      "[👉dependency-groups]\nb = []", .unknownGroup, found: "the unknown group `a`", expected: "one of `b`"),
    ErrorRow(
      "👉[project]", .unknownGroup, found: "the unknown group `a`",
      expected: "a group of `[dependency-groups]`, which has none"),
    ErrorRow(
      "[dependency-groups]\na = [👉{include-group = 'A'}]", .groupCycle,
      found: "groups that include each other: `a` → `a`", expected: "includes that end"),
    ErrorRow(
      "[dependency-groups]\na = [{include-group = 'b'}]\nb = ['x', {include-group = 'C'}]\n"
        + "c = [{include-group = 'd'}, 👉{include-group = 'b'}]\nd = []",
      .groupCycle, found: "groups that include each other: `b` → `c` → `b`", expected: "includes that end"),
  ]

  @Test(arguments: errors)
  func fails(row: ErrorRow) {
    row.check { file throws(ProjectFileError) in _ = try file.dependencyGroups.requirements(of: "a") }
  }

  /// The caller can offer the nearest of the names that there are.
  @Test func unknownGroupTellsTheOthers() throws {
    let groups = try PyprojectFile(Self.file).dependencyGroups
    do throws(ProjectFileError) {
      _ = try groups.requirements(of: "dosc")
      Issue.record("no error")
    } catch {
      #expect(error.reason == .unknownGroup)
      #expect(error.known == ["Test_Tools", "docs", "typing", "all", "none"])
    }
  }

  /// Groups that include the one before twice would double at every step.
  @Test func doublingIncludes() throws {
    var text = "[dependency-groups]\ng0 = ['x']\n"
    for number in 1...2_000 {
      text += "g\(number) = [{include-group = 'g\(number - 1)'}, {include-group = 'g\(number - 1)'}]\n"
    }
    #expect(try PyprojectFile(text).dependencyGroups.requirements(of: "g2000").map(\.text) == ["x"])
  }

  /// A chain of includes as long as the file allows, and a cycle at its end, whose message stays short.
  @Test func longChain() throws {
    var text = "[dependency-groups]\n"
    for number in 0..<20_000 { text += "g\(number) = [{include-group = 'g\(number + 1)'}]\n" }
    let open = try PyprojectFile(text + "g20000 = ['x']").dependencyGroups
    #expect(try open.requirements(of: "g0").map(\.text) == ["x"])
    let closed = try PyprojectFile(text + "g20000 = [{include-group = 'g0'}]").dependencyGroups
    do throws(ProjectFileError) {
      _ = try closed.requirements(of: "g0")
      Issue.record("no error")
    } catch {
      #expect(error.reason == .groupCycle)
      #expect(
        error.found
          == "groups that include each other: `g0` → `g1` → `g2` → `g3` → `g4` → … → `g19998` → `g19999` → `g20000` → `g0`"
      )
    }
  }
}
