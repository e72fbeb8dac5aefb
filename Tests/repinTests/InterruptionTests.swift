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
      error: .string(limit: 1 << 16)
    ) { execution in
      while fixture.server.requests.isEmpty { await Task.yield() }
      try execution.send(signal: .interrupt)
    }
    #expect(result.terminationStatus == .exited(130))
    #expect(result.standardError == "interrupted; nothing was written\n")
    #expect(fixture.directory.text("requirements.txt") == "a==0.9\n")
    #expect(fixture.directory.names().filter { $0.hasPrefix(".requirements") } == [])
  }

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      (Signal.interrupt, TerminationStatus.exited(130)), (.terminate, .signaled(15)),
      (.terminalClosed, .signaled(1)),
    ])
  func `what was fetched before an interrupt isn't fetched again`(
    signal: Signal, status: TerminationStatus
  ) async throws {
    let fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0", requires: ["b"])
    fixture.server.serve("b", "1.0")
    fixture.server.fail("/simple/b/", .silence)
    fixture.directory.write("requirements.in", "a\n")
    let result = try await Subprocess.run(
      .path(FilePath(CommandFixture.binary)),
      arguments: Arguments(["compile", "--index-url", fixture.url] + CommandFixture.target),
      environment: .custom(["HOME": fixture.directory.path, "PATH": fixture.directory.file("empty")]),
      workingDirectory: FilePath(fixture.directory.path), input: .none, output: .discarded,
      error: .discarded
    ) { execution in
      // It is asked for once the page and the metadata of `a` are there.
      while fixture.server.requestCount("/simple/b/") == 0 { await Task.yield() }
      try execution.send(signal: signal)
    }
    #expect(result.terminationStatus == status)
    #expect(fixture.server.requestCount("/simple/a/") == 1)
    fixture.server.forgetRequests()
    let outcome = try await fixture.compile()
    #expect(
      outcome == .init(status: 0, output: "", errors: "wrote requirements.txt: 2 pins (TIME)\n"))
    #expect(fixture.server.requests.map(\.path).filter { !$0.contains("b") } == [])
  }

  @Test(
    .enabled("builds need a python3 with `venv`") { await SystemPrograms.python.value != nil },
    .timeLimit(.minutes(5)), arguments: [Signal.interrupt, .terminate, .kill])
  func `nothing of a build outlasts the run`(signal: Signal) async throws {
    let fixture = try await CommandFixture()
    fixture.server.serve("six", "1.0")
    let stray = """
      import subprocess, sys, time
      code = "import os, time; open('stray.new', 'w').write(str(os.getpid())); os.rename('stray.new', 'stray'); time.sleep(500)"
      subprocess.Popen([sys.executable, "-c", code], start_new_session=True, cwd=os.path.expanduser("~"))
      time.sleep(500)
      """
    fixture.server.add(BuildableSource.archive(body: stray), to: "skiff")
    fixture.directory.write("requirements.in", "skiff\n")
    fixture.directory.makeDirectory("temporary")
    let python = try #require(await SystemPrograms.python.value)
    _ = try await Subprocess.run(
      .path(FilePath(CommandFixture.binary)),
      arguments: ["compile", "--index-url", fixture.url, "--python", python],
      environment: .custom([
        "HOME": fixture.directory.path, "PATH": "/usr/bin:/bin",
        "TMPDIR": fixture.directory.file("temporary"),
      ]),
      workingDirectory: FilePath(fixture.directory.path), input: .none, output: .discarded,
      error: .discarded
    ) { execution in
      while fixture.directory.text("stray") == nil { await Task.yield() }
      try execution.send(signal: signal)
    }
    let process = try #require(fixture.directory.text("stray").flatMap { Int32($0) })
    while kill(process, 0) == 0, !isDead(process) { await Task.yield() }
    while !fixture.directory.names(in: "temporary").isEmpty { await Task.yield() }
    #expect(fixture.directory.text("requirements.txt") == nil)
  }

  /// Whether a process is dead and only not yet waited for by its parent.
  private func isDead(_ process: Int32) -> Bool {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return true }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = fread(&buffer, 1, buffer.count, file)
    // pid (name) state …
    let state = String(decoding: buffer[..<count], as: UTF8.self).split(separator: ") ").last?.first
    return state == "Z" || state == "X"
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
