import PythonPackaging
import Testing

@testable import UpdatePolicy

/// What a policy makes of a lock.
@Suite struct AssessmentTests {
  /// One pin, one thing wrong with it.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let pin: PinFacts
    var status = ProjectFacts.Status.active
    let findings: [String]
    let verdict: Assessment.Verdict

    init(
      _ words: String, _ pin: PinFacts, status: ProjectFacts.Status = .active, _ findings: [String],
      _ verdict: Assessment.Verdict
    ) {
      testDescription = words
      self.pin = pin
      self.status = status
      self.findings = findings
      self.verdict = verdict
    }
  }

  /// Monday 2026-12-07, 06:00 UTC.
  private static let window: Int64 = 1_796_623_200

  private static func cases() throws -> [Case] {
    func vulnerable(_ severity: Severity, _ id: String = "GHSA-1", withdrawn: Bool = false) throws -> PinFacts
    {
      try pin("demo", "1.0", advisories: [advisory(id, severity, withdrawn: withdrawn)])
    }
    let yank = Distribution.Yank(reason: "broken")
    return try [
      Case("nothing", pin("demo", "1.0"), [], .clean),
      Case("critical", vulnerable(.critical), ["vulnerable GHSA-1"], .dueNow),
      Case("high", vulnerable(.high), ["vulnerable GHSA-1"], .dueNow),
      Case("medium", vulnerable(.medium), ["vulnerable GHSA-1"], .dueAtWindow(window)),
      Case("low", vulnerable(.low), ["vulnerable GHSA-1"], .dueAtWindow(window)),
      Case("unknown", vulnerable(.unknown), ["vulnerable GHSA-1"], .dueAtWindow(window)),
      Case("malware", vulnerable(.unknown, "MAL-2026-1"), ["vulnerable MAL-2026-1"], .dueNow),
      Case("malware in small letters", vulnerable(.low, "mal-2026-1"), ["vulnerable mal-2026-1"], .dueNow),
      Case("no malware", vulnerable(.low, "MALT-1"), ["vulnerable MALT-1"], .dueAtWindow(window)),
      Case("a withdrawn advisory", vulnerable(.critical, "MAL-1", withdrawn: true), [], .clean),
      Case("yanked", pin("demo", "1.0", yank: yank), ["yanked yanked"], .dueAtWindow(window)),
      Case("gone", pin("demo", "1.0", presence: .gone), ["withdrawn withdrawn"], .dueNow),
      Case(
        "gone, yanked before", pin("demo", "1.0", yank: yank, presence: .gone), ["withdrawn withdrawn"],
        .dueNow),
      Case("private", pin("demo", "1.0", presence: .neverSeen), [], .clean),
      Case("a failed index", pin("demo", "1.0", presence: .unknown(source: "index")), [], .incomplete),
      Case(
        "a failed index, yanked elsewhere",
        pin("demo", "1.0", yank: yank, presence: .unknown(source: "index")),
        ["yanked yanked"], .incomplete),
      Case("archived", pin("demo", "1.0"), status: .archived(reason: nil), ["archived archived"], .notedOnly),
      Case(
        "deprecated", pin("demo", "1.0"), status: .deprecated(reason: nil), ["deprecated deprecated"],
        .notedOnly),
      Case(
        "quarantined", pin("demo", "1.0"), status: .quarantined(reason: nil), ["quarantined quarantined"],
        .dueNow),
      Case("a year old", pin("demo", "1.0", pinned: "2025-11-30 09:00"), [], .clean),
      Case("older", pin("demo", "1.0", pinned: "2025-11-30 08:59"), ["pin-age pin-age"], .notedOnly),
      Case("of unknown age", pin("demo", "1.0", pinned: nil, uploaded: nil), [], .clean),
      Case("pinned in the future", pin("demo", "1.0", pinned: "2030-01-01"), [], .clean),
    ]
  }

  @Test(arguments: try cases()) func judgesOnePin(_ row: Case) throws {
    let assessor = Assessor(
      policy: Policy(), now: monday, projects: [try project("demo", [], status: row.status)])
    let assessment = assessor.assess(LockFacts(pins: [row.pin]))
    #expect(assessment.findings.map { "\($0.kind.name) \($0.key)" } == row.findings)
    #expect(assessment.verdict == row.verdict)
    #expect(assessment.hasDueNow == (row.verdict == .dueNow))
    #expect(assessment.isIncomplete == (row.verdict == .incomplete))
    for finding in assessment.findings { #expect(finding.firstSeen == monday) }
  }

  @Test func aPolicyThatWantsOtherwise() throws {
    var policy = Policy()
    for cause in DueCause.allCases { policy.due[cause] = .noted }
    for row in try Self.cases() {
      let assessor = Assessor(
        policy: policy, now: monday, projects: [try project("demo", [], status: row.status)])
      let assessment = assessor.assess(LockFacts(pins: [row.pin]))
      let isMalware = assessment.findings.contains { $0.isMalware }
      let expected: Assessment.Verdict =
        isMalware
        ? .dueNow : row.verdict == .incomplete ? .incomplete : row.findings.isEmpty ? .clean : .notedOnly
      #expect(assessment.verdict == expected, "\(row.testDescription)")
    }
  }

  /// What a source leaves open is never called clean, whatever else is known.
  @Test func aFailedSourceIsNeverClean() throws {
    let failure = SourceFailure(source: "advisories", subject: .advisories)
    for row in try Self.cases() {
      let assessor = Assessor(
        policy: Policy(), now: monday, projects: [try project("demo", [], status: row.status)])
      let verdict = assessor.assess(LockFacts(pins: [row.pin], failures: [failure])).verdict
      #expect(verdict == (row.verdict == .dueNow ? .dueNow : .incomplete), "\(row.testDescription)")
    }
    let unknown = Assessor(policy: Policy(), now: monday, projects: []).assess(
      LockFacts(pins: [try pin("a", "1")]))
    #expect(unknown.verdict == .incomplete)
    #expect(unknown.failures.map(\.package?.normalized) == ["a"])
    #expect(unknown.pins[0].releasesBehind == nil && unknown.pins[0].timeBehind == nil)
    let gone = Assessor(policy: Policy(), now: monday, projects: []).assess(
      LockFacts(pins: [try pin("a", "1", presence: .gone)]))
    #expect(gone.verdict == .dueNow && !gone.isIncomplete)
  }

  @Test func theWindowIsThatOfTheSchedule() throws {
    var policy = Policy()
    policy.schedule = Schedule(
      window: try CronExpression("0 6 * * MON"), timeZone: try TimeZoneName("Europe/Berlin"))
    let assessor = Assessor(
      policy: policy, now: monday, projects: [], timeZone: try Fixture.rules("Europe/Berlin"))
    #expect(Fixture.text(try #require(assessor.nextWindow)) == "2026-12-07 05:00")
  }

  @Test func firstSeenComesFromTheHistory() throws {
    let name = try PackageName("demo")
    let version = try Version("1.0")
    func seen(_ kind: String, _ key: String) -> FindingIdentity {
      FindingIdentity(package: name, version: version, kind: kind, key: key)
    }
    let lock = LockFacts(
      pins: [
        try pin(
          "demo", "1.0", yank: Distribution.Yank(reason: nil),
          advisories: [advisory("GHSA-1", .low, aliases: ["CVE-1", "PYSEC-1"]), advisory("GHSA-2", .low)])
      ],
      firstSeen: [
        seen("vulnerable", "PYSEC-1"): 100, seen("vulnerable", "GHSA-1"): 200, seen("yanked", "yanked"): 300,
        seen("vulnerable", "GHSA-2"): monday + 5, seen("stale", "CVE-1"): 1,
      ])
    let findings = Assessor(policy: Policy(), now: monday, projects: [try project("demo", [])]).assess(lock)
      .findings
    #expect(findings.map(\.key) == ["GHSA-1", "GHSA-2", "yanked"])
    #expect(findings.map(\.firstSeen) == [100, monday, 300])
    #expect(findings[0].identity == seen("vulnerable", "GHSA-1"))
  }

  @Test func orderOfUrgency() throws {
    let yank = Distribution.Yank(reason: nil)
    var policy = Policy()
    policy.ignores = [try Ignore(package: "z", reason: "test", until: "2027-01-01")]
    let pins = [
      try pin("z", "1.0", line: 1, advisories: [advisory("GHSA-z", .critical)]),
      try pin("a", "1.0", pinned: "2020-01-01", yank: yank, line: 2),
      try pin("b", "1.0", line: 3, advisories: [advisory("GHSA-b", .high), advisory("GHSA-c", .low)]),
      try pin("c", "1.0", presence: .gone, line: 4),
      try pin("d", "1.0", line: 5, advisories: [advisory("MAL-d", .unknown), advisory("GHSA-d", .critical)]),
      try pin("b", "2.0", line: 6, advisories: [advisory("GHSA-b", .high)]),
      try pin("b", "1.0", line: 7, advisories: [advisory("GHSA-b", .high)]),
    ]
    let expected = [
      "d MAL-d 5", "d GHSA-d 5", "b GHSA-b 3", "b GHSA-b 7", "b GHSA-b 6", "c withdrawn 4", "b GHSA-c 3",
      "a yanked 2",
      "a pin-age 2", "z GHSA-z 1",
    ]
    let projects = try ["a", "b", "c", "d", "z"].map { try project($0, []) }
    var random = SplitMix64(seed: 3)
    for _ in 0..<20 {
      let assessor = Assessor(policy: policy, now: monday, projects: projects.shuffled(using: &random))
      let assessment = assessor.assess(LockFacts(pins: pins.shuffled(using: &random)))
      #expect(assessment.findings.map { "\($0.package) \($0.key) \($0.place.line)" } == expected)
      #expect(Finding.Urgency.allCases.map { assessment.findings($0).count } == [6, 2, 1, 1])
    }
  }

  @Test func anAdvisoryTwiceIsOneFinding() throws {
    let records = try [
      advisory("GHSA-1", .low, aliases: ["CVE-2"], fixed: ["1.2"]),
      advisory("GHSA-1", .critical, fixed: ["1.1"]),
      advisory("GHSA-1", .low, aliases: ["CVE-1", "CVE-2"]),
      advisory("GHSA-1", .low, aliases: ["MAL-1"], withdrawn: true),
    ]
    let assessor = Assessor(policy: Policy(), now: monday, projects: [try project("demo", [])])
    for order in [records, records.reversed()] {
      let findings = assessor.assess(LockFacts(pins: [try pin("demo", "1.0", advisories: order)])).findings
      var united = try advisory("GHSA-1", .critical, aliases: ["CVE-1", "CVE-2"], fixed: ["1.1", "1.2"])
      united.fix = try Version("1.2")
      #expect(findings.map(\.kind) == [.vulnerable(united)])
      #expect(findings.map(\.isMalware) == [false])
    }
  }

  /// What several records say of one problem is only fixed where all are.
  @Test func theFixIsTheHighest() throws {
    let records = [
      try advisory("GHSA-1", .low, fixed: ["2.0.1"]), try advisory("GHSA-1", .low, fixed: ["2.0.3", "3.1"]),
    ]
    let pin = try pin("demo", "2.0", advisories: records)
    let findings = Assessor(policy: Policy(), now: monday, projects: [try project("demo", [])])
      .assess(LockFacts(pins: [pin])).findings
    #expect(findings.first?.fix == (try Version("2.0.3")))
  }

  /// The same facts in any order give the same findings in the same order, whose order is total.
  @Test func sameFactsSameAnswer() throws {
    var random = SplitMix64(seed: 21)
    let names = ["a", "b", "c"]
    for _ in 0..<60 {
      var policy = Policy()
      policy.ignores = [try Ignore(id: "GHSA-2", package: "b", reason: "test", until: "2027-01-01")]
      let projects = try names.map { name in
        try project(
          name, [release("2.0", "2026-01-01"), release("1.5", "2025-03-01")],
          status: Bool.random(using: &random) ? .archived(reason: nil) : .active)
      }
      let pins = try (0..<12).map { line in
        let advisories = try (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          try advisory(
            "GHSA-\(Int.random(in: 0..<4, using: &random))",
            Severity.allCases.randomElement(using: &random) ?? .low,
            aliases: Int.random(in: 0..<9, using: &random) == 0 ? ["MAL-1"] : [])
        }
        return try pin(
          names.randomElement(using: &random) ?? "a",
          ["1.0", "1.5", "2.0"].randomElement(using: &random) ?? "1.0",
          pinned: ["2020-01-01", "2026-10-01"].randomElement(using: &random),
          presence: [.present, .gone, .neverSeen, .unknown(source: "index")].randomElement(using: &random)
            ?? .present,
          line: line, advisories: advisories)
      }
      let first = Assessor(policy: policy, now: monday, projects: projects).assess(LockFacts(pins: pins))
      let again = Assessor(policy: policy, now: monday, projects: projects.shuffled(using: &random)).assess(
        LockFacts(
          pins: pins.map { pin in
            var pin = pin
            pin.advisories.shuffle(using: &random)
            return pin
          }.shuffled(using: &random)))
      #expect(first.findings.map(\.identity) == again.findings.map(\.identity))
      #expect(first.findings.map(\.place) == again.findings.map(\.place))
      #expect(first.findings.map(\.urgency) == again.findings.map(\.urgency))
      #expect(first.failures == again.failures && first.notices == again.notices)
      #expect(first.verdict == again.verdict && first.metrics == again.metrics)
      for (left, right) in zip(first.findings, first.findings.dropFirst()) {
        #expect(left < right && !(right < left) && left.urgency <= right.urgency)
      }
    }
  }
}
