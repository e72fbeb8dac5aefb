import IndexServer
import TestSupport
import Testing

/// Names of files that aren't UTF-8, which the system has and Swift's strings can't hold.
@Suite struct RawNameTests {
  private static let odd = "requirements-\\351.txt"

  private static func fixture() async throws -> CheckFixture {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20)
    fixture.command.directory.write("requirements.txt", "app==1.0\n")
    fixture.command.directory.write(
      "odd.sh", "echo app==1.0 > \"$(printf '\(odd)')\"; mkdir \"$(printf 'deep\\351')\"")
    try #require(try await fixture.command.shell("odd.sh") == 0)
    return fixture
  }

  @Test func `what is found and can't be named is said`() async throws {
    let fixture = try await Self.fixture()
    for words in [[], ["--recursive", "."]] {
      let outcome = try await fixture.command.run(["check", "--no-history"] + CommandFixture.target + words)
      #expect(outcome.status == 0, "\(outcome)")
      #expect(
        outcome.errors == """
          warning: not looked at: `deep\\xe9`: its name isn't UTF-8
          warning: not looked at: `requirements-\\xe9.txt`: its name isn't UTF-8

          """, "\(outcome.errors)")
    }
  }

  @Test func `a pattern that matches one is wrong`() async throws {
    let fixture = try await Self.fixture()
    let outcome = try await fixture.check("--no-history", "requirements-*.txt")
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.contains(
        "`requirements-*.txt` matches `DIR/requirements-\\xe9.txt`, whose name isn't UTF-8"),
      "\(outcome.errors)")
  }

  @Test(arguments: ["check", "diff", "compile", "update"])
  func `to name one is wrong`(_ command: String) async throws {
    var fixture = try await Self.fixture()
    fixture.command.prelude = "set -- \"$1\" \"$2\" \"$(printf '\(Self.odd)')\""
    let outcome = try await fixture.command.run([command])
    #expect(
      outcome
        == .init(
          status: 2, output: "",
          errors: """
            error: found `requirements-\\xe9.txt` on the command line, which isn't UTF-8, expected UTF-8
            hint: rename the file: repin reads and writes names as UTF-8

            """))
  }
}
