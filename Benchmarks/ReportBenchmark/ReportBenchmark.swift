import PythonPackaging
import Reports
import UpdatePolicy

/// Renders a report of many locks of 50 pins.
///
///     ReportBenchmark LOCKS [OWN]     → the format, ms of the fastest of five, bytes; by tabs, a line each
///
/// Of each lock's pins ten have an advisory and five are yanked, in all locks the same, and OWN more (none by default) are
/// stale as no other lock's are.
@main
enum ReportBenchmark {
  private static let now: Int64 = 1_796_029_200

  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard let lockCount = numbers.first, lockCount > 0 else {
      print("usage: ReportBenchmark LOCKS [OWN]")
      return
    }
    let locks = try locks(lockCount, own: numbers.count > 1 ? min(numbers[1], 35) : 0)
    func report() -> CheckReport { CheckReport(locks: locks, checkedAt: now, moments: .utc) }
    measure("sums") { "\(report().verdict)" }
    measure("text") { report().text(TerminalStyle(width: 120)) }
    measure("markdown") { report().markdown() }
    measure("github") { report().githubAnnotations() }
    measure("junit") { report().junit() }
    measure("sarif") { report().sarif(programVersion: "1.0") }
    measure("codequality") { report().codeQuality() }
    measure("cyclonedx") { report().cyclonedx(programVersion: "1.0") }
    measure("gitlab") { report().gitlab(programVersion: "1.0") }
    measure("json") { report().json() }
    let backgrounds = try backgrounds(of: locks)
    measure("page") { PageReport(check: report(), backgrounds: backgrounds).html() }
  }

  /// Of each pin four stays, and one that asks for it; of each lockfile two years of libyears, weekly.
  private static func backgrounds(of locks: [CheckedLock]) throws -> [LockBackground] {
    let versions = try (0..<4).map { try Version("0.\($0)") }
    let trend = (0..<104).map {
      LockHistory.TrendPoint(at: now - Int64(104 - $0) * 604_800, libyearSeconds: Int64($0 % 30) * 1_000_000)
    }
    return locks.map { lock in
      let packages = lock.assessment.pins.map(\.package)
      return LockBackground(
        trend: trend,
        timelines: packages.map { package in
          PackageTimeline(
            package: package,
            stays: versions.enumerated().map { index, version in
              let from = now - Int64(4 - index) * 86_400 * 200
              return LockHistory.Stay(
                version: version, from: from, until: index < 3 ? from + 86_400 * 200 : nil,
                commit: "9f1c2ab3d4e5f60718293a4b5c6d7e8f90123456")
            })
        },
        origins: packages.enumerated().map { index, package in
          PinOrigin(
            package: package, inputs: index % 5 == 0 ? ["-r requirements.in"] : [],
            askers: index % 5 == 0 ? [] : [packages[index / 5 * 5]])
        })
    }
  }

  private static func measure(_ name: String, _ body: () -> String) {
    let clock = ContinuousClock()
    var size = 0
    let best = (0..<5).map { _ in clock.measure { size = body().utf8.count } }.min() ?? .zero
    print("\(name)\t\(best / .milliseconds(1))\t\(size)")
  }

  private static func locks(_ count: Int, own: Int) throws -> [CheckedLock] {
    let names = try (0..<50).map { try PackageName("sample-project-\($0)") }
    let version = try Version("1.0")
    let advisory = AdvisoryFacts(id: "GHSA-1", severity: .medium, fixedVersions: [try Version("1.0.9")])
    return try (0..<count).map { lock in
      var projects: [ProjectFacts] = []
      let pins = try names.enumerated().map { index, shared in
        let isOwn = index >= 15 && index < 15 + own
        let name = isOwn ? try PackageName("lock-\(lock)-project-\(index)") : shared
        let newer = isOwn ? [ReleaseFacts(version: try Version("1.1"), uploadedAt: now - 86_400 * 200)] : []
        projects.append(
          ProjectFacts(
            name: name, releases: [ReleaseFacts(version: version, uploadedAt: now - 86_400 * 900)] + newer))
        return PinFacts(
          package: name, version: version,
          place: PinFacts.Place(path: "services/service-\(lock)/requirements.txt", line: index + 1),
          pinnedAt: now - 86_400 * 200, uploadedAt: now - 86_400 * 900,
          yank: (10..<15).contains(index) ? Distribution.Yank(reason: "broken") : nil,
          advisories: index < 10 ? [advisory] : [])
      }
      return CheckedLock(
        path: "services/service-\(lock)/requirements.txt",
        assessment: Assessor(policy: Policy(), now: now, projects: projects).assess(LockFacts(pins: pins)))
    }
  }
}
