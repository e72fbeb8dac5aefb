import IndexServer
import TestSupport
import Testing

/// Builds that fail or hang, and archives that are out for harm.
@Suite(
  .serialized,
  .enabled("there is no python3 with `venv` on PATH, and builds need one") {
    await SystemPrograms.python.value != nil
  })
struct SourceBuildFailureTests {
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    fixture.server.serve("six", "1.0")
    fixture.directory.write("requirements.in", "skiff\n")
    fixture.directory.write("requirements.txt", "skiff==0.9\n")
    return fixture
  }

  /// Compiles for the Python that builds.
  private func compile(_ fixture: CommandFixture, _ arguments: String...) async throws
    -> CommandFixture.Outcome
  {
    let python = try #require(await SystemPrograms.python.value)
    return try await fixture.run(["compile", "--python", python] + arguments)
  }

  @Test func `a build that fails shows its end, and its log is kept`() async throws {
    let fixture = try await fixture()
    fixture.server.add(
      BuildableSource.archive(
        body: """
          for number in range(1000):
              print("step", number)
          raise SystemExit("no compiler \\x1b[31mhere")
          """), to: "skiff")
    let outcome = try await compile(fixture)
    #expect(outcome.status == 3)
    let lines = outcome.errors.split(separator: "\n").map(String.init)
    #expect(lines.first == String(SourceBuildTests.saysBuild.dropLast()))
    #expect(
      lines.dropFirst().first?.hasPrefix(
        "error: building skiff-1.0.tar.gz failed while running `prepare_metadata_for_build_wheel`: no compiler "
      ) == true)
    #expect(lines.contains("  | step 999"))
    #expect(!lines.contains("  | step 1"))
    #expect(!outcome.errors.contains("\u{1b}"))
    let log = lines.first { $0.hasPrefix("  all of it is in ") }?.dropFirst("  all of it is in DIR/".count)
    let text = try #require(log.flatMap { fixture.directory.text(String($0)) })
    #expect(text.contains("step 1\n"))
    #expect(fixture.directory.text("requirements.txt") == "skiff==0.9\n")
  }

  /// The file is as it should be; what fails is outside of it.
  @Test func `a build of a file of find-links fails as any other`() async throws {
    let fixture = try await fixture()
    fixture.write(BuildableSource.archive(body: "raise SystemExit('no compiler')"), in: "links")
    let outcome = try await compile(fixture, "--find-links", "links")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("error: building skiff-1.0.tar.gz failed"))
    #expect(fixture.directory.text("requirements.txt") == "skiff==0.9\n")
  }

  @Test(.timeLimit(.minutes(3))) func `a build that hangs is ended`() async throws {
    let fixture = try await fixture()
    fixture.server.add(
      BuildableSource.archive(body: "print('waiting', flush=True)\nimport time\ntime.sleep(600)"), to: "skiff"
    )
    let outcome = try await compile(fixture, "--build-timeout", "2")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("error: building skiff-1.0.tar.gz was not done within 2.0 seconds"))
    #expect(outcome.errors.contains("  | waiting\n"))
    #expect(outcome.errors.contains("  all of it is in DIR/"))
    #expect(outcome.errors.hasSuffix("hint: `--build-timeout` says how long a build may take\n"))
    #expect(fixture.directory.text("requirements.txt") == "skiff==0.9\n")
  }

  struct Hostile: CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout TarWriter) -> Void
    let says: String
  }

  @Test(arguments: [
    Hostile(
      testDescription: "a path that leads out", change: { $0.add("skiff-1.0/../../evil.py", "") },
      says: "leads out of the archive"),
    Hostile(
      testDescription: "an absolute path", change: { $0.add("/tmp/repin-evil.py", "") },
      says: "has an absolute path"),
    Hostile(
      testDescription: "a symbolic link",
      change: { $0.add("skiff-1.0/link", kind: .symbolicLink, target: "/etc") }, says: "is a symbolic link"),
    Hostile(
      testDescription: "a hard link",
      change: { $0.add("skiff-1.0/link", kind: .hardLink, target: "/etc/passwd") },
      says: "is a hard link"),
    Hostile(
      testDescription: "a device", change: { $0.add("skiff-1.0/null", kind: .characterDevice) },
      says: "is a character device"),
  ])
  func `a hostile archive isn't unpacked, and its code isn't run`(_ hostile: Hostile) async throws {
    let fixture = try await fixture()
    var archive = TarWriter()
    archive.add("skiff-1.0/pyproject.toml", BuildableSource.system)
    archive.add("skiff-1.0/backend.py", BuildableSource.backend())
    hostile.change(&archive)
    fixture.server.add(.source("skiff", "1.0", archive: archive), to: "skiff")
    let outcome = try await compile(fixture)
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains(hostile.says), Comment(rawValue: outcome.errors))
    #expect(fixture.directory.text("builds.log") == nil)
    #expect(fixture.directory.text("requirements.txt") == "skiff==0.9\n")
  }

  struct Machine: CustomTestStringConvertible {
    let testDescription: String
    /// Run by the shell before the command.
    var prelude = ":"
    var temporary = "temporary"
    let says: String
  }

  @Test(arguments: [
    Machine(
      testDescription: "no room for a file", prelude: "ulimit -f 200",
      says: "skiff-1.0.tar.gz can't be unpacked: file too large"),
    Machine(
      testDescription: "no directory", temporary: "gone",
      says: "can't make a temporary directory: no such file or directory"),
  ])
  func `a machine that can't unpack ends the run, and nothing older is pinned`(_ machine: Machine)
    async throws
  {
    var fixture = try await fixture()
    fixture.server.serve("skiff", "0.9")
    fixture.directory.remove("requirements.txt")
    fixture.directory.makeDirectory("temporary")
    var archive = TarWriter()
    archive.add("skiff-1.0/pyproject.toml", BuildableSource.system)
    archive.add("skiff-1.0/backend.py", BuildableSource.backend())
    archive.add("skiff-1.0/large", [UInt8](repeating: 120, count: 1 << 20))
    fixture.server.add(.source("skiff", "1.0", archive: archive), to: "skiff")
    fixture.environment["TMPDIR"] = fixture.directory.file(machine.temporary)
    fixture.prelude = machine.prelude
    let outcome = try await compile(fixture, "--no-cache")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains(machine.says), Comment(rawValue: outcome.errors))
    #expect(outcome.errors.contains("; nothing was written\n"), Comment(rawValue: outcome.errors))
    #expect(fixture.directory.text("requirements.txt") == nil)
    #expect(fixture.directory.names(in: "temporary").isEmpty)
  }

  @Test func `an archive that is no project is passed over, and the reason is said`() async throws {
    let fixture = try await fixture()
    fixture.directory.remove("requirements.txt")
    fixture.server.add(.source("skiff", "1.0", files: ["readme.txt": "nothing"]), to: "skiff")
    let outcome = try await compile(fixture)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "skiff-1.0.tar.gz is no Python project: it has neither `pyproject.toml` nor `setup.py`"),
      Comment(rawValue: outcome.errors))
    #expect(!outcome.errors.contains("UNKNOWN"))
  }

  @Test func `without a cache, a log is kept in a new directory of its own`() async throws {
    var fixture = try await fixture()
    fixture.directory.makeDirectory("temporary")
    fixture.environment["TMPDIR"] = fixture.directory.file("temporary")
    fixture.server.add(BuildableSource.archive(body: "raise SystemExit('no compiler')"), to: "skiff")
    for count in 1...2 {
      let outcome = try await compile(fixture, "--no-cache")
      #expect(outcome.status == 3)
      let names = fixture.directory.names(in: "temporary")
      #expect(names.count == count && names.allSatisfy { $0.hasPrefix("repin-log-") })
      #expect(names.allSatisfy { permissions(fixture.directory.file("temporary/\($0)")) == 0o700 })
      #expect(
        names.contains { outcome.errors.contains("  all of it is in DIR/temporary/\($0)/skiff-1.0.tar.gz-") },
        Comment(rawValue: outcome.errors))
    }
  }

  @Test func `links that stay in the tree are no reason to take an older release`() async throws {
    let fixture = try await fixture()
    fixture.server.serve("skiff", "0.9")
    fixture.directory.remove("requirements.txt")
    var archive = TarWriter()
    archive.add("skiff-1.0/pyproject.toml", BuildableSource.system)
    archive.add("skiff-1.0/docs/backend.py", BuildableSource.backend())
    archive.add("skiff-1.0/backend.py", kind: .symbolicLink, target: "docs/backend.py")
    fixture.server.add(.source("skiff", "1.0", archive: archive), to: "skiff")
    let outcome = try await compile(fixture)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == SourceBuildTests.built)
  }
}
