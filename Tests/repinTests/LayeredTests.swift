import IndexServer
import TestSupport
import Testing

/// Several lockfiles of one command: those that others build on come first, and all are written or none.
@Suite struct LayeredTests {
  /// `base` has flask, `dev` is held to it and has what flask's newest release would not allow.
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    let server = fixture.server
    for version in ["1.0", "2.0", "3.0"] { server.serve("flask", version, requires: ["click"]) }
    for version in ["1.0", "2.0"] { server.serve("click", version) }
    server.serve("pytest", "1.0", requires: ["flask"])
    fixture.write([
      "base.in": "flask<3\n", "dev.in": "-c base.txt\npytest\n", "all.in": "pytest\nflask\n",
      "repin.toml": Self.list(["dev", "base"]),
    ])
    return fixture
  }

  /// A configuration of lockfiles in an order.
  static func list(_ names: [String], _ more: String = "") -> String {
    "header = false\nannotate = false\n\(more)"
      + names.map { "[[compile]]\nsources = [\"\($0).in\"]\noutput = \"\($0).txt\"\n" }.joined()
  }

  static let base = "click==2.0\nflask==2.0"
  static let dev = "click==2.0\nflask==2.0\npytest==1.0"

  @Test(arguments: [["dev", "base"], ["base", "dev"], ["all", "dev", "base"]])
  func `a lockfile sees the ones it builds on, whatever the order written`(_ names: [String]) async throws {
    let fixture = try await fixture()
    fixture.write(["repin.toml": Self.list(names)])
    let outcome = try await fixture.compile()
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let said = outcome.errors.split(separator: "\n").map(String.init)
    #expect(said.contains("wrote base.txt: 2 pins (TIME)"))
    #expect(said.contains("wrote dev.txt: 3 pins (TIME)"))
    #expect(said.count == names.count)
    #expect(fixture.pins("base.txt") == Self.base)
    #expect(fixture.pins("dev.txt") == Self.dev)
    let again = try await fixture.compile()
    #expect(again.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("unchanged ") })
    #expect(fixture.pins("dev.txt") == Self.dev)
  }

  @Test func `a local project hides none of the ones it builds on`() async throws {
    let fixture = try await fixture()
    fixture.write([
      "dev.in": "./raft\n-c base.txt\npytest\n",
      "raft/pyproject.toml": "[project]\nname = \"raft\"\nversion = \"1.0\"\n",
    ])
    let outcome = try await fixture.compile("-q")
    #expect(outcome == .init(status: 0, output: "", errors: ""))
    #expect(fixture.pins("dev.txt")?.hasPrefix(Self.dev) == true)
  }

  @Test func `a lockfile that is there already is compiled before it counts`() async throws {
    let fixture = try await fixture()
    fixture.write([
      "base.txt": "click==1.0\nflask==1.0\n", "dev.txt": "click==1.0\nflask==1.0\npytest==1.0\n",
    ])
    let kept = try await fixture.compile("-q")
    #expect(kept == .init(status: 0, output: "", errors: ""))
    #expect(fixture.pins("dev.txt") == "click==1.0\nflask==1.0\npytest==1.0")
    fixture.write(["base.in": "flask>1,<3\n"])
    let moved = try await fixture.compile("-q")
    #expect(moved == .init(status: 0, output: "", errors: ""))
    #expect(fixture.pins("base.txt") == "click==1.0\nflask==2.0")
    #expect(fixture.pins("dev.txt") == "click==1.0\nflask==2.0\npytest==1.0")
    let upgraded = try await fixture.compile("-U", "-q")
    #expect(upgraded == .init(status: 0, output: "", errors: ""))
    #expect(fixture.pins("base.txt") == Self.base)
    #expect(fixture.pins("dev.txt") == Self.dev)
  }

  @Test func `a lockfile as a source of another`() async throws {
    let fixture = try await fixture()
    fixture.write(["dev.in": "-r base.txt\npytest\n"])
    let outcome = try await fixture.compile("-q")
    #expect(outcome == .init(status: 0, output: "", errors: ""))
    #expect(fixture.pins("dev.txt") == Self.dev)
  }

  @Test func `options of one lockfile, and of all`() async throws {
    let fixture = try await fixture()
    fixture.write([
      "repin.toml": """
      header = false
      annotate = false
      generate-hashes = false
      [[compile]]
      sources = ["base.in"]
      output = "base.txt"
      annotate = true
      [[compile]]
      sources = ["all.in", "dev.in"]
      output = "locks/all.txt"
      options = { constraint = ["base.txt"], annotation_style = "line", no-annotate = false }
      """
    ])
    fixture.directory.makeDirectory("locks")
    let outcome = try await fixture.compile("-q")
    #expect(outcome == .init(status: 0, output: "", errors: ""))
    #expect(fixture.pins("base.txt") == "click==2.0\n    # via flask\nflask==2.0\n    # via -r base.in")
    #expect(
      fixture.pins("locks/all.txt") == """
        click==2.0                # via -c base.txt, flask
        flask==2.0                # via -c base.txt, -r all.in, pytest
        pytest==1.0               # via -r all.in, -r dev.in
        """)
  }

  @Test func `none is written where one can't be`() async throws {
    let fixture = try await fixture()
    fixture.write(["dev.in": "-c base.txt\npytest\nflask>=3\n", "dev.txt": "pytest==0.1\n"])
    let outcome = try await fixture.compile()
    #expect(
      outcome
        == .init(
          status: 1, output: "",
          errors: """
            error: `dev.txt` can't be compiled, and no lockfile was written: the requirements can't be met
              Because your requirements ask for flask>=3 (dev.in:3) and flask==3.0 is ruled out by the \
            constraint flask==2.0 (base.txt:4), your requirements can't be met.
            hint: raise the constraint `flask==2.0` (base.txt:4) to admit flask==3.0
            hint: lower `flask>=3` (dev.in:3) to admit flask==2.0

            """))
    #expect(fixture.directory.text("base.txt") == nil)
    #expect(fixture.directory.text("dev.txt") == "pytest==0.1\n")
  }

  /// A file size limit that the second of two lockfiles exceeds.
  @Test(arguments: [nil, "click==1.0\nflask==1.0\n"])
  func `none is written where one can't be put in its place`(_ before: String?) async throws {
    var fixture = try await fixture()
    let names = (100..<300).map { "package-\($0)" }
    for name in names { fixture.server.serve(name, "1.0") }
    fixture.write(["dev.in": "-c base.txt\npytest\n\(names.joined(separator: "\n"))\n"])
    if let before { fixture.write(["base.txt": before]) }
    // Blocks of 512 bytes.
    fixture.prelude = "ulimit -f 2"
    let outcome = try await fixture.compile("--no-history", "--no-cache", "-U")
    #expect(
      outcome
        == .init(
          status: 2, output: "",
          errors:
            "error: repin.toml:3:3: can't write `dev.txt`: File too large; nothing was changed\n"))
    #expect(fixture.directory.text("base.txt") == before)
    #expect(fixture.directory.text("dev.txt") == nil)
    #expect(fixture.directory.names().filter { $0.hasPrefix(".") && $0.contains(".txt") } == [])
  }

  /// The second lockfile reads a document whose server changes the first.
  @Test(arguments: [["compile"], ["update", "flask"]])
  func `a lockfile that changes meanwhile isn't overwritten, nor is another written`(
    _ words: [String]
  ) async throws {
    let fixture = try await fixture()
    let root = fixture.url.replacing("/simple/", with: "")
    fixture.write([
      "dev.in": "-c base.txt\n-c \(root)/limits.txt\npytest\n", "base.txt": "click==1.0\nflask==1.0\n",
      "dev.txt": "click==1.0\nflask==1.0\npytest==0.1\n",
    ])
    fixture.server.serve("pytest", "0.1", requires: ["flask"])
    let directory = fixture.directory
    fixture.server.serve(
      document: { _ in
        directory.write("base.txt", "click==2.0\nflask==1.0\n")
        return []
      }, at: "/limits.txt")
    let arguments =
      words + CommandFixture.target + ["--no-history"] + (words == ["compile"] ? ["-U"] : ["--cooldown=0"])
    let outcome = try await fixture.run(arguments)
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.hasSuffix(
        "error: `base.txt` was changed by another program meanwhile; nothing was written\nhint: run it again\n"
      ),
      Comment(rawValue: outcome.errors))
    #expect(fixture.directory.text("base.txt") == "click==2.0\nflask==1.0\n")
    #expect(fixture.directory.text("dev.txt") == "click==1.0\nflask==1.0\npytest==0.1\n")
  }

  @Test func `an input that is wrong in one leaves all`() async throws {
    let fixture = try await fixture()
    fixture.write(["dev.in": "-c base.txt\npytest >\n"])
    let outcome = try await fixture.compile()
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.hasPrefix(
        "error: `dev.txt` can't be compiled, and no lockfile was written: dev.in:2:9: found the end"))
    #expect(fixture.directory.text("base.txt") == nil)
  }

  @Test func `an index that fails for one leaves all`() async throws {
    let fixture = try await fixture()
    for _ in 0..<4 { fixture.server.fail("/simple/pytest/", .status(503, retryAfter: "0")) }
    let outcome = try await fixture.compile()
    #expect(outcome.status == 3)
    #expect(fixture.directory.text("base.txt") == nil)
  }

  @Test func `--check looks at all`() async throws {
    let fixture = try await fixture()
    fixture.write([
      "repin.toml": Self.list(["dev", "base"], "emit-options = false\n"),
      "base.txt": "click==2.0\nflask==2.0\n", "dev.txt": "click==2.0\n",
    ])
    let outdated = try await fixture.compile("--check")
    #expect(
      outdated
        == .init(
          status: 1,
          output: """
            --- dev.txt
            +++ dev.txt (compiled)
            @@ -1 +1,3 @@
             click==2.0
            +flask==2.0
            +pytest==1.0

            """,
          errors: """
            base.txt is up to date
            error: `dev.txt` is out of date
            hint: compile without `--check` and commit the lockfile

            """))
    #expect(fixture.directory.text("dev.txt") == "click==2.0\n")
    fixture.write(["base.txt": "flask==2.0\n"])
    let both = try await fixture.compile("--check", "-q")
    #expect(both.status == 1)
    #expect(both.output.contains("--- base.txt\n"))
    #expect(both.output.contains("--- dev.txt\n"))
    #expect(both.errors.hasPrefix("error: `base.txt`, `dev.txt` are out of date\n"))
    _ = try await fixture.compile("-q")
    let current = try await fixture.compile("--check", "-q")
    #expect(current == .init(status: 0, output: "", errors: ""))
  }

  @Test func `a dry run shows all and writes none`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.compile("-n", "-q", "--no-emit-options")
    #expect(
      outcome == .init(status: 0, output: "\(Self.base)\n\(Self.dev)\n", errors: ""))
    #expect(fixture.directory.text("base.txt") == nil)
  }

  struct Wrong: CustomTestStringConvertible {
    let testDescription: String
    var files: [String: String] = [:]
    var arguments: [String] = []
    let errors: String
  }

  @Test(arguments: [
    Wrong(
      testDescription: "lockfiles that build on each other", files: ["base.in": "-c dev.txt\nflask\n"],
      errors: """
        error: repin.toml:3:3: the lockfiles `dev.txt`, `base.txt` of `[[compile]]` build on each other
        hint: a lockfile can be a constraint (`-c`) of another only one way

        """),
    Wrong(
      testDescription: "an output twice",
      files: [
        "repin.toml":
          "[[compile]]\nsources = [\"base.in\"]\n[[compile]]\nsources = \"dev.in\"\noutput = \"./base.txt\"\n"
      ],
      errors: "error: repin.toml:3:3: `./base.txt` is the output of two entries of `[[compile]]`\n"),
    Wrong(
      testDescription: "no sources", files: ["repin.toml": "[[compile]]\noutput = \"base.txt\"\n"],
      errors: """
        error: repin.toml:1:3: found a `[[compile]]` without `sources`, expected `sources = ["requirements.in"]`

        """),
    Wrong(
      testDescription: "several sources without an output",
      files: ["repin.toml": "[[compile]]\nsources = [\"base.in\", \"dev.in\"]\n"],
      errors: """
        error: repin.toml:1:3: several sources need an output
        hint: name it: `--output-file requirements.txt`

        """),
    Wrong(
      testDescription: "one output for all", arguments: ["-o", "lock.txt"],
      errors: """
        error: `--output-file` with the several lockfiles of `[[compile]]`
        hint: name the sources of the one that is meant, or leave out `--output-file`

        """),
  ])
  func refused(_ wrong: Wrong) async throws {
    let fixture = try await fixture()
    fixture.write(wrong.files)
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + wrong.arguments)
    #expect(outcome == .init(status: 2, output: "", errors: wrong.errors))
    #expect(fixture.directory.text("base.txt") == nil)
    #expect(fixture.directory.text("dev.txt") == nil)
  }

  @Test func `sources on the command line are compiled alone`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.compile("base.in")
    #expect(outcome == .init(status: 0, output: "", errors: "wrote base.txt: 2 pins (TIME)\n"))
    #expect(fixture.directory.text("dev.txt") == nil)
  }
}
