import IndexServer
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What the pip of a build is told, and what of it makes a build another.
@Suite(
  .serialized,
  .enabled("there is no python3 with `venv` on PATH, and builds need one") {
    await SystemPrograms.python.value != nil
  })
struct BuildSettingTests {
  /// An index that has `skiff` as a source distribution whose build needs `oars`, and a Python whose pip installs nothing
  /// and writes down its configuration, as `told.conf`.
  ///
  /// - Parameter end: What that pip does at last, in Python.
  private func fixture(
    pip version: String = "26.0", end: String = ""
  ) async throws -> (CommandFixture, python: String) {
    let fixture = try await CommandFixture()
    var archive = ServedFile.source(
      "skiff", "1.0",
      files: [
        "pyproject.toml": BuildableSource.system.replacing("[]", with: "[\"oars\"]"),
        "backend.py": BuildableSource.backend(),
      ])
    archive.uploadTime = "2024-01-01T00:00:00Z"
    fixture.server.add(archive, to: "skiff")
    fixture.server.serve("six", "1.0", uploadTime: "2024-01-01T00:00:00Z")
    fixture.directory.write("requirements.in", "skiff\n")
    _ = try await Subprocess.run(
      .path(FilePath(try #require(await SystemPrograms.python.value))),
      arguments: ["-m", "venv", "--without-pip", fixture.directory.file("python")], output: .discarded)
    let library = try #require(
      fixture.directory.names(in: "python/lib").first { $0.hasPrefix("python") })
    let packages = "python/lib/\(library)/site-packages"
    fixture.write([
      "\(packages)/pip/__init__.py": "__version__ = \"\(version)\"\n",
      "\(packages)/pip/__pip-runner__.py": """
      import os, shutil
      shutil.copy(os.environ["PIP_CONFIG_FILE"], os.path.expanduser("~/told.conf"))
      bounds = os.path.join(os.path.dirname(os.environ["PIP_CONFIG_FILE"]), "constraints.txt")
      if os.path.exists(bounds):
          print(open(bounds).read(), file=open(os.path.expanduser("~/told.conf"), "a"))
      for name in sorted(os.environ):
          if name.startswith("PIP_") and name != "PIP_CONFIG_FILE":
              print(name, os.environ[name], file=open(os.path.expanduser("~/told.conf"), "a"))
      \(end)

      """,
    ])
    return (fixture, fixture.directory.file("python/bin/python"))
  }

  /// What the pip of a build was told last, options with a value alone, each once.
  private func told(_ fixture: CommandFixture) -> [String] {
    var lines: [String] = []
    for line in (fixture.directory.text("told.conf") ?? "").split(separator: "\n").map(String.init)
    where !line.hasPrefix("[") && !line.hasSuffix(" = ") && !lines.contains(line) {
      lines.append(line)
    }
    return lines
  }

  struct Cutoff: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    /// Nil: nothing is said.
    let told: String?
  }

  @Test(arguments: [
    Cutoff(testDescription: "none", told: nil),
    Cutoff(
      testDescription: "--exclude-newer, the end of a day", arguments: ["--exclude-newer", "2024-08-01"],
      told: "2024-08-02T00:00:00+00:00"),
    Cutoff(
      testDescription: "--exclude-newer, a moment",
      arguments: ["--exclude-newer", "2024-08-01T12:30:00.5+02:00"],
      told: "2024-08-01T10:30:00.500+00:00"),
    Cutoff(
      testDescription: "--uploaded-prior-to, the start of a day",
      arguments: ["--uploaded-prior-to", "2024-08-01"], told: "2024-08-01T00:00:00+00:00"),
    Cutoff(
      testDescription: "by a variable", environment: ["REPIN_EXCLUDE_NEWER": "2024-08-01"],
      told: "2024-08-02T00:00:00+00:00"),
    Cutoff(
      testDescription: "a variable of pip's has less to say",
      arguments: ["--exclude-newer", "2024-08-01"], environment: ["PIP_UPLOADED_PRIOR_TO": "2025-01-01"],
      told: "2024-08-02T00:00:00+00:00"),
    Cutoff(
      testDescription: "one package's own is not for pip",
      arguments: ["--exclude-newer-package", "six=2024-08-01"], told: nil),
  ])
  func `a build's pip is told the cutoff`(_ cutoff: Cutoff) async throws {
    var (fixture, python) = try await fixture()
    fixture.environment = cutoff.environment
    let outcome = try await fixture.run(["compile", "-q", "--python", python] + cutoff.arguments)
    #expect(outcome == .init(status: 0, output: "", errors: ""))
    let found = told(fixture).filter { $0.lowercased().contains("prior") }
    #expect(found == (cutoff.told.map { ["uploaded-prior-to = \($0)"] } ?? []))
  }

  struct Rebuilt: CustomTestStringConvertible {
    let testDescription: String
    var pip = "26.0"
    var first: [String] = []
    let second: [String]
    let isRebuilt: Bool
  }

  @Test(arguments: [
    Rebuilt(testDescription: "no cutoff", second: [], isRebuilt: false),
    Rebuilt(
      testDescription: "a cutoff, then none", first: ["--exclude-newer", "2024-08-01"], second: [],
      isRebuilt: true),
    Rebuilt(
      testDescription: "none, then a cutoff", second: ["--exclude-newer", "2024-08-01"], isRebuilt: true),
    Rebuilt(
      testDescription: "the same moment, said in another way", first: ["--exclude-newer", "2024-08-01"],
      second: ["--uploaded-prior-to", "2024-08-02T00:00:00Z"], isRebuilt: false),
    Rebuilt(
      testDescription: "another moment", first: ["--exclude-newer", "2024-08-01"],
      second: ["--exclude-newer", "2024-08-02"], isRebuilt: true),
    Rebuilt(
      testDescription: "as long before a later run", first: ["--exclude-newer", "7 days"],
      second: ["--exclude-newer", "P7D"], isRebuilt: false),
    Rebuilt(
      testDescription: "longer before", first: ["--exclude-newer", "7 days"],
      second: ["--exclude-newer", "8 days"], isRebuilt: true),
    Rebuilt(
      testDescription: "a pip that doesn't keep to it", pip: "25.3",
      first: ["--exclude-newer", "2024-08-01"],
      second: ["--exclude-newer", "2024-08-01"], isRebuilt: true),
    Rebuilt(
      testDescription: "other kinds of distribution", first: ["--only-binary", "oars"], second: [],
      isRebuilt: true),
    Rebuilt(
      testDescription: "the same kinds of distribution, said in another way",
      first: ["--only-binary", "oars"], second: ["--no-build", "oars"], isRebuilt: false),
    Rebuilt(
      testDescription: "the same pip without a cutoff", pip: "25.3", second: [], isRebuilt: false),
  ])
  func `a build under one cutoff doesn't stand for one under another`(_ rebuilt: Rebuilt) async throws {
    let (fixture, python) = try await fixture(pip: rebuilt.pip)
    for arguments in [rebuilt.first, rebuilt.second] {
      let outcome = try await fixture.run(["compile", "-q", "--python", python] + arguments)
      #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    }
    #expect(fixture.directory.text("builds.log") == (rebuilt.isRebuilt ? "built\nbuilt\n" : "built\n"))
  }

  @Test func `a pip that knows no cutoff is named`() async throws {
    let (fixture, python) = try await fixture(pip: "25.3")
    let outcome = try await fixture.run(["compile", "--python", python, "--exclude-newer", "2024-08-01"])
    #expect(
      outcome
        == .init(
          status: 0, output: "",
          errors: """
            building skiff-1.0.tar.gz: only its own code tells what it needs
            warning: what builds need is installed without the cutoff: the pip of `DIR/python/bin/python` is 25.3, and \
            26.0 is the first that knows one
            hint: upgrade it (`DIR/python/bin/python -m pip install --upgrade pip`), or name another Python by `--python`
            wrote requirements.txt: 2 pins (TIME)

            """))
  }

  struct Told: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    /// What pip is told beside the index, the certificates' names and how patient it is.
    let told: [String]
  }

  @Test(arguments: [
    Told(testDescription: "nothing", told: []),
    Told(
      testDescription: "--only-binary", arguments: ["--only-binary", "Oars,six"],
      told: ["only-binary = oars,six"]),
    Told(testDescription: "--no-binary", arguments: ["--no-binary", "oars"], told: ["no-binary = oars"]),
    Told(
      testDescription: "all but some, whichever comes first",
      arguments: ["--only-binary", "six", "--no-binary", ":all:"],
      told: ["no-binary = :all:", "only-binary = six"]),
    Told(
      testDescription: "a variable, and an option that says more",
      arguments: ["--only-binary", "six"], environment: ["PIP_ONLY_BINARY": "oars"],
      told: ["only-binary = oars,six"]),
    Told(
      testDescription: "what may not be built isn't built to build something else",
      arguments: ["--no-build", "oars"], told: ["only-binary = oars"]),
    Told(
      testDescription: "nothing that may not be built takes nothing from what must be a wheel",
      arguments: ["--only-binary", "oars", "--no-build", ":none:"], told: ["only-binary = oars"]),
    Told(
      testDescription: "what may not be built after all",
      arguments: ["--only-binary", "oars", "--no-build", "six,:none:"], told: ["only-binary = oars"]),
    Told(
      testDescription: "what may neither be a wheel nor be built is left out",
      arguments: ["--no-binary", "oars,hull", "--no-build", "oars"],
      told: ["only-binary = oars", "no-binary = hull", "oars<0.dev0"]),
    Told(
      testDescription: "what may not be built where nothing may be a wheel",
      arguments: ["--no-binary", ":all:", "--only-binary", "six", "--no-build", "oars"],
      told: ["no-binary = :all:", "only-binary = oars,six", "oars<0.dev0"]),
  ])
  func `a build's pip takes the kinds of distribution that may be taken`(_ told: Told) async throws {
    var (fixture, python) = try await fixture()
    fixture.environment = told.environment
    let outcome = try await fixture.run(["compile", "-q", "--python", python] + told.arguments)
    #expect(outcome == .init(status: 0, output: "", errors: ""))
    #expect(
      self.told(fixture).filter { $0.lowercased().contains("binary") || $0.contains("<") } == told.told)
  }

  struct Unmet: CustomTestStringConvertible {
    let testDescription: String
    var input = "skiff\n"
    var arguments: [String] = []
    var hints: [String] = []
  }

  static let usualHint =
    "`--only-binary NAME` passes over releases that have no wheel, `--python` names another Python to build with"

  @Test(arguments: [
    Unmet(testDescription: "no limits"),
    Unmet(
      testDescription: "a cutoff", arguments: ["--exclude-newer", "2024-08-01"],
      hints: [
        "the cutoff holds for what builds need too, and pip takes nothing of an index that tells no upload times: move it, "
          + "or put what is needed into a directory of `--find-links`"
      ]),
    Unmet(
      testDescription: "wheels alone", arguments: ["--only-binary", "oars"],
      hints: ["`--only-binary`, `--no-binary` and `--no-build` hold for what builds need too"]),
    Unmet(
      testDescription: "offline", input: "./tree\n", arguments: ["--offline"],
      hints: [
        "what builds need isn't cached: leave out `--offline`, or put it into a directory of `--find-links`"
      ]),
  ])
  func `where what a build needs can't be installed, it is said what may be in the way`(
    _ unmet: Unmet
  ) async throws {
    let (fixture, python) = try await fixture(
      end: "raise SystemExit('ERROR: no matching distribution of oars')")
    fixture.write([
      "tree/pyproject.toml": BuildableSource.system.replacing("[]", with: "[\"oars\"]"),
      "tree/backend.py": BuildableSource.backend(), "requirements.in": unmet.input,
    ])
    let outcome = try await fixture.run(["compile", "-q", "--python", python] + unmet.arguments)
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("  | ERROR: no matching distribution of oars\n"))
    let hints = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("hint: ") }.map {
      $0.dropFirst(6)
    }
    #expect(hints.map(String.init) == unmet.hints + [Self.usualHint])
  }

  @Test func `offline, a build asks no index`() async throws {
    let (fixture, python) = try await fixture()
    #expect(try await fixture.run(["compile", "-q", "--python", python, "-U"]).status == 0)
    fixture.write([
      "tree/pyproject.toml": BuildableSource.system.replacing("[]", with: "[\"oars\"]"),
      "tree/backend.py": BuildableSource.backend(), "requirements.in": "./tree\n",
    ])
    fixture.directory.makeDirectory("links")
    let outcome = try await fixture.run([
      "compile", "-q", "--python", python, "--offline", "-f", "links", "-f",
      fixture.filled("ROOT/links/oars-1.0.zip"),
    ])
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(
      told(fixture).filter { $0.contains("index") || $0.contains("links") }.map { line in
        line.replacing(fixture.directory.path, with: "DIR")
      } == ["find-links = file://DIR/links", "no-index = true"])
  }
}
