import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// `repin schedule install`, run as a process, with a `crontab` of the test's own.
@Suite struct ScheduleInstallTests {
  private static func fixture(_ configuration: String = "") async throws -> CommandFixture {
    var fixture = try await CommandFixture()
    fixture.directory.write("repin.toml", "[schedule]\ntimezone = 'UTC'\n\(configuration)")
    fixture.directory.write("requirements.txt", "app==1.0\n")
    fixture.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    fixture.environment["TZ"] = "UTC"
    return fixture
  }

  private static func install(_ fixture: CommandFixture, _ arguments: String...) async throws
    -> CommandFixture.Outcome
  {
    try await fixture.run(["schedule", "install"] + arguments)
  }

  // MARK: Files

  static let written: [(scheduler: String, more: [String], files: [String])] = [
    ("--systemd", [], [".config/systemd/user/repin.service", ".config/systemd/user/repin.timer"]),
    (
      "--systemd", ["--directory", "units", "--user", "deploy"], ["units/repin.service", "units/repin.timer"]
    ),
    ("--github", ["--setup", "pipx install repin"], [".github/workflows/repin.yml"]),
    ("--gitlab", [], [".gitlab/repin.yml"]),
    ("--kubernetes", ["--image", "registry.example/repin@sha256:1"], ["repin-cronjob.yaml"]),
  ]

  @Test func `another project's units are left alone, and a name makes room for both`() async throws {
    let fixture = try await Self.fixture()
    #expect(try await Self.install(fixture, "--systemd", "--write").status == 0)
    let first = fixture.directory.text(".config/systemd/user/repin.service")
    fixture.directory.makeDirectory("shop")
    fixture.directory.write("shop/requirements.txt", "app==1.0\n")
    var other = fixture
    other.prelude = "cd shop"
    let refused = try await Self.install(other, "--systemd", "--write")
    #expect(refused.status == 2 && refused.errors.contains("is for another project"), "\(refused)")
    #expect(fixture.directory.text(".config/systemd/user/repin.service") == first)
    #expect(try await Self.install(other, "--systemd", "--write", "--name", "shop").status == 0)
    #expect(
      fixture.directory.text(".config/systemd/user/shop.service")?.contains(
        "WorkingDirectory=\(fixture.directory.path)/shop") == true)
    #expect(fixture.directory.text(".config/systemd/user/repin.service") == first)
    for name in ["", "a/b", "a b", "ä"] {
      #expect(try await Self.install(other, "--systemd", "--name", name).status == 2)
    }
  }

  @Test func `a tick of its own is when it runs, and nobody asks whether it is time`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.write("repin.toml", "[schedule]\ntimezone = 'Europe/Berlin'\n")
    let crontab = try await Self.install(fixture, "--cron", "--tick", "15 6 * * *")
    #expect(crontab.output.contains("\n15 6 * * * cd "), "\(crontab)")
    let asking = try await Self.install(fixture, "--github")
    #expect(asking.output.contains("--is-time"), "\(asking)")
    let free = try await Self.install(fixture, "--github", "--tick", "15 6 * * *")
    #expect(free.status == 0 && !free.output.contains("--is-time"), "\(free)")
    #expect(free.output.contains("- cron: \"15 5 * * *\"") && free.output.contains("- cron: \"15 4 * * *\""))
    let wrong = try await Self.install(fixture, "--cron", "--tick", "61 * * * *")
    #expect(wrong.status == 2 && wrong.errors.contains("`--tick 61 * * * *`: column 1: "), "\(wrong)")
  }

  @Test(arguments: written.indices) func `what is printed is what is written`(_ index: Int) async throws {
    let fixture = try await Self.fixture()
    let (scheduler, more, files) = Self.written[index]
    let printing = more.contains("--directory") ? ["--user", "deploy"] : more
    let printed = try await fixture.run(["schedule", "install", scheduler, "requirements.txt"] + printing)
    #expect(printed.status == 0 && printed.errors.hasPrefix("hint: `--write` writes "), "\(printed)")
    #expect(files.allSatisfy { fixture.directory.text($0) == nil })

    let words = ["schedule", "install", scheduler, "--write", "requirements.txt"] + more
    let written = try await fixture.run(words)
    #expect(written.status == 0 && written.output.isEmpty, "\(written)")
    let texts = try files.map { try #require(fixture.directory.text($0), "\($0)") }
    for text in texts {
      #expect(text.hasPrefix("# Written by `repin schedule install` (digest "))
      #expect(printed.output.contains(text.replacing(fixture.directory.path, with: "DIR")))
    }
    #expect(written.errors.components(of: "wrote `") == files.count, "\(written.errors)")
    #expect(written.errors.contains("hint: "))
    let again = try await fixture.run(words)
    #expect(again.status == 0 && again.errors.components(of: "unchanged `") == files.count, "\(again)")

    // What repin wrote is overwritten; what somebody changed isn't.
    fixture.directory.write("repin.toml", "[schedule]\nwindow = '30 5 * * TUE'\n")
    #expect(try await fixture.run(words).errors.components(of: "wrote `") == files.count)
    let renewed = try files.map { try #require(fixture.directory.text($0)) }
    let last = try #require(files.last)
    fixture.directory.write(last, try #require(renewed.last) + "# mine\n")
    fixture.directory.write("repin.toml", "[schedule]\nwindow = '30 6 * * TUE'\n")
    let refused = try await fixture.run(words)
    #expect(
      refused.status == 2 && refused.errors.contains("isn't as repin wrote it, and stays as it is"),
      "\(refused)")
    #expect(files.dropLast().map { fixture.directory.text($0) } == renewed.dropLast().map { $0 })
    let forced = try await fixture.run(words + ["--force"])
    #expect(forced.status == 0 && fixture.directory.text(last)?.contains("mine") == false, "\(forced)")
  }

  @Test func `of several files none is written where one can't be`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.makeDirectory("units")
    fixture.directory.makeDirectory("units/repin.timer")
    let outcome = try await Self.install(fixture, "--systemd", "--write", "--directory", "units")
    #expect(
      outcome.status == 2 && outcome.errors.contains("it is a directory; nothing was changed"), "\(outcome)")
    #expect(fixture.directory.text("units/repin.service") == nil)
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `a workflow belongs to the repository's root`() async throws {
    let fixture = try await Self.fixture()
    fixture.directory.makeDirectory("web app")
    fixture.directory.write("web app/requirements.txt", "app==1.0\n")
    fixture.directory.write("make.sh", "git init -q .")
    try #require(try await fixture.shell("make.sh") == 0)
    fixture.directory.write(
      "in.sh",
      "cd 'web app' && exec \"\(CommandFixture.binary)\" schedule install --github --write requirements.txt")
    #expect(try await fixture.shell("in.sh") == 0)
    let text = try #require(fixture.directory.text(".github/workflows/repin.yml"))
    #expect(text.contains("working-directory: \"web app\"") && text.contains("web app/requirements.txt"))
  }

  @Test func `a project that opens pull requests has the rights for it`() async throws {
    let fixture = try await Self.fixture("[pull-request]\nbranch = 'repin'\n")
    let outcome = try await Self.install(fixture, "--github")
    #expect(outcome.output.contains("pull-requests: write"), "\(outcome)")
    let plain = try await Self.install(try await Self.fixture(), "--github")
    #expect(!plain.output.contains("pull-requests: write"))
  }

  // MARK: cron

  /// A `crontab` that keeps its table in a file, and refuses where `refuse` is there.
  private static func withCrontab(_ fixture: CommandFixture) throws -> CommandFixture {
    var fixture = fixture
    fixture.directory.makeDirectory("bin")
    fixture.directory.write(
      "bin/crontab",
      """
      #!/bin/sh
      if [ -e "$HOME/refuse" ]; then echo "you may not" >&2; exit 1; fi
      case "$1" in
        -l) [ -e "$HOME/table" ] && exec cat "$HOME/table"; echo "no crontab for $LOGNAME" >&2; exit 1 ;;
        -) exec cat > "$HOME/table" ;;
      esac
      exit 2

      """)
    chmod(fixture.directory.file("bin/crontab"), 0o755)
    fixture.environment["PATH"] = "\(fixture.directory.file("bin")):/usr/bin:/bin"
    return fixture
  }

  @Test func `a crontab's other lines stay as they are`() async throws {
    let fixture = try Self.withCrontab(try await Self.fixture())
    let theirs = "# mine\n\nCRON_TZ=Asia/Tokyo\n0 1 * * * backup  # %x"
    fixture.directory.write("table", theirs)
    let first = try await Self.install(
      fixture, "--cron", "--write", "--program", "/opt/repin", "requirements.txt")
    #expect(first.status == 0 && first.errors.hasPrefix("wrote your crontab\n"), "\(first)")
    let table = try #require(fixture.directory.text("table"))
    #expect(table.hasPrefix(theirs + "\n# >>> repin in \(fixture.directory.path)\n# Written by "))
    // A zone is said where lines above say another.
    #expect(table.contains("\nCRON_TZ=UTC\n"))
    #expect(table.hasSuffix("/opt/repin run requirements.txt\n# <<< repin in \(fixture.directory.path)\n"))
    let again = try await Self.install(
      fixture, "--cron", "--write", "--program", "/opt/repin", "requirements.txt")
    #expect(again.status == 0 && again.errors.hasPrefix("unchanged: your crontab\n"), "\(again)")
    #expect(fixture.directory.text("table") == table)

    fixture.directory.write("table", table + "5 5 * * * later\n")
    let renewed = try await Self.install(
      fixture, "--cron", "--write", "--program", "/opt/repin", "--mail", "ops@example.org")
    #expect(renewed.status == 0, "\(renewed)")
    let new = try #require(fixture.directory.text("table"))
    #expect(new.hasPrefix(theirs + "\n5 5 * * * later\n# >>> repin in "))
    #expect(new.contains("\nMAILTO=ops@example.org\n") && new.components(of: "# >>> repin") == 1)
  }

  @Test func `a crontab that isn't UTF-8 stays as it is`() async throws {
    let fixture = try Self.withCrontab(try await Self.fixture())
    fixture.directory.write(
      "table.sh", "printf 'MAILTO=x\\n# caf\\351\\n0 1 * * * /opt/b\\374cro/run\\n' > table; cp table before")
    try #require(try await fixture.shell("table.sh") == 0)
    let refused = try await Self.install(fixture, "--cron", "--write")
    #expect(refused.status == 2)
    #expect(
      refused.errors.contains("your crontab stays as it is: it has characters that aren't UTF-8"),
      "\(refused)")
    fixture.directory.write("same.sh", "cmp table before")
    #expect(try await fixture.shell("same.sh") == 0)
  }

  @Test func `a crontab is made where there is none`() async throws {
    let fixture = try Self.withCrontab(try await Self.fixture())
    #expect(try await Self.install(fixture, "--cron", "--write").status == 0)
    #expect(fixture.directory.text("table")?.hasPrefix("# >>> repin in ") == true)
    #expect(fixture.directory.text("table")?.contains("CRON_TZ") == false)
  }

  @Test func `a block that was changed stays`() async throws {
    let fixture = try Self.withCrontab(try await Self.fixture())
    _ = try await Self.install(fixture, "--cron", "--write")
    let table = try #require(fixture.directory.text("table"))
    let changed = table.replacing("0 6 * * 1 ", with: "0 7 * * 1 ")
    fixture.directory.write("table", changed)
    let refused = try await Self.install(fixture, "--cron", "--write")
    #expect(
      refused.status == 2
        && refused.errors.hasPrefix("error: your crontab stays as it is: repin's block was changed by hand\n"),
      "\(refused)")
    #expect(fixture.directory.text("table") == changed)
    #expect(try await Self.install(fixture, "--cron", "--write", "--force").status == 0)
    #expect(fixture.directory.text("table") == table)
    fixture.directory.write(
      "table", String(table.split(separator: "\n").dropLast().joined(separator: "\n")) + "\n")
    let torn = try await Self.install(fixture, "--cron", "--write", "--force")
    #expect(torn.status == 2 && torn.errors.contains("lost its first or its last line"), "\(torn)")
  }

  @Test func `a crontab that can't be had is told`() async throws {
    var fixture = try Self.withCrontab(try await Self.fixture())
    fixture.directory.write("refuse", "")
    let refused = try await Self.install(fixture, "--cron", "--write")
    #expect(
      refused.status == 2
        && refused.errors == "error: can't write `crontab`: you may not; nothing was changed\n",
      "\(refused)")
    fixture.environment["PATH"] = fixture.directory.file("empty")
    let none = try await Self.install(fixture, "--cron", "--write")
    #expect(
      none.status == 2 && none.errors.hasPrefix("error: there is no `crontab` on PATH\nhint: "), "\(none)")
  }

  // MARK: Refusals

  struct Wrong: Sendable, CustomTestStringConvertible {
    var testDescription: String { words.joined(separator: " ") + configuration }
    var configuration = ""
    var words: [String]
    var says: String
  }

  static let wrong = [
    Wrong(words: [], says: "error: `repin schedule install` needs to know for whom\nhint: say --cron"),
    Wrong(words: ["--cron", "--systemd"], says: "Error: "),
    Wrong(words: ["--cron", "--force"], says: "error: `--force` without `--write`"),
    Wrong(words: ["--cron", "--user", "x"], says: "error: `--user` is for `--systemd`"),
    Wrong(words: ["--cron", "--setup", "x"], says: "error: `--setup` is for `--github` and `--gitlab`"),
    Wrong(words: ["--github", "--image", "x"], says: "error: `--image` is for `--kubernetes`"),
    Wrong(words: ["--systemd", "--directory", "x"], says: "error: `--directory` without `--write`"),
    Wrong(words: ["--systemd", "--user", "a b"], says: "error: `a b` is no name of an account"),
    Wrong(words: ["--kubernetes"], says: "error: Kubernetes starts a container"),
    Wrong(words: ["--kubernetes", "--image", "a b"], says: "error: `a b` is no name of an image"),
    Wrong(words: ["--cron", "--mail", "a b"], says: "error: `a b` is no address"),
    Wrong(words: ["--cron", "absent.txt"], says: "error: the lockfile `absent.txt` can't be read"),
    Wrong(words: ["--github", "../x.txt"], says: "error: `../x.txt` isn't within the repository"),
    Wrong(
      words: ["--github", "--setup", "echo ${{ x }}"],
      says: "error: the installation `echo ${{ x }}` has `${{`"),
    Wrong(
      configuration: "window = '* * * * *'\n", words: ["--github"],
      says: "error: repin.toml:3:10: `schedule.window`: windows follow each other faster than GitHub"),
    Wrong(
      configuration: "window = '0 6 */2 * FRI'\n", words: ["--gitlab"],
      says: "error: repin.toml:3:10: `schedule.window`: GitLab can't say days of the month and of the week"),
  ]

  @Test(arguments: wrong) func `what is wrong is told`(_ wrong: Wrong) async throws {
    let fixture = try await Self.fixture(wrong.configuration)
    let outcome = try await fixture.run(["schedule", "install"] + wrong.words)
    #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains(wrong.says), "\(outcome.errors)")
  }
}

extension String {
  /// How often a text is in it.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
