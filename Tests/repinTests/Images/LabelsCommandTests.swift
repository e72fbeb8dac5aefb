import IndexServer
import TestSupport
import Testing

/// `repin labels`, run as a process.
@Suite struct LabelsCommandTests {
  private static let text = "app==1.0\n"
  private static let digest = "sha256:\(ServedFile.sha256(Array(text.utf8)))"

  private static func fixture(_ names: [String] = ["requirements.txt"]) async throws -> CommandFixture {
    var fixture = try await CommandFixture()
    fixture.environment["SOURCE_DATE_EPOCH"] = "1796040000"
    for name in names {
      let parts = name.split(separator: "/")
      if parts.count == 2 { fixture.directory.makeDirectory(String(parts[0])) }
      fixture.directory.write(name, text)
    }
    return fixture
  }

  /// The same in a git repository that has committed everything.
  private static func committed(_ names: [String] = ["requirements.txt"]) async throws -> CommandFixture {
    var fixture = try await fixture(names)
    fixture.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    fixture.directory.write("begin.sh", "git init -q -b main && sh commit.sh")
    fixture.directory.write(
      "commit.sh",
      "git add -A && git -c user.name=T -c user.email=t@example.invalid -c commit.gpgsign=false commit -q -m x"
    )
    try #require(try await fixture.shell("begin.sh") == 0)
    return fixture
  }

  @Test func `outside of a repository there is no revision, which is said`() async throws {
    let outcome = try await Self.fixture().run(["labels"])
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        --label=org.opencontainers.image.created=2026-11-30T12:00:00Z
        --label=repin.lock.digest=\(Self.digest)
        --label=repin.lock.path=requirements.txt
        --label=repin.version=0.1.0

        """)
    #expect(
      outcome.errors == "warning: the labels have no revision: `requirements.txt` is in no git repository\n")
    #expect(try await Self.fixture().run(["labels", "-q"]).errors.isEmpty)
  }

  @Test func `two runs print the same, and another format the same labels`() async throws {
    var fixture = try await Self.fixture(["a b.txt", "dir/requirements.txt"])
    let words = ["labels", "--quiet", "dir/requirements.txt", "a b.txt"]
    let outcome = try await fixture.run(words + ["--format", "lines"])
    #expect(
      outcome.output == """
        org.opencontainers.image.created=2026-11-30T12:00:00Z
        repin.lock.digest=\(Self.digest),\(Self.digest)
        repin.lock.path=a%20b.txt,dir/requirements.txt
        repin.version=0.1.0

        """)
    #expect(try await fixture.run(words + ["--format=lines"]) == outcome)
    let arguments = try await fixture.run(words + ["--format", "build-args"])
    #expect(arguments.output.hasPrefix("--build-arg=IMAGE_CREATED=2026-11-30T12:00:00Z\n"))
    // What is set for reports changes no build.
    fixture.environment["REPIN_FORMAT"] = "json"
    #expect(try await fixture.run(words).output.hasPrefix("--label="))
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `the revision is the commit that has the lockfiles as they are`() async throws {
    let fixture = try await Self.committed(["service/requirements.txt", "other.txt"])
    func labels(_ path: String = "service/requirements.txt") async throws -> CommandFixture.Outcome {
      try await fixture.run(["labels", path, "--format", "lines"])
    }
    let revision = /^org\.opencontainers\.image\.revision=[0-9a-f]{40}\n/
    let clean = try await labels()
    #expect(clean.output.prefixMatch(of: revision) != nil && clean.errors.isEmpty)
    #expect(clean.output.contains("repin.lock.path=service/requirements.txt\n"))

    // Another file doesn't matter.
    fixture.directory.write("other.txt", "app==2.0\n")
    #expect(try await labels() == clean)
    let differs = try await labels("other.txt")
    #expect(differs.output.hasPrefix("org.opencontainers.image.created="))
    #expect(
      differs.errors == """
        warning: the labels have no revision: `other.txt` isn't as git's HEAD has it
        hint: commit the lockfile before the image is built

        """)
    fixture.directory.write("new file.txt", Self.text)
    #expect(try await labels("new file.txt").errors.contains("`new file.txt` isn't as git's HEAD has it"))
    fixture.directory.write(".gitignore", "requirements-*.txt\n")
    fixture.directory.write("requirements-x.txt", Self.text)
    #expect(
      try await labels("requirements-x.txt").errors.contains("`requirements-x.txt` isn't as git's HEAD"))
  }

  @Test(.enabled(if: SystemPrograms.git != nil)) func `nothing was ever committed`() async throws {
    var fixture = try await Self.fixture()
    fixture.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    fixture.directory.write("begin.sh", "git init -q -b main")
    try #require(try await fixture.shell("begin.sh") == 0)
    let outcome = try await fixture.run(["labels"])
    #expect(outcome.status == 0 && !outcome.output.contains("revision"))
    #expect(outcome.errors.hasPrefix("warning: the labels have no revision: "))
    fixture.environment["PATH"] = fixture.directory.file("empty")
    #expect(
      try await fixture.run(["labels"]).errors
        == "warning: the labels have no revision: git can't tell: there is no `git` on PATH\n")
  }

  @Test(.enabled(if: SystemPrograms.git != nil))
  func `lockfiles of several repositories have no commit in common`() async throws {
    let fixture = try await Self.committed(["requirements.txt", "inner/requirements.txt"])
    fixture.directory.write("inner.sh", "cd inner && git init -q -b main")
    try #require(try await fixture.shell("inner.sh") == 0)
    // Both are called the same in their repositories; of the same bytes they are one.
    let outcome = try await fixture.run(["labels", "requirements.txt", "inner/requirements.txt"])
    #expect(outcome.status == 0 && outcome.output.contains("repin.lock.path=requirements.txt\n"))
    #expect(
      outcome.errors == "warning: the labels have no revision: the lockfiles are in several repositories\n")
    fixture.directory.write("inner/requirements.txt", "app==2.0\n")
    let ambiguous = try await fixture.run(["labels", "requirements.txt", "inner/requirements.txt"])
    #expect(
      ambiguous
        == CommandFixture.Outcome(
          status: 2, output: "",
          errors: """
            error: two lockfiles would both be labelled `requirements.txt`
            hint: name those of one repository

            """))
  }

  struct Fault: Sendable {
    var words: [String]
    var epoch = "1796040000"
    var errors: String
  }

  static let faults: [Fault] = [
    Fault(
      words: ["--format", "yaml"],
      errors: "error: `--format`: found `yaml`, expected docker, lines, json or build-args\n"),
    Fault(
      words: [], epoch: "today",
      errors: """
        error: SOURCE_DATE_EPOCH: found `today`, expected seconds since 1970-01-01 00:00 UTC
        hint: `git log -1 --format=%ct` has those of the last commit

        """),
    Fault(
      words: [], epoch: "-1",
      errors: """
        error: SOURCE_DATE_EPOCH: found `-1`, expected seconds since 1970-01-01 00:00 UTC
        hint: `git log -1 --format=%ct` has those of the last commit

        """),
    Fault(
      words: ["gone.txt"],
      errors: """
        error: the lockfile `gone.txt` can't be read: no such file
        hint: compile it, or name another lockfile

        """),
    Fault(
      words: ["a\nb.txt"],
      errors: """
        error: the path `a\u{FFFD}b.txt` has a character in it that can't be shown
        hint: give the lockfile another name

        """),
    Fault(
      words: ["empty"],
      errors: """
        error: the lockfile `empty` can't be read: it is a directory
        hint: name a lockfile

        """),
  ]

  @Test(arguments: faults) func `what can't be labelled is wrong input`(_ row: Fault) async throws {
    var fixture = try await Self.fixture(["requirements.txt", "a\nb.txt"])
    fixture.environment["SOURCE_DATE_EPOCH"] = row.epoch
    let outcome = try await fixture.run(["labels"] + row.words)
    #expect(outcome == CommandFixture.Outcome(status: 2, output: "", errors: row.errors))
  }

  /// A shell takes each label for one word, whatever the lockfile is called.
  @Test func `words need no quotes`() async throws {
    let names = ["a b.txt", "it's.txt", "\"$(touch x)\"*.txt", "é漢.txt", "--no-cache.txt", "a,b;c&d|e.txt"]
    let fixture = try await Self.fixture(names)
    let quoted = names.map { "'./\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " ")
    fixture.directory.write(
      "words.sh",
      """
      set -e
      export SOURCE_DATE_EPOCH=1796040000
      set -- $('\(CommandFixture.binary)' labels -q \(quoted))
      test $# -eq 4
      for word; do case $word in --label=*=*) ;; *) exit 9 ;; esac; done
      test ! -e x
      """)
    #expect(try await fixture.shell("words.sh") == 0)
  }
}
