import PythonPackaging
import UpdatePolicy

/// Something that a check says of a line of a lockfile, as annotations, code scanning and lists of problems show it.
struct ReportedIssue {
  enum Level: Int, CaseIterable {
    case error, warning, note

    var word: String {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .note: "note"
      }
    }
  }

  enum Matter {
    /// A finding, and the release that its pin should go to.
    case finding(Finding, target: Version?)
    case fault(LockFault)
    case unchecked(UncheckedPin)
    /// Not everything is known of the lockfile.
    case incomplete
  }

  let matter: Matter
  let level: Level
  /// The file from the top of its repository on, where that is known; never empty.
  let path: String
  /// From 1; 0 if it isn't known.
  let line: Int
  /// What it says in a sentence.
  var message: String {
    switch matter {
    case .finding(let finding, _):
      "\(finding.package)==\(finding.version): \(FindingWords.text(finding)) (\(finding.urgency.words))"
    case .fault(let fault): fault.words
    case .unchecked(let pin): pin.words
    case .incomplete: "not everything is known of \(path), so it isn't said to be clean"
    }
  }

  /// What would help: `Update jinja2 to 3.1.5.`
  var solution: String? {
    switch matter {
    case .finding(let finding, let target?): "Update \(finding.package) to \(target)."
    case .fault(let fault): fault.remedy.map(OutsideText.sentence)
    case .finding, .unchecked, .incomplete: nil
    }
  }

  /// The message, and what would help.
  var advice: String {
    guard let solution else { return message }
    return if case .fault = matter { "\(message); \(solution)" } else { "\(message). \(solution)" }
  }

  /// The rule that it breaks: an advisory's id, else the kind of finding, `fault`, `unchecked` or `incomplete` behind
  /// `repin/`.
  var rule: String {
    switch matter {
    case .finding(let finding, _):
      if case .vulnerable(let advisory) = finding.kind {
        advisory.shownID.hasPrefix("repin/") ? "unknown" : advisory.shownID
      } else {
        "repin/\(finding.kind.name)"
      }
    case .fault: "repin/fault"
    case .unchecked: "repin/unchecked"
    case .incomplete: "repin/incomplete"
    }
  }

  /// What tells it from the others, whatever line it stands on and whichever version is pinned: who comes back to it later
  /// takes it for the same.
  var identity: [String] {
    switch matter {
    case .finding(let finding, _): [path, rule, finding.package.normalized]
    case .fault(let fault): [path, rule, fault.text]
    case .unchecked(let pin): [path, rule, pin.text]
    case .incomplete: [path, rule]
    }
  }
}

/// Counts what comes again, so that each has an identifier of its own.
struct IssueIdentifiers {
  private var counts: [[String]: Int] = [:]

  /// How often the issue's identity has come now, from 1.
  mutating func occurrence(of identity: [String]) -> Int {
    counts[identity, default: 0] += 1
    return counts[identity, default: 0]
  }
}

extension CheckReport {
  /// Tells all issues but what is ignored, the worst lockfile first; of each its findings, then its faults, then what isn't
  /// known.
  func tellIssues(_ tell: (ReportedIssue) -> Void) {
    for index in worstFirst {
      let lock = locks[index]
      let newest = NewestVersions(lock.assessment)
      func issue(_ matter: ReportedIssue.Matter, _ level: ReportedIssue.Level, _ path: String, _ line: Int) {
        tell(
          ReportedIssue(
            matter: matter, level: level, path: lock.repositoryPath(of: path), line: max(0, line)))
      }
      for finding in lock.assessment.findings {
        guard let level = finding.urgency.level else { continue }
        issue(
          .finding(finding, target: newest.target(of: finding)), level, finding.place.path,
          finding.place.line)
      }
      for fault in lock.faults {
        issue(.fault(fault), fault.hidesPins ? .warning : .note, fault.path, fault.line)
      }
      for pin in lock.unchecked { issue(.unchecked(pin), .note, lock.path, pin.line) }
      if lock.verdict == .incomplete || !lock.assessment.failures.isEmpty {
        issue(.incomplete, .warning, lock.path, 0)
      }
    }
  }
}

extension CheckedLock {
  /// A file's path from the top of the repository on, where it is this lockfile and that is known; never empty.
  func repositoryPath(of path: String) -> String {
    let path = OutsideText.path(path == self.path ? repositoryPath ?? path : path)
    return path.isEmpty ? "lockfile" : path
  }
}

extension AdvisoryFacts {
  /// The id; never empty.
  var shownID: String { id.isEmpty ? "unknown" : OutsideText.name(id) }
}

extension Finding.Urgency {
  /// Nil: nothing is said of it.
  fileprivate var level: ReportedIssue.Level? {
    switch self {
    case .dueNow: .error
    case .dueAtWindow: .warning
    case .noted: .note
    case .ignored: nil
    }
  }
}
