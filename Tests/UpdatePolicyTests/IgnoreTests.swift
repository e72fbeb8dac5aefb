import PythonPackaging
import Testing

@testable import UpdatePolicy

/// What an ignore silences, and what is told of it.
@Suite struct IgnoreTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let ignore: Ignore
    /// The keys of the findings that it silences.
    let silences: [String]

    init(_ words: String, _ ignore: Ignore, _ silences: [String]) {
      testDescription = words
      self.ignore = ignore
      self.silences = silences
    }
  }

  private static func ignore(
    id: String? = nil, _ package: String? = nil, version: String? = nil, until: String = "2026-12-31"
  ) throws -> Ignore {
    try Ignore(id: id, package: package, version: version, reason: "test", until: until)
  }

  /// Malware with an alias, an advisory with aliases, a yank.
  private static func lock() throws -> LockFacts {
    LockFacts(pins: [
      try pin(
        "demo", "1.5", yank: Distribution.Yank(reason: nil),
        advisories: [
          advisory("GHSA-1", .high, aliases: ["CVE-1", "PYSEC-1"]),
          advisory("GHSA-m", .critical, aliases: ["MAL-1"]),
        ])
    ])
  }

  private static func cases() throws -> [Case] {
    try [
      Case("by id", ignore(id: "GHSA-1"), ["GHSA-1"]), Case("by alias", ignore(id: "PYSEC-1"), ["GHSA-1"]),
      Case("by id in small letters", ignore(id: "ghsa-1"), ["GHSA-1"]),
      Case("by another id", ignore(id: "GHSA-11"), []),
      Case("by package", ignore("demo"), ["GHSA-1", "yanked"]),
      Case("by package in another spelling", ignore("Demo"), ["GHSA-1", "yanked"]),
      Case("by another package", ignore("demos"), []),
      Case("by both", ignore(id: "CVE-1", "demo"), ["GHSA-1"]),
      Case("by id in another package", ignore(id: "CVE-1", "other"), []),
      Case("by version", ignore("demo", version: "1.5.0"), ["GHSA-1", "yanked"]),
      Case("by another version", ignore("demo", version: "1.4"), []),
      Case("by specifiers", ignore(id: "GHSA-1", version: ">=1,<2"), ["GHSA-1"]),
      Case("by other specifiers", ignore(id: "GHSA-1", version: "<1.5"), []),
      Case("malware by its id", ignore(id: "MAL-1"), ["GHSA-m"]),
      Case("malware by another id", ignore(id: "GHSA-m"), []),
      Case("malware by its id in its package", ignore(id: "mal-1", "demo"), ["GHSA-m"]),
      Case("ended", ignore("demo", until: "2026-11-29"), []),
      Case("on its last day", ignore(id: "GHSA-1", until: "2026-11-30"), ["GHSA-1"]),
    ]
  }

  @Test(arguments: try cases()) func silences(_ row: Case) throws {
    var policy = Policy()
    policy.ignores = [row.ignore]
    let assessor = Assessor(policy: policy, now: monday, projects: [try project("demo", [])])
    let assessment = assessor.assess(try Self.lock())
    #expect(assessment.findings(.ignored).map(\.key).sorted() == row.silences)
    #expect(assessment.findings.count == 3)
    for finding in assessment.findings(.ignored) { #expect(finding.ignore == row.ignore) }
    let fault = assessment.notices.first?.fault
    if row.ignore.isExpired(at: monday) {
      #expect(fault == .expired(isNeeded: true))
    } else {
      #expect(fault == (row.silences.isEmpty ? .matchesNothing : nil))
    }
  }

  @Test func ofSeveralTheOneThatEndsLast() throws {
    var policy = Policy()
    policy.ignores = try ["2026-12-01", "2027-03-01", "2026-12-24", "2026-01-01"].map {
      try Self.ignore(id: "GHSA-1", until: $0)
    }
    let assessment = Assessor(policy: policy, now: monday, projects: [try project("demo", [])])
      .assess(try Self.lock())
    #expect(assessment.findings(.ignored).map(\.ignore) == [policy.ignores[1]])
    #expect(assessment.notices.map(\.index) == [3])
  }

  @Test func isntCalledUselessWhereASourceFailed() throws {
    var policy = Policy()
    policy.ignores = [try Self.ignore(id: "GHSA-9"), try Self.ignore(id: "GHSA-9", until: "2026-01-01")]
    var lock = try Self.lock()
    lock.failures = [SourceFailure(source: "advisories", subject: .advisories)]
    let notices = Assessor(policy: policy, now: monday, projects: [try project("demo", [])]).assess(lock)
      .notices
    #expect(notices.map(\.fault) == [.expired(isNeeded: false)])
  }

  /// One policy holds for several locks: what one of them needs isn't useless.
  @Test func unitesTheNoticesOfLocks() throws {
    var policy = Policy()
    policy.ignores = [
      try Self.ignore(id: "GHSA-1"), try Self.ignore(id: "GHSA-9"),
      try Self.ignore(id: "GHSA-1", until: "2026-01-01"),
    ]
    let assessor = Assessor(policy: policy, now: monday, projects: [try project("demo", [])])
    let empty = assessor.assess(LockFacts(pins: []))
    let other = assessor.assess(try Self.lock())
    #expect(empty.notices.map(\.fault) == [.matchesNothing, .matchesNothing, .expired(isNeeded: false)])
    for assessments in [[empty, other], [other, empty]] {
      let notices = IgnoreNotice.united(assessments)
      #expect(notices.map(\.index) == [1, 2])
      #expect(notices.map(\.fault) == [.matchesNothing, .expired(isNeeded: true)])
    }
    #expect(IgnoreNotice.united([]).isEmpty)
  }
}
