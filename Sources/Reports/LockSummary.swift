package import PythonPackaging
import UpdatePolicy

/// What a checked lockfile comes to: the numbers that one line of a summary shows.
struct LockSummary: Sendable {
  let verdict: CheckVerdict
  /// How many findings there are of each urgency, by its raw value.
  private let findingCounts: [Int]
  /// How many pins are due now.
  let pinsDueNow: Int
  /// How many pins are due at the next window and not before.
  let pinsDueAtWindow: Int
  let metrics: LockMetrics

  init(_ lock: CheckedLock) {
    verdict = lock.verdict
    metrics = lock.assessment.metrics
    var counts = [Int](repeating: 0, count: Finding.Urgency.allCases.count)
    var now: Set<ReportedPin> = []
    var window: Set<ReportedPin> = []
    for finding in lock.assessment.findings {
      let urgency = finding.urgency
      counts[urgency.rawValue] += 1
      switch urgency {
      case .dueNow: now.insert(finding.pin)
      // Those that are due now have come before.
      case .dueAtWindow where !now.contains(finding.pin): window.insert(finding.pin)
      case .dueAtWindow, .noted, .ignored: break
      }
    }
    findingCounts = counts
    pinsDueNow = now.count
    pinsDueAtWindow = window.count
  }

  func findingCount(_ urgency: Finding.Urgency) -> Int { findingCounts[urgency.rawValue] }
}

/// A pin as findings name it.
package struct ReportedPin: Sendable, Hashable {
  /// The package.
  package let package: PackageName
  /// The version pinned.
  package let version: Version

  package init(package: PackageName, version: Version) {
    self.package = package
    self.version = version
  }
}

extension Finding {
  var pin: ReportedPin { ReportedPin(package: package, version: version) }
}

/// What several locks come to together.
struct ReportTotals: Sendable {
  private(set) var pinCount = 0
  private(set) var uncheckedCount = 0
  private(set) var pinsDueNow = 0
  private(set) var pinsDueAtWindow = 0
  private(set) var locksDueNow = 0
  private(set) var locksDueAtWindow = 0
  private(set) var greatestPinAge: Int64?
  private(set) var greatestTimeBehind: Int64?
  private(set) var releasesBehind: Int64 = 0
  private(set) var libyearSeconds: Int64 = 0
  /// Of how many pins it can be told how far they are behind.
  private(set) var measuredCount = 0
  /// How many pins were looked up.
  private(set) var checkedCount = 0

  init(_ locks: [CheckedLock], _ summaries: [LockSummary]) {
    for (lock, summary) in zip(locks, summaries) {
      let metrics = summary.metrics
      pinCount += lock.pinCount
      uncheckedCount += lock.unchecked.count
      checkedCount += metrics.pinCount
      pinsDueNow += summary.pinsDueNow
      pinsDueAtWindow += summary.pinsDueAtWindow
      locksDueNow += summary.pinsDueNow > 0 ? 1 : 0
      locksDueAtWindow += summary.pinsDueAtWindow > 0 ? 1 : 0
      greatestPinAge = [greatestPinAge, metrics.pinAge.greatest].compactMap(\.self).max()
      greatestTimeBehind = [greatestTimeBehind, metrics.timeBehind.greatest].compactMap(\.self).max()
      releasesBehind = Self.sum(releasesBehind, metrics.releasesBehind.sum)
      libyearSeconds = Self.sum(libyearSeconds, metrics.libyearSeconds.sum)
      measuredCount += metrics.releasesBehind.count
    }
  }

  private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflows) = left.addingReportingOverflow(right)
    return overflows ? .max : sum
  }

  /// `40 pins, the oldest pinned 41 days ago, at most 3 days behind, 4 releases behind in all, 0.12 libyears`.
  var words: String {
    var parts = [ShownCount.text(pinCount, "pin")]
    if uncheckedCount > 0 { parts[0] += " (\(uncheckedCount) not checked)" }
    if let age = greatestPinAge { parts.append("the oldest pinned \(ShownDuration.text(age)) ago") }
    if measuredCount > 0 {
      if let behind = greatestTimeBehind, behind > 0 {
        parts.append("at most \(ShownDuration.text(behind)) behind")
      }
      if releasesBehind == 0 {
        parts.append("none behind")
      } else {
        parts.append("\(ShownCount.text(Int(clamping: releasesBehind), "release")) behind in all")
      }
      parts.append("\(ShownDuration.libyears(libyearSeconds)) libyears")
      if measuredCount < checkedCount {
        parts[parts.count - 1] += " (of \(ShownCount.text(measuredCount, "pin")); the rest isn't known)"
      }
    } else if checkedCount > 0 {
      parts.append("how far they are behind isn't known")
    }
    return parts.joined(separator: ", ")
  }
}
