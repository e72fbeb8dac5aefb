import PythonPackaging
import UpdatePolicy

/// GitLab's dependency scanning report, schema 15.0.7: what is due as vulnerabilities, all pins as dependencies.
///
/// What is noted or ignored isn't in it: GitLab has its own way to dismiss.
struct GitLabReport: Encodable {
  struct Program: Encodable {
    struct Vendor: Encodable {
      let name: String
    }

    let id = "repin"
    let name = "repin"
    let version: String
    let vendor = Vendor(name: "repin")

    private enum CodingKeys: String, CodingKey {
      case id, name, version, vendor
    }
  }

  struct Message: Encodable {
    let level: String
    let value: String
  }

  struct Scan: Encodable {
    let analyzer: Program
    let scanner: Program
    let type = "dependency_scanning"
    let status: String
    let startTime: String
    let endTime: String
    let messages: [Message]

    private enum CodingKeys: String, CodingKey {
      case analyzer, scanner, type, status, messages
      case startTime = "start_time"
      case endTime = "end_time"
    }
  }

  struct Dependency: Encodable {
    struct Package: Encodable {
      let name: String
    }

    let package: Package
    let version: String

    init(_ package: PackageName, _ version: Version) {
      self.package = Package(name: package.normalized)
      self.version = version.description
    }
  }

  struct Identifier: Encodable {
    let type: String
    let name: String
    let value: String
  }

  struct Location: Encodable {
    let file: String
    let dependency: Dependency
  }

  struct Vulnerability: Encodable {
    let id: String
    let name: String
    let description: String
    let severity: String
    let solution: String?
    let identifiers: [Identifier]
    let location: Location
  }

  struct DependencyFile: Encodable {
    let path: String
    let packageManager: String
    let dependencies: [Dependency]

    private enum CodingKeys: String, CodingKey {
      case path, dependencies
      case packageManager = "package_manager"
    }
  }

  let version = "15.0.7"
  let scan: Scan
  let vulnerabilities: [Vulnerability]
  let dependencyFiles: [DependencyFile]

  private enum CodingKeys: String, CodingKey {
    case version, scan, vulnerabilities
    case dependencyFiles = "dependency_files"
  }

  init(_ report: CheckReport, programVersion: String) {
    let program = Program(version: programVersion.isEmpty ? "unknown" : OutsideText.name(programVersion))
    let isIncomplete = report.locks.contains { !$0.assessment.failures.isEmpty || $0.hasUnreadPins }
    let time = ShownMoments.localTimestamp(report.checkedAt)
    scan = Scan(
      analyzer: program, scanner: program, status: isIncomplete ? "failure" : "success", startTime: time,
      endTime: time,
      messages: [
        Message(level: isIncomplete ? "warn" : "info", value: CheckVerdictSentence(report).text)
      ])
    vulnerabilities = report.locks.flatMap { lock in
      let newest = NewestVersions(lock.assessment)
      return lock.assessment.findings.filter { $0.urgency <= .dueAtWindow }.map {
        Vulnerability($0, in: lock, target: newest.target(of: $0))
      }
    }
    dependencyFiles = report.locks.map { lock in
      DependencyFile(
        path: Location.file(lock.path), packageManager: DependencyFile.packageManager(of: lock.path),
        dependencies: lock.assessment.pins.map { Dependency($0.package, $0.version) })
    }
  }
}

extension GitLabReport.Location {
  fileprivate static func file(_ path: String) -> String {
    path.isEmpty ? "lockfile" : OutsideText.path(path)
  }
}

extension GitLabReport.DependencyFile {
  fileprivate static func packageManager(of path: String) -> String {
    switch path.split(separator: "/").last {
    case "poetry.lock": "poetry"
    case "uv.lock": "uv"
    case "Pipfile.lock": "pipenv"
    default: "pip"
    }
  }
}

extension GitLabReport.Vulnerability {
  fileprivate init(_ finding: Finding, in lock: CheckedLock, target: Version?) {
    let place = finding.place
    // The same finding in the same place has the same id in every check.
    id = StableIdentifier.text(of: [
      lock.path, place.path, String(place.line), finding.package.normalized, finding.version.description,
      finding.kind.name, finding.key,
    ])
    let key = OutsideText.name(finding.key)
    name = String("\(key) in \(finding.package)".prefix(255))
    description =
      "\(finding.package)==\(finding.version): \(FindingWords.text(finding)) (\(finding.urgency.words))"
    severity =
      switch finding.kind {
      case .vulnerable(let advisory): advisory.isMalware ? "Critical" : advisory.severity.gitlabName
      case .quarantined: "High"
      case .withdrawn: "Medium"
      case .yanked: "Low"
      case .stale, .archived, .deprecated, .old: "Info"
      }
    solution = target.map { "Update \(finding.package) to \($0)." }
    if case .vulnerable(let advisory) = finding.kind {
      identifiers = advisory.ids.map(GitLabReport.Identifier.init(advisory:))
    } else {
      identifiers = [
        GitLabReport.Identifier(
          type: "repin", name: "repin: \(finding.kind.name)", value: "\(finding.kind.name):\(finding.package)"
        )
      ]
    }
    location = GitLabReport.Location(
      file: GitLabReport.Location.file(lock.path),
      dependency: GitLabReport.Dependency(finding.package, finding.version))
  }
}

extension GitLabReport.Identifier {
  /// An advisory's id; its type is what it begins with.
  fileprivate init(advisory id: String) {
    let shown = id.isEmpty ? "unknown" : OutsideText.name(id)
    let prefix = shown.prefix { $0 != "-" }.lowercased()
    type = ["cve", "ghsa", "pysec", "mal"].contains(prefix) ? prefix : "osv"
    name = shown
    value = shown
  }
}

extension Severity {
  fileprivate var gitlabName: String {
    switch self {
    case .unknown: "Unknown"
    case .low: "Low"
    case .medium: "Medium"
    case .high: "High"
    case .critical: "Critical"
    }
  }
}

/// An identifier made of content, in the form of a UUID (RFC 9562, section 5.8: version 8, of one's own making).
enum StableIdentifier {
  static func text(of parts: [String]) -> String {
    let high = hash(parts, seed: 0xCBF2_9CE4_8422_2325) & 0xFFFF_FFFF_FFFF_0FFF | 0x8000
    let low = hash(parts, seed: 0x9E37_79B9_7F4A_7C15) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = Array(padded(high) + padded(low))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }

  /// FNV-1a over the parts and their ends.
  private static func hash(_ parts: [String], seed: UInt64) -> UInt64 {
    var hash = seed
    for part in parts {
      for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
    }
    return hash
  }

  private static func padded(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension CheckReport {
  /// GitLab's dependency scanning report (schema 15.0.7) as JSON.
  ///
  /// - Parameter programVersion: of repin, as the report names its scanner.
  package func gitlab(programVersion: String) -> String {
    JSONText.text(of: GitLabReport(self, programVersion: programVersion))
  }
}
