import TOMLReading
import Testing

@testable import PythonProjects

/// The file as a whole.
@Suite struct PyprojectFileTests {
  static let errors = [
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = [\n  'six'\n  👉'flask'\n]", .invalidTOML, found: "`'`",
      expected: "`,` or `]`"),
    ErrorRow(
      "[project]\n👉[project]", .invalidTOML, found: "invalid TOML (cannot redefine existing table 'project')",
      expected: "a document of TOML 1.0"),
  ]

  @Test(arguments: errors)
  func fails(row: ErrorRow) {
    row.check { _ throws(ProjectFileError) in }
  }

  /// A fault in one part doesn't keep anyone from the others.
  @Test func partsAreReadAlone() throws {
    let file = try PyprojectFile(
      """
      [project]
      requires-python = ">=3.9"
      [build-system]
      requires = 1
      [dependency-groups]
      a = []
      A = []
      [tool.repin]
      x = 1
      [tool.pip-tools]
      """)
    #expect(throws: ProjectFileError.self) { try file.project }
    #expect(throws: ProjectFileError.self) { try file.buildSystem }
    #expect(throws: ProjectFileError.self) { try file.dependencyGroups }
    #expect(file.tool("repin")?["x"] == .integer(1))
    #expect(file.tool("repin")?.place(of: "x") == TOMLPlace(line: 9, column: 1))
    #expect(file.tool("pip-tools")?.entries.count == 0)
    #expect(file.tool("poetry") == nil)
  }

  @Test(arguments: ["", "tool = 1", "[tool]\nrepin = 1", "[[tool.repin]]"])
  func noTool(text: String) throws {
    #expect(try PyprojectFile(text).tool("repin") == nil)
  }
}
