import PythonPackaging
import UpdatePolicy

extension CheckReport {
  /// The report as SARIF 2.1.0 for code scanning: a rule for each advisory and each kind of finding, a result for each pin
  /// that one is about. What is ignored isn't in it: code scanning would show it all the same.
  ///
  /// - Parameters:
  ///   - programVersion: of repin, as the report names its tool.
  ///   - mostResults: past so many the least urgent are left out, and a notification says how many; GitHub takes 25 000 of a
  ///     run, and as many rules.
  package func sarif(programVersion: String, mostResults: Int = 25_000) -> String {
    var issues = ReportedIssue.Level.allCases.map { _ in [ReportedIssue]() }
    var notifications: [JSONNode] = []
    func note(_ text: String, _ path: String?, _ line: Int) {
      notifications.append([
        "level": "note", "message": SARIFText.message(text),
        "locations": path.map { [SARIFText.location($0, line: line)] },
      ])
    }
    tellIssues { issue in
      if case .unchecked = issue.matter {
        if notifications.count < Self.mostNotifications { note(issue.message, issue.path, issue.line) }
      } else {
        issues[issue.level.rawValue].append(issue)
      }
    }
    let all = issues.joined()
    for notice in notices.prefix(Self.mostNotifications) { note(notice.words, nil, 0) }
    note(CheckVerdictSentence(self).text, nil, 0)
    if all.count > mostResults {
      note("\(ShownCount.text(all.count - mostResults, "more result")) aren't shown", nil, 0)
    }
    let shown = all.prefix(mostResults)
    var rules = SARIFRules()
    for issue in shown { rules.add(issue) }

    var json = JSONWriter()
    json.beginObject()
    json.write(
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "$schema")
    json.write("2.1.0", "version")
    json.beginList("runs")
    json.beginObject()
    json.beginObject("tool")
    json.beginObject("driver")
    json.write("repin", "name")
    json.write(.text(OutsideText.version(programVersion)), "version")
    json.beginList("rules")
    for rule in rules.all { json.write(rule.node) }
    for _ in 0..<3 { json.end() }
    json.beginList("invocations")
    json.write([
      "executionSuccessful": .word(hasUnknown ? "false" : "true"),
      "endTimeUtc": .text(ShownMoments.timestamp(checkedAt)),
      "toolExecutionNotifications": .list(notifications),
    ])
    json.end()
    json.beginList("results")
    var identifiers = IssueIdentifiers()
    for issue in shown {
      let identity = issue.identity
      json.write([
        "ruleId": .text(issue.rule), "ruleIndex": .number(rules.index(of: issue.rule)),
        "level": .text(issue.level.word), "message": SARIFText.message(issue.advice),
        "locations": [SARIFText.location(issue.path, line: issue.line)],
        "partialFingerprints": [
          "primaryLocationLineHash": .text(
            "\(StableIdentifier.digits(of: identity)):\(identifiers.occurrence(of: identity))")
        ],
      ])
    }
    for _ in 0..<4 { json.end() }
    return json.text
  }

  private static let mostNotifications = 1_000

  /// Whether something isn't known.
  var hasUnknown: Bool { locks.contains { !$0.assessment.failures.isEmpty || $0.hasUnreadPins } }
}

/// The rules of a run, each once, in the order of the results that are the first to break them.
private struct SARIFRules {
  struct Rule {
    let issue: ReportedIssue
    /// The highest that one of its findings has, from 0 to 10.
    var score: Double?

    var node: JSONNode {
      var tags: JSONNode = ["maintenance"]
      var description = issue.ruleWords
      var ids: [String] = []
      if case .finding(let finding, _) = issue.matter {
        switch finding.kind {
        case .vulnerable(let advisory):
          tags = ["security", advisory.isMalware ? "malware" : "vulnerability"]
          if !advisory.summary.isEmpty { description = OutsideText.sentence(advisory.summary) }
          ids = advisory.aliases.prefix(20).map(OutsideText.name)
        case .quarantined: tags = ["security"]
        default: break
        }
      }
      let full = ids.isEmpty ? description : "\(description) (\(ids.joined(separator: ", ")))"
      return [
        "id": .text(issue.rule), "shortDescription": SARIFText.message(description),
        "fullDescription": SARIFText.message(full), "help": SARIFText.message("\(issue.rule): \(full)"),
        "properties": [
          "tags": tags, "precision": "very-high", "security-severity": score.map { .text("\($0)") },
        ],
      ]
    }
  }

  private(set) var all: [Rule] = []
  private var places: [String: Int] = [:]

  mutating func add(_ issue: ReportedIssue) {
    let place = places[issue.rule] ?? all.count
    if place == all.count {
      places[issue.rule] = place
      all.append(Rule(issue: issue))
    }
    guard case .finding(let finding, _) = issue.matter, case .vulnerable(let advisory) = finding.kind,
      let score = advisory.securitySeverity
    else { return }
    all[place].score = max(all[place].score ?? 0, score)
  }

  func index(of rule: String) -> Int { places[rule] ?? 0 }
}

/// Texts and places as SARIF has them.
enum SARIFText {
  /// A message (section 3.11): brackets begin links in it and braces places for arguments, so that they are escaped.
  static func message(_ text: String) -> JSONNode {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "[", "]", "\\": result += "\\"
      case "{", "}": result.unicodeScalars.append(scalar)
      default: break
      }
      result.unicodeScalars.append(scalar)
    }
    return ["text": .text(result)]
  }

  /// A line of a file; code scanning shows nothing without a line, and the first where it isn't known.
  static func location(_ path: String, line: Int) -> JSONNode {
    let isRelative = !path.hasPrefix("/")
    return [
      "physicalLocation": [
        "artifactLocation": [
          "uri": .text(uri(path)), "uriBaseId": isRelative ? "%SRCROOT%" : nil,
        ], "region": ["startLine": .number(max(1, line))],
      ]
    ]
  }

  /// A path as a reference (RFC 3986, section 4.2): without `./` before it, all but unreserved characters and `/` in
  /// percents.
  static func uri(_ path: String) -> String {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    let prefix = path.hasPrefix("/") ? "file://" : ""
    return prefix + percents(path.isEmpty ? "." : String(path), except: "/")
  }

  /// Percents for all but unreserved characters (RFC 3986, section 2.3) and one more.
  static func percents(_ text: String, except other: Unicode.Scalar) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", other:
        result.unicodeScalars.append(scalar)
      default: result += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
      }
    }
    return result
  }
}

extension ReportedIssue {
  /// What the rule is about, where no advisory says.
  fileprivate var ruleWords: String {
    switch matter {
    case .finding(let finding, _):
      switch finding.kind {
      case .vulnerable(let advisory):
        advisory.isMalware ? "The release is malware" : "An advisory affects the release"
      case .quarantined: "The index holds the project for unsafe"
      case .withdrawn: "The release is gone from the index"
      case .yanked: "The release is yanked"
      case .stale: "The pin is behind by more than the policy allows"
      case .archived: "No more releases of the project are to be expected"
      case .deprecated: "The project is obsolete"
      case .old: "The version was pinned longer ago than the policy allows"
      }
    case .fault: "Something is wrong in the lockfile"
    case .unchecked: "No index can tell anything of the pin"
    case .incomplete: "Not everything is known of the lockfile's pins"
    }
  }
}

extension AdvisoryFacts {
  /// The score; of an advisory that has none, one from the middle of what its word stands for, as GitHub reads scores; nil
  /// if nobody said anything.
  fileprivate var securitySeverity: Double? {
    if isMalware { return 10 }
    if let score = knownScore { return score }
    return switch severity {
    case .unknown: nil
    case .low: 2
    case .medium: 5.5
    case .high: 8
    case .critical: 9.5
    }
  }

  /// The CVSS score, within its bounds.
  var knownScore: Double? { score.flatMap { $0.isFinite ? min(max($0, 0), 10) : nil } }
}
