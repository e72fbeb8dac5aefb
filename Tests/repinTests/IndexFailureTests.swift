import IndexServer
import TestSupport
import Testing

/// An index that fails is named, ends with 3, and leaves the lockfile as it was.
@Suite struct IndexFailureTests {
  struct Failing: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    let breaks: @Sendable (IndexServer) async -> Void
    let errors: String
  }

  static let page = "/simple/a/"
  static let wheel = "/files/a-1.0-py3-none-any.whl"

  static let cases: [Failing] = [
    Failing(
      testDescription: "nobody listens", breaks: { await $0.stop() },
      errors: """
        error: can't fetch the project page of `a`: can't reach ROOT/simple/a/: connection refused; \
        nothing was written
        hint: try again, or use `--offline` to go by what is cached

        """),
    Failing(
      testDescription: "it never answers", environment: ["PIP_TIMEOUT": "0.2"],
      breaks: { $0.fail(page, .silence, .silence, .silence, .silence) },
      errors: """
        error: can't fetch the project page of `a`: ROOT/simple/a/ took too long (waiting for an answer); nothing \
        was written
        hint: try again, or use `--offline` to go by what is cached

        """),
    Failing(
      testDescription: "it has a fault of its own",
      breaks: { server in
        for _ in 0..<4 { server.fail(page, .status(503, retryAfter: "0")) }
      },
      errors: """
        error: can't fetch the project page of `a`: ROOT/simple/a/ answered 503 and asks to wait 0 s; nothing was \
        written

        """),
    Failing(
      testDescription: "the page ends early",
      breaks: { $0.fail(page, .truncated, .truncated, .truncated, .truncated) },
      errors: """
        error: can't fetch the project page of `a`: the answer from ROOT/simple/a/ ended early; nothing was written

        """),
    Failing(
      testDescription: "the page isn't JSON",
      breaks: {
        let half = Array("{\"files\": [".utf8)
        $0.fail(page, .body(half, contentType: "application/json", contentEncoding: nil))
      },
      errors: """
        error: can't fetch the project page of `a`: ROOT/simple/a/ is not a project page: the page is not JSON: byte \
        11: expected a value, found the end; nothing was written

        """),
    Failing(
      testDescription: "the page isn't a page",
      breaks: { $0.fail(page, .body([1, 2, 3], contentType: "image/png", contentEncoding: nil)) },
      errors: """
        error: can't fetch the project page of `a`: ROOT/simple/a/ answered with content type `image/png`, which is \
        no project page; nothing was written

        """),
    Failing(
      testDescription: "a file isn't what the index announced",
      breaks: { server in
        server.serve("a", "2.0", coreMetadata: .announcedWithWrongHash)
      },
      errors: """
        error: can't fetch the metadata of `a-2.0-py3-none-any.whl`: a-2.0-py3-none-any.whl.metadata has sha256 \
        HASH, expected HASH (ROOT/files/a-2.0-py3-none-any.whl.metadata); nothing was written
        hint: the file was changed on its way or on the index; don't install it before you know why

        """),
  ]

  @Test(arguments: cases) func says(_ failing: Failing) async throws {
    var fixture = try await CommandFixture()
    fixture.environment = failing.environment
    fixture.server.serve("a", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    fixture.directory.write("requirements.txt", "a==0.9\n")
    let before = fixture.directory.modified("requirements.txt")
    await failing.breaks(fixture.server)
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + failing.arguments)
    #expect(outcome == .init(status: 3, output: "", errors: failing.errors))
    #expect(fixture.directory.text("requirements.txt") == "a==0.9\n")
    #expect(fixture.directory.modified("requirements.txt") == before)
  }

  @Test func `a fault that passes is tried again`() async throws {
    let fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    fixture.server.fail(Self.page, .status(503, retryAfter: "0"), .truncated)
    let outcome = try await fixture.compile("--no-annotate")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == "a==1.0")
    #expect(fixture.server.requestCount(Self.page) == 3)
  }

  @Test func `offline goes by what is cached, however old`() async throws {
    let fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    let before = try await fixture.compile("--offline")
    #expect(
      before
        == .init(
          status: 3, output: "",
          errors: """
            error: the requirements can't be met
              Because your requirements ask for a (requirements.in:1), which is not in the cache, your requirements \
            can't be met.
            hint: what isn't cached may be on the index: leave out `--offline`

            """))
    _ = try await fixture.compile("-q")
    await fixture.server.stop()
    let after = try await fixture.compile("--offline")
    #expect(after == .init(status: 0, output: "", errors: "unchanged requirements.txt: 1 pin (TIME)\n"))
  }
}
