import PythonPackaging
import Testing

@testable import PinHistory

@Suite("Checks of many lockfiles")
struct CheckRecordingTests {
  @Test("A check records what its parts would, a run of it included")
  func sameAsParts() throws {
    let one = HistoryFixture()
    let other = HistoryFixture()
    let parts = try one.open()
    let whole = try other.open()
    let lockfiles = (0..<300).map { LockfileIdentity(repository: "r", path: "\($0).txt") }
    for round in 0..<3 {
      let at = Int64(100 * (round + 1))
      var checks: [CheckedLockfile] = []
      for (place, lockfile) in lockfiles.enumerated() {
        var findings: [Finding] = []
        if (place + round) % 2 == 0 { findings.append(Finding(pin: try pin("flask==3.0"), kind: .stale)) }
        if round == 1 { findings.append(Finding(pin: try pin("click==8.1"), kind: .pinAge, key: "k")) }
        let end = Run.End(at: at + 1, outcome: "clean", due: Int64(place), detail: "round \(round)")
        try parts.record(findings: findings, for: lockfile, at: at + 1, lookedFor: [.stale, .pinAge])
        try parts.finishRun(parts.startRun(of: lockfile, at: at), end)
        checks.append(
          CheckedLockfile(
            lockfile: lockfile, findings: findings, lookedFor: [.stale, .pinAge], end: end))
      }
      try whole.record(checks: checks, startedAt: at)
    }
    let packages = try ["flask", "click"].map { try PackageName($0) }
    for lockfile in lockfiles {
      #expect(try parts.openFindings(of: lockfile) == whole.openFindings(of: lockfile))
      for package in packages {
        #expect(try parts.findings(of: package, in: lockfile) == whole.findings(of: package, in: lockfile))
      }
      let run = try whole.lastRun(of: lockfile)
      #expect(run?.startedAt == 300 && run?.end?.detail == "round 2")
      #expect(try parts.lastRun(of: lockfile)?.end == run?.end)
    }
  }

  @Test(
    "What is found again is recorded as it would be without having been read before",
    arguments: 1...40 as ClosedRange<UInt64>)
  func standing(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let plain = HistoryFixture()
    let other = HistoryFixture()
    let expected = try plain.open()
    let history = try other.open()
    let foreign = try other.open()
    let lockfiles = (0..<2).map { LockfileIdentity(repository: "r", path: "\($0).txt") }
    let pool = try [
      Finding(pin: pin("a==1"), kind: .stale, key: "stale"),
      Finding(pin: pin("a==1"), kind: .vulnerable, key: "V-1", severity: "low"),
      Finding(pin: pin("a==1.0"), kind: .vulnerable, key: "V-1", severity: "high"),
      Finding(pin: pin("b==2"), kind: .yanked, key: "yanked"),
      Finding(pin: pin("b==3"), kind: .yanked, key: "yanked"),
    ]
    var found: [LockfileIdentity: [Finding]] = [:]
    var at: Int64 = 100
    for _ in 0..<12 {
      at += Int64.random(in: -3...20, using: &random)
      for lockfile in lockfiles {
        if Bool.random(using: &random) {
          found[lockfile] = pool.filter { _ in Bool.random(using: &random) }
          // Of two that differ in severity alone there is one.
          if found[lockfile]?.filter({ $0.key == "V-1" }).count == 2 {
            found[lockfile]?.removeAll { $0.severity == "low" }
          }
        }
      }
      let lookedFor: Set<Finding.Kind> =
        Int.random(in: 0..<4, using: &random) == 0 ? [.stale, .yanked] : Set(Finding.Kind.allCases)
      let standing = try lockfiles.map { try history.standingFindings(of: $0) }
      // Another process records something in between.
      if Int.random(in: 0..<4, using: &random) == 0 {
        let findings = pool.filter { $0.kind != .vulnerable && Bool.random(using: &random) }
        for writer in [expected, foreign] { try writer.record(findings: findings, for: lockfiles[0], at: at) }
      }
      let checks = zip(lockfiles, standing).map { lockfile, standing in
        let findings = (found[lockfile] ?? []).filter { lookedFor.contains($0.kind) }
        return CheckedLockfile(
          lockfile: lockfile, findings: findings, lookedFor: lookedFor,
          end: Run.End(at: at, outcome: "clean"),
          standing: standing)
      }
      try history.record(checks: checks, startedAt: at)
      try expected.record(
        checks: checks.map { check in
          var check = check
          check.standing = nil
          return check
        }, startedAt: at)
      for lockfile in lockfiles {
        #expect(try history.openFindings(of: lockfile) == expected.openFindings(of: lockfile))
        for name in ["a", "b"] {
          let package = try PackageName(name)
          #expect(
            try history.findings(of: package, in: lockfile) == expected.findings(of: package, in: lockfile))
        }
      }
    }
  }

  @Test("Findings of a file that is begun anew meanwhile are written into the new one")
  func anew() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    let finding = Finding(pin: try pin("a==1"), kind: .stale, key: "stale")
    try history.record(findings: [finding], for: fixture.lockfile, at: 1)
    let standing = try history.standingFindings(of: fixture.lockfile)
    let fresh = HistoryFixture()
    let other = try fresh.open()
    let check = CheckedLockfile(
      lockfile: fixture.lockfile, findings: [finding], lookedFor: Set(Finding.Kind.allCases),
      end: Run.End(at: 2, outcome: "clean"), standing: standing)
    try other.record(checks: [check], startedAt: 2)
    #expect(try other.openFindings(of: fixture.lockfile).map(\.firstSeen) == [2])
  }
}
