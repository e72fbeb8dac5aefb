import PinHistory
import PythonPackaging
import Testing
import UpdatePolicy

@testable import repin

/// The history keeps every kind of finding that the policy has.
@Suite struct HistoryKindTests {
  @Test func `each kind has its word in the history`() throws {
    let advisory = AdvisoryFacts(id: "GHSA-1", aliases: [], severity: .low, fixedVersions: [])
    let kinds: [UpdatePolicy.Finding.Kind] = [
      .vulnerable(advisory), .quarantined(reason: nil), .withdrawn, .yanked(reason: nil),
      .stale(timeBehind: 1), .archived(reason: nil), .deprecated(reason: nil), .old(pinAge: 1),
    ]
    // A kind that is new doesn't compile here.
    for kind in kinds {
      switch kind {
      case .vulnerable, .quarantined, .withdrawn, .yanked, .stale, .archived, .deprecated, .old: break
      }
    }
    #expect(kinds.allSatisfy { HistoryFinding.Kind(rawValue: $0.name) != nil })
    #expect(Set(kinds.map(\.name)).count == HistoryFinding.Kind.allCases.count)
  }
}
