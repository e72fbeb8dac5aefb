import Glibc
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import PackageIndex

@Suite("How git is run, and how it ends")
struct BoundedProcessTests {
  @Test("A server that never answers", arguments: ["http", "https", "git"])
  func silent(_ transport: String) async throws {
    let fixture = GitFixture()
    let socket = try LoopbackSocket()
    var client = fixture.client
    client.timeLimits.query = .milliseconds(300)
    let url = try GitURL("git+\(transport)://127.0.0.1:\(socket.port)/x")
    let error = await fixture.error { _ = try await client.commit(of: url) }
    #expect(error == .timedOut(url: url.redacted, limit: .milliseconds(300)))
    #expect(await LoopbackSocket.ends(socket.client()))
  }

  @Test("A cancelled task ends git", arguments: ["http", "git"])
  func cancelled(_ transport: String) async throws {
    let fixture = GitFixture()
    let socket = try LoopbackSocket()
    let url = try GitURL("git+\(transport)://127.0.0.1:\(socket.port)/x")
    let task = Task { await fixture.error { _ = try await fixture.client.commit(of: url) } }
    let connection = await socket.client()
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(await LoopbackSocket.ends(connection))
  }

  // MARK: SSH

  /// A program in place of ssh that writes down what it is given.
  private func writeSSH(_ fixture: GitFixture, _ name: String, then rest: String) {
    fixture.directory.write(
      name, "#!/bin/sh\necho \"\(name) $*\" >> \(fixture.directory.file("log"))\n\(rest)\n", mode: 0o755)
  }

  /// What git asks ssh to run is run here.
  private static let serving = "for command; do :; done; exec sh -c \"$command\""

  struct Choice: Sendable, CustomTestStringConvertible {
    let name: String
    var variables: [String: String] = [:]
    var configuration = ""
    /// The beginning of what is run.
    let started: String
    var testDescription: String { name }
  }

  static let choices: [Choice] = [
    Choice(name: "by default", started: "ssh -oBatchMode=yes "),
    Choice(name: "GIT_SSH_COMMAND", variables: ["GIT_SSH_COMMAND": "DIR/own -x"], started: "own -x "),
    Choice(name: "GIT_SSH", variables: ["GIT_SSH": "DIR/own", "GIT_SSH_VARIANT": "ssh"], started: "own "),
    Choice(name: "core.sshCommand", configuration: "[core]\nsshCommand = DIR/own -y\n", started: "own -y "),
  ]

  @Test("Which ssh is used, and what it is given", arguments: choices)
  func ssh(_ example: Choice) async throws {
    let fixture = GitFixture()
    try await fixture.makeRepository("source")
    let commit = try await fixture.commit("source", ["a": "1"])
    writeSSH(fixture, "ssh", then: Self.serving)
    writeSSH(fixture, "own", then: Self.serving)
    func filled(_ text: String) -> String { text.replacing("DIR", with: fixture.directory.path) }
    fixture.directory.write("gitconfig", filled(example.configuration))
    var client = fixture.client
    client.environment["PATH"] = "\(fixture.directory.path):\(GitFixture.path)"
    client.environment["GIT_CONFIG_GLOBAL"] = fixture.directory.file("gitconfig")
    for (name, value) in example.variables { client.environment[name] = filled(value) }
    let url = try GitURL("git+ssh://git:secret@host.example\(fixture.directory.file("source"))@main")
    #expect(try await client.commit(of: url) == commit)
    try await client.checkOut(commit, of: url, into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/a") == "1")
    let lines = (fixture.directory.text("log") ?? "").split(separator: "\n")
    #expect(lines.count >= 2)
    for line in lines {
      #expect(line.hasPrefix(example.started))
      #expect(line.contains(" git@host.example"))
      #expect(!line.contains("secret"))
    }
  }

  @Test("An account that isn't let in")
  func deniedSSH() async throws {
    let fixture = GitFixture()
    writeSSH(fixture, "own", then: "echo 'git@host.example: Permission denied (publickey).' >&2; exit 255")
    var client = fixture.client
    client.environment["GIT_SSH_COMMAND"] = fixture.directory.file("own")
    let url = try GitURL("git+ssh://git@host.example/x")
    #expect(
      await fixture.error { _ = try await client.commit(of: url) }
        == .authentication(url: "ssh://git@host.example/x"))
  }

  @Test("What git has started ends with it, even what doesn't want to")
  func stubborn() async throws {
    let fixture = GitFixture()
    let pipe = fixture.directory.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    writeSSH(
      fixture, "own", then: "trap '' TERM HUP; exec 3> \(pipe); echo here >&3; while :; do sleep 1000; done")
    var client = fixture.client
    client.environment["GIT_SSH_COMMAND"] = fixture.directory.file("own")
    client.timeLimits.query = .milliseconds(500)
    let url = try GitURL("git+ssh://git@host.example/x")
    let error = await fixture.error { _ = try await client.commit(of: url) }
    #expect(error == .timedOut(url: url.redacted, limit: .milliseconds(500)))
    #expect(fixture.directory.text("log") != nil)
    #expect(await LoopbackSocket.ends(reader))
  }

  @Test("Git doesn't outlive the process that started it")
  func abandoned() async throws {
    let fixture = GitFixture()
    let pipe = fixture.directory.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    fixture.directory.write(
      "git", "#!/bin/sh\ntrap '' TERM HUP\nexec 3> \(pipe)\necho here >&3\nwhile :; do sleep 1000; done\n",
      mode: 0o755)
    let process = BoundedProcess(
      executable: fixture.directory.file("git"), arguments: [], environment: fixture.environment,
      directory: fixture.directory.path, limit: .seconds(60))
    let watch = try FileDescriptor.pipe(options: .closeOnExec)
    var options = PlatformOptions()
    options.createSession = true
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: Arguments(process.shellArguments), environment: .inherit,
      platformOptions: options, input: .fileDescriptor(watch.readEnd, closeAfterSpawningProcess: true),
      output: .discarded, error: .discarded
    ) { _ in
      #expect(await LoopbackSocket.says("here", on: reader))
      // As the system does when this process ends.
      try watch.writeEnd.close()
    }
    #expect(result.terminationStatus == .signaled(SIGKILL))
    #expect(await LoopbackSocket.ends(reader))
  }

  @Test("An answer without end")
  func flood() async throws {
    let fixture = GitFixture()
    fixture.directory.write("git", "#!/bin/sh\nwhile :; do echo 0123456789; done\n", mode: 0o755)
    var client = fixture.client
    client.executable = fixture.directory.file("git")
    let url = try GitURL("git+ssh://git@host.example/x")
    let error = await fixture.error { _ = try await client.commit(of: url) }
    #expect(error == .unreachable(url: url.redacted, reason: "its answer is longer than 1048576 bytes"))
  }

  @Test("Only the end of what is said on the way is kept")
  func chatter() async throws {
    let fixture = GitFixture()
    let script = """
      #!/bin/sh
      test "$1" = config && exit 1
      i=0
      while test $i -lt 20000; do echo "line $i" >&2; i=$((i+1)); done
      exit 128
      """
    fixture.directory.write("git", script, mode: 0o755)
    var client = fixture.client
    client.executable = fixture.directory.file("git")
    let url = try GitURL("git+ssh://git@host.example/x")
    let error = await fixture.error { _ = try await client.commit(of: url) }
    #expect(error == .failed(command: "ls-remote", reason: "line 19997; line 19998; line 19999"))
  }
}
