import PythonPackaging
import Testing

@testable import PinHistory

@Suite("Findings, releases and runs")
struct FindingTests {
  @Test("A finding comes, stays, goes and returns")
  func finding() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    let package = try PackageName("flask")
    let vulnerable = Finding(pin: try pin("flask==3.0"), kind: .vulnerable, key: "CVE-1", severity: "low")
    var worse = vulnerable
    worse.severity = "high"
    let yanked = Finding(pin: try pin("flask==3.0"), kind: .yanked)

    try history.record(findings: [vulnerable, vulnerable], for: fixture.lockfile, at: 10)
    try history.record(findings: [worse, yanked], for: fixture.lockfile, at: 20)
    #expect(
      try history.openFindings(of: fixture.lockfile) == [
        RecordedFinding(finding: worse, firstSeen: 10, lastSeen: 20),
        RecordedFinding(finding: yanked, firstSeen: 20, lastSeen: 20),
      ])
    try history.record(findings: [yanked], for: fixture.lockfile, at: 30)
    try history.record(findings: [yanked, worse], for: fixture.lockfile, at: 40)
    #expect(
      try history.findings(of: package, in: fixture.lockfile) == [
        RecordedFinding(finding: worse, firstSeen: 10, lastSeen: 20, resolvedAt: 30),
        RecordedFinding(finding: yanked, firstSeen: 20, lastSeen: 40),
        RecordedFinding(finding: worse, firstSeen: 40, lastSeen: 40),
      ])
  }

  @Test("What couldn't be looked for isn't resolved")
  func notLookedFor() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    let findings = try Finding.Kind.allCases.map { Finding(pin: try pin("flask==3.0"), kind: $0) }
    try history.record(findings: findings, for: fixture.lockfile, at: 10)
    try history.record(findings: [], for: fixture.lockfile, at: 20, lookedFor: [.yanked, .withdrawn])
    #expect(
      Set(try history.openFindings(of: fixture.lockfile).map(\.finding.kind)) == [
        .vulnerable, .quarantined, .archived, .deprecated, .stale, .pinAge,
      ])
  }

  @Test("An older look resolves nothing newer, and moves only the beginning")
  func olderLook() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    let finding = Finding(pin: try pin("flask==3.0"), kind: .stale, severity: "new")
    try history.record(findings: [finding], for: fixture.lockfile, at: 30)
    try history.record(findings: [], for: fixture.lockfile, at: 20)
    var older = finding
    older.severity = "old"
    try history.record(findings: [older], for: fixture.lockfile, at: 10)
    #expect(
      try history.openFindings(of: fixture.lockfile) == [
        RecordedFinding(finding: finding, firstSeen: 10, lastSeen: 30)
      ])
  }

  @Test("Lockfiles have findings of their own")
  func lockfiles() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    let other = LockfileIdentity(repository: "https://git.example/shop.git", path: "dev.txt")
    let finding = Finding(pin: try pin("flask==3.0"), kind: .stale)
    try history.record(findings: [finding], for: fixture.lockfile, at: 10)
    try history.record(findings: [], for: other, at: 20)
    #expect(try history.openFindings(of: fixture.lockfile).count == 1)
    #expect(try history.openFindings(of: other).isEmpty)
    #expect(try history.lockfiles() == [other, fixture.lockfile])
  }

  // MARK: Releases

  @Test("What an index said stays when it no longer says it")
  func releases() throws {
    let history = try HistoryFixture().open()
    let package = try PackageName("flask")
    let first = Release(
      package: package, version: try Version("3.0.0"), index: "https://index.example/simple/", uploadedAt: 100
    )
    try history.record(releases: [first])
    var later = first
    later.uploadedAt = nil
    later.isYanked = true
    later.yankedReason = "broken"
    let elsewhere = Release(package: package, version: try Version("3"), index: "https://b.example/simple/")
    try history.record(releases: [later, elsewhere])
    later.uploadedAt = 100
    #expect(try history.releases(of: package, Version("3.0")) == [elsewhere, later])
    #expect(try history.releases(of: package, Version("3.0.1")).isEmpty)
    later.isYanked = false
    later.yankedReason = nil
    try history.record(releases: [later])
    #expect(try history.releases(of: package, Version("3.0")).last == first)
  }

  struct Spelling: Sendable, CustomTestStringConvertible {
    var written: String
    var canonical: String
    var testDescription: String { written }
  }
  @Test(
    "The one text of equal versions",
    arguments: [
      Spelling(written: "3.0.0", canonical: "3"), Spelling(written: "0.0", canonical: "0"),
      Spelling(written: "10", canonical: "10"), Spelling(written: "1!2.0rc1", canonical: "1!2rc1"),
      Spelling(written: "1.0.1.0", canonical: "1.0.1"),
      Spelling(written: "0!0.0.post1.dev2+a.0", canonical: "0.post1.dev2+a.0"),
      Spelling(written: "2024.10.0+cu1.0", canonical: "2024.10+cu1.0"),
    ])
  func canonicalText(spelling: Spelling) throws {
    let version = try Version(spelling.written)
    #expect(version.canonicalText == spelling.canonical)
    #expect(try Version(version.canonicalText) == version)
  }

  // MARK: Runs

  @Test("The last run, going on and ended")
  func runs() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    #expect(try history.lastRun(of: fixture.lockfile) == nil)
    let first = try history.startRun(of: fixture.lockfile, at: 10)
    let second = try history.startRun(of: fixture.lockfile, at: 20)
    #expect(try history.lastRun(of: fixture.lockfile) == Run(id: second, startedAt: 20, end: nil))
    let end = Run.End(at: 25, outcome: "updated", due: 90, detail: "flask")
    try history.finishRun(second, end)
    try history.finishRun(first, Run.End(at: 30, outcome: "failed"))
    #expect(try history.lastRun(of: fixture.lockfile) == Run(id: second, startedAt: 20, end: end))
  }
}
