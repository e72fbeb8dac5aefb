import PythonPackaging
import Testing

@testable import Advisories

@Suite struct VersionHullTests {
  private static let versions = [
    "0", "0.dev1", "1.0", "1.0.0", "1.0.post1", "1.0rc1", "1.0+local", "1!1.0", "2.0", "2.0.1.2.3.4",
    "2.1a1.dev2",
    "2024.1", "9000.1", "16383.1023.1023.255", "99999.0", "3.0.dev5",
  ]

  /// A range of random events.
  private func range(_ random: inout SystemRandomNumberGenerator) throws -> AffectedRange {
    AffectedRange(
      try (0..<Int.random(in: 0...4, using: &random)).map { _ in
        let version = try Version(Self.versions.randomElement(using: &random) ?? "1")
        return switch Int.random(in: 0..<5, using: &random) {
        case 0: .introduced(nil)
        case 1: .introduced(version)
        case 2: .fixed(version)
        case 3: .lastAffected(version)
        default: .limit(version)
        }
      })
  }

  @Test func `no version that is affected is outside`() throws {
    var random = SystemRandomNumberGenerator()
    var outside = 0
    for _ in 0..<3000 {
      let listed = try Self.versions.filter { _ in Int.random(in: 0..<8, using: &random) == 0 }.map {
        try Version($0)
      }
      let ranges = try (0..<Int.random(in: 0...2, using: &random)).map { _ in try range(&random) }
      let affected = AffectedVersions(AffectedPackage(versions: listed, ranges: ranges))
      let hull = VersionHull(affected)
      for text in Self.versions {
        let version = try Version(text)
        guard let position = VersionHull.position(of: version) else { continue }
        let isInside = (hull.low ?? position) <= position && (hull.high ?? position) >= position
        if !isInside { outside += 1 }
        #expect(isInside || !affected.contains(version), "\(version) of \(listed) \(ranges)")
      }
    }
    #expect(outside > 1000)
  }
}
