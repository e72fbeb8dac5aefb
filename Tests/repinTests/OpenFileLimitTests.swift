import IndexServer
import TestSupport
import Testing

/// That too low a limit of open files is named, and raised where that may be done.
@Suite struct OpenFileLimitTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String { prelude }
    /// What the shell does first.
    let prelude: String
    var status: Int32 = 0
    let errors: String
  }

  @Test(arguments: [
    Case(
      prelude: "ulimit -n 11", status: 3,
      errors: """
        error: no more than 11 files and connections may be open at a time; nothing was written
        hint: raise the limit: `ulimit -n 1024`

        """),
    Case(
      prelude: "ulimit -n 33", status: 3,
      errors: """
        error: no more than 33 files and connections may be open at a time; nothing was written
        hint: raise the limit: `ulimit -n 1024`

        """),
    Case(prelude: "ulimit -S -n 11", errors: "wrote requirements.txt: 1 pin (TIME)\n"),
  ])
  func compiles(_ given: Case) async throws {
    var fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    fixture.prelude = given.prelude
    let outcome = try await fixture.compile()
    #expect(outcome == .init(status: given.status, output: "", errors: given.errors))
  }
}
