import Glibc
import IndexServer
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// That nothing is lost when a run doesn't come to its end.
@Suite struct InterruptionTests {
  @Test(.timeLimit(.minutes(5)))
  func `an interrupt ends with 130 and leaves the lockfile`() async throws {
    let fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.server.fail("/simple/a/", .silence)
    fixture.directory.write("requirements.in", "a\n")
    fixture.directory.write("requirements.txt", "a==0.9\n")
    let arguments = ["compile", "--index-url", fixture.url] + CommandFixture.target
    let result = try await Subprocess.run(
      .path(FilePath(CommandFixture.binary)), arguments: Arguments(arguments),
      environment: .custom(["HOME": fixture.directory.path, "PATH": fixture.directory.file("empty")]),
      workingDirectory: FilePath(fixture.directory.path), input: .none, output: .discarded,
      error: .discarded
    ) { execution in
      while fixture.server.requests.isEmpty { await Task.yield() }
      try execution.send(signal: .interrupt)
    }
    #expect(result.terminationStatus == .exited(130))
    #expect(fixture.directory.text("requirements.txt") == "a==0.9\n")
    #expect(fixture.directory.names().filter { $0.hasPrefix(".requirements") } == [])
  }

  @Test func `a lockfile that can't be written stays, and is named`() async throws {
    let fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    let outcome = try await fixture.compile("-o", "/proc/requirements.txt")
    #expect(
      outcome
        == .init(
          status: 2, output: "",
          errors: "error: can't write `/proc/requirements.txt`: no such file; nothing was changed\n"))
    #expect(fixture.directory.names() == [".cache", "empty", "requirements.in"])
  }
}
