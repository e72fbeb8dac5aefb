import IndexServer
import TestSupport
import Testing

/// Source distributions: what their own files tell, else what a build of them tells.
@Suite(
  .serialized,
  .enabled("there is no python3 with `venv` on PATH, and builds need one") {
    await SystemPrograms.python.value != nil
  })
struct SourceBuildTests {
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    for name in ["six", "idna"] { fixture.server.serve(name, "1.0") }
    fixture.directory.write("requirements.in", "skiff\n")
    fixture.directory.write("requirements.txt", "skiff==0.9\n")
    return fixture
  }

  private func python() async throws -> String { try #require(await SystemPrograms.python.value) }

  /// Compiles for the Python that builds.
  private func compile(_ fixture: CommandFixture, _ arguments: String...) async throws
    -> CommandFixture.Outcome
  {
    try await fixture.run(["compile", "--python", try await python()] + arguments)
  }

  static let built = "six==1.0\n    # via skiff\nskiff==1.0\n    # via -r requirements.in"
  static let saysBuild = "building skiff-1.0.tar.gz: only its own code tells what it needs\n"

  struct Told: CustomTestStringConvertible {
    let testDescription: String
    let file: ServedFile
    let isBuilt: Bool
  }

  static let told: [Told] = [
    Told(
      testDescription: "PKG-INFO tells all",
      file: .source(
        "skiff", "1.0",
        files: [
          "PKG-INFO": ServedFile.packageInformation(
            "skiff", "1.0", requires: ["six"], dynamic: ["Description"]),
          "pyproject.toml": BuildableSource.system, "backend.py": BuildableSource.backend(),
        ]), isBuilt: false),
    Told(
      testDescription: "PKG-INFO says that it doesn't",
      file: .source(
        "skiff", "1.0",
        files: [
          "PKG-INFO": ServedFile.packageInformation(
            "skiff", "1.0", requires: ["idna"], dynamic: ["Requires-Dist"]),
          "pyproject.toml": BuildableSource.system, "backend.py": BuildableSource.backend(),
        ]), isBuilt: true),
    Told(
      testDescription: "PKG-INFO is from before that could be told",
      file: .source(
        "skiff", "1.0",
        files: [
          "PKG-INFO": "Metadata-Version: 2.1\nName: skiff\nVersion: 1.0\nRequires-Dist: idna\n",
          "pyproject.toml": BuildableSource.system, "backend.py": BuildableSource.backend(),
        ]), isBuilt: true),
    Told(
      testDescription: "pyproject.toml tells all",
      file: .source(
        "skiff", "1.0",
        files: [
          "pyproject.toml":
            "\(BuildableSource.system)[project]\nname = \"skiff\"\nversion = \"1.0\"\ndependencies = [\"six\"]\n",
          "backend.py": BuildableSource.backend(),
        ]), isBuilt: false),
    Told(
      testDescription: "pyproject.toml tells all but the version",
      file: .source(
        "skiff", "1.0",
        files: [
          "pyproject.toml":
            "\(BuildableSource.system)[project]\nname = \"skiff\"\ndynamic = [\"version\"]\ndependencies = [\"six\"]\n",
          "backend.py": BuildableSource.backend(),
        ]), isBuilt: false),
    Told(
      testDescription: "pyproject.toml says that it doesn't",
      file: .source(
        "skiff", "1.0",
        files: [
          "pyproject.toml":
            "\(BuildableSource.system)[project]\nname = \"skiff\"\nversion = \"1.0\"\ndynamic = [\"dependencies\"]\n",
          "backend.py": BuildableSource.backend(),
        ]), isBuilt: true),
    Told(testDescription: "nothing tells", file: BuildableSource.archive(), isBuilt: true),
  ]

  @Test(arguments: told) func `a build only where nothing else tells, and once`(_ told: Told) async throws {
    let fixture = try await fixture()
    fixture.server.add(told.file, to: "skiff")
    fixture.directory.remove("requirements.txt")
    let outcome = try await compile(fixture)
    #expect(
      outcome
        == .init(
          status: 0, output: "",
          errors: (told.isBuilt ? Self.saysBuild : "") + "wrote requirements.txt: 2 pins (TIME)\n"))
    #expect(fixture.pins() == Self.built)
    #expect(fixture.directory.text("builds.log") == (told.isBuilt ? "built\n" : nil))
    let again = try await compile(fixture)
    #expect(again == .init(status: 0, output: "", errors: "unchanged requirements.txt: 2 pins (TIME)\n"))
    #expect(fixture.directory.text("builds.log") == (told.isBuilt ? "built\n" : nil))
  }

  struct Formats: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var input = "skiff\n"
    /// Without annotations; nil: the requirements can't be met.
    let pins: String?
    let isBuilt: Bool
  }

  static let formats: [Formats] = [
    Formats(testDescription: "as usual", pins: "six==1.0\nskiff==1.0", isBuilt: true),
    Formats(
      testDescription: "--no-build passes over to a release that has a wheel",
      arguments: ["--no-build", "Skiff"],
      pins: "idna==1.0\nskiff==0.5", isBuilt: false),
    Formats(
      testDescription: "--no-build of everything", arguments: ["--no-build", ":all:"],
      pins: "idna==1.0\nskiff==0.5",
      isBuilt: false),
    Formats(
      testDescription: "--no-build of something else", arguments: ["--no-build", "six"],
      pins: "six==1.0\nskiff==1.0",
      isBuilt: true),
    Formats(
      testDescription: "--no-build where there is no other", arguments: ["--no-build", "skiff"],
      input: "skiff>=1\n",
      pins: nil, isBuilt: false),
    Formats(
      testDescription: "--only-binary", arguments: ["--only-binary", "skiff"],
      pins: "--only-binary skiff\nidna==1.0\nskiff==0.5", isBuilt: false),
    Formats(
      testDescription: "--only-binary in the input", input: "--only-binary :all:\nskiff\n",
      pins: "--only-binary :all:\nidna==1.0\nskiff==0.5", isBuilt: false),
    Formats(
      testDescription: "--only-binary where there is no other", arguments: ["--only-binary", ":all:"],
      input: "skiff>=1\n", pins: nil, isBuilt: false),
    Formats(
      testDescription: "--no-binary: the wheel may still tell", arguments: ["--no-binary", "skiff"],
      input: "skiff<1\n",
      pins: "--no-binary skiff\nidna==1.0\nskiff==0.5", isBuilt: false),
    Formats(
      testDescription: "--no-binary leaves out what has only wheels", arguments: ["--no-binary", "skiff"],
      input: "skiff<0.5\n", pins: nil, isBuilt: false),
    Formats(
      testDescription: "--no-binary in the input", input: "--no-binary=skiff\nskiff\n",
      pins: "--no-binary skiff\nsix==1.0\nskiff==1.0", isBuilt: true),
    Formats(
      testDescription: "--only-binary of everything but some, whichever comes first",
      arguments: ["--only-binary", ":all:", "--no-binary", "skiff"],
      pins: "--only-binary :all:\n--no-binary skiff\nsix==1.0\nskiff==1.0", isBuilt: true),
    Formats(
      testDescription: "--no-binary of everything but some",
      arguments: ["--no-binary", ":all:", "--only-binary", "six,idna"],
      pins: "--no-binary :all:\n--only-binary idna\n--only-binary six\nsix==1.0\nskiff==1.0", isBuilt: true),
    Formats(
      testDescription: "both of one package: the later",
      arguments: ["--only-binary", "skiff", "--no-binary=Skiff"],
      pins: "--no-binary skiff\nsix==1.0\nskiff==1.0", isBuilt: true),
    Formats(
      testDescription: "--no-binary where there is no other", arguments: ["--no-binary", "six"],
      input: "six\n",
      pins: nil, isBuilt: false),
  ]

  @Test(arguments: formats) func `which kinds of distribution are taken`(_ formats: Formats) async throws {
    let fixture = try await fixture()
    fixture.server.serve("skiff", "0.4")
    fixture.server.serve("skiff", "0.5", requires: ["idna"])
    fixture.server.add(BuildableSource.archive("0.5"), to: "skiff")
    fixture.server.add(BuildableSource.archive("1.0"), to: "skiff")
    fixture.directory.write("requirements.in", formats.input)
    fixture.directory.remove("requirements.txt")
    let arguments = ["compile", "--no-annotate", "--python", try await python()] + formats.arguments
    let outcome = try await fixture.run(arguments)
    #expect(outcome.status == (formats.pins == nil ? 1 : 0), Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == formats.pins)
    #expect((fixture.directory.text("builds.log") != nil) == formats.isBuilt)
  }

  struct Forbidden: CustomTestStringConvertible {
    let testDescription: String
    let input: String
    let arguments: [String]
  }

  @Test(arguments: [
    Forbidden(
      testDescription: "an archive by URL", input: "skiff @ ROOT/files/skiff-1.0.tar.gz\n",
      arguments: ["--no-build", "skiff"]),
    Forbidden(
      testDescription: "an archive by URL, and no build of anything", input: "ROOT/files/skiff-1.0.tar.gz\n",
      arguments: ["--no-build", ":all:"]),
    Forbidden(
      testDescription: "a directory", input: "skiff @ file://DIR/tree\n", arguments: ["--no-build", "skiff"]),
    Forbidden(testDescription: "an editable", input: "-e ./tree\n", arguments: ["--no-build", ":all:"]),
    Forbidden(
      testDescription: "the project itself", input: "",
      arguments: ["--no-build", ":all:", "tree/pyproject.toml"]),
  ])
  func `--no-build runs nothing, wherever it comes from`(_ forbidden: Forbidden) async throws {
    let fixture = try await fixture()
    fixture.server.add(BuildableSource.archive(), to: "skiff")
    let project = "[project]\nname = \"skiff\"\nversion = \"1.0\"\ndynamic = [\"dependencies\"]\n"
    fixture.write([
      "tree/pyproject.toml": BuildableSource.system + project, "tree/backend.py": BuildableSource.backend(),
      "requirements.in": forbidden.input,
    ])
    let arguments =
      ["compile", "--python", try await python(), "-o", "requirements.txt"] + forbidden.arguments
    let outcome = try await fixture.run(arguments)
    #expect(outcome.status == 2, Comment(rawValue: outcome.errors))
    #expect(outcome.errors.contains("hint: leave out `--no-build`"), Comment(rawValue: outcome.errors))
    #expect(fixture.directory.text("builds.log") == nil)
    #expect(fixture.directory.text("requirements.txt") == "skiff==0.9\n")
  }

  @Test func `a file of --find-links is built once, and anew when it changed`() async throws {
    let fixture = try await fixture()
    fixture.write(BuildableSource.archive(), in: "wheels")
    for _ in 0..<2 {
      let outcome = try await compile(fixture, "-q", "-f", "wheels")
      #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    }
    #expect(fixture.directory.text("builds.log") == "built\n")
    fixture.write(BuildableSource.archive(body: "print('anew')"), in: "wheels")
    for _ in 0..<2 { #expect(try await compile(fixture, "-q", "-f", "wheels").status == 0) }
    #expect(fixture.directory.text("builds.log") == "built\nbuilt\n")
  }

  struct Secure: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
  }

  @Test(arguments: [
    Secure(testDescription: "--cert", arguments: ["--cert", "authority.pem"]),
    Secure(
      testDescription: "--cert and --client-cert",
      arguments: ["--cert", "./authority.pem", "--client-cert", "client.pem"]),
    Secure(testDescription: "PIP_CERT", environment: ["PIP_CERT": "authority.pem"]),
    Secure(testDescription: "SSL_CERT_FILE", environment: ["SSL_CERT_FILE": "authority.pem"]),
    Secure(
      testDescription: "the configuration",
      files: ["pyproject.toml": "[tool.repin]\ncert = \"authority.pem\"\n"]),
    Secure(
      testDescription: "--cert and variables with other authorities",
      arguments: ["--cert", "DIR/authority.pem"],
      environment: [
        "REQUESTS_CA_BUNDLE": "DIR/client.pem", "CURL_CA_BUNDLE": "DIR/client.pem",
        "SSL_CERT_FILE": "DIR/client.pem",
      ]),
    Secure(
      testDescription: "PIP_CERT and a variable with other authorities",
      environment: ["PIP_CERT": "DIR/authority.pem", "REQUESTS_CA_BUNDLE": "DIR/client.pem"]),
  ])
  func `a build's pip trusts whom the command trusts`(_ secure: Secure) async throws {
    var fixture = try await CommandFixture(
      identity: secure.testDescription.contains("--client-cert")
        ? TestIdentity.demanding : TestIdentity.server)
    for name in ["six", "idna"] { fixture.server.serve(name, "1.0") }
    fixture.server.add(
      .source(
        "skiff", "1.0",
        files: [
          "pyproject.toml": BuildableSource.system.replacing("[]", with: "[\"idna\"]"),
          "backend.py": BuildableSource.backend(),
        ]), to: "skiff")
    fixture.write(secure.files)
    fixture.directory.write("requirements.in", "skiff\n")
    fixture.directory.write("authority.pem", TestIdentity.certificate)
    fixture.directory.write("client.pem", TestIdentity.client)
    fixture.environment = secure.environment.mapValues { [fixture] in fixture.filled($0) }
    let outcome = try await fixture.run(
      ["compile", "--python", try await python(), "requirements.in", "--no-annotate"]
        + secure.arguments.map { fixture.filled($0) })
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == "six==1.0\nskiff==1.0")
  }

  @Test func `a directory is built each time, an archive by URL once`() async throws {
    let fixture = try await fixture()
    fixture.server.add(BuildableSource.archive(), to: "skiff")
    fixture.write([
      "tree/pyproject.toml": BuildableSource.system, "tree/backend.py": BuildableSource.backend(),
    ])
    fixture.directory.write("requirements.in", fixture.filled("skiff @ ROOT/files/skiff-1.0.tar.gz\n"))
    for _ in 0..<2 { #expect(try await compile(fixture, "-q").status == 0) }
    #expect(fixture.directory.text("builds.log") == "built\n")
    fixture.directory.write("requirements.in", "-e ./tree\n")
    for _ in 0..<2 { #expect(try await compile(fixture, "-q", "--no-annotate").status == 0) }
    #expect(fixture.directory.text("builds.log") == "built\nbuilt\nbuilt\n")
    #expect(fixture.pins() == "-e ./tree\nsix==1.0")
  }
}
