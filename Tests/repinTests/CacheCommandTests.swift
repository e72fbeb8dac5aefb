import IndexServer
import SQLite
import TestSupport
import Testing

/// `repin cache`, run as a process.
@Suite struct CacheCommandTests {
  private static func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    fixture.server.behave { $0.fields = [("Cache-Control", "max-age=600")] }
    fixture.server.serve("app", "1.0", requires: ["lib>=1"])
    fixture.server.serve("lib", "1.0")
    fixture.directory.write("requirements.in", "app\n")
    return fixture
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var files: [String: String] = [:]
    var environment: [String: String] = [:]
    var arguments: [String]
    var status: Int32 = 0
    /// Sizes are SIZE.
    var output = ""
    var errors = ""
  }

  /// After a compilation into the usual place.
  static let cases: [Case] = [
    Case(
      testDescription: "alone", arguments: [],
      output: """
        DIR/.cache/repin: SIZE
          project pages                    2  SIZE
          metadata of files                2  SIZE

        """),
    Case(testDescription: "dir", arguments: ["dir"], output: "DIR/.cache/repin\n"),
    Case(
      testDescription: "dir of an option", arguments: ["dir", "--cache-dir", "here"], output: "DIR/here\n"),
    Case(
      testDescription: "dir of the environment", files: ["repin.toml": "cache-dir = 'there'\n"],
      environment: ["REPIN_CACHE_DIR": "here"], arguments: ["dir"], output: "DIR/here\n"),
    Case(
      testDescription: "dir of the configuration", files: ["repin.toml": "cache-dir = 'there'\n"],
      arguments: ["dir"], output: "DIR/there\n"),
    Case(
      testDescription: "dir without it", files: ["repin.toml": "cache-dir = 'there'\n"],
      arguments: ["dir", "--no-config"], output: "DIR/.cache/repin\n"),
    Case(
      testDescription: "dir of another configuration", files: ["other.toml": "cache-dir = 'there'\n"],
      arguments: ["dir", "--config=other.toml"], output: "DIR/there\n"),
    Case(
      testDescription: "dir of XDG", environment: ["XDG_CACHE_HOME": "/xdg"], arguments: ["dir"],
      output: "/xdg/repin\n"),
    Case(
      testDescription: "no place", environment: ["HOME": ""], arguments: ["dir"], status: 2,
      errors: """
        error: there is no place for a cache: neither REPIN_CACHE_DIR, XDG_CACHE_HOME nor HOME is set
        hint: name one by `--cache-dir`

        """),
    Case(testDescription: "empty", arguments: ["--cache-dir", "here"], output: "DIR/here: SIZE\n"),
    Case(
      testDescription: "no cache", arguments: ["--no-cache"], status: 2,
      errors: """
        Error: `--no-cache` leaves no cache to look at
        Usage: repin cache [dir | prune | clear [<package> ...]] [<options>]
          See 'repin cache show --help' for more information.

        """),
    Case(
      testDescription: "no format", arguments: ["--format", "xml"], status: 2,
      errors: """
        Error: `--format`: found `xml`, expected text or json
        Usage: repin cache [dir | prune | clear [<package> ...]] [<options>]
          See 'repin cache show --help' for more information.

        """),
    Case(
      testDescription: "none is configured", files: ["repin.toml": "\nno-cache = true\n"],
      arguments: ["prune"],
      status: 2,
      errors: """
        error: repin.toml:2:1: `no-cache` leaves no cache to look at
        hint: name one by `--cache-dir`, or leave out what configures none by `--no-config`

        """),
    Case(
      testDescription: "none by the environment", environment: ["REPIN_NO_CACHE": "1"], arguments: ["clear"],
      status: 2,
      errors: """
        error: REPIN_NO_CACHE: `no-cache` leaves no cache to look at
        hint: name one by `--cache-dir`, or leave out what configures none by `--no-config`

        """),
    Case(
      testDescription: "a configuration that can't be read", files: ["repin.toml": "cache-dir = 1.5\n"],
      arguments: [], status: 2,
      errors: "error: repin.toml:1:13: found a float for `cache-dir`, expected a string or a number\n"),
    Case(
      testDescription: "prune what was used today", arguments: ["prune"],
      output: "DIR/.cache/repin has nothing to remove\nfreed SIZE; SIZE are left\n"),
    Case(
      testDescription: "prune another format", files: [".cache/repin/index-v1.sqlite": "old"],
      arguments: ["prune", "--older-than=P1W"],
      output: """
        removed from DIR/.cache/repin: what wasn't used for P1W
          caches of older versions         1  SIZE
        freed SIZE; SIZE are left

        """),
    Case(
      testDescription: "no span", arguments: ["prune", "--older-than", "1 month"], status: 2,
      errors: """
        Error: `--older-than`: `1 month`: months and years differ in length, expected weeks or less
        Usage: repin cache prune [--older-than <older-than>] [--cache-dir <cache-dir>] [--config <config>] \
        [--no-config] [--format <format>]
          See 'repin cache prune --help' for more information.

        """),
    Case(
      testDescription: "clear", arguments: ["clear"],
      output: """
        removed from DIR/.cache/repin: everything
          project pages                    2  SIZE
          metadata of files                2  SIZE
        freed SIZE; SIZE are left

        """),
    Case(
      testDescription: "clear a project", arguments: ["clear", "Lib", "unknown"],
      output: """
        removed from DIR/.cache/repin: what is kept of `lib`, `unknown`
          project pages                    1  SIZE
          metadata of files                1  SIZE
        freed SIZE; SIZE are left

        """),
    Case(
      testDescription: "no project", arguments: ["clear", "../x"], status: 2,
      errors: """
        Error: `../x` is no package's name
        Usage: repin cache clear [<packages> ...] [--cache-dir <cache-dir>] [--config <config>] [--no-config] \
        [--format <format>]
          See 'repin cache clear --help' for more information.

        """),
    Case(
      testDescription: "damaged",
      files: [".cache/repin/index-v3.sqlite": "This is no database, whatever it says."],
      arguments: [], output: "DIR/.cache/repin: SIZE\n",
      errors: """
        warning: the cache in DIR/.cache/repin is damaged, and will be begun anew by the next command that uses it: file \
        is not a database

        """),
    Case(
      testDescription: "clear what is damaged",
      files: [".cache/repin/index-v3.sqlite": "This is no database, whatever it says."], arguments: ["clear"],
      output: "DIR/.cache/repin has nothing to remove\nfreed SIZE; nothing is left\n"),
  ]

  @Test(arguments: cases) func command(given: Case) async throws {
    var fixture = try await Self.fixture()
    #expect(try await fixture.compile().status == 0)
    for name in given.files.keys where name.hasSuffix("v2.sqlite") { fixture.directory.remove(name) }
    fixture.write(given.files)
    fixture.environment = given.environment
    var outcome = try await fixture.run(["cache"] + given.arguments)
    outcome.output = outcome.output.replacing(/\d+(?:\.\d [KM]iB| bytes)/, with: "SIZE")
    #expect(outcome == .init(status: given.status, output: given.output, errors: given.errors))
  }

  struct Document: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String]
    /// Without white space; numbers of bytes are N.
    var output: String
  }
  private static let none = #"{"bytes":N,"count":0}"#

  static let documents = [
    Document(
      testDescription: "alone", arguments: [],
      output: """
        {"bytes":N,"directory":"DIR/.cache/repin","holds":{"advisories":{"bytes":N,"count":0},"builds":\(none),"interpreters":\(none),"links":\(none),\
        "metadata":{"bytes":N,"count":2},"outdated":\(none),"pages":{"bytes":N,"count":2},"repositories":\(none)},\
        "limit":1073741824,"version":1}
        """),
    Document(
      testDescription: "clear", arguments: ["clear", "lib"],
      output: """
        {"bytes":N,"directory":"DIR/.cache/repin","freed":N,"removed":{"advisories":{"bytes":N,"count":0},"builds":\(none),"interpreters":\(none),\
        "links":\(none),"metadata":{"bytes":N,"count":1},"outdated":\(none),"pages":{"bytes":N,"count":1},\
        "repositories":\(none)},"version":1}
        """),
  ]

  @Test(arguments: documents) func document(given: Document) async throws {
    let fixture = try await Self.fixture()
    #expect(try await fixture.compile().status == 0)
    let outcome = try await fixture.run(["cache"] + given.arguments + ["--format", "json"])
    let text = outcome.output.filter { !$0.isWhitespace }
      .replacing(/"(bytes|freed)":\d+/) { match in "\"\(match.1)\":N" }
    #expect(text == given.output)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test func `what was cleared is fetched again, and nothing else`() async throws {
    let fixture = try await Self.fixture()
    #expect(try await fixture.compile().status == 0)
    #expect(try await fixture.run(["cache", "clear", "lib"]).status == 0)
    fixture.server.forgetRequests()
    fixture.directory.remove("requirements.txt")
    #expect(try await fixture.compile().status == 0)
    #expect(fixture.server.requests.allSatisfy { $0.path.contains("lib") })
    #expect(fixture.server.requestCount("/simple/lib/") == 1)
  }

  /// Whatever happens to the cache, a compilation comes to its answer and says nothing of it.
  @Test(.timeLimit(.minutes(5)))
  func `compilations at once, while it is pruned and cleared`() async throws {
    let fixture = try await Self.fixture()
    for number in 0..<12 {
      fixture.server.serve("p\(number)", "1.0", requires: ["lib"])
    }
    let names = (0..<12).map { "p\($0)" }
    fixture.directory.write("many.in", names.joined(separator: "\n"))
    let pins = (["lib"] + names).sorted().map { "\($0)==1.0" }.joined(separator: "\n")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<3 {
        group.addTask {
          for round in 0..<4 {
            let output = "many-\(worker)-\(round).txt"
            let outcome = try await fixture.compile("many.in", "--no-annotate", "-o", output)
            #expect(
              outcome == .init(status: 0, output: "", errors: "wrote \(output): 13 pins (TIME)\n"))
            #expect(fixture.pins(output) == pins)
          }
        }
      }
      for command in [["clear"], ["prune", "--older-than=0 s"], ["clear", "lib", "p1"], []] {
        group.addTask {
          for _ in 0..<6 {
            let outcome = try await fixture.run(["cache"] + command)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, Comment(rawValue: outcome.errors))
          }
        }
      }
      try await group.waitForAll()
    }
    let connection = try Connection(path: fixture.directory.file(".cache/repin/index-v3.sqlite"))
    let verdict = try connection.prepare("PRAGMA integrity_check").first { (row) throws(SQLiteError) in
      row.text(at: 0)
    }
    #expect(verdict == "ok")
  }

  /// An answer from a cache of another time is the answer without one.
  @Test(arguments: ["older", "torn", "another format"])
  func `what isn't this version's whole cache isn't believed`(state: String) async throws {
    let fixture = try await Self.fixture()
    #expect(try await fixture.compile().status == 0)
    let file = ".cache/repin/index-v3.sqlite"
    switch state {
    case "older":
      fixture.directory.write(".cache/repin/index-v1.sqlite", fixture.directory.read(file) ?? [])
      fixture.directory.remove(file)
    case "torn":
      fixture.directory.overwrite(file, with: Array(repeating: 0, count: 50_000), at: 20_000)
    default:
      try Connection(path: fixture.directory.file(file)).execute(script: "PRAGMA user_version = 1")
    }
    fixture.directory.remove("requirements.txt")
    fixture.server.serve("lib", "2.0")
    fixture.server.forgetRequests()
    let outcome = try await fixture.compile("--no-header", "--no-emit-index-url")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("was damaged and begun anew") == (state != "older"))
    #expect(fixture.pins()?.contains("lib==2.0") == true)
    #expect(fixture.server.requestCount("/simple/lib/") == 1)
    fixture.directory.remove("requirements.txt")
    #expect(try await fixture.compile().errors == "wrote requirements.txt: 2 pins (TIME)\n")
    #expect(fixture.server.requestCount("/simple/lib/") == 1)
  }
}
