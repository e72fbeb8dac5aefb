import IndexServer
import TestSupport
import Testing

/// A project's own `pyproject.toml` as the source: its dependencies, extras and groups.
@Suite struct ProjectInputTests {
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    for name in ["six", "colorama", "idna", "click"] {
      fixture.server.serve(name, "1.0")
      fixture.server.serve(name, "2.0")
    }
    fixture.directory.write("pyproject.toml", Self.skiff)
    return fixture
  }

  static let skiff = """
    [build-system]
    requires = ["setuptools>=68"]

    [project]
    name = "My.Skiff"
    dynamic = ["version"]
    dependencies = ["Six>=1", "gone; python_version < '3'"]
    [project.optional-dependencies]
    lamp = ["colorama<2"]
    Anchor_Line = ["idna; python_version >= '3'", "gone; python_version < '3'"]
    all = ["my-skiff[lamp,anchor-line]"]

    [dependency-groups]
    lint = ["click"]
    Test_All = ["idna<2", {include-group = "lint"}]
    loop = [{include-group = "loop"}]

    """
  static let raft = "[project]\nname = \"raft\"\nversion = \"1\"\ndependencies = [\"six<2\", \"click\"]\n"
  static let six = "six==2.0\n    # via My.Skiff (pyproject.toml)"

  static let cases: [CompileCase] = [
    CompileCase(
      testDescription: "found, as there is no requirements.in", pins: six,
      errors: "wrote requirements.txt: 1 pin (TIME)\n"),
    CompileCase(testDescription: "named", arguments: ["pyproject.toml"], pins: six),
    CompileCase(testDescription: "named with a dot", arguments: ["./pyproject.toml"], pins: six),
    CompileCase(
      testDescription: "after requirements.in", files: ["requirements.in": "click\n"],
      pins: "click==2.0\n    # via -r requirements.in"),
    CompileCase(
      testDescription: "below: the lockfile is beside it", files: ["app/pyproject.toml": raft],
      arguments: ["app/pyproject.toml"],
      pins: "click==2.0\n    # via raft (app/pyproject.toml)\nsix==1.0\n    # via raft (app/pyproject.toml)",
      output: "app/requirements.txt"),
    CompileCase(
      testDescription: "with an output", arguments: ["pyproject.toml", "-o", "lock.txt"], pins: six,
      output: "lock.txt"),
    CompileCase(
      testDescription: "annotations beside the pins", arguments: ["--annotation-style", "line"],
      pins: "six==2.0                  # via My.Skiff (pyproject.toml)"),
    CompileCase(
      testDescription: "a pin is kept", files: ["requirements.txt": "six==1.0\n"],
      pins: six.replacing("2.0", with: "1.0")),
    CompileCase(
      testDescription: "a constraint", files: ["limits.txt": "six<2\n"], arguments: ["-c", "limits.txt"],
      pins: "six==1.0\n    # via\n    #   -c limits.txt\n    #   My.Skiff (pyproject.toml)"),
    CompileCase(
      testDescription: "an extra", arguments: ["--extra", "lamp"],
      pins: "colorama==1.0\n    # via My.Skiff (pyproject.toml)\n\(six)"),
    CompileCase(
      testDescription: "extras, in another spelling", arguments: ["--extra", "LAMP", "--extra=anchor.line"],
      pins: """
        colorama==1.0
            # via My.Skiff (pyproject.toml)
        idna==2.0 ; python_version >= "3"
            # via My.Skiff (pyproject.toml)
        \(six)
        """),
    CompileCase(
      testDescription: "extras in one option", arguments: ["--extra", "lamp,anchor-line", "--no-annotate"],
      pins: "colorama==1.0\nidna==2.0 ; python_version >= \"3\"\nsix==2.0"),
    CompileCase(
      testDescription: "an extra of extras", arguments: ["--extra", "all", "--no-annotate"],
      pins: "colorama==1.0\nidna==2.0 ; python_version >= \"3\"\nsix==2.0"),
    CompileCase(
      testDescription: "all extras", arguments: ["--all-extras", "--no-annotate"],
      pins: "colorama==1.0\nidna==2.0 ; python_version >= \"3\"\nsix==2.0"),
    CompileCase(
      testDescription: "a group alone", arguments: ["--group", "lint"],
      pins: "click==2.0\n    # via My.Skiff (pyproject.toml:lint)"),
    CompileCase(
      testDescription: "a group that includes another, in another spelling",
      arguments: ["--group", "test-all", "--no-annotate"], pins: "click==2.0\nidna==1.0"),
    CompileCase(
      testDescription: "two groups and the project",
      arguments: ["pyproject.toml", "--group", "lint", "--group=Test_All", "--no-annotate"],
      pins: "click==2.0\nidna==1.0\nsix==2.0"),
    CompileCase(
      testDescription: "a group beside requirements", files: ["requirements.in": "six<2\n"],
      arguments: ["requirements.in", "--group", "lint", "--no-annotate"], pins: "click==2.0\nsix==1.0"),
    CompileCase(
      testDescription: "a group of another project",
      files: ["tools/pyproject.toml": "[dependency-groups]\nlint = [\"idna\"]\n"],
      arguments: ["--group", "tools/pyproject.toml:lint", "--no-annotate"], pins: "idna==2.0"),
    CompileCase(
      testDescription: "two projects", files: ["app/pyproject.toml": raft],
      arguments: ["pyproject.toml", "app/pyproject.toml"],
      pins: """
        click==2.0
            # via raft (app/pyproject.toml)
        six==1.0
            # via
            #   My.Skiff (pyproject.toml)
            #   raft (app/pyproject.toml)
        """),
    CompileCase(
      testDescription: "a project and requirements", files: ["more.in": "six<2\n"],
      arguments: ["pyproject.toml", "more.in"],
      pins: "six==1.0\n    # via\n    #   -r more.in\n    #   My.Skiff (pyproject.toml)"),
    CompileCase(
      testDescription: "without a dependency",
      files: ["pyproject.toml": "[project]\nname = \"raft\"\nversion = \"1\"\n"], arguments: ["--no-header"],
      pins: ""),
    CompileCase(
      testDescription: "a dependency on a URL",
      files: [
        "pyproject.toml":
          "[project]\nname = \"raft\"\nversion = \"1\"\ndependencies = [\"idna @ ROOT/files/idna-1.0-py3-none-any.whl\"]\n"
      ], pins: "idna @ ROOT/files/idna-1.0-py3-none-any.whl\n    # via raft (pyproject.toml)"),
  ]

  static let refusals: [CompileCase] = [
    CompileCase(
      testDescription: "an unknown extra", arguments: ["--extra", "lmap"], status: 2,
      errors: """
        error: `--extra lmap`: no such extra; the project has `all`, `anchor-line`, `lamp`
        hint: did you mean `lamp`?

        """),
    CompileCase(
      testDescription: "an extra where there is none", files: ["pyproject.toml": raft],
      arguments: ["--extra", "lamp"], status: 2,
      errors: "error: `--extra lamp`: no such extra; the project has none\n"),
    CompileCase(
      testDescription: "an unknown group", arguments: ["--group", "lnt"], status: 2,
      errors: """
        error: pyproject.toml:13:2: found the unknown group `lnt`, expected one of `lint`, `Test_All`, `loop`
        hint: did you mean `lint`?

        """),
    CompileCase(
      testDescription: "a group that includes itself", arguments: ["--group", "loop"], status: 2,
      errors: """
        error: pyproject.toml:16:9: found groups that include each other: `loop` → `loop`, expected includes that end

        """),
    CompileCase(
      testDescription: "a group of a file that isn't there",
      arguments: ["--group", "gone/pyproject.toml:lint"],
      status: 2, errors: "error: `gone/pyproject.toml` can't be read: no such file\n"),
    CompileCase(
      testDescription: "a group of something else", arguments: ["--group", "setup.cfg:lint"], status: 2,
      errors: """
        error: `--group setup.cfg:lint`: groups stand in a `pyproject.toml`
        hint: write `--group path/pyproject.toml:name`

        """),
    CompileCase(
      testDescription: "extras of requirements files", files: ["requirements.in": "six\n"],
      arguments: ["requirements.in", "--extra", "lamp"], status: 2,
      errors: """
        error: `--extra` and `--all-extras` are for projects, and no source is one
        hint: compile a pyproject.toml, a setup.cfg or a setup.py

        """),
    CompileCase(
      testDescription: "all extras of requirements files", files: ["requirements.in": "six\n"],
      arguments: ["--all-extras"], status: 2),
    CompileCase(
      testDescription: "an extra and all extras", arguments: ["--extra", "lamp", "--all-extras"], status: 2),
    CompileCase(
      testDescription: "a requirement that is none",
      files: [
        "pyproject.toml": "[project]\nname = \"raft\"\ndependencies = [\n  \"six\",\n  \"idna >\",\n]\n"
      ],
      status: 2,
      errors: """
        error: pyproject.toml:5:10: found the end, expected a version specifier (expected a digit, found the end)

        """),
    CompileCase(
      testDescription: "dependencies of another type",
      files: ["pyproject.toml": "[project]\nname = \"raft\"\ndependencies = \"six\"\n"], status: 2,
      errors: "error: pyproject.toml:3:16: found a string, expected an array of requirements\n"),
    CompileCase(
      testDescription: "no name", files: ["pyproject.toml": "[project]\ndependencies = [\"six\"]\n"],
      status: 2,
      errors: "error: pyproject.toml:1:2: found no `name` in `[project]`, expected the project's name\n"),
    CompileCase(
      testDescription: "no TOML", files: ["pyproject.toml": "[project]\nname = raft\n"], status: 2),
    CompileCase(
      testDescription: "a project that isn't there", arguments: ["app/pyproject.toml"], status: 2),
    CompileCase(
      testDescription: "dynamic dependencies, and nothing to build with",
      files: [
        "pyproject.toml": "[project]\nname = \"raft\"\nversion = \"1\"\ndynamic = [\"dependencies\"]\n"
      ],
      status: 2,
      errors: """
        error: pyproject.toml: `a build of the project`: the metadata of pyproject.toml can only be had by a build; \
        nothing was written
        hint: name a Python to build with by `--python`

        """),
    CompileCase(
      testDescription: "the requirements can't be met", files: ["more.in": "six>=3\n"],
      arguments: ["pyproject.toml", "more.in"], status: 1,
      errors: """
        error: the requirements can't be met
          Because your requirements ask for six>=3 (more.in:1), which no release matches (the newest is 2.0), your \
        requirements can't be met.
        hint: lower `six>=3` (more.in:1): the newest release is 2.0

        """),
    CompileCase(
      testDescription: "the place of a dependency that can't be met",
      files: [
        "pyproject.toml": "[project]\nname = \"raft\"\nversion = \"1\"\ndependencies = [\n  \"six>=3\",\n]\n"
      ],
      status: 1,
      errors: """
        error: the requirements can't be met
          Because your requirements ask for six>=3 (pyproject.toml:5), which no release matches (the newest is 2.0), \
        your requirements can't be met.
        hint: lower `six>=3` (pyproject.toml:5): the newest release is 2.0

        """),
  ]

  @Test(arguments: cases) func compiles(_ given: CompileCase) async throws {
    try await fixture().expect(given)
  }

  @Test(arguments: refusals) func refuses(_ given: CompileCase) async throws {
    let fixture = try await fixture()
    fixture.directory.write("requirements.txt", "six==0.9\n")
    try await fixture.expect(given)
  }

  @Test func `the header has what was asked for`() async throws {
    let fixture = try await fixture()
    _ = try await fixture.compile("--extra", "lamp", "--group", "lint", "pyproject.toml")
    #expect(
      fixture.directory.text("requirements.txt")?.contains(
        "#    repin compile --extra=lamp --group=lint --python-platform=linux --python-version=3.12 pyproject.toml\n"
      )
        == true)
  }
}
