import Glibc
import PackageIndex
import PythonPackaging
import Subprocess
import TestSupport
import Testing

/// That nothing of a build outlives it.
@Suite(.timeLimit(.minutes(2))) struct BuildEndTests {
  /// A backend that starts three processes, which note their numbers in the tree, and goes on to `rest`: one that
  /// does as it is told, one that doesn't, and one that leaves for a session of its own.
  static func backend(_ rest: String) -> String {
    SourceBuilderTests.prepare + """
      import signal, subprocess, sys, time
      def start(name, code, **options):
          return subprocess.Popen([sys.executable, "-c", "import signal, time\\n" + code + '''
      open("%s.new", "w").write(str(__import__("os").getpid()))
      __import__("os").rename("%s.new", "%s")
      time.sleep(500)
      ''' % (name, name, name)], **options)
      start("obedient", "")
      start("stubborn", "signal.signal(signal.SIGTERM, signal.SIG_IGN)")
      start("stray", "signal.signal(signal.SIGTERM, signal.SIG_IGN)", start_new_session=True)
      while not all(os.path.exists(name) for name in ("obedient", "stubborn", "stray")): time.sleep(0.01)
      print("all started", flush=True)
      \(rest)

      """
  }

  static let group = ["obedient", "stubborn"]

  @Test func `a build that hangs is ended at its limit, with all that it started`() async throws {
    var fixture = try await BuildFixture(
      Self.backend("def wait_for_ever(): time.sleep(500)\nwait_for_ever()"))
    // Long enough for the backend to come to where it hangs, on a machine that does much else: the log tells where it was
    // at half the time.
    fixture.configuration.timeLimit = .seconds(40)
    fixture.configuration.isIsolated = false
    let error = await fixture.failure()
    #expect(
      fixture.text(of: error) == """
        building demo 1.0 was not done within 40.0 seconds, while running `prepare_metadata_for_build_wheel`
        """)
    for name in Self.group + ["stray"] {
      await BuildFixture.waitForEnd(of: try #require(fixture.process(name)))
    }
    #expect(fixture.isClean)
    let log = try #require(fixture.log(of: error))
    #expect(log.contains("all started"))
    // Where it hangs.
    #expect(log.contains("in wait_for_ever"), Comment(rawValue: log))
  }

  @Test func `a build that never stops writing is ended at its limit`() async throws {
    var fixture = try await BuildFixture(
      """
      import os, signal
      signal.signal(signal.SIGTERM, signal.SIG_IGN)
      open("writer", "w").write(str(os.getpid()))
      while True: os.write(1, b"y" * 65536)
      """)
    fixture.configuration.timeLimit = .seconds(5)
    fixture.configuration.isIsolated = false
    guard case .timedOut = await fixture.failure() else {
      Issue.record("no time limit")
      return
    }
    await BuildFixture.waitForEnd(of: try #require(fixture.process("writer")))
    #expect(fixture.isClean)
  }

  @Test func `a process that never stops writing doesn't keep a build from its end`() async throws {
    var fixture = try await BuildFixture(
      SourceBuilderTests.prepare + """
        if os.fork() == 0:
            open("writer", "w").write(str(os.getpid()))
            while True: os.write(1, b"y" * 65536)
        while not os.path.exists("writer"): pass
        """)
    fixture.configuration.timeLimit = .seconds(5)
    fixture.configuration.isIsolated = false
    // Where it writes faster than it is read, it is read up to the limit.
    let error = await fixture.failure()
    if let error, case .timedOut = error {} else { #expect(error == nil) }
    await BuildFixture.waitForEnd(of: try #require(fixture.process("writer")))
    #expect(fixture.isClean)
  }

  @Test func `a cancelled build is ended, with all that it started`() async throws {
    let fixture = try await BuildFixture(Self.backend("time.sleep(500)"))
    let build = Task { await fixture.failure() }
    for name in Self.group + ["stray"] {
      while fixture.process(name) == nil { await Task.yield() }
    }
    build.cancel()
    guard case .cancelled = await build.value else {
      Issue.record("not cancelled")
      return
    }
    for name in Self.group + ["stray"] {
      await BuildFixture.waitForEnd(of: try #require(fixture.process(name)))
    }
    #expect(fixture.isClean)
    #expect(fixture.directory.names(in: "logs").isEmpty)
  }

  @Test func `what a build leaves running is ended with it`() async throws {
    var fixture = try await BuildFixture(Self.backend(""))
    // So that one hook alone is called, and each process is started once.
    fixture.configuration.isIsolated = false
    #expect(try await fixture.metadata() == "Name: demo\n")
    for name in Self.group { await BuildFixture.waitForEnd(of: try #require(fixture.process(name))) }
    #expect(fixture.isClean)
    // A server that is meant to stay leaves its session.
    #expect(kill(try #require(fixture.process("stray")), SIGKILL) == 0)
  }

  @Test func `a cancelled task starts nothing`() async throws {
    let fixture = try await BuildFixture("open('ran', 'w')")
    let build = Task {
      while !Task.isCancelled { await Task.yield() }
      return await fixture.failure()
    }
    build.cancel()
    guard case .cancelled = await build.value else {
      Issue.record("not cancelled")
      return
    }
    #expect(fixture.directory.names(in: "tree") == ["_build"])
    #expect(fixture.isClean)
  }
}
