import IndexServer
import TestSupport
import Testing

/// Requirements on directories of this machine, editable ones too.
@Suite struct DirectoryTests {
  /// `skiff` and `raft`, whose `pyproject.toml` tells all.
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    for name in ["six", "colorama", "idna"] { fixture.server.serve(name, "1.0") }
    fixture.write(["skiff/pyproject.toml": Self.skiff, "raft/pyproject.toml": Self.raft])
    return fixture
  }

  static let skiff = """
    [project]
    name = "Skiff"
    version = "1.2"
    dependencies = ["six"]
    [project.optional-dependencies]
    lamp = ["colorama"]
    anchor = ["idna; python_version >= '3'", "gone; python_version < '3'"]
    """
  static let raft =
    "[project]\nname = \"raft\"\nversion = \"1\"\ndependencies = [\"idna @ ROOT/files/idna-1.0-py3-none-any.whl\"]\n"
  static let pinned = "six==1.0\n    # via skiff\nskiff @ file://DIR/skiff\n    # via -r requirements.in"
  static let editable = "-e ./skiff\n    # via -r requirements.in\nsix==1.0\n    # via skiff"

  static let cases: [CompileCase] = [
    CompileCase(testDescription: "a path", files: ["requirements.in": "./skiff\n"], pins: pinned),
    CompileCase(
      testDescription: "a path without a dot", files: ["requirements.in": "skiff/\n"], pins: pinned),
    CompileCase(testDescription: "an absolute path", files: ["requirements.in": "DIR/skiff\n"], pins: pinned),
    CompileCase(
      testDescription: "a file: URL", files: ["requirements.in": "file://DIR/skiff\n"], pins: pinned),
    CompileCase(
      testDescription: "a file: URL with a name", files: ["requirements.in": "skiff @ file://DIR/skiff\n"],
      pins: pinned),
    CompileCase(
      testDescription: "a path with extras", files: ["requirements.in": "./skiff[lamp,Anchor]\n"],
      pins: """
        colorama==1.0
            # via skiff
        idna==1.0
            # via skiff
        six==1.0
            # via skiff
        skiff[anchor,lamp] @ file://DIR/skiff
            # via -r requirements.in
        """),
    CompileCase(
      testDescription: "a path twice: the extras unite",
      files: ["requirements.in": "./skiff\n./skiff[lamp]\n"],
      arguments: ["--no-annotate"], pins: "colorama==1.0\nsix==1.0\nskiff[lamp] @ file://DIR/skiff"),
    CompileCase(
      testDescription: "the marker of a path",
      files: ["requirements.in": "./skiff ; python_version>='3.8'\n"],
      arguments: ["--no-annotate"], pins: "six==1.0\nskiff @ file://DIR/skiff ; python_version >= \"3.8\""),
    CompileCase(
      testDescription: "what a project wants from a URL", files: ["requirements.in": "./raft\n"],
      pins: """
        idna @ ROOT/files/idna-1.0-py3-none-any.whl
            # via raft
        raft @ file://DIR/raft
            # via -r requirements.in
        """),
    CompileCase(testDescription: "an editable", files: ["requirements.in": "-e ./skiff\n"], pins: editable),
    CompileCase(
      testDescription: "an editable, spelled out", files: ["requirements.in": "--editable=./skiff\n"],
      pins: editable),
    CompileCase(
      testDescription: "an editable with extras", files: ["requirements.in": "-e ./skiff[lamp]\n"],
      pins: """
        -e ./skiff[lamp]
            # via -r requirements.in
        colorama==1.0
            # via skiff
        six==1.0
            # via skiff
        """),
    CompileCase(
      testDescription: "the marker of an editable is passed over, as by pip",
      files: ["requirements.in": "-e ./skiff ; python_version>='3.8'\n"], arguments: ["--no-annotate"],
      pins: "-e ./skiff\nsix==1.0",
      errors: """
        warning: requirements.in:1:12: `; python_version>='3.8'` is ignored, as pip does
        wrote requirements.txt: 2 pins (TIME)

        """),
    CompileCase(
      testDescription: "an editable by a file: URL",
      files: ["requirements.in": "-e file://DIR/skiff#egg=skiff\n"],
      arguments: ["--no-annotate"], pins: "-e file://DIR/skiff#egg=skiff\nsix==1.0"),
    CompileCase(
      testDescription: "an editable here",
      files: ["pyproject.toml": skiff, "requirements.in": "-e .[lamp]\n"],
      arguments: ["--no-annotate"], pins: "-e .[lamp]\ncolorama==1.0\nsix==1.0"),
    CompileCase(
      testDescription: "editables come first",
      files: ["requirements.in": "colorama\n-e ./skiff\n-e ./raft\n"],
      arguments: ["--no-annotate"],
      pins: "-e ./raft\n-e ./skiff\ncolorama==1.0\nidna @ ROOT/files/idna-1.0-py3-none-any.whl\nsix==1.0"),
    CompileCase(
      testDescription: "an editable and its twin", files: ["requirements.in": "./skiff\n-e ./skiff\n"],
      pins: editable),
    CompileCase(
      testDescription: "an editable and its name", files: ["requirements.in": "-e ./skiff\nskiff>=1\n"],
      pins: editable),
    CompileCase(
      testDescription: "an editable and its name out of range",
      files: ["requirements.in": "-e ./skiff\nskiff>=2\n"], status: 1),
    CompileCase(
      testDescription: "an editable of two files",
      files: ["base.in": "-e ./skiff\n", "requirements.in": "-r base.in\n-e ./skiff\n"],
      pins: """
        -e ./skiff
            # via
            #   -r base.in
            #   -r requirements.in
        six==1.0
            # via skiff
        """),
    CompileCase(
      testDescription: "an editable of the lockfile again",
      files: [
        "requirements.in": "-e ./skiff\n",
        "requirements.txt": "-e ./skiff\n    # via -r requirements.in\nsix==1.0\n",
      ], pins: editable),
    CompileCase(
      testDescription: "a directory that isn't there", files: ["requirements.in": "six\n./gone\n"], status: 2),
    CompileCase(
      testDescription: "an editable that isn't there", files: ["requirements.in": "-e ./gone\n"], status: 2),
    CompileCase(
      testDescription: "a directory that is no project",
      files: ["requirements.in": "./bare\n", "bare/readme.txt": ""], status: 2),
    CompileCase(
      testDescription: "an editable that is no project",
      files: ["requirements.in": "-e ./bare[lamp]\n", "bare/setup.cfg": "[metadata]\nname = bare\n"],
      status: 2,
      errors: """
        error: requirements.in:1:4: found the directory `./bare`, expected a directory with a `pyproject.toml` or a `setup.py`

        """),
    CompileCase(
      testDescription: "an editable by a file: URL that is no project",
      files: ["requirements.in": "-e file://DIR/bare#egg=bare\n", "bare/readme.txt": ""], status: 2,
      says: ["is no Python project: it has neither `pyproject.toml` nor `setup.py`; nothing was written\n"]),
    CompileCase(
      testDescription: "a file: URL with a name that is no project",
      files: ["requirements.in": "bare @ file://DIR/bare\n", "bare/readme.txt": ""], status: 2,
      says: [
        "DIR/bare is no Python project: it has neither `pyproject.toml` nor `setup.py`; nothing was written\n"
      ]),
    CompileCase(
      testDescription: "a directory of another project",
      files: ["requirements.in": "raft @ file://DIR/skiff\n"], status: 2,
      errors: """
        error: requirements.in:1:1: `file://DIR/skiff`: the metadata of file://DIR/skiff says Name `Skiff`, \
        expected `raft`; nothing was written

        """),
    CompileCase(
      testDescription: "a project that only a build knows, and nothing to build with",
      files: [
        "requirements.in": "./bark\n",
        "bark/pyproject.toml": "[project]\nname = \"bark\"\nversion = \"1\"\ndynamic = [\"dependencies\"]\n",
      ], status: 2),
    CompileCase(
      testDescription: "a project's table that can't be read",
      files: ["requirements.in": "./bark\n", "bark/pyproject.toml": "[project\n"], status: 2),
  ]

  @Test(arguments: cases) func compiles(_ given: CompileCase) async throws {
    try await fixture().expect(given)
  }

  @Test(arguments: ["./skiff", "-e ./skiff"])
  func `a directory has no hash, and the lockfile says so`(_ line: String) async throws {
    let fixture = try await fixture()
    fixture.directory.write("requirements.in", "\(line)\n")
    let outcome = try await fixture.compile("--generate-hashes", "--no-header", "--no-emit-index-url")
    let entry = line.hasPrefix("-e") ? line : "skiff @ file://\(fixture.directory.path)/skiff"
    #expect(
      outcome
        == .init(
          status: 0, output: "",
          errors: """
            warning: skiff has no hash, and pip will want one since others have
            wrote requirements.txt: 2 pins (TIME)

            """))
    let unhashable = """
      # WARNING: pip install will require the following package to be hashed.
      # Consider using a hashable URL like https://github.com/jazzband/pip-tools/archive/SOMECOMMIT.zip
      \(entry)
          # via -r requirements.in

      """
    let six = """
      six==1.0 \\
          --hash=sha256:\(ServedFile.sha256(ServedFile.wheel("six", "1.0").bytes))
          # via skiff

      """
    #expect(
      fixture.directory.text("requirements.txt")
        == (line.hasPrefix("-e") ? unhashable + six : six + unhashable))
  }

  @Test func `a project that changed is read anew`() async throws {
    let fixture = try await fixture()
    fixture.directory.write("requirements.in", "-e ./skiff\n")
    _ = try await fixture.compile("--no-annotate")
    fixture.directory.write("skiff/pyproject.toml", Self.skiff.replacing("[\"six\"]", with: "[\"idna\"]"))
    let outcome = try await fixture.compile("--no-annotate")
    #expect(outcome.errors == "  + idna==1.0\n  - six==1.0\nwrote requirements.txt: 2 pins (TIME)\n")
    #expect(fixture.pins() == "-e ./skiff\nidna==1.0")
  }
}
