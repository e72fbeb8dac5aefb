import Glibc
import IndexServer
import TestSupport
import Testing

/// Lockfiles that their owner has marked as read-only.
@Suite struct ReadOnlyLockfileTests {
  private static let pins = "boto3==1.17.5\nbotocore==1.20.5\nsix==1.15\nurllib3==1.26.3\n"

  private func fixture(mode: mode_t) async throws -> UpdateFixture {
    let fixture = try await UpdateFixture.cloud()
    fixture.command.write(["requirements.txt": Self.pins])
    chmod(fixture.command.directory.file("requirements.txt"), mode)
    return fixture
  }

  @Test(arguments: [
    ["compile", "-U"], ["compile", "requirements.in", "-U"], ["update", "six"], ["update"],
  ])
  func `one isn't replaced, and no index is asked for it`(_ words: [String]) async throws {
    let fixture = try await fixture(mode: 0o444)
    let outcome = try await fixture.command.run(words + CommandFixture.target)
    #expect(
      outcome
        == .init(
          status: 2, output: "",
          errors: """
            error: can't write `requirements.txt`: it is read-only; nothing was changed
            hint: `chmod u+w requirements.txt` lets it be replaced

            """))
    #expect(fixture.command.server.requests.isEmpty)
    #expect(fixture.command.directory.text("requirements.txt") == Self.pins)
  }

  @Test func `one of a set leaves the others`() async throws {
    let fixture = try await fixture(mode: 0o444)
    fixture.command.write([
      "dev.in": "six\n", "dev.txt": "six==1.15\n",
      "repin.toml":
        "[[compile]]\nsources = ['dev.in']\n[[compile]]\nsources = ['requirements.in']\n",
    ])
    for words in [["compile", "-U"], ["update", "six"]] {
      let outcome = try await fixture.command.run(words + CommandFixture.target)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("can't write `requirements.txt`: it is read-only"), "\(outcome)")
      #expect(fixture.command.directory.text("dev.txt") == "six==1.15\n")
    }
  }

  @Test(arguments: [["compile", "--check"], ["compile", "-n"], ["update", "six", "-n"], ["check"]])
  func `one can be looked at`(_ words: [String]) async throws {
    let fixture = try await fixture(mode: 0o444)
    let outcome = try await fixture.command.run(words + CommandFixture.target)
    #expect(outcome.status < 2, "\(outcome)")
    #expect(!outcome.errors.contains("read-only"), "\(outcome)")
  }

  @Test func `one that its owner may write stays as it is in its permissions`() async throws {
    let fixture = try await fixture(mode: 0o640)
    let outcome = try await fixture.update("six")
    #expect(outcome.status == 0, "\(outcome)")
    var found = stat()
    #expect(stat(fixture.command.directory.file("requirements.txt"), &found) == 0)
    #expect(found.st_mode & 0o7777 == 0o640)
  }
}
