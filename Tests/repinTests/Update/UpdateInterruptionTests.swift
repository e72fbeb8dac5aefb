import IndexServer
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// That nothing is lost where an update doesn't come to its end.
@Suite struct UpdateInterruptionTests {
  @Test(.timeLimit(.minutes(5)), arguments: [[], ["urllib3"]])
  func `an interrupt ends with 130 and leaves the lockfile`(words: [String]) async throws {
    let fixture = try await UpdateFixture.cloud()
    let before = fixture.command.directory.text("requirements.txt")
    fixture.command.server.fail("/simple/boto3/", .silence)
    let result = try await Subprocess.run(
      .path(FilePath(CommandFixture.binary)),
      arguments: Arguments(
        ["update", "--index-url", fixture.command.url, "--advisories-source", "none"] + CommandFixture.target
          + words),
      environment: .custom([
        "HOME": fixture.command.directory.path, "PATH": fixture.command.directory.file("empty"),
      ]),
      workingDirectory: FilePath(fixture.command.directory.path), input: .none, output: .discarded,
      error: .string(limit: 1 << 16)
    ) { execution in
      while fixture.command.server.requestCount("/simple/boto3/") == 0 { await Task.yield() }
      try execution.send(signal: .interrupt)
    }
    #expect(result.terminationStatus == .exited(130))
    #expect(fixture.command.directory.text("requirements.txt") == before)
    #expect(fixture.command.directory.names().filter { $0.hasPrefix(".requirements") } == [])
  }
}
