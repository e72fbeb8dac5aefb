import PythonPackaging
import PythonProjects
import TOMLReading
import Testing

/// The `[build-system]` table (PEP 518, PEP 517).
@Suite struct BuildSystemTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var buildSystem: BuildSystem?
    var testDescription: String { text }

    init(_ text: String, _ buildSystem: BuildSystem?) {
      self.text = text
      self.buildSystem = buildSystem
    }
  }

  @Test(arguments: [
    Row("[project]\nname = 'x'", nil),
    Row(
      "[build-system]\nrequires = []", BuildSystem(requires: [], backend: "setuptools.build_meta:__legacy__")),
    Row(
      "[build-system]\nrequires = ['hatchling >=1', 'x']\nbuild-backend = 'hatchling.build'",
      BuildSystem(requires: ["hatchling >=1", "x"], backend: "hatchling.build")),
    Row(
      "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'backend:Class._object'\nbackend-path = ['.', 'a/../b/']",
      BuildSystem(requires: ["setuptools"], backend: "backend:Class._object", backendPath: [".", "a/../b/"])),
    Row(
      "build-system.requires = []\nbuild-system.build-backend = 'é_1'",
      BuildSystem(requires: [], backend: "é_1")),
    Row(
      "[build-system]\nrequires = []\nother = 1",
      BuildSystem(requires: [], backend: BuildSystem.legacy.backend)),
  ])
  func reads(row: Row) throws {
    #expect(try PyprojectFile(row.text).buildSystem == row.buildSystem)
  }

  static let backend = "a build backend, `module` or `module:object`"
  static let errors =
    [
      ErrorRow("build-system = 👉[]", .wrongType, found: "an array", expected: "the table `[build-system]`"),
      ErrorRow(
        "[👉build-system]\nbuild-backend = 'x'", .missingField, found: "no `requires` in `[build-system]`",
        expected: "an array of what the build needs"),
      ErrorRow(
        "[build-system]\nrequires = 👉'x'", .wrongType, found: "a string",
        expected: "an array of requirements"),
      ErrorRow("[build-system]\nrequires = [👉1]", .wrongType, found: "an integer", expected: "a string"),
      ErrorRow(
        "[build-system]\nrequires = ['a', 'hatchling 👉1']", .invalidRequirement, found: "`1`",
        expected: "a version specifier, `;` or the end"),
      ErrorRow(
        "[build-system]\nrequires = []\nbuild-backend = 👉1", .wrongType, found: "an integer",
        expected: "a string"),
      ErrorRow(
        "[build-system]\nrequires = []\nbackend-path = 👉'x'", .wrongType, found: "a string",
        expected: "an array of directories"),
    ]
    + ["", "a.", ".a", "a..b", "a:", ":a", "a:b:c", "1a", "a b", "a;b", "a-b", "a/b", "a\\tb"].map {
      ErrorRow(
        "[build-system]\nrequires = []\nbuild-backend = 👉'\($0)'", .invalidBackend, found: "`\($0)`",
        expected: backend)
    }
    + ["/", "/abs", "..", "../x", "a/../..", "./..", "a/b/../../../c"].map {
      ErrorRow(
        "[build-system]\nrequires = []\nbackend-path = ['ok', 👉'\($0)']", .invalidBackendPath,
        found: "`\($0)`",
        expected: "a directory inside the project")
    }

  @Test(arguments: errors)
  func fails(row: ErrorRow) {
    row.check { file throws(ProjectFileError) in _ = try file.buildSystem }
  }
}
