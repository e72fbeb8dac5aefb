import PythonPackaging
import UpdatePolicy

extension CheckReport {
  /// The report as GitLab's code quality report, which Code Climate's is the model of: what is wrong with a line, each with a
  /// fingerprint of its own. What is ignored isn't in it, nor what can't be checked.
  package func codeQuality() -> String {
    var json = JSONWriter()
    var identifiers = IssueIdentifiers()
    json.beginList()
    tellIssues { issue in
      if case .unchecked = issue.matter { return }
      let identity = issue.identity
      let number = identifiers.occurrence(of: identity)
      json.write([
        "description": .text(issue.advice), "check_name": .text(issue.rule),
        "fingerprint": .text(StableIdentifier.text(of: identity + [String(number)])),
        "severity": .text(issue.codeQualitySeverity),
        "location": ["path": .text(issue.path), "lines": ["begin": .number(max(1, issue.line))]],
      ])
    }
    json.end()
    return json.text
  }
}

extension ReportedIssue {
  /// How soon something has to be done tells how bad it is; malware blocks.
  fileprivate var codeQualitySeverity: String {
    if case .finding(let finding, _) = matter, finding.isMalware { return "blocker" }
    return switch level {
    case .error: "critical"
    case .warning: "major"
    case .note: "info"
    }
  }
}
