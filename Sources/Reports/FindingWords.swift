import PythonPackaging
import UpdatePolicy

/// A finding in words, which all formats for people share.
enum FindingWords {
  /// What is wrong, and how long an ignored one is ignored: `stale, 182 days behind`.
  static func text(_ finding: Finding) -> String {
    guard let ignore = finding.ignore else { return wrong(finding.kind) }
    return "\(wrong(finding.kind)) (ignored until \(ignore.until): \(OutsideText.sentence(ignore.reason)))"
  }

  private static func wrong(_ kind: Finding.Kind) -> String {
    switch kind {
    case .vulnerable(let advisory): return with(self.advisory(advisory), advisory.summary)
    case .quarantined(let reason): return with("quarantined", reason)
    case .withdrawn: return "withdrawn: gone from the index"
    case .yanked(let reason): return yanked(reason)
    case .stale(let timeBehind): return "stale, \(ShownDuration.text(timeBehind)) behind"
    case .archived(let reason): return with("archived", reason)
    case .deprecated(let reason): return with("deprecated", reason)
    case .old(let pinAge): return "pinned \(ShownDuration.text(pinAge)) ago"
    }
  }

  /// `GHSA-abcd-2345-efgh, high`.
  static func advisory(_ advisory: AdvisoryFacts) -> String {
    let id = OutsideText.name(advisory.id)
    if advisory.isMalware { return "malware \(id)" }
    return advisory.severity == .unknown
      ? "\(id), severity unknown" : "\(id), \(advisory.severity.rawValue)"
  }

  /// `yanked`, and why if somebody said.
  static func yanked(_ reason: String?) -> String { with("yanked", reason) }

  private static func with(_ word: String, _ reason: String?) -> String {
    guard let reason, !reason.isEmpty else { return word }
    return "\(word): \(OutsideText.sentence(reason))"
  }
}

extension Finding.Urgency {
  /// The word of a table's column.
  var word: String {
    switch self {
    case .dueNow: "now"
    case .dueAtWindow: "window"
    case .noted: "noted"
    case .ignored: "ignored"
    }
  }

  /// As people read it: `due at the window`.
  var words: String {
    switch self {
    case .dueNow: "due now"
    case .dueAtWindow: "due at the window"
    case .noted: "noted"
    case .ignored: "ignored"
    }
  }
}

extension IgnoreNotice {
  /// `ignore 2 (package demo, until 2027-06-30) matches nothing`; they are counted from 1.
  var words: String {
    var about: [String] = []
    if let id = ignore.id { about.append(OutsideText.name(id)) }
    if let package = ignore.package { about.append("package \(package)") }
    about.append("until \(ignore.until)")
    let wrong =
      switch fault {
      case .expired(isNeeded: true): "has ended, and what it was about is still there"
      case .expired(isNeeded: false): "has ended, and can be removed"
      case .matchesNothing: "matches nothing, and can be removed"
      }
    return "ignore \(index + 1) (\(about.joined(separator: ", "))) \(wrong)"
  }
}

extension UncheckedPin {
  /// `app @ file:///app, from a path (line 3)`.
  var words: String {
    let place = line > 0 ? " (line \(line))" : ""
    return "\(OutsideText.sentence(text)), \(reason.noun)\(place)"
  }
}

extension LockFault {
  /// `requirements.txt:12:1: found …, expected …`.
  package var words: String {
    "\(OutsideText.place(path, line: line, column: column)): \(OutsideText.sentence(text))"
  }
}
