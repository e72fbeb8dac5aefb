import PythonPackaging
import UpdatePolicy

/// Assesses many locks of 50 pins, each pin with 100 newer releases.
///
///     PolicyBenchmark LOCKS PROJECTS [shuffled]     → ms for the projects' facts, ms for the locks, findings; by tabs
///
/// The facts of the releases come in order, as an index's pages have them, or in none.
/// The locks' pins are of PROJECTS projects in turn; with 50 times as many as LOCKS, no two locks share one.
@main
enum PolicyBenchmark {
  private static let now: Int64 = 1_796_029_200

  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard numbers.count == 2, numbers[0] > 0, numbers[1] >= 50 else {
      print("usage: PolicyBenchmark LOCKS PROJECTS [shuffled], at least 50 projects")
      return
    }
    let (lockCount, projectCount) = (numbers[0], numbers[1])
    let names = try (0..<projectCount).map { try PackageName("sample-project-\($0)") }
    let releases = try releases(isShuffled: CommandLine.arguments.last == "shuffled")
    let pinned = try Version("1.0")
    let advisory = AdvisoryFacts(id: "GHSA-1", severity: .medium, fixedVersions: [try Version("1.0.9")])
    let locks = (0..<lockCount).map { lock in
      LockFacts(
        pins: (0..<50).map { index in
          PinFacts(
            package: names[(lock * 50 + index) % projectCount], version: pinned,
            place: PinFacts.Place(path: "lock-\(lock).txt", line: index + 1), pinnedAt: now - 86_400 * 200,
            uploadedAt: now - 86_400 * 900, advisories: index % 10 == 0 ? [advisory] : [])
        })
    }
    let clock = ContinuousClock()
    var findings = 0
    let start = clock.now
    let projects = names.map { ProjectFacts(name: $0, releases: releases) }
    let assessor = Assessor(policy: Policy(), now: now, projects: projects)
    let middle = clock.now
    for lock in locks { findings += assessor.assess(lock).findings.count }
    let end = clock.now
    print("\((middle - start) / .milliseconds(1))\t\((end - middle) / .milliseconds(1))\t\(findings)")
  }

  /// The pinned one and 100 newer ones.
  private static func releases(isShuffled: Bool) throws -> [ReleaseFacts] {
    try (0...100).map { index in
      let number = isShuffled ? index * 37 % 101 : index
      return ReleaseFacts(
        version: try Version("1.\(number / 10).\(number % 10)"),
        uploadedAt: now - 86_400 * Int64(900 - number * 8), isYanked: number % 17 == 5)
    }
  }
}
