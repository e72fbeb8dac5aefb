import PythonPackaging
import TOMLReading
import Testing

@testable import PythonProjects

/// The `[project]` table (PEP 621).
@Suite struct ProjectTests {
  @Test func everything() throws {
    let file = try PyprojectFile(
      """
      [project]
      name = "My_App"
      version = "1.0.post1"
      requires-python = ">=3.9,<4"
      dynamic = ["readme"]
      dependencies = [
        "Flask[async]>=2 ; python_version > '3.8'", # why
        'six',
      ]

      [project.optional-dependencies]
      Test_Tools = ["pytest"]
      all = ["my-app[test-tools]", "x @ https://h.example/x.zip"]
      none = []
      """)
    let project = try #require(try file.project)
    #expect(project.name.normalized == "my-app")
    #expect(project.writtenName == "My_App")
    #expect(project.place == TOMLPlace(line: 2, column: 8))
    #expect(project.version?.description == "1.0.post1")
    #expect(project.requiresPython?.description == "<4,>=3.9")
    #expect(project.dynamic == ["readme"])
    #expect(
      project.dependencies.map(\.requirement.description) == [
        "Flask[async]>=2; python_version > \"3.8\"", "six",
      ])
    #expect(
      project.dependencies.map(\.text) == ["Flask[async]>=2 ; python_version > '3.8'", "six"])
    #expect(project.dependencies.map(\.place.description) == ["7:3", "8:3"])
    #expect(project.optionalDependencies.map(\.name.normalized) == ["test-tools", "all", "none"])
    #expect(project.optionalDependencies.map(\.writtenName) == ["Test_Tools", "all", "none"])
    #expect(project.optionalDependencies.map(\.place.description) == ["12:1", "13:1", "14:1"])
    #expect(
      project.extra(try ExtraName("ALL"))?.requirements.map(\.requirement.description) == [
        "my-app[test-tools]", "x @ https://h.example/x.zip",
      ])
    #expect(project.extra(try ExtraName("other")) == nil)
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    var text: String
    var hasStaticDependencies: Bool
    var testDescription: String { text }

    init(_ text: String, dependencies: Bool) {
      self.text = text
      hasStaticDependencies = dependencies
    }
  }

  static let shapes = [
    Shape("", dependencies: true),
    Shape("version = '1'", dependencies: true),
    Shape("version = '1'\ndynamic = []", dependencies: true),
    Shape("version = '1'\ndynamic = ['readme', 'scripts', 'unheard-of']", dependencies: true),
    Shape("dynamic = ['version']", dependencies: true),
    Shape("version = '1'\ndynamic = ['version']", dependencies: true),
    Shape("version = '1'\ndynamic = ['requires-python']", dependencies: true),
    Shape("version = '1'\ndynamic = ['dependencies']", dependencies: false),
    Shape("version = '1'\ndynamic = ['optional-dependencies']", dependencies: false),
    Shape(
      "version = '1'\ndependencies = ['x']\ndynamic = ['dependencies']", dependencies: false),
    // Poetry takes its own dependencies where `[project]` has none (seen with poetry-core 2)
    Shape("version = '1'\n[tool.poetry]\nname = 'x'", dependencies: true),
    Shape("version = '1'\n[tool.poetry.dependencies]\nsix = '*'", dependencies: false),
    Shape(
      "version = '1'\ndependencies = []\n[tool.poetry.dependencies]\nsix = '*'", dependencies: false),
    Shape(
      "version = '1'\ndependencies = ['x']\n[tool.poetry.dependencies]\nsix = '*'", dependencies: true),
    Shape(
      "version = '1'\noptional-dependencies = {e = ['x']}\n[tool.poetry.dependencies]\nsix = '*'",
      dependencies: true),
    Shape(
      "version = '1'\ndependencies = ['x']\n[tool.poetry.dependencies]\npython = '>=3.9'", dependencies: true),
    Shape(
      "version = '1'\ndependencies = ['x']\nrequires-python = '>=3.8'\n"
        + "[tool.poetry.dependencies]\npython = '>=3.9'", dependencies: true),
    Shape(
      "version = '1'\ndynamic = ['dependencies']\n[tool.poetry.dependencies]\nsix = '*'", dependencies: false),
  ]

  @Test(arguments: shapes)
  func dynamicFields(row: Shape) throws {
    let project = try #require(try PyprojectFile("[project]\nname = 'x'\n\(row.text)").project)
    #expect(project.hasStaticDependencies == row.hasStaticDependencies)
  }

  /// Without the table there is no project, whatever the tools around it say.
  @Test(arguments: [
    "", "[tool.poetry]\nname = 'x'\n[tool.poetry.dependencies]\nsix = '*'", "[build-system]\nrequires = []",
  ])
  func noProject(text: String) throws {
    #expect(try PyprojectFile(text).project == nil)
  }

  static let errors = [
    ErrorRow("project = 👉1", .wrongType, found: "an integer", expected: "the table `[project]`"),
    ErrorRow("[👉project]", .missingField, found: "no `name` in `[project]`", expected: "the project's name"),
    ErrorRow(
      "[project.urls]\nx = 'y'\n[👉project]\nversion = '1'", .missingField,
      found: "no `name` in `[project]`", expected: "the project's name"),
    ErrorRow(
      "project = 👉{}", .missingField, found: "no `name` in `[project]`", expected: "the project's name"),
    ErrorRow("[project]\nname = 👉1.5", .wrongType, found: "a float", expected: "a string"),
    ErrorRow(
      "[project]\nname = 👉'my app'", .invalidName, found: "`my app`",
      expected: "a name (a space is not allowed in a name)"),
    ErrorRow("[project]\nname = 👉''", .invalidName, found: "``", expected: "a name (the name is empty)"),
    ErrorRow(
      "[project]\nname = 'x'\ndynamic = ['version', 👉'name']", .dynamicName, found: "`name`",
      expected: "a field that may be dynamic"),
    ErrorRow(
      "[project]\nname = 'x'\ndynamic = 👉true", .wrongType, found: "a boolean",
      expected: "an array of field names"),
    ErrorRow("[project]\nname = 'x'\ndynamic = [👉{}]", .wrongType, found: "a table", expected: "a string"),
    ErrorRow(
      "[project]\nname = 'x'\nversion = 👉'1.x'", .invalidVersion, found: "`1.x`",
      expected: "a version (expected the version to end, found `.`)"),
    ErrorRow(
      "[project]\nname = 'x'\nversion = 👉2026-12-31", .wrongType, found: "a date or time",
      expected: "a string"),
    ErrorRow(
      "[project]\nname = 'x'\nrequires-python = '>=3, 👉3'", .invalidPythonVersions, found: "`3`",
      expected: "one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`"),
    ErrorRow(
      "[project]\nname = 'x'\nrequires-python = '>=3👉.*'", .invalidPythonVersions, found: "`.*`",
      expected: "a version specifier (`.*` is not allowed after `>=`)"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = 👉'six'", .wrongType, found: "a string",
      expected: "an array of requirements"),
    ErrorRow(
      "[project]\nname = 'x'\n[project.👉dependencies]", .wrongType, found: "a table",
      expected: "an array of requirements"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = [\n  'six',\n  👉['a'],\n]", .wrongType, found: "an array",
      expected: "a string"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = [\n  'six', # é\n  'flask👉=2',\n]", .invalidRequirement,
      found: "`=`", expected: "one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`",
      remedy: "write `==` for one version"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = ['👉é']", .invalidRequirement,
      found: "`é`", expected: "a package name"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = ['👉']", .invalidRequirement, found: "the end",
      expected: "a package name"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = ['flask>=1,>=2👉.*']", .invalidRequirement, found: "`.*`",
      expected: "a version specifier (`.*` is not allowed after `>=`)"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = ['flask~=👉2']", .invalidRequirement, found: "`2`",
      expected: "a version specifier (`~=` needs a version of at least two numbers, such as `~=1.0`)"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = ['flask👉-']", .invalidRequirement, found: "`-`",
      expected: "a name (a name must begin and end with a letter or a digit, not `-`)"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = [\"flask ; python_version < '3' and👉\"]", .invalidRequirement,
      found: "the end", expected: "a marker variable or a quoted string"),
    // where an escape stands, the string as a whole is the place
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = [👉\"flask\\u003d2\"]", .invalidRequirement, found: "`=`",
      expected: "one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`", remedy: "write `==` for one version"),
    ErrorRow(
      "[project]\nname = 'x'\ndependencies = ['''\n flask 👉x''']", .invalidRequirement, found: "`x`",
      expected: "a version specifier, `;` or the end"),
    ErrorRow(
      "[project]\nname = 'x'\noptional-dependencies = 👉[]", .wrongType, found: "an array",
      expected: "a table"),
    ErrorRow(
      "[project]\nname = 'x'\n[project.optional-dependencies]\nA_b = []\n👉a-B = []", .duplicateName,
      found: "the extra `a-B` beside `A_b`", expected: "names that differ when normalised"),
    ErrorRow(
      "[project]\nname = 'x'\n[project.optional-dependencies]\n👉'a b' = []", .invalidName, found: "`a b`",
      expected: "a name (a space is not allowed in a name)"),
    ErrorRow(
      "[project]\nname = 'x'\n[project.optional-dependencies]\na = 👉'b'", .wrongType,
      found: "a string", expected: "an array of requirements"),
    ErrorRow(
      "[project]\nname = 'x'\n[project.optional-dependencies]\na = ['b', 'c👉!']", .invalidRequirement,
      found: "`!`", expected: "one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`"),
  ]

  @Test(arguments: errors)
  func fails(row: ErrorRow) {
    row.check { file throws(ProjectFileError) in _ = try file.project }
  }

  /// Control characters never reach a message.
  @Test func messagesArePrintable() throws {
    let text = "[project]\nname = 'x'\ndependencies = [\"a\\u001b[31m\\u202ex\", ]"
    do throws(ProjectFileError) {
      _ = try PyprojectFile(Array(text.utf8), file: "a\u{1B}.toml").project
      Issue.record("no error")
    } catch {
      #expect(error.description.unicodeScalars.allSatisfy { PrintableText.isPrintable($0) })
    }
  }

  @Test func longNamesAreCut() throws {
    let name = String(repeating: "a b", count: 1_000)
    do throws(ProjectFileError) {
      _ = try PyprojectFile("[project]\nname = '\(name)'").project
      Issue.record("no error")
    } catch {
      #expect(error.description.utf8.count < 300)
      #expect(error.found.hasSuffix("…`"))
    }
  }
}
