import IndexServer
import TestSupport
import Testing

/// `--find-links`: directories, pages and files that have distributions beside the index.
@Suite struct FindLinksTests {
  /// An index with `lamp` 1.0, and in `wheels` 2.0, which needs `oil` of the index.
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    fixture.server.serve("lamp", "1.0")
    fixture.server.serve("oil", "1.0")
    fixture.write(.wheel("lamp", "2.0", requires: ["oil"]), in: "wheels")
    fixture.write(.staticSource("wick", "1.0", requires: ["oil"]), in: "wheels")
    fixture.write(.wheel("oil", "0.9"), in: "wheels")
    fixture.directory.write("wheels/readme.txt", "oil-9.9-py3-none-any.whl is not here\n")
    fixture.directory.write("requirements.in", "lamp\n")
    return fixture
  }

  static let newest = "lamp==2.0\n    # via -r requirements.in\noil==1.0\n    # via lamp"

  static let cases: [CompileCase] = [
    CompileCase(
      testDescription: "a relative directory", arguments: ["--find-links", "wheels"],
      pins: "--find-links wheels\n\(newest)"),
    CompileCase(
      testDescription: "an absolute directory", arguments: ["-f", "DIR/wheels"],
      pins: "--find-links DIR/wheels\n\(newest)"),
    CompileCase(
      testDescription: "a directory of the user's own", arguments: ["-f", "~/wheels"],
      pins: "--find-links ~/wheels\n\(newest)"),
    CompileCase(
      testDescription: "a file: URL", arguments: ["-f", "file://DIR/wheels"],
      pins: "--find-links file://DIR/wheels\n\(newest)"),
    CompileCase(
      testDescription: "one file", arguments: ["-f", "wheels/lamp-2.0-py3-none-any.whl"],
      pins: "--find-links wheels/lamp-2.0-py3-none-any.whl\n\(newest)"),
    CompileCase(
      testDescription: "in the input, made absolute where it is beside it",
      files: ["requirements.in": "-f wheels\nlamp\n"], pins: "--find-links DIR/wheels\n\(newest)"),
    CompileCase(
      testDescription: "in an input elsewhere, where it isn't beside it",
      files: ["sub/requirements.in": "--find-links=wheels\nlamp\n"],
      arguments: ["sub/requirements.in", "-o", "requirements.txt"],
      pins: "--find-links wheels\n" + newest.replacing("-r req", with: "-r sub/req")),
    CompileCase(
      testDescription: "from the environment", environment: ["PIP_FIND_LINKS": "wheels"],
      pins: "--find-links wheels\n\(newest)"),
    CompileCase(
      testDescription: "several, those of the command line first",
      files: ["requirements.in": "-f wheels\nlamp\n"],
      arguments: ["-f", "empty"], pins: "--find-links empty\n--find-links DIR/wheels\n\(newest)"),
    CompileCase(
      testDescription: "not written", arguments: ["-f", "wheels", "--no-emit-find-links"], pins: newest),
    CompileCase(
      testDescription: "a page of a server", arguments: ["-f", "ROOT/simple/links/"],
      pins: "--find-links ROOT/simple/links/\nlamp==3.0\n    # via -r requirements.in"),
    CompileCase(
      testDescription: "a page of a server, in the input",
      files: ["requirements.in": "-f ROOT/simple/links/\nlamp\n"],
      pins: "--find-links ROOT/simple/links/\nlamp==3.0\n    # via -r requirements.in"),
    CompileCase(
      testDescription: "a page of this machine",
      files: ["page.html": "<a href=\"wheels/lamp-2.0-py3-none-any.whl\">the lamp</a>"],
      arguments: ["-f", "page.html"], pins: "--find-links page.html\n\(newest)"),
    CompileCase(
      testDescription: "a file of this machine that a server's page links to isn't there",
      files: ["requirements.in": "wick\n"], arguments: ["-f", "ROOT/simple/links/"], status: 1),
    CompileCase(
      testDescription: "a damaged file: nothing of the index comes in its place",
      files: ["links/lamp-9.0-py3-none-any.whl": "", "links/lamp-1.0.tar.gz": ""],
      arguments: ["-f", "links"], status: 2,
      says: ["`lamp-9.0-py3-none-any.whl` of find-links can't be used"]),
    CompileCase(
      testDescription: "a cutoff is for what was uploaded: files of this machine were not",
      arguments: ["-f", "wheels", "--exclude-newer", "2024-01-01"],
      pins: "--find-links wheels\n" + newest.replacing("oil==1.0", with: "oil==0.9")),
    CompileCase(
      testDescription: "a cutoff, and a page of a server that tells no times",
      arguments: ["-f", "ROOT/simple/links/", "--exclude-newer", "2024-01-01"], status: 1,
      says: ["lamp has no upload time"]),
    CompileCase(
      testDescription: "without an index", arguments: ["--no-index", "-f", "wheels"],
      pins: "--find-links wheels\n" + newest.replacing("oil==1.0", with: "oil==0.9")),
    CompileCase(
      testDescription: "without an index, in the input",
      files: ["requirements.in": "--no-index\n-f wheels\nlamp\n"],
      pins: "--find-links DIR/wheels\n" + newest.replacing("oil==1.0", with: "oil==0.9")),
    CompileCase(
      testDescription: "without an index and without links", arguments: ["--no-index"], status: 1,
      says: ["name that by `--find-links`, or leave out `--no-index`"]),
    CompileCase(
      testDescription: "a project that no index has",
      files: ["requirements.in": "wick\n"], arguments: ["-f", "wheels"],
      pins: "--find-links wheels\noil==1.0\n    # via wick\nwick==1.0\n    # via -r requirements.in"),
    CompileCase(
      testDescription: "only wheels",
      files: ["requirements.in": "wick\n"], arguments: ["-f", "wheels", "--only-binary", "wick"], status: 1),
    CompileCase(
      testDescription: "a location that isn't there",
      files: ["requirements.in": "lamp<2\n"], arguments: ["-f", "nowhere"],
      pins: "--find-links nowhere\nlamp==1.0\n    # via -r requirements.in",
      errors: """
        warning: find-links `DIR/nowhere` is passed over: neither a directory, an HTML page nor a distribution
        wrote requirements.txt: 1 pin (TIME)

        """),
    CompileCase(
      testDescription: "a page that isn't there", arguments: ["-f", "ROOT/simple/gone/"], status: 3),
  ]

  @Test(arguments: cases) func compiles(_ given: CompileCase) async throws {
    let fixture = try await fixture()
    fixture.server.behave { $0.pageFormat = .html }
    fixture.server.add(.wheel("lamp", "3.0"), to: "elsewhere")
    fixture.server.serve(
      page: fixture.filled(
        """
        <!DOCTYPE html><html><body><h1>lamps &amp; wicks</h1>
        <a href="/files/lamp-3.0-py3-none-any.whl">lamp</a>
        <a href="file://DIR/wheels/wick-1.0.tar.gz">wick</a>
        <a href="/files/notes.pdf">notes</a>
        </body></html>
        """), of: "links")
    try await fixture.expect(given)
  }

  @Test func `without an index nothing is asked`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.compile("--no-index", "-f", "wheels")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.server.requests.isEmpty)
  }

  @Test func `files of this machine are hashed, beside those that the index has`() async throws {
    let fixture = try await fixture()
    let here = ServedFile.wheel("oil", "1.0", tag: "py2.py3-none-any")
    fixture.write(here, in: "wheels")
    let outcome = try await fixture.compile("-f", "wheels", "--generate-hashes", "--no-annotate")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let lamp = ServedFile.sha256(ServedFile.wheel("lamp", "2.0", requires: ["oil"]).bytes)
    let oil = [here, ServedFile.wheel("oil", "1.0")].map {
      "    --hash=sha256:\(ServedFile.sha256($0.bytes))"
    }
    #expect(
      fixture.pins() == """
        --find-links wheels
        lamp==2.0 \\
            --hash=sha256:\(lamp)
        oil==1.0 \\
        \(oil.sorted().joined(separator: " \\\n"))
        """)
  }

  @Test func `a file that changed is hashed anew`() async throws {
    let fixture = try await fixture()
    let arguments = ["--no-index", "-f", "wheels", "--generate-hashes", "--no-annotate", "--no-reuse-hashes"]
    fixture.directory.write("requirements.in", "oil\n")
    _ = try await fixture.run(["compile"] + CommandFixture.target + arguments)
    var shape = WheelShape()
    shape.description = "Made anew."
    let anew = ServedFile.wheel("oil", "0.9", shape: shape)
    fixture.write(anew, in: "wheels")
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + arguments)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(
      fixture.pins() == """
        --find-links wheels
        oil==0.9 \\
            --hash=sha256:\(ServedFile.sha256(anew.bytes))
        """)
  }

  struct Offline: CustomTestStringConvertible {
    let testDescription: String
    var input = "nowhere\n"
    var arguments: [String] = []
    var status: Int32 = 3
    /// Whether there may be an answer online.
    var isIncomplete = true
    let errors: String
  }

  static let goOnline = "hint: what isn't cached may be on the index: leave out `--offline`\n"

  @Test(arguments: [
    Offline(
      testDescription: "a project that the links don't have",
      errors: """
        error: the requirements can't be met
          Because your requirements ask for nowhere (requirements.in:1), which is not in the cache, your requirements \
        can't be met.
        \(goOnline)
        """),
    Offline(
      testDescription: "a dependency that the links don't have", input: "tank\n",
      errors: """
        error: the requirements can't be met
          Because your requirements ask for tank (requirements.in:1) which depends on nowhere, which is not in the \
        cache, your requirements can't be met.
        \(goOnline)
        """),
    Offline(
      testDescription: "a release that the links don't have", input: "lamp<2\n",
      errors: """
        error: the requirements can't be met
          Because your requirements ask for lamp<2 (requirements.in:1), which no release at hand matches (the newest is \
        2.0; the index's are not in the cache), your requirements can't be met.
        \(goOnline)
        """),
    Offline(
      testDescription: "no index to ask", arguments: ["--no-index"], status: 1, isIncomplete: false,
      errors: """
        error: the requirements can't be met
          Because your requirements ask for nowhere (requirements.in:1), which no index has, your requirements can't \
        be met.
        hint: `nowhere` may be misspelt, or where nobody looks: name that by `--find-links`, or leave out `--no-index`

        """),
  ])
  func `offline, what only the index may have is missing from the cache`(_ offline: Offline) async throws {
    let fixture = try await fixture()
    fixture.write(.wheel("tank", "1.0", requires: ["nowhere"]), in: "wheels")
    fixture.directory.write("requirements.in", offline.input)
    let arguments = ["compile", "--offline", "-f", "wheels", "--format", "json"] + CommandFixture.target
    let outcome = try await fixture.run(arguments + offline.arguments)
    #expect(outcome.status == offline.status)
    #expect(outcome.errors == offline.errors)
    #expect(
      outcome.output.contains("\"isIncomplete\" : \(offline.isIncomplete)"), Comment(rawValue: outcome.output)
    )
    #expect(fixture.server.requests.isEmpty)
  }

  @Test func `offline, directories go on`() async throws {
    let fixture = try await fixture()
    fixture.directory.write("requirements.in", "oil\n")
    let outcome = try await fixture.compile("--offline", "--no-index", "-f", "wheels", "--no-annotate")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == "--find-links wheels\noil==0.9")
    #expect(fixture.server.requests.isEmpty)
  }

  @Test func `offline, pages that are cached go on`() async throws {
    let fixture = try await fixture()
    fixture.server.add(.wheel("lamp", "3.0"), to: "elsewhere")
    fixture.server.serve(page: "<a href='/files/lamp-3.0-py3-none-any.whl'>lamp</a>", of: "links")
    let arguments = ["-f", "wheels", "-f", fixture.filled("ROOT/simple/links/"), "--no-annotate"]
    let first = try await fixture.run(["compile"] + CommandFixture.target + arguments)
    #expect(first.status == 0, Comment(rawValue: first.errors))
    await fixture.server.stop()
    fixture.directory.remove("requirements.txt")
    let second = try await fixture.run(["compile", "--offline"] + CommandFixture.target + arguments)
    #expect(second.status == 0, Comment(rawValue: second.errors))
    #expect(fixture.pins() == "--find-links wheels\n--find-links ROOT/simple/links/\nlamp==3.0")
  }

  @Test func `a pin that only the links have is kept`() async throws {
    let fixture = try await fixture()
    fixture.directory.write("requirements.txt", "lamp==2.0\noil==0.9\n")
    let outcome = try await fixture.compile("-f", "wheels", "--no-annotate")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == "--find-links wheels\nlamp==2.0\noil==0.9")
  }
}
