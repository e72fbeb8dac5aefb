import LockfileFormats
import PythonPackaging
import Reports
import UpdatePolicy

/// Finds out how vulnerable pins come into a lockfile, and whether it could have them fixed.
enum FixSurvey {
  /// The vulnerable pins of a lockfile, each once, ignored ones aside.
  static func outlooks(of read: CheckRun.ReadLock, _ assessment: Assessment) -> [FixOutlook] {
    let vulnerable = assessment.findings.filter { finding in
      if case .vulnerable = finding.kind { finding.urgency != .ignored } else { false }
    }
    if vulnerable.isEmpty { return [] }
    let paths = PinPaths(PinnedFileReader(keepsOrigins: true).read(read.bytes, path: read.lock.path))
    var seen: Set<ReportedPin> = []
    return vulnerable.compactMap { finding in
      let pin = ReportedPin(package: finding.package, version: finding.version)
      guard seen.insert(pin).inserted else { return nil }
      // Whose releases aren't known, of that nobody can say that there is none.
      let isKnown = !assessment.failures.contains { $0.subject == .releases && $0.package == finding.package }
      return FixOutlook(
        package: finding.package, version: finding.version,
        path: paths.path(to: finding.package).map(\.description),
        state: finding.fix == nil && isKnown ? .none : .unknown(nearest: finding.fix))
    }
  }
}
