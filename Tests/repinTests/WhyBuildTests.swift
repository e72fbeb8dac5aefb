import IndexServer
import TestSupport
import Testing

/// How often `repin why` builds a local project.
@Suite(
  .serialized,
  .enabled("there is no python3 with `venv` on PATH, and builds need one") {
    await SystemPrograms.python.value != nil
  })
struct WhyBuildTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var requirements = ""
    /// Further sources.
    var sources: [String] = []
  }

  /// The lockfile `dev.txt` builds on `base.txt`: it is asked about as it is, and as it would be once that one moves.
  static let cases: [Case] = [
    Case(testDescription: "a requirement", requirements: "./tree\n"),
    Case(testDescription: "an editable", requirements: "-e ./tree\n"),
    Case(testDescription: "a source", requirements: "six\n", sources: ["'tree/setup.cfg'"]),
  ]

  @Test(arguments: cases) func `a project is built once`(_ given: Case) async throws {
    let python = try #require(await SystemPrograms.python.value)
    let fixture = try await CommandFixture()
    for version in ["1.0", "2.0"] { fixture.server.serve("six", version) }
    let sources = (["'dev.in'"] + given.sources).joined(separator: ", ")
    fixture.write([
      "tree/pyproject.toml": BuildableSource.system, "tree/backend.py": BuildableSource.backend(),
      "tree/setup.cfg": "", "base.in": "six\n", "base.txt": "six==1.0\n", "dev.in": given.requirements,
      "dev.txt": "six==1.0\n",
      "repin.toml":
        "[[compile]]\nsources = ['base.in']\noutput = 'base.txt'\n"
        + "[[compile]]\nsources = [\(sources)]\noutput = 'dev.txt'\nconstraint = ['base.txt']\n",
    ])
    let outcome = try await fixture.run(["why", "six>=2", "--python", python])
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(outcome.output.contains("dev.txt can have six==2.0"), Comment(rawValue: outcome.output))
    #expect(fixture.directory.text("builds.log") == "built\n")
  }
}
