import TestSupport
import Testing

/// What `repin update` takes lockfiles to be made from.
@Suite struct UpdateOriginTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var files: [String: String] = [:]
    var removed: [String] = []
    var arguments = ["requirements.txt", "six"]
    var status: Int32 = 0
    /// What the lockfile has afterwards; nil: what it had.
    var pins: String?
    /// What the lockfile has as its command.
    var command: String?
    /// Standard error; nil: not looked at.
    var errors: String?
  }

  static let pinned = "boto3==1.17.5\nbotocore==1.20.5\nsix==1.15\nurllib3==1.26.3\n"
  static let updated = "boto3==1.17.5 botocore==1.20.5 six==1.16 urllib3==1.26.3"

  static let cases: [Case] = [
    Case(
      testDescription: "its header's command",
      files: [
        "deps.in": "six\nboto3\n",
        "requirements.txt": UpdateFixture.heading(
          "repin compile --no-annotate --output-file=requirements.txt --python-platform=linux --python-version=3.12 deps.in"
        )
          + pinned,
      ], removed: ["requirements.in"], pins: updated,
      command:
        "repin compile --no-annotate --output-file=requirements.txt --python-platform=linux --python-version=3.12 deps.in"
    ),
    Case(
      testDescription: "pip-compile's command, with quotes",
      files: [
        "my deps.in": "six\nboto3\n",
        "requirements.txt": UpdateFixture.heading(
          "pip-compile --strip-extras -o requirements.txt 'my deps.in'") + pinned,
      ], pins: updated,
      command:
        "repin compile --output-file=requirements.txt --python-platform=linux --python-version=3.12 --strip-extras 'my deps.in'"
    ),
    Case(
      testDescription: "configuration before the header",
      files: [
        "repin.toml": "[[compile]]\nsources = ['requirements.in']\noutput = 'requirements.txt'\n",
        "requirements.txt": UpdateFixture.heading("make lock") + pinned,
      ], pins: updated),
    Case(
      testDescription: "its name",
      files: ["base.in": "six\n", "base.txt": "six==1.15\n"], arguments: ["base.txt", "six"],
      errors: "  ~ six==1.16 (was 1.15): asked for\nwrote base.txt: 1 pin (TIME)\n"),
    Case(
      testDescription: "a command that isn't known",
      files: ["requirements.txt": UpdateFixture.heading("make lock; rm -rf .") + pinned], status: 2,
      errors: """
        error: requirements.txt:5: found the command `make lock; rm -rf .`: expected `repin compile …` or `pip-compile …`
        hint: say in `[[compile]]` of repin.toml what it is made from: `sources = […]`, `output = "requirements.txt"`

        """),
    Case(
      testDescription: "an option that isn't known",
      files: [
        "requirements.txt": UpdateFixture.heading("pip-compile --bogus requirements.in") + pinned
      ],
      status: 2,
      errors: """
        error: requirements.txt:5: found the command `pip-compile --bogus requirements.in`: Unknown option '--bogus'
        hint: say in `[[compile]]` of repin.toml what it is made from: `sources = […]`, `output = "requirements.txt"`

        """),
    Case(
      testDescription: "a command that was run elsewhere",
      files: [
        "app/requirements.in": "six\nboto3\n",
        "app/requirements.txt": UpdateFixture.heading("repin compile requirements.in") + pinned,
      ], arguments: ["app/requirements.txt", "six"], status: 2,
      errors: """
        error: app/requirements.txt:5: the command was run in `app`, where its paths begin
        hint: run `repin update` there

        """),
    Case(
      testDescription: "a command that writes another file",
      files: ["requirements.txt": UpdateFixture.heading("repin compile -o other.txt six.in") + pinned],
      status: 2,
      errors: """
        error: requirements.txt:5: the command writes `other.txt`, and not this file
        hint: say in `[[compile]]` of repin.toml what it is made from: `sources = […]`, `output = "requirements.txt"`

        """),
    Case(
      testDescription: "nothing tells", removed: ["requirements.in"], status: 2,
      errors: """
        error: nothing says what `requirements.txt` is made from: no `[[compile]]` writes it, no command is in its header, \
        and there is no `requirements.in`
        hint: say it in repin.toml: `[[compile]]`, `sources = ["requirements.in"]`, `output = "requirements.txt"`

        """),
    Case(
      testDescription: "another tool's lockfile",
      files: [
        "poetry.lock": "[[package]]\nname = \"six\"\nversion = \"1.15\"\n[metadata]\nlock-version = \"2.1\"\n"
      ],
      arguments: ["poetry.lock", "six"], status: 2,
      errors: """
        error: `poetry.lock`: found a lockfile of Poetry, expected one of `repin compile`: repin updates lockfiles that it \
        compiles
        hint: `poetry update` updates it

        """),
    Case(
      testDescription: "a lockfile that isn't there", arguments: ["other.txt", "six"], status: 2,
      errors: """
        error: the lockfile `other.txt` can't be read: no such file
        hint: compile it, or name another lockfile

        """),
    Case(
      testDescription: "a package that isn't pinned", arguments: ["urlib3"], status: 2,
      errors: """
        error: `requirements.txt` doesn't pin `urlib3`
        hint: did you mean `urllib3`?

        """),
    Case(
      testDescription: "a package twice", arguments: ["six", "six<2"], status: 2,
      errors: """
        error: `six` and `six<2` are the same package
        hint: give it once, with all its bounds: `'six>=2,<3'`

        """),
    Case(
      testDescription: "no package's name", arguments: ["six>="], status: 2),
    Case(
      testDescription: "an option of compiling", arguments: ["six", "-P", "six"], status: 2,
      errors:
        "error: `--upgrade-package` is for `repin compile`: `repin update` takes the names of lockfiles and of packages\n"
    ),
  ]

  @Test(arguments: cases) func `a lockfile is made as it was`(_ given: Case) async throws {
    let fixture = try await UpdateFixture.cloud()
    fixture.command.write(given.files)
    for name in given.removed { fixture.command.directory.remove(name) }
    let before = fixture.command.directory.text("requirements.txt")
    let outcome = try await fixture.command.run(["update"] + CommandFixture.target + given.arguments)
    #expect(outcome.status == given.status, Comment(rawValue: outcome.errors))
    if let errors = given.errors { #expect(outcome.errors == errors) }
    let after = fixture.command.directory.text("requirements.txt")
    if let pins = given.pins {
      #expect(fixture.pins() == pins, Comment(rawValue: outcome.errors))
    } else {
      #expect(after == before)
    }
    if let command = given.command {
      #expect(after?.contains("#    \(command)\n") == true, Comment(rawValue: after ?? ""))
    }
  }
}
