import PythonPackaging
import Testing

@testable import UpdatePolicy

/// Whether a release may be picked, and why not.
@Suite struct PickabilityTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let release: ReleaseFacts
    let expected: Pickability
  }

  private static func cases() throws -> [Case] {
    let end = try Fixture.moment("2026-11-30 09:01")
    return try [
      Case(
        testDescription: "just old enough", release: release("1.0", "2026-11-27 09:00"), expected: .pickable),
      Case(
        testDescription: "a minute too young", release: release("1.0", "2026-11-27 09:01"),
        expected: .coolingDown(until: end)),
      Case(testDescription: "of unknown age", release: release("1.0", nil), expected: .uploadTimeUnknown),
      Case(testDescription: "yanked", release: release("1.0", "2026-01-01", yanked: true), expected: .yanked),
      Case(
        testDescription: "yanked and young", release: release("1.0", nil, yanked: true), expected: .yanked),
      Case(testDescription: "a pre-release", release: release("1.0b1", "2026-01-01"), expected: .preRelease),
      Case(
        testDescription: "for another Python", release: release("1.0", "2026-01-01", python: false),
        expected: .otherPython),
      Case(
        testDescription: "without a file", release: release("1.0", "2026-01-01", file: false),
        expected: .noUsableFile),
    ]
  }

  @Test(arguments: try cases()) func judges(_ row: Case) throws {
    let policy = Policy()
    #expect(policy.pickability(of: row.release, now: monday) == row.expected)
    #expect(policy.isPickable(row.release, now: monday) == (row.expected == .pickable))
    let allowed = policy.pickability(of: row.release, now: monday, allowsPreReleases: true)
    #expect(allowed == (row.expected == .preRelease ? .pickable : row.expected))
    // Exempt is what only its age bars, and nothing else.
    let fixes = try [advisory("GHSA-1", .low), advisory("GHSA-2", .high)]
    let exempted: Pickability =
      switch row.expected {
      case .coolingDown, .uploadTimeUnknown: .exempt(advisory: "GHSA-2")
      default: row.expected
      }
    #expect(policy.pickability(of: row.release, now: monday, fixes: fixes) == exempted)
    #expect(policy.pickability(of: row.release, now: monday, fixes: [fixes[0]]) == row.expected)
    // Without a cooldown no age matters.
    let compiled = policy.pickability(of: row.release, now: monday, for: .compile)
    #expect(compiled == (exempted == row.expected ? row.expected : .pickable))
  }

  @Test func whatIsSetHoldsForAll() throws {
    var policy = Policy()
    #expect(policy.cooldown(for: .update) == (try PolicyDuration("3 days")))
    #expect(policy.cooldown(for: .compile) == .off)
    policy.setCooldown = try PolicyDuration("P7D")
    #expect(policy.cooldown(for: .update) == policy.cooldown(for: .compile))
    policy.setCooldown = .off
    #expect(policy.cooldown(for: .update) == .off)
  }
}
