import IndexServer
import TestSupport
import Testing

/// What building a project needs, asked of its backend: `--build-deps-for`, `--all-build-deps`, `--only-build-deps`.
@Suite(
  .serialized,
  .enabled("there is no python3 with `venv` on PATH, and builds need one") {
    await SystemPrograms.python.value != nil
  })
struct BuildDependenciesTests {
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    for name in ["six", "idna", "click", "colorama"] {
      fixture.server.serve(name, "1.0")
      fixture.server.serve(name, "2.0")
    }
    fixture.write(["pyproject.toml": Self.project, "backend.py": Self.backend])
    return fixture
  }

  static let project = """
    [build-system]
    requires = []
    build-backend = "backend"
    backend-path = ["."]
    [project]
    name = "My.Skiff"
    version = "1.2"
    dependencies = ["six"]
    [project.optional-dependencies]
    lamp = ["colorama"]
    """
  static let backend = """
    def get_requires_for_build_wheel(settings=None):
        return ["click", "idna>=1"]

    def get_requires_for_build_sdist(settings=None):
        return ["idna<2"]

    def get_requires_for_build_editable(settings=None):
        return ["six<2"]
    """

  static let cases: [CompileCase] = [
    CompileCase(
      testDescription: "for a wheel", arguments: ["--build-deps-for", "wheel"],
      pins: """
        click==2.0
            # via My.Skiff (pyproject.toml::build-system.backend::wheel)
        idna==2.0
            # via My.Skiff (pyproject.toml::build-system.backend::wheel)
        six==2.0
            # via My.Skiff (pyproject.toml)
        """,
      errors:
        "building pyproject.toml: only its own code tells what it needs\nwrote requirements.txt: 3 pins (TIME)\n"
    ),
    CompileCase(
      testDescription: "for two",
      arguments: ["--build-deps-for", "sdist", "--build-deps-for=editable", "--no-annotate"],
      pins: "idna==1.0\nsix==1.0"),
    CompileCase(
      testDescription: "for all, and with all extras", arguments: ["--all-build-deps", "--all-extras"],
      pins: """
        click==2.0
            # via My.Skiff (pyproject.toml::build-system.backend::wheel)
        colorama==2.0
            # via My.Skiff (pyproject.toml)
        idna==1.0
            # via
            #   My.Skiff (pyproject.toml::build-system.backend::sdist)
            #   My.Skiff (pyproject.toml::build-system.backend::wheel)
        six==1.0
            # via
            #   My.Skiff (pyproject.toml)
            #   My.Skiff (pyproject.toml::build-system.backend::editable)
        """),
    CompileCase(
      testDescription: "and nothing else",
      arguments: ["--only-build-deps", "--build-deps-for", "wheel", "--no-annotate"],
      pins: "click==2.0\nidna==2.0"),
    CompileCase(
      testDescription: "of a project elsewhere",
      files: ["app/pyproject.toml": project, "app/backend.py": backend],
      arguments: ["--only-build-deps", "--build-deps-for=sdist", "app/pyproject.toml"],
      pins: "idna==1.0\n    # via My.Skiff (app/pyproject.toml::build-system.backend::sdist)",
      output: "app/requirements.txt"),
    CompileCase(
      testDescription: "for what there is no build of", arguments: ["--build-deps-for", "egg"], status: 2),
    CompileCase(
      testDescription: "for one and for all", arguments: ["--build-deps-for", "wheel", "--all-build-deps"],
      status: 2),
    CompileCase(testDescription: "only, and of nothing", arguments: ["--only-build-deps"], status: 2),
    CompileCase(
      testDescription: "only, and an extra",
      arguments: ["--only-build-deps", "--all-build-deps", "--extra", "lamp"],
      status: 2),
    CompileCase(
      testDescription: "of requirements", files: ["requirements.in": "six\n"],
      arguments: ["--all-build-deps", "requirements.in"], status: 2,
      errors: """
        error: `requirements.in` has no build requirements: it is no project
        hint: compile a pyproject.toml, a setup.cfg or a setup.py

        """),
    CompileCase(
      testDescription: "of a backend that fails",
      files: [
        "backend.py": "def get_requires_for_build_wheel(settings=None):\n    raise SystemExit('no luck')\n"
      ],
      arguments: ["--build-deps-for", "wheel"], status: 3),
  ]

  @Test(arguments: cases) func compiles(_ given: CompileCase) async throws {
    let python = try #require(await SystemPrograms.python.value)
    try await fixture().expect(given, target: ["--python", python])
  }

  @Test func `a project that only a build knows`() async throws {
    let fixture = try await fixture()
    let python = try #require(await SystemPrograms.python.value)
    fixture.write([
      "pyproject.toml": Self.project.replacing(
        "dependencies = [\"six\"]", with: "dynamic = [\"dependencies\"]"),
      "backend.py": """
      import os

      def prepare_metadata_for_build_wheel(directory, settings=None):
          folder = os.path.join(directory, "my_skiff-1.2.dist-info")
          os.mkdir(folder)
          with open(os.path.join(folder, "METADATA"), "w") as file:
              file.write("Metadata-Version: 2.1\\nName: My.Skiff\\nVersion: 1.2\\nRequires-Dist: idna<2\\n"
                         "Provides-Extra: lamp\\nRequires-Dist: click; extra == 'lamp'\\n")
          return os.path.basename(folder)
      """,
    ])
    let outcome = try await fixture.run(["compile", "--python", python, "--extra", "lamp", "pyproject.toml"])
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(
      fixture.pins() == """
        click==2.0
            # via My.Skiff (pyproject.toml)
        idna==1.0
            # via My.Skiff (pyproject.toml)
        """)
  }
}
