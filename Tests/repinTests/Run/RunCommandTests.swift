import TestSupport
import Testing

@Suite("repin run")
struct RunCommandTests {
  private static let flaw = WrittenAdvisory(id: "PYSEC-2025-1", fixed: "1.1")
  private static let slightFlaw = WrittenAdvisory(id: "PYSEC-2025-2", fixed: "1.1", score: "5.3")

  @Test("The first run builds, and the next one has nothing to do and says nothing")
  func silence() async throws {
    let fixture = try await RunFixture()
    let first = try await fixture.run()
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("nothing was rebuilt yet"), "\(first.errors)")
    #expect(fixture.rebuilds == ["never-built; ; lib==1.0"])
    let second = try await fixture.run()
    #expect(second == .init(status: 0, output: "", errors: ""))
    #expect(fixture.rebuilds.count == 1)
    #expect(fixture.left("title.txt") == nil)
  }

  @Test("What is due now is updated and rebuilt at once, with its texts")
  func dueNow() async throws {
    var fixture = try await RunFixture()
    _ = try await fixture.run()
    fixture.serve(advisories: Self.flaw)
    let outcome = try await fixture.run()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(fixture.update.pins() == "lib==1.1")
    #expect(fixture.rebuilds.last == "due-now; now; lib==1.1")
    #expect(fixture.left("title.txt") == "Raise lib from 1.0 to 1.1 (security)\n")
    #expect(fixture.left("body.md")?.contains("PYSEC-2025-1") == true)
    #expect(fixture.left("commit.txt")?.hasPrefix("Raise lib from 1.0 to 1.1 (security)\n") == true)
    #expect(fixture.left("changes.patch")?.contains("+lib==1.1") == true)
    #expect(outcome.errors.contains("updated requirements.txt: Raise lib"), "\(outcome.errors)")
    #expect(try await fixture.run() == .init(status: 0, output: "", errors: ""))
  }

  @Test("What can wait waits for the window, or for somebody who asks for it")
  func waits() async throws {
    var fixture = try await RunFixture()
    _ = try await fixture.run()
    fixture.serve(advisories: Self.slightFlaw)
    #expect(try await fixture.run() == .init(status: 0, output: "", errors: ""))
    #expect(fixture.update.pins() == "lib==1.0")
    let asked = try await fixture.run("--now")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(fixture.rebuilds.last == "due-at-window; window; lib==1.1")
  }

  @Test("A rebuild that fails leaves the lockfiles as they were, and is tried again until it succeeds")
  func failure() async throws {
    var fixture = try await RunFixture()
    _ = try await fixture.run()
    fixture.serve(advisories: Self.flaw)
    fixture.configure(rebuild: RunFixture.noting("echo it broke >&2; exit 7"))
    let before = fixture.directory.text("requirements.txt")
    for _ in 1...2 {
      let failed = try await fixture.run()
      #expect(failed.status == 1)
      #expect(failed.errors.contains("ended with status 7"), "\(failed.errors)")
      #expect(failed.errors.contains("  | it broke"), "\(failed.errors)")
      #expect(fixture.directory.text("requirements.txt") == before)
      #expect(fixture.rebuilds.last?.hasSuffix("now; lib==1.1") == true)
    }
    #expect(fixture.left("rebuild.log")?.contains("it broke") == true)
    fixture.configure()
    let done = try await fixture.run()
    #expect(done.status == 0, "\(done.errors)")
    #expect(fixture.rebuilds.last == "due-now retry; now; lib==1.1")
    #expect(fixture.update.pins() == "lib==1.1")
    #expect(try await fixture.run() == .init(status: 0, output: "", errors: ""))
  }

  @Test("A rebuild of lockfiles that didn't change is tried again too")
  func retry() async throws {
    let fixture = try await RunFixture(rebuild: RunFixture.noting("exit 1"))
    #expect(try await fixture.run().status == 1)
    #expect(try await fixture.run().status == 1)
    fixture.configure()
    #expect(try await fixture.run().status == 0)
    // The window wasn't served by what failed.
    #expect(
      fixture.rebuilds == [
        "never-built; ; lib==1.0", "retry never-built; ; lib==1.0", "retry never-built; ; lib==1.0",
      ])
  }

  struct Ending: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rebuild: String
    let words: String
  }

  @Test(
    "How a command ends is told",
    arguments: [
      Ending(
        testDescription: "hangs", rebuild: RunFixture.noting("sleep 600", more: "time-limit = \"2 seconds\""),
        words: "took longer than `time-limit`"),
      Ending(
        testDescription: "is no program", rebuild: "[rebuild]\ncommand = [\"no-such-program\"]",
        words: "no-such-program can't be run: there is no such program"),
      Ending(
        testDescription: "kills itself", rebuild: RunFixture.noting("kill -9 $$"),
        words: "was ended by signal 9"),
      Ending(
        testDescription: "floods its output",
        rebuild: RunFixture.noting("yes 0123456789012345678901234567890123456789 | head -c 30000000; exit 3"),
        words: "ended with status 3"),
      Ending(
        testDescription: "what comes before fails",
        rebuild: RunFixture.noting(more: "before = [\"/bin/sh\", \"-c\", \"exit 4\"]"),
        words: "'exit 4' ended with status 4"),
      Ending(
        testDescription: "what comes after fails",
        rebuild: RunFixture.noting(more: "after = [[\"/bin/true\"], [\"/bin/sh\", \"-c\", \"exit 5\"]]"),
        words: "'exit 5' ended with status 5"),
    ])
  func endings(ending: Ending) async throws {
    var fixture = try await RunFixture(rebuild: ending.rebuild)
    fixture.serve(advisories: Self.flaw)
    let before = fixture.directory.text("requirements.txt")
    let outcome = try await fixture.run()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(ending.words), "\(outcome.errors)")
    #expect(fixture.directory.text("requirements.txt") == before)
    #expect((fixture.left("rebuild.log")?.utf8.count ?? 0) < 9 << 20)
  }

  @Test("Terminal escapes of a command never reach the terminal")
  func escapes() async throws {
    let fixture = try await RunFixture(
      rebuild: RunFixture.noting(#"printf '\\033]0;x\\007\\n::error::y\\n'; exit 1"#))
    let outcome = try await fixture.run()
    #expect(outcome.status == 1)
    #expect(!outcome.errors.contains("\u{1b}") && !outcome.errors.contains("\u{7}"), "\(outcome.errors)")
    #expect(!outcome.errors.split(separator: "\n").contains { $0.hasPrefix("::") })
  }

  @Test("A dry run tells all of it and leaves nothing")
  func dryRun() async throws {
    var fixture = try await RunFixture()
    fixture.serve(advisories: Self.flaw)
    let outcome = try await fixture.run("--dry-run")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("+lib==1.1"), "\(outcome.output)")
    #expect(outcome.errors.contains("would update requirements.txt: Raise lib"), "\(outcome.errors)")
    #expect(outcome.errors.contains("would run /bin/sh -c"), "\(outcome.errors)")
    #expect(!fixture.directory.names().contains { $0.hasPrefix(".repin") })
    #expect(fixture.rebuilds.isEmpty)
    #expect(fixture.update.pins() == "lib==1.0")
  }

  @Test("What can't be had is told, and is no reason to be silent")
  func blocked() async throws {
    var fixture = try await RunFixture()
    fixture.serve(advisories: WrittenAdvisory(id: "PYSEC-2025-3", fixed: nil))
    _ = try await fixture.run()
    let outcome = try await fixture.run()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("blocked: lib 1.0"), "\(outcome.errors)")
  }

  @Test("A source of advisories that is down is no all-clear, and the window is made up for")
  func outage() async throws {
    var fixture = try await RunFixture()
    fixture.serve(advisories: Self.slightFlaw)
    let source = fixture.update.command.environment["REPIN_ADVISORIES_SOURCE"]
    fixture.update.command.environment["REPIN_ADVISORIES_SOURCE"] = (source ?? "") + "/gone"
    let down = try await fixture.run()
    #expect(down.status == 3, "\(down.errors)")
    #expect(fixture.update.pins() == "lib==1.0")
    fixture.update.command.environment["REPIN_ADVISORIES_SOURCE"] = source
    let up = try await fixture.run()
    #expect(up.status == 0, "\(up.errors)")
    #expect(fixture.update.pins() == "lib==1.1")
  }

  @Test("Two runs never overlap")
  func overlap() async throws {
    let fixture = try await RunFixture(
      rebuild: RunFixture.noting("while [ ! -e go ]; do sleep 0.1; done"))
    async let first = fixture.run()
    while fixture.rebuilds.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
    let second = try await fixture.run()
    fixture.directory.write("go", "")
    #expect(second.status == 3)
    #expect(second.errors.contains("another run of this project goes on (process"), "\(second.errors)")
    #expect(try await first.status == 0)
    #expect(fixture.rebuilds.count == 1)
  }

  @Test("A run that is ended in the middle puts the lockfiles back, and the next one takes it up")
  func interrupted() async throws {
    var fixture = try await RunFixture(rebuild: RunFixture.noting("kill -TERM $PPID; sleep 20"))
    fixture.serve(advisories: Self.flaw)
    let before = fixture.directory.text("requirements.txt")
    let ended = try await fixture.run()
    #expect(ended.status == 128 + 15)
    #expect(fixture.directory.text("requirements.txt") == before)
    fixture.configure()
    let next = try await fixture.run()
    #expect(next.status == 0, "\(next.errors)")
    #expect(fixture.rebuilds.last?.hasPrefix("due-now retry") == true, "\(fixture.rebuilds)")
    #expect(fixture.update.pins() == "lib==1.1")
  }

  @Test("A lockfile that somebody changes during the rebuild isn't put back, and one that is removed is")
  func changedMeanwhile() async throws {
    var fixture = try await RunFixture(
      rebuild: RunFixture.noting("echo 'lib==1.1 # mine' > requirements.txt; exit 1"))
    fixture.serve(advisories: Self.flaw)
    let changed = try await fixture.run()
    #expect(changed.status == 1)
    #expect(fixture.directory.text("requirements.txt") == "lib==1.1 # mine\n")
    #expect(
      changed.errors.contains("requirements.txt was changed by somebody else meanwhile, and stays so"),
      "\(changed.errors)")
    fixture.update.command.write(["requirements.txt": "lib==1.0\n"])
    fixture.configure(rebuild: RunFixture.noting("rm requirements.txt; exit 1"))
    let removed = try await fixture.run()
    #expect(removed.status == 1)
    #expect(removed.errors.contains("requirements.txt: as before the run"), "\(removed.errors)")
    #expect(fixture.directory.text("requirements.txt") == "lib==1.0\n")
  }

  @Test("A command that removes the history is told of, and what was done is known all the same")
  func cleaned() async throws {
    let fixture = try await RunFixture(rebuild: RunFixture.noting("rm -rf .repin"))
    let first = try await fixture.run()
    #expect(first.status == 0)
    #expect(first.errors.contains("the history was removed during the run"), "\(first.errors)")
    #expect(try await fixture.run() == .init(status: 0, output: "", errors: ""))
    #expect(fixture.rebuilds.count == 1)
  }

  @Test("A document that standard output doesn't take is a failure")
  func lostDocument() async throws {
    var fixture = try await RunFixture(rebuild: "")
    fixture.update.command.prelude = "exec >/dev/full"
    let outcome = try await fixture.run("--format", "json")
    #expect(outcome.status == 3, "\(outcome.errors)")
  }

  @Test(
    "Nothing is written through links that a repository may have",
    arguments: ["run.lock", "run", "run/title.txt"])
  func links(name: String) async throws {
    var fixture = try await RunFixture(rebuild: "")
    fixture.serve(advisories: Self.flaw)
    fixture.directory.makeDirectory("elsewhere")
    fixture.directory.write("elsewhere/file", "mine\n")
    let target = name == "run" ? "elsewhere" : "elsewhere/file"
    fixture.directory.write(
      "link.sh",
      "mkdir -p .repin; [ \(name) = run ] || mkdir .repin/run; ln -s \"$PWD/\(target)\" .repin/\(name)")
    try #require(try await fixture.update.command.shell("link.sh") == 0)
    let outcome = try await fixture.run()
    #expect(fixture.directory.text("elsewhere/file") == "mine\n")
    #expect(fixture.directory.names(in: "elsewhere") == ["file"])
    #expect(outcome.status == (name == "run/title.txt" ? 0 : 2), "\(outcome.errors)")
  }

  @Test("The token for pull requests isn't handed on")
  func token() async throws {
    var fixture = try await RunFixture(rebuild: RunFixture.noting("env; exit 1"))
    fixture.update.command.environment["REPIN_TOKEN"] = "s3cr3t-t0ken"
    let outcome = try await fixture.run()
    #expect(!outcome.errors.contains("s3cr3t") && fixture.left("rebuild.log")?.contains("s3cr3t") == false)
  }

  @Test("A configuration that is a pipe isn't waited for, and is told in the document")
  func pipe() async throws {
    let fixture = try await RunFixture()
    fixture.directory.write("pipe.sh", "rm repin.toml && mkfifo repin.toml")
    try #require(try await fixture.update.command.shell("pipe.sh") == 0)
    let outcome = try await fixture.run("--format", "json")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("the configuration `repin.toml` can't be read"), "\(outcome.output)")
  }

  @Test("Without a rebuild the lockfiles are updated")
  func noRebuild() async throws {
    var fixture = try await RunFixture(rebuild: "")
    fixture.serve(advisories: Self.flaw)
    let outcome = try await fixture.run()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(fixture.update.pins() == "lib==1.1")
    #expect(try await fixture.run() == .init(status: 0, output: "", errors: ""))
  }

  @Test("Several projects have their turn, whatever becomes of the others")
  func projects() async throws {
    var fixture = try await RunFixture(rebuild: "")
    fixture.serve(advisories: Self.flaw)
    for name in ["one", "two"] {
      fixture.directory.makeDirectory(name)
      for file in ["repin.toml", "requirements.in", "requirements.txt"] {
        fixture.directory.write("\(name)/\(file)", fixture.directory.text(file) ?? "")
      }
    }
    fixture.directory.write("one/repin.toml", "[rebuild]\ncommand = \"make\"\n")
    let outcome = try await fixture.run(
      "--project", "one", "--project", "gone", "--project", "two", "--format", "json")
    #expect(outcome.output.contains("`gone` is no directory"), "\(outcome.output)")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("\"schema\" : \"repin.run/1\""), "\(outcome.output)")
    #expect(outcome.output.contains("expected an array of a command's words"), "\(outcome.output)")
    #expect(fixture.update.pins("two/requirements.txt") == "lib==1.1")
    #expect(fixture.update.pins() == "lib==1.0")
  }

  @Test(
    "What is wrong with the configuration is told with its place",
    arguments: [
      (
        "[rebuild]\ncommand = \"make image\"",
        "repin.toml:8:11: `rebuild.command`: found a string, expected an array"
      ),
      ("[rebuild]\ncommand = []", "`rebuild.command`: found no command"),
      ("[rebuild]\ncommand = [1]", "`rebuild.command`: found an integer"),
      ("[rebuild]\nbefore = [\"make\"]", "found `before` or `after`, and no `command`"),
      ("[rebuild]\ncommand = [\"make\"]\ntime-limit = \"off\"", "`time-limit` is no time at all"),
      ("[rebuild]\ncommand = [\"make\"]\nmax-age = \"soon\"", "`rebuild.max-age`"),
      ("[rebuild]\ncomand = [\"make\"]", "found `comand` in `[rebuild]`"),
    ])
  func configuration(rebuild: String, words: String) async throws {
    let fixture = try await RunFixture(rebuild: rebuild)
    let outcome = try await fixture.run()
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(!fixture.directory.names().contains(".repin"))
  }
}

extension RunCommandTests {
  @Test(
    "What keeps a pull request from being made is told, and leaves the repository as it was",
    .enabled(if: SystemPrograms.git != nil),
    arguments: [
      ("", "is in no git repository", false, 2), ("", "no token", true, 2),
      ("forge = \"gitub\"", "the closest is `github`", true, 2),
      ("remote = \"upstream\"", "upstream", true, 2),
    ] as [(String, String, Bool, Int32)])
  func pullRequestFaults(setting: String, words: String, isRepository: Bool, status: Int32) async throws {
    var fixture = try await RunFixture(rebuild: "")
    fixture.configure(rebuild: "", more: "[pull-request]\nrepository = \"shop/web\"\nforge = \"github\"\n")
    if !setting.isEmpty {
      fixture.configure(rebuild: "", more: "[pull-request]\nrepository = \"shop/web\"\n\(setting)\n")
    }
    fixture.update.command.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    if isRepository {
      fixture.directory.write(
        "git.sh",
        "git init -q . && git remote add origin https://github.example/shop/web.git && git add requirements.txt"
      )
      try #require(try await fixture.update.command.shell("git.sh") == 0)
    }
    fixture.serve(advisories: Self.flaw)
    let outcome = try await fixture.run()
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(fixture.update.pins() == "lib==1.0")
  }
}
