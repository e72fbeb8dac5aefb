import TestSupport
import Testing

/// What `repin update` doesn't do, whatever it is asked for.
@Suite struct UpdateSafetyTests {
  /// `lib` has a problem up to 1.1, and `app` needs it below that since 1.0; before, it needed none.
  private func fixture(requirements: String = "app\n") async throws -> UpdateFixture {
    var fixture = try await UpdateFixture()
    fixture.command.serve(advisories: [WrittenAdvisory(id: "PYSEC-1", introduced: "1.0", fixed: "1.1")])
    for version in ["0.9", "1.0", "1.1"] { fixture.serve("lib", version) }
    fixture.serve("app", "0.1")
    fixture.serve("app", "1.0", requires: ["lib>=1,<1.1"])
    fixture.command.write([
      "requirements.in": requirements, "requirements.txt": "app==1.0\nlib==1.0\n",
    ])
    return fixture
  }

  @Test(arguments: [[], ["lib"], ["lib==1.1"], ["--all"], ["--max", "minor"]])
  func `nothing goes back for the sake of another pin`(_ words: [String]) async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.command.run(["update"] + CommandFixture.target + words)
    #expect(fixture.pins() == "app==1.0 lib==1.0", "\(outcome.errors)")
    #expect(outcome.status == (words == ["--all"] ? 0 : 1), "\(outcome.errors)")
    #expect(
      outcome.errors.contains("blocked: lib 1.0 → 1.1 is held by app 1.0 (lib<1.1,>=1)"), "\(outcome.errors)")
  }

  @Test func `what is affected may go back itself, and to no pre-release`() async throws {
    let fixture = try await fixture(requirements: "lib<1.1\n")
    fixture.serve("lib", "1.0rc1")
    fixture.command.write(["requirements.txt": "lib==1.0\n"])
    let outcome = try await fixture.update()
    #expect(outcome.status == 0 && fixture.pins() == "lib==0.9", "\(outcome.errors)")
    #expect(outcome.errors.contains("a downgrade, there is no other way"))
  }

  @Test(arguments: ["update", "check"])
  func `a program that a lockfile names isn't run`(_ name: String) async throws {
    let fixture = try await fixture()
    fixture.command.directory.write("evil.sh", "#!/bin/sh\ntouch ran\n")
    fixture.command.directory.write("mark.sh", "chmod +x evil.sh\n")
    #expect(try await fixture.command.shell("mark.sh") == 0)
    let heading = UpdateFixture.heading("repin compile --python=./evil.sh requirements.in")
    fixture.command.write(["requirements.txt": heading + "app==1.0\nlib==1.0\n"])
    _ = try await fixture.command.run([name] + CommandFixture.target + ["requirements.txt"])
    #expect(!fixture.command.directory.names().contains("ran"))
  }

  @Test(arguments: ["lib>=1\n", "app==1.0\nlib>=1\n", "app==\n"])
  func `a lockfile that can't be read whole is refused`(_ text: String) async throws {
    let fixture = try await fixture()
    fixture.command.write(["requirements.txt": text])
    let outcome = try await fixture.update()
    #expect(outcome.status == 2 && outcome.errors.contains("requirements.txt:"), "\(outcome)")
    #expect(fixture.command.directory.text("requirements.txt") == text)
  }

  /// A file size limit that the second of two lockfiles exceeds.
  @Test func `of a set all are written, or none`() async throws {
    var fixture = try await fixture(requirements: "lib\n")
    let names = (10..<60).map { "package-\($0)" }
    for name in names { fixture.serve(name, "1.0") }
    fixture.command.write([
      "requirements.txt": "lib==1.0\n",
      "dev.in": "-c requirements.txt\nlib\n\(names.joined(separator: "\n"))\n",
      "dev.txt": "lib==1.0\n\(names.map { "\($0)==1.0\n" }.joined())",
      "repin.toml":
        "[[compile]]\nsources = ['requirements.in']\noutput = 'requirements.txt'\n[[compile]]\nsources = ['dev.in']\noutput = 'dev.txt'\n",
    ])
    let before = fixture.command.directory.text("dev.txt")
    _ = try await fixture.command.run(["advisories", "sync", "-q"])
    // Blocks of 512 bytes.
    fixture.command.prelude = "ulimit -f 2"
    let outcome = try await fixture.update("lib", "--no-history", "--no-cache", "--advisories-source", "none")
    #expect(outcome.status == 2 && outcome.errors.contains("can't write `dev.txt`"), "\(outcome)")
    #expect(fixture.command.directory.text("requirements.txt") == "lib==1.0\n")
    #expect(fixture.command.directory.text("dev.txt") == before)
  }

  @Test func `what can't be shown isn't a success`() async throws {
    var fixture = try await fixture(requirements: "lib\n")
    fixture.command.write(["requirements.txt": "lib==1.0\n"])
    fixture.command.prelude = "exec > /dev/full"
    #expect(try await fixture.update("--format", "json").status == 3)
  }
}
