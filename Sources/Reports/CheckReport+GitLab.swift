import FoundationEssentials
import PythonPackaging
import UpdatePolicy

extension CheckReport {
  /// GitLab's dependency scanning report, schema 15.0.7: what is due as vulnerabilities, all pins as dependencies, and the
  /// changes of the lockfiles that an update would make, where they are known.
  ///
  /// What is noted or ignored isn't in it: GitLab has its own way to dismiss.
  ///
  /// - Parameter programVersion: of repin, as the report names its scanner.
  package func gitlab(programVersion: String) -> String {
    let time = JSONNode.text(ShownMoments.localTimestamp(checkedAt))
    let program: JSONNode = [
      "id": "repin", "name": "repin", "vendor": ["name": "repin"],
      "version": .text(OutsideText.version(programVersion)),
    ]
    var json = JSONWriter()
    json.beginObject()
    json.write("15.0.7", "version")
    json.write(
      [
        "analyzer": program, "scanner": program, "type": "dependency_scanning",
        "status": hasUnknown ? "failure" : "success", "start_time": time, "end_time": time,
        "messages": [
          ["level": hasUnknown ? "warn" : "info", "value": .text(CheckVerdictSentence(self).text)]
        ],
      ], "scan")
    var seen: Set<String> = []
    json.beginList("vulnerabilities")
    for lock in locks {
      let newest = NewestVersions(lock.assessment)
      for finding in lock.assessment.findings where finding.urgency <= .dueAtWindow {
        let id = Self.gitlabID(finding, in: lock)
        guard seen.insert(id).inserted else { continue }
        json.write(Self.vulnerability(finding, id, in: lock, target: newest.target(of: finding)))
      }
    }
    json.end()
    json.write(.some(remediations.compactMap { remediation($0, of: seen) }), "remediations")
    json.beginList("dependency_files")
    for lock in locks {
      json.beginObject()
      json.write(.text(lock.repositoryPath(of: lock.path)), "path")
      json.write(.text(Self.packageManager(of: lock.path)), "package_manager")
      json.beginList("dependencies")
      for pin in lock.assessment.pins { json.write(Self.dependency(pin.package, pin.version)) }
      for _ in 0..<2 { json.end() }
    }
    for _ in 0..<2 { json.end() }
    return json.text
  }

  /// A change, and the ids of the vulnerabilities that it does away with; nil: it does away with none of the report's.
  private func remediation(_ remediation: Remediation, of ids: Set<String>) -> JSONNode? {
    var fixed: [String] = []
    for fix in remediation.fixes where locks.indices.contains(fix.lock) {
      let id = Self.gitlabID(fix.finding, in: locks[fix.lock])
      if ids.contains(id), !fixed.contains(id) { fixed.append(id) }
    }
    if fixed.isEmpty { return nil }
    return [
      "fixes": .list(fixed.map { ["id": .text($0)] }), "summary": .text(remediation.words),
      "diff": .text(Data(remediation.patch.utf8).base64EncodedString()),
    ]
  }

  /// The same finding in the same place has the same id in every check.
  private static func gitlabID(_ finding: Finding, in lock: CheckedLock) -> String {
    StableIdentifier.text(of: [
      lock.path, finding.place.path, String(finding.place.line), finding.package.normalized,
      finding.version.description, finding.kind.name, finding.key,
    ])
  }

  private static func vulnerability(
    _ finding: Finding, _ id: String, in lock: CheckedLock, target: Version?
  ) -> JSONNode {
    var identifiers: [JSONNode] = []
    if case .vulnerable(let advisory) = finding.kind {
      identifiers = ([advisory.shownID] + advisory.aliases.map(OutsideText.name)).filter { !$0.isEmpty }.map {
        ["type": .text(identifierType($0)), "name": .text($0), "value": .text($0)]
      }
    } else {
      let name = finding.kind.name
      identifiers = [
        [
          "type": "repin", "name": .text("repin: \(name)"), "value": .text("\(name):\(finding.package)"),
        ]
      ]
    }
    let words =
      "\(finding.package)==\(finding.version): \(FindingWords.text(finding)) (\(finding.urgency.words))"
    return [
      "id": .text(id),
      "name": .text(String("\(OutsideText.name(finding.key)) in \(finding.package)".prefix(255))),
      "description": .text(words), "severity": .text(severity(finding)),
      "solution": target.map { .text("Update \(finding.package) to \($0).") },
      "identifiers": .list(identifiers),
      "location": [
        "file": .text(lock.repositoryPath(of: lock.path)),
        "dependency": dependency(finding.package, finding.version),
      ],
    ]
  }

  private static func dependency(_ package: PackageName, _ version: Version) -> JSONNode {
    ["package": ["name": .text(package.normalized)], "version": .text(version.description)]
  }

  /// An advisory's database: what its id begins with.
  private static func identifierType(_ id: String) -> String {
    let prefix = id.prefix { $0 != "-" }.lowercased()
    return ["cve", "ghsa", "pysec", "mal"].contains(prefix) ? prefix : "osv"
  }

  private static func severity(_ finding: Finding) -> String {
    switch finding.kind {
    case .vulnerable(let advisory):
      if advisory.isMalware { return "Critical" }
      return advisory.severity.rawValue.prefix(1).uppercased() + advisory.severity.rawValue.dropFirst()
    case .quarantined: return "High"
    case .withdrawn: return "Medium"
    case .yanked: return "Low"
    case .stale, .archived, .deprecated, .old: return "Info"
    }
  }

  private static func packageManager(of path: String) -> String {
    switch path.split(separator: "/").last {
    case "poetry.lock": "poetry"
    case "uv.lock": "uv"
    case "Pipfile.lock": "pipenv"
    default: "pip"
    }
  }
}
