import IndexServer
import TestSupport
import Testing

/// `repin update` by what is wrong with pins, as the policy has it.
@Suite struct UpdateFindingTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var policy = ""
    var status: Int32 = 0
    let pins: String
    /// What standard error has somewhere.
    var says: [String] = []
  }

  static let untouched = "fresh==1.0 gone==1.0 old==1.0 yank==1.0"

  static let cases: [Case] = [
    Case(
      testDescription: "what is due and isn't stale", pins: "fresh==1.0 gone==1.0 old==1.0 yank==1.1",
      says: ["  ~ yank==1.1 (was 1.0): was yanked\n"]),
    Case(
      testDescription: "the same by its name", arguments: ["--security"],
      pins: "fresh==1.0 gone==1.0 old==1.0 yank==1.1"),
    Case(
      testDescription: "what is stale", arguments: ["--stale"],
      pins: "fresh==1.0 gone==1.0 old==1.1 yank==1.0",
      says: ["  ~ old==1.1 (was 1.0): was 120 days behind\n", "wrote requirements.txt: 4 pins (TIME)"]),
    Case(
      testDescription: "both", arguments: ["--stale", "--security"],
      pins: "fresh==1.0 gone==1.0 old==1.1 yank==1.1"),
    Case(
      testDescription: "one by name and what is stale", arguments: ["--stale", "fresh"],
      pins: "fresh==1.1 gone==1.0 old==1.1 yank==1.0"),
    Case(
      testDescription: "the newest of what is stale", arguments: ["--stale", "--latest"],
      pins: "fresh==1.0 gone==1.0 old==1.2 yank==1.0"),
    Case(
      testDescription: "what the policy notes", policy: "[policy]\ndue = { yanked = 'noted' }\n",
      pins: untouched, says: ["nothing to update in requirements.txt\n"]),
    Case(
      testDescription: "what the policy ignores",
      policy:
        "[[policy.ignore]]\npackage = 'yank'\nreason = 'x'\nuntil = \(CheckFixture.day(in: 9))\n",
      pins: untouched, says: ["nothing to update in requirements.txt\n"]),
    Case(
      testDescription: "what isn't stale by the policy", arguments: ["--stale"],
      policy: "[policy]\nmax-days-behind = 130\n", pins: untouched),
  ]

  static func fixture() async throws -> UpdateFixture {
    let fixture = try await UpdateFixture()
    fixture.serve("fresh", "1.0", daysAgo: 100)
    fixture.serve("fresh", "1.1", daysAgo: 20)
    fixture.serve("old", "1.0", daysAgo: 400)
    fixture.serve("old", "1.1", daysAgo: 120.5)
    fixture.serve("old", "1.2", daysAgo: 30)
    fixture.serve("yank", "1.0", daysAgo: 80, yanked: "broken")
    fixture.serve("yank", "1.1", daysAgo: 70)
    fixture.serve("gone", "1.0", daysAgo: 60)
    fixture.command.write([
      "requirements.in": "fresh\ngone\nold\nyank\n",
      "requirements.txt": "fresh==1.0\ngone==1.0\nold==1.0\nyank==1.0\n",
    ])
    return fixture
  }

  @Test(arguments: cases) func `what is due is had`(_ given: Case) async throws {
    let fixture = try await Self.fixture()
    if !given.policy.isEmpty { fixture.command.write(["repin.toml": given.policy]) }
    let outcome = try await fixture.command.run(["update"] + CommandFixture.target + given.arguments)
    #expect(outcome.status == given.status, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == given.pins, Comment(rawValue: outcome.errors))
    for text in given.says { #expect(outcome.errors.contains(text), Comment(rawValue: outcome.errors)) }
  }

  @Test func `a yanked release that nothing can stand for stays, and that is told`() async throws {
    let fixture = try await UpdateFixture()
    fixture.serve("yank", "1.0", daysAgo: 80, yanked: "broken")
    fixture.command.write(["requirements.in": "yank\n", "requirements.txt": "yank==1.0\n"])
    let outcome = try await fixture.update()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("blocked: yank 1.0 stays: it is yanked, and no other release may be picked\n"),
      Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == "yank==1.0")
  }

  @Test
  func `what is stale takes the least release that isn't, or says what holds it`() async throws {
    let fixture = try await UpdateFixture()
    for (version, days) in [("1.0", 400.0), ("1.1", 300), ("1.2", 200), ("1.3", 80), ("1.4", 20)] {
      fixture.serve("lib", version, daysAgo: days)
    }
    fixture.command.write(["requirements.in": "lib\n", "requirements.txt": "lib==1.0\n"])
    let updated = try await fixture.update("--stale")
    #expect(updated.status == 0, "\(updated.errors)")
    // 1.2 is behind by 80 days, since 1.3.
    #expect(fixture.pins() == "lib==1.2")
    #expect(try await fixture.update("--stale").errors.contains("nothing to update"))
    fixture.command.write(["requirements.in": "lib<1.2\n", "requirements.txt": "lib==1.0\n"])
    let held = try await fixture.update("--stale")
    #expect(held.status == 1)
    #expect(held.errors.contains("blocked: lib 1.0 → 1.2"), "\(held.errors)")
    #expect(fixture.pins() == "lib==1.0")
  }
}
