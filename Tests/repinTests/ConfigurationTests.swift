import IndexServer
import TestSupport
import Testing

/// Options that configuration files and the environment give: which count, which are refused, what the header shows.
@Suite struct ConfigurationTests {
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    for version in ["1.0", "2.0", "3.0rc1"] { fixture.server.serve("six", version) }
    fixture.server.serve("idna", "1.0")
    fixture.write(["requirements.in": "six\n", "limits.txt": "six<2\n", "wide.txt": "six<9\nidna<9\n"])
    return fixture
  }

  static let annotated = "six==2.0\n    # via -r requirements.in"
  static let bare = "six==2.0"

  static let cases: [CompileCase] = [
    CompileCase(testDescription: "repin.toml", files: ["repin.toml": "annotate = false\n"], pins: bare),
    CompileCase(
      testDescription: "repin.toml, [compile] over the top level",
      files: ["repin.toml": "annotate = true\n[compile]\nannotate = false\n"], pins: bare),
    CompileCase(
      testDescription: "pyproject.toml, [tool.repin]",
      files: ["pyproject.toml": "[tool.repin]\nannotate = false\n"],
      pins: bare),
    CompileCase(
      testDescription: "pyproject.toml, [tool.repin.compile]",
      files: ["pyproject.toml": "[tool.repin]\nannotate = true\n[tool.repin.compile]\nannotate = false\n"],
      pins: bare),
    CompileCase(
      testDescription: "pyproject.toml, [tool.pip-tools]",
      files: ["pyproject.toml": "[tool.pip-tools]\nannotate = false\n"], pins: bare),
    CompileCase(
      testDescription: "pyproject.toml, [tool.pip-tools.compile]",
      files: [
        "pyproject.toml": "[tool.pip-tools]\nannotate = true\n[tool.pip-tools.compile]\nannotate = false\n"
      ],
      pins: bare),
    CompileCase(
      testDescription: ".pip-tools.toml", files: [".pip-tools.toml": "[tool.pip-tools]\nannotate = false\n"],
      pins: bare),
    CompileCase(
      testDescription: "what pip-sync has there is passed over",
      files: [
        "pyproject.toml":
          "[tool.pip-tools]\nask = true\nannotate = false\n[tool.pip-tools.sync]\nforce = true\n"
      ],
      pins: bare),
    CompileCase(
      testDescription: "tables of other commands are passed over",
      files: ["repin.toml": "annotate = false\n[policy]\nmax-age = 3\n[schedule]\nday = 1\n"], pins: bare),
    CompileCase(
      testDescription: "repin.toml over .pip-tools.toml",
      files: ["repin.toml": "annotate = false\n", ".pip-tools.toml": "[tool.pip-tools]\nannotate = true\n"],
      pins: bare),
    CompileCase(
      testDescription: "repin.toml over pyproject.toml",
      files: ["repin.toml": "annotate = false\n", "pyproject.toml": "[tool.repin]\nannotate = true\n"],
      pins: bare),
    CompileCase(
      testDescription: "[tool.repin] over [tool.pip-tools]",
      files: ["pyproject.toml": "[tool.repin]\nannotate = false\n[tool.pip-tools]\nannotate = true\n"],
      pins: bare),
    CompileCase(
      testDescription: ".pip-tools.toml instead of [tool.pip-tools] of pyproject.toml",
      files: [
        ".pip-tools.toml": "[tool.pip-tools]\nstrip-extras = true\n",
        "pyproject.toml": "[tool.pip-tools]\nannotate = false\n",
      ], pins: annotated),
    CompileCase(
      testDescription: "the files complete each other",
      files: [
        "repin.toml": "annotate = false\n", "pyproject.toml": "[tool.repin]\nconstraint = [\"limits.txt\"]\n",
      ], pins: "six==1.0"),
    CompileCase(
      testDescription: "--config instead of all",
      files: [
        "repin.toml": "annotate = true\nconstraint = \"limits.txt\"\n", "other.toml": "annotate = false\n",
      ],
      arguments: ["--config", "other.toml"], pins: bare),
    CompileCase(
      testDescription: "--config of pip-tools' kind",
      files: ["other.toml": "[tool.pip-tools]\nannotate = false\n"],
      arguments: ["--config=other.toml"], pins: bare),
    CompileCase(
      testDescription: "--no-config", files: ["repin.toml": "annotate = false\n"], arguments: ["--no-config"],
      pins: annotated),
    CompileCase(
      testDescription: "the command line over the configuration", files: ["repin.toml": "annotate = false\n"],
      arguments: ["--annotate"], pins: annotated),
    CompileCase(
      testDescription: "the environment over the configuration", files: ["repin.toml": "annotate = true\n"],
      environment: ["REPIN_ANNOTATE": "false"], pins: bare),
    CompileCase(
      testDescription: "the environment over --config", files: ["other.toml": "annotate = true\n"],
      arguments: ["--config", "other.toml"], environment: ["REPIN_ANNOTATE": "no"], pins: bare),
    CompileCase(
      testDescription: "the command line over the environment", arguments: ["--annotate"],
      environment: ["REPIN_ANNOTATE": "0"], pins: annotated),
    CompileCase(
      testDescription: "the environment without a configuration", arguments: ["--no-config"],
      environment: ["REPIN_ANNOTATE": "off"], pins: bare),
    CompileCase(
      testDescription: "keys with an underscore", files: ["repin.toml": "annotation_style = \"line\"\n"],
      pins: "six==2.0                  # via -r requirements.in"),
    CompileCase(
      testDescription: "keys with a hyphen", files: ["repin.toml": "annotation-style = \"line\"\n"],
      pins: "six==2.0                  # via -r requirements.in"),
    CompileCase(testDescription: "`no-` inverts", files: ["repin.toml": "no-annotate = true\n"], pins: bare),
    CompileCase(
      testDescription: "`no_` that is false inverts nothing", files: ["repin.toml": "no_annotate = false\n"],
      pins: annotated),
    CompileCase(
      testDescription: "a flag that is off", files: ["repin.toml": "pre = false\nannotate = false\n"],
      pins: bare),
    CompileCase(
      testDescription: "a flag that is on", files: ["repin.toml": "pre = true\nannotate = false\n"],
      pins: "six==3.0rc1"),
    CompileCase(
      testDescription: "a list",
      files: ["repin.toml": "constraint = [\"wide.txt\", \"limits.txt\"]\nannotate = false\n"],
      pins: "six==1.0"),
    CompileCase(
      testDescription: "one word for a list",
      files: ["repin.toml": "constraint = \"limits.txt\"\nannotate = false\n"],
      pins: "six==1.0"),
    CompileCase(
      testDescription: "a list of the command line instead",
      files: ["repin.toml": "constraint = [\"limits.txt\"]\nannotate = false\n"],
      arguments: ["-c", "wide.txt"],
      pins: bare),
    CompileCase(
      testDescription: "a list of the environment instead",
      files: ["repin.toml": "constraint = [\"limits.txt\"]\nannotate = false\n"],
      environment: ["REPIN_CONSTRAINT": "wide.txt"], pins: bare),
    CompileCase(
      testDescription: "a list of the environment, divided by spaces", arguments: ["--no-annotate"],
      environment: ["REPIN_CONSTRAINT": "wide.txt limits.txt"], pins: "six==1.0"),
    CompileCase(
      testDescription: "sources",
      files: ["repin.toml": "sources = [\"app.in\"]\nannotate = false\n", "app.in": "idna\n"],
      pins: "idna==1.0", output: "app.txt"),
    CompileCase(
      testDescription: "sources of pip-tools' kind",
      files: [
        "pyproject.toml": "[tool.pip-tools]\nsrc-files = [\"app.in\"]\nannotate = false\n",
        "app.in": "idna\n",
      ],
      pins: "idna==1.0", output: "app.txt"),
    CompileCase(
      testDescription: "beside the first source",
      files: ["app/in.in": "idna\n", "app/repin.toml": "annotate = false\n", "repin.toml": "pre = true\n"],
      arguments: ["app/in.in"], pins: "idna==1.0", output: "app/in.txt"),
    CompileCase(
      testDescription: "in the working directory where the source's has none",
      files: ["app/in.in": "idna\n", "repin.toml": "annotate = false\n"], arguments: ["app/in.in"],
      pins: "idna==1.0",
      output: "app/in.txt"),
    CompileCase(
      testDescription: "an index", files: ["repin.toml": "index-url = \"ROOT/simple/\"\nannotate = false\n"],
      environment: ["REPIN_INDEX_URL": ""], pins: bare),
    CompileCase(
      testDescription: "an output", files: ["repin.toml": "output-file = \"lock.txt\"\nannotate = false\n"],
      pins: bare,
      output: "lock.txt"),
  ]

  static let refusals: [CompileCase] = [
    CompileCase(
      testDescription: "an unknown key", files: ["repin.toml": "# ours\nanotate = false\n"], status: 2,
      errors: """
        error: repin.toml:2:1: found the unknown key `anotate`, expected an option of `repin compile`
        hint: did you mean `annotate`?

        """),
    CompileCase(
      testDescription: "an unknown key of pip-tools' table",
      files: ["pyproject.toml": "[tool.pip-tools]\ngenerate-hash = true\n"], status: 2,
      errors: """
        error: pyproject.toml:2:1: found the unknown key `generate-hash`, expected an option of `repin compile`
        hint: did you mean `generate-hashes`?

        """),
    CompileCase(
      testDescription: "an unknown key like nothing", files: ["repin.toml": "colour = \"red\"\n"], status: 2,
      errors: "error: repin.toml:1:1: found the unknown key `colour`, expected an option of `repin compile`\n"
    ),
    CompileCase(
      testDescription: "a key for one run only", files: ["repin.toml": "check = true\n"], status: 2,
      errors: """
        error: repin.toml:1:1: found the key `check`, expected an option that can be configured
        hint: `--check` is for one run: say it on the command line

        """),
    CompileCase(
      testDescription: "a version that is no string", files: ["repin.toml": "python-version = 3.12\n"],
      status: 2,
      errors: """
        error: repin.toml:1:18: found a float for `python-version`, expected a string or a number
        hint: put it in quotes

        """),
    CompileCase(
      testDescription: "a word for a switch", files: ["repin.toml": "annotate = \"no\"\n"], status: 2,
      errors: "error: repin.toml:1:12: found a string for `annotate`, expected `true` or `false`\n"),
    CompileCase(
      testDescription: "a switch for a word", files: ["repin.toml": "[compile]\nnewline = true\n"], status: 2,
      errors: "error: repin.toml:2:11: found a boolean for `newline`, expected a string or a number\n"),
    CompileCase(
      testDescription: "a table for a list", files: ["repin.toml": "constraint = {a = 1}\n"], status: 2,
      errors: "error: repin.toml:1:14: found a table for `constraint`, expected an array of strings\n"),
    CompileCase(
      testDescription: "something else in a list",
      files: ["repin.toml": "constraint = [\"limits.txt\", 1.5]\n"], status: 2,
      errors: "error: repin.toml:1:29: found a float for `constraint`, expected an array of strings\n"),
    CompileCase(
      testDescription: "a value that the option refuses",
      files: ["repin.toml": "pre = true\nannotation-style = \"both\"\n"], status: 2,
      errors: """
        error: repin.toml:2:1: found `both` for `annotation-style`, expected one of 'split' and 'line'

        """),
    CompileCase(
      testDescription: "a number out of range", files: ["repin.toml": "build-timeout = 0\n"], status: 2,
      errors: """
        error: repin.toml:1:1: `--build-timeout` must be between 1 and 86400 seconds

        """),
    CompileCase(
      testDescription: "no TOML", files: ["repin.toml": "annotate = maybe\n"], status: 2),
    CompileCase(
      testDescription: "a configuration that isn't there", arguments: ["--config", "gone.toml"], status: 2,
      errors: "error: `--config gone.toml`: no such file\n"),
    CompileCase(
      testDescription: "--config and --no-config", files: ["other.toml": ""],
      arguments: ["--config", "other.toml", "--no-config"], status: 2),
    CompileCase(
      testDescription: "a word for a switch in the environment", environment: ["REPIN_ANNOTATE": "maybe"],
      status: 2,
      errors: "error: REPIN_ANNOTATE: found `maybe`, expected `true` or `false`\n"),
    CompileCase(
      testDescription: "a value that the option refuses in the environment",
      environment: ["REPIN_NEWLINE": "cr"],
      status: 2),
    CompileCase(
      testDescription: "`compile` of another type in pip-tools' table",
      files: ["pyproject.toml": "[tool.pip-tools]\ncompile = 1\n"], status: 2,
      errors: "error: pyproject.toml:2:11: found an integer for `compile`, expected a table\n"),
  ]

  @Test(arguments: cases) func counts(_ given: CompileCase) async throws {
    try await fixture().expect(given)
  }

  @Test(arguments: refusals) func refused(_ given: CompileCase) async throws {
    let fixture = try await fixture()
    fixture.directory.write("requirements.txt", "six==1.0\n")
    try await fixture.expect(given)
  }

  struct Header: CustomTestStringConvertible {
    let testDescription: String
    var files: [String: String] = [:]
    var arguments: [String] = []
    var environment: [String: String] = [:]
    /// The command that the header has, without the target.
    let command: String
  }

  @Test(arguments: [
    Header(
      testDescription: "what is configured",
      files: ["repin.toml": "strip-extras = true\nconstraint = [\"limits.txt\"]\n"],
      command: "repin compile --constraint=limits.txt TARGET --strip-extras"),
    Header(
      testDescription: "what wins",
      files: ["repin.toml": "annotation-style = \"line\"\nstrip-extras = true\n"],
      arguments: ["--no-strip-extras"], command: "repin compile --annotation-style=line TARGET"),
    Header(
      testDescription: "what the environment says", environment: ["REPIN_STRIP_EXTRAS": "1"],
      command: "repin compile TARGET --strip-extras"),
    Header(
      testDescription: "the configuration that was named",
      files: ["sub/other.toml": "strip-extras = true\n"], arguments: ["--config", "sub/other.toml"],
      command: "repin compile --config=sub/other.toml TARGET --strip-extras"),
    Header(
      testDescription: "a command of the user's own",
      files: ["repin.toml": "custom-compile-command = \"make lock\"\n"],
      command: "make lock"),
  ])
  func `the header shows what is in effect`(_ header: Header) async throws {
    var fixture = try await fixture()
    fixture.environment = header.environment
    fixture.write(header.files)
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + header.arguments)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let target = "--python-platform=linux --python-version=3.12"
    let line = "#    \(header.command.replacing("TARGET", with: target))\n"
    #expect(fixture.directory.text("requirements.txt")?.contains(line) == true)
  }

  @Test func `no header by configuration`() async throws {
    let fixture = try await fixture()
    fixture.directory.write("repin.toml", "no-header = true\nemit_index_url = false\n")
    let outcome = try await fixture.compile()
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.directory.text("requirements.txt") == "\(Self.annotated)\n")
  }
}
