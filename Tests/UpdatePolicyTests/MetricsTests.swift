import PythonPackaging
import Testing

@testable import UpdatePolicy

/// How old pins are, and how far behind.
@Suite struct MetricsTests {
  private static func metrics(
    _ pin: PinFacts, _ releases: [ReleaseFacts], policy: Policy = Policy(), now: Int64 = monday
  ) throws -> PinMetrics {
    let assessor = Assessor(policy: policy, now: now, projects: [try project("demo", releases)])
    return assessor.assess(LockFacts(pins: [pin])).pins[0]
  }

  @Test func ages() throws {
    let metrics = try Self.metrics(
      pin("demo", "1.0", pinned: "2026-11-29 09:00", uploaded: "2026-11-20 09:00"), [])
    #expect(metrics.pinAge == 86_400)
    #expect(metrics.releaseAge == 864_000)
    #expect(metrics.timeBehind == 0 && metrics.releasesBehind == 0 && metrics.libyears == 0)
    #expect(metrics.newest == nil)
    let unknown = try Self.metrics(pin("demo", "1.0", pinned: nil, uploaded: nil), [])
    #expect(unknown.pinAge == nil && unknown.releaseAge == nil)
  }

  /// An older release uploaded later: what is newer goes by version, and a libyear is never negative.
  @Test func aPinUploadedAfterItsSuccessor() throws {
    let metrics = try Self.metrics(
      pin("demo", "1.0.5", uploaded: "2026-06-01"),
      [release("1.0.5", "2026-06-01"), release("2.0", "2026-01-01"), release("1.0.4", "2026-11-01")])
    #expect(metrics.releasesBehind == 1)
    #expect(metrics.daysBehind == 333)
    #expect(metrics.libyearSeconds == 0)
  }

  @Test func aLibyearIsAYear() throws {
    let metrics = try Self.metrics(
      pin("demo", "1.0", uploaded: "2022-01-01"), [release("2.0", "2026-01-01")])
    #expect(metrics.libyears == 4)
  }

  @Test func preReleasesCountForPreReleases() throws {
    let releases = try [
      release("2.0a1", "2026-01-01"), release("2.0a2", "2026-02-01"), release("2.0", "2026-03-01"),
    ]
    #expect(try Self.metrics(pin("demo", "2.0a1"), releases).releasesBehind == 2)
    #expect(try Self.metrics(pin("demo", "1.9"), releases).releasesBehind == 1)
    #expect(try Self.metrics(pin("demo", "1.9.dev1"), releases).releasesBehind == 3)
  }

  /// Without upload times nothing is past its cooldown, and nothing is called up to date either.
  @Test func unknownUploadTimes() throws {
    let pin = try pin("demo", "1.0")
    let unknown = try Self.metrics(pin, [release("1.1", nil)])
    #expect(unknown.timeBehind == nil && unknown.releasesBehind == nil && unknown.libyears == nil)
    let mixed = try Self.metrics(
      pin, [release("1.1", nil), release("1.2", "2026-11-20 09:00"), release("1.3", nil)])
    #expect(mixed.daysBehind == 10 && mixed.releasesBehind == 1)
    #expect(mixed.newest == (try Version("1.2")))
    var policy = Policy()
    policy.setCooldown = .off
    let off = try Self.metrics(pin, [release("1.1", nil)], policy: policy)
    #expect(off.releasesBehind == 1 && off.timeBehind == nil && off.libyears == nil)
    #expect(try Self.metrics(pin, [release("1.1", nil, yanked: true)]).releasesBehind == 0)
  }

  /// A fix that is exempt from its cooldown is a newer release, for the pin that needs it.
  @Test func exemptFixesCount() throws {
    let releases = try [release("1.1", "2026-11-30"), release("1.2", "2026-11-30")]
    let plain = try Self.metrics(pin("demo", "1.0"), releases)
    #expect(plain.releasesBehind == 0)
    let advised = try pin("demo", "1.0", advisories: [advisory("GHSA-1", .high, fixed: ["1.1"])])
    #expect(try Self.metrics(advised, releases).newest == (try Version("1.1")))
    let malware = try pin("demo", "1.0", advisories: [advisory("MAL-1", .unknown, fixed: ["1.2"])])
    #expect(try Self.metrics(malware, releases).newest == (try Version("1.2")))
    // What a source says of it in two records is one advisory.
    let twice = try pin(
      "demo", "1.0", advisories: [advisory("GHSA-1", .low, fixed: ["1.1"]), advisory("GHSA-1", .high)])
    #expect(try Self.metrics(twice, releases).newest == (try Version("1.1")))
    let withdrawn = try pin(
      "demo", "1.0", advisories: [advisory("MAL-1", .high, fixed: ["1.2"], withdrawn: true)])
    #expect(try Self.metrics(withdrawn, releases).newest == nil)
  }

  @Test func extremesOverflowNothing() throws {
    var pin = try pin("demo", "1.0")
    (pin.pinnedAt, pin.uploadedAt) = (.min, .min)
    let far = [
      ReleaseFacts(version: try Version("2.0"), uploadedAt: .max),
      ReleaseFacts(version: try Version("1.5"), uploadedAt: .min),
    ]
    let metrics = try Self.metrics(pin, far, now: .max)
    #expect(metrics.pinAge == .max && metrics.timeBehind == .max && metrics.libyearSeconds == .max)
    var total = LockMetrics.Total()
    total.add(.max)
    total.add(.max)
    #expect(total.sum == .max && total.count == 2)
    #expect(try Self.metrics(pin, far, now: .min).pinAge == 0)
  }

  @Test func totals() throws {
    let projects = [
      try project("a", [release("2.0", "2026-10-01")]), try project("b", [release("1.0", "2026-01-01")]),
    ]
    let lock = LockFacts(pins: [
      try pin("a", "1.0", pinned: "2026-11-29 09:00", uploaded: "2024-10-01"),
      try pin("b", "1.0", pinned: "2026-11-27 09:00", uploaded: "2026-01-01"),
      try pin("c", "1.0", pinned: nil, uploaded: nil, presence: .neverSeen),
    ])
    let metrics = Assessor(policy: Policy(), now: monday, projects: projects).assess(lock).metrics
    #expect(metrics.pinCount == 3)
    #expect(
      metrics.pinAge.count == 2 && metrics.pinAge.sum == 4 * 86_400 && metrics.pinAge.greatest == 3 * 86_400)
    #expect(metrics.releasesBehind.sum == 1 && metrics.releasesBehind.count == 2)
    #expect(metrics.libyearSeconds.sum == 730 * 86_400)
    #expect(metrics.timeBehind.greatest == monday - (try Fixture.moment("2026-10-01")))
  }

  /// The tables of a project's releases say what a look at each of them says.
  @Test func agreesWithALookAtEach() throws {
    var random = SplitMix64(seed: 14)
    var counted = 0
    for _ in 0..<400 {
      var policy = Policy()
      policy.setCooldown = [nil, .off, try PolicyDuration("30 days")].randomElement(using: &random) ?? nil
      let releases = try (0..<Int.random(in: 0...14, using: &random)).map { _ in
        let suffix = ["", "a1", "rc2", ".post1", ".dev3"].randomElement(using: &random) ?? ""
        return ReleaseFacts(
          version: try Version(
            "\(Int.random(in: 0...4, using: &random)).\(Int.random(in: 0...2, using: &random))\(suffix)"),
          uploadedAt: Int.random(in: 0..<6, using: &random) == 0
            ? nil : monday - Int64.random(in: -86_400...8_640_000, using: &random),
          isYanked: Int.random(in: 0..<6, using: &random) == 0,
          admitsPython: Int.random(in: 0..<6, using: &random) != 0,
          hasUsableFile: Int.random(in: 0..<6, using: &random) != 0)
      }
      let version = try Version(
        ["0.5", "1.0", "1.0rc2", "2.1", "3.0.dev3", "9"].randomElement(using: &random) ?? "1")
      let severity = Severity.allCases.randomElement(using: &random) ?? .low
      let fixed = releases.shuffled(using: &random).prefix(2).map(\.version)
      let advisories =
        Bool.random(using: &random)
        ? [AdvisoryFacts(id: "GHSA-1", severity: severity, fixedVersions: fixed)] : []
      var pin = try pin("demo", "0", advisories: advisories)
      pin.version = version
      let metrics = try Self.metrics(pin, releases, policy: policy)

      var distinct: [Version: ReleaseFacts] = [:]
      for release in releases where distinct[release.version] == nil { distinct[release.version] = release }
      let candidates = distinct.values.filter { $0.version > version }
      func pickability(_ release: ReleaseFacts) -> Pickability {
        policy.pickability(
          of: release, now: monday, fixes: advisories.filter { $0.fixedVersions.contains(release.version) },
          allowsPreReleases: version.isPreRelease)
      }
      let newer = candidates.filter { pickability($0).isPickable }
      let isUndecided = candidates.contains { pickability($0) == .uploadTimeUnknown }
      #expect(metrics.releasesBehind == (newer.isEmpty && isUndecided ? nil : newer.count))
      #expect(metrics.newest == newer.map(\.version).max())
      let oldest = newer.compactMap(\.uploadedAt).min()
      #expect(
        metrics.timeBehind == oldest.map { max(0, monday - $0) } ?? (newer.isEmpty && !isUndecided ? 0 : nil))
      counted += newer.count
    }
    #expect(counted > 300)
  }

  /// Exemption goes by the least severity that is due now.
  @Test(arguments: Severity.allCases) func exemption(_ least: Severity) throws {
    var policy = Policy()
    for severity in Severity.allCases { policy.due[DueCause(severity)] = .window }
    policy.due[DueCause(least)] = .now
    for severity in Severity.allCases {
      let expected = least == .unknown ? severity == .unknown : severity >= least
      #expect(policy.exemptsFixes(of: try advisory("GHSA-1", severity)) == expected)
      #expect(policy.exemptsFixes(of: try advisory("GHSA-1", severity, aliases: ["MAL-1"])))
      #expect(!policy.exemptsFixes(of: try advisory("MAL-1", severity, withdrawn: true)))
    }
  }
}
