import IndexServer
import TestSupport
import Testing

/// `repin update` of several lockfiles as one set.
@Suite struct UpdateLayersTests {
  /// `dev` is made of `base`; both have urllib3, and `dev` alone has what caps it.
  private func fixture(dev: String = "-c base.txt\ntool\n") async throws -> UpdateFixture {
    let fixture = try await UpdateFixture()
    for version in ["1.0", "1.1", "2.0"] { fixture.serve("urllib3", version) }
    fixture.serve("client", "1.0", requires: ["urllib3"])
    fixture.serve("tool", "1.0", requires: ["urllib3<2"])
    fixture.serve("tool", "2.0", requires: ["urllib3>=1.1", "plug"])
    fixture.serve("plug", "1.0")
    fixture.command.write([
      "base.in": "client\n", "dev.in": dev, "base.txt": "client==1.0\nurllib3==1.0\n",
      "dev.txt": "tool==1.0\nurllib3==1.0\n", "repin.toml": LayeredTests.list(["dev", "base"]),
    ])
    return fixture
  }

  @Test func `a pin of several is raised in each`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.update("urllib3")
    #expect(
      outcome
        == .init(
          status: 0, output: "",
          errors: """
              ~ urllib3==1.1 (was 1.0): asked for
            wrote base.txt: 2 pins (TIME)
              ~ urllib3==1.1 (was 1.0): asked for; bounded at base.txt:4
            wrote dev.txt: 2 pins (TIME)

            """))
    #expect(fixture.pins("base.txt") == "client==1.0 urllib3==1.1")
    #expect(fixture.pins("dev.txt") == "tool==1.0 urllib3==1.1")
    let again = try await fixture.command.compile("--check", "-q")
    #expect(again == .init(status: 0, output: "", errors: ""))
  }

  @Test func `a pin below that stands in the way is raised there`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.update("tool")
    #expect(
      outcome
        == .init(
          status: 0, output: "",
          errors: """
              ~ urllib3==1.1 (was 1.0): needed by dev.txt
            wrote base.txt: 2 pins (TIME)
              + plug==1.0: needed by tool 2.0
              ~ tool==2.0 (was 1.0): asked for
              ~ urllib3==1.1 (was 1.0): needed by tool 2.0; bounded at base.txt:4
            wrote dev.txt: 3 pins (TIME)

            """), Comment(rawValue: outcome.errors))
    let again = try await fixture.command.compile("--check", "-q")
    #expect(again == .init(status: 0, output: "", errors: ""))
  }

  @Test func `what alone wouldn't help isn't raised below`() async throws {
    let fixture = try await fixture(dev: "-c base.txt\ntool\nurllib3<1.1\n")
    let outcome = try await fixture.update("tool")
    #expect(outcome.status == 1)
    #expect(fixture.pins("base.txt") == "client==1.0 urllib3==1.0", Comment(rawValue: outcome.errors))
    #expect(fixture.pins("dev.txt") == "tool==1.0 urllib3==1.0")
    #expect(outcome.errors.contains("change urllib3<1.1 (dev.in:3)"))
  }

  @Test func `none is written where one fails`() async throws {
    let fixture = try await fixture()
    for _ in 0..<8 { fixture.command.server.fail("/simple/tool/", .status(503, retryAfter: "0")) }
    let outcome = try await fixture.update("urllib3")
    #expect(outcome.status == 3)
    #expect(fixture.pins("base.txt") == "client==1.0 urllib3==1.0")
    #expect(fixture.pins("dev.txt") == "tool==1.0 urllib3==1.0")
  }

  @Test func `a lockfile below isn't raised past what those above can have`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.update("urllib3>=2")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins("base.txt") == "client==1.0 urllib3==2.0")
    #expect(fixture.pins("dev.txt") == "plug==1.0 tool==2.0 urllib3==2.0")
  }

  @Test func `one that can't follow keeps those below`() async throws {
    let fixture = try await fixture(dev: "-c base.txt\ntool<2\n")
    let outcome = try await fixture.update("urllib3>=2", "client")
    #expect(outcome.status == 1)
    #expect(fixture.pins("base.txt") == "client==1.0 urllib3==1.0", Comment(rawValue: outcome.errors))
    #expect(fixture.pins("dev.txt") == "tool==1.0 urllib3==1.0")
    #expect(outcome.errors.contains("dev.txt"))
  }

  @Test func `one alone that a lower one holds names what to do`() async throws {
    let fixture = try await fixture()
    fixture.command.write([
      "base.txt": "client==1.0\n    # via -r base.in\nurllib3==1.0\n    # via client\n"
    ])
    let outcome = try await fixture.update("dev.txt", "urllib3")
    #expect(
      outcome
        == .init(
          status: 1, output: "",
          errors: """
            blocked: urllib3 1.0 → 1.1 is held by base.txt:3: urllib3==1.0 (a pin of another lockfile)
              base.txt is made from base.in; base.in:1 (client) brings urllib3 in: `repin update urllib3` without \
            lockfiles updates the whole set
            unchanged dev.txt: 2 pins (TIME)

            """))
    let whole = try await fixture.update("urllib3")
    #expect(whole.status == 0)
    #expect(fixture.pins("dev.txt") == "tool==1.0 urllib3==1.1")
  }

  @Test func `what keeps one lockfile from following is told once`() async throws {
    let fixture = try await fixture(dev: "-c base.txt\ntool<2\n")
    let outcome = try await fixture.update("urllib3>=2")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.split(separator: "\n").filter { $0 == "blocked: urllib3 stays: dev.txt can't follow" }
        .count == 1,
      Comment(rawValue: outcome.errors))
    let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("  ") }
    #expect(lines.contains { $0.contains("tool") }, Comment(rawValue: outcome.errors))
    #expect(Set(lines).count == lines.count, Comment(rawValue: outcome.errors))
  }

  @Test func `one alone is updated alone, and those made of it are named`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.update("base.txt", "urllib3")
    #expect(outcome.status == 0)
    #expect(fixture.pins("base.txt") == "client==1.0 urllib3==1.1")
    #expect(fixture.pins("dev.txt") == "tool==1.0 urllib3==1.0")
    #expect(
      outcome.errors.hasSuffix(
        "hint: `dev.txt` is made of it too: `repin update` without lockfiles updates both\n"))
  }
}
