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
}
