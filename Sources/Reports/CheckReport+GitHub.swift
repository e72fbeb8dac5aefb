import PythonPackaging
import UpdatePolicy

extension CheckReport {
  /// The report as commands of GitHub's workflows, a line each: errors for what is due now, warnings for what is due at the
  /// window and for what isn't known, notices for the rest. GitHub shows ten of a kind in a step; the last notice says what
  /// was found and how much of it has no line.
  package func githubAnnotations() -> String {
    var annotations = Annotations()
    tellIssues { issue in
      annotations.add(issue.level, issue.path, issue.line, title: issue.title) { issue.message }
    }
    if let image, image.verdict != .clean {
      annotations.add(.warning, nil, 0, title: "repin: image") { ImageWords(image, moments).summary }
    }
    for notice in notices { annotations.add(.note, nil, 0, title: "repin: ignore") { notice.words } }
    var sentence = CheckVerdictSentence(self).text
    if annotations.omittedCount > 0 {
      sentence += "; \(ShownCount.text(annotations.omittedCount, "more annotation")) aren't shown"
    }
    annotations.end(sentence)
    return annotations.lines.joined(separator: "\n")
  }
}

/// Commands of GitHub's workflows (`::error file=…,line=…,title=…::message`), no more than are shown.
struct Annotations {
  /// GitHub shows so many of each level in a step.
  private static let most = 10

  private(set) var lines: [String] = []
  private(set) var omittedCount = 0
  private var counts: [ReportedIssue.Level: Int] = [:]

  /// Adds one, if there is room beside the last notice.
  mutating func add(
    _ level: ReportedIssue.Level, _ path: String?, _ line: Int, title: String, _ message: () -> String
  ) {
    guard counts[level, default: 0] < (level == .note ? Self.most - 1 : Self.most) else {
      omittedCount += 1
      return
    }
    counts[level, default: 0] += 1
    var properties: [String] = []
    if let path { properties.append("file=\(Self.property(OutsideText.path(path)))") }
    if line > 0, path != nil { properties.append("line=\(line)") }
    properties.append("title=\(Self.property(title))")
    lines.append(
      "::\(level == .note ? "notice" : level.word) \(properties.joined(separator: ","))::\(Self.data(message()))"
    )
  }

  /// Adds the last notice.
  mutating func end(_ message: String) { lines.append("::notice title=repin check::\(Self.data(message))") }

  /// Escapes a message: `%`, CR, LF.
  static func data(_ text: String) -> String { escaped(text, [:]) }

  /// Escapes a property's value: `:` and `,` besides.
  static func property(_ text: String) -> String { escaped(text, [":": "%3A", ",": "%2C"]) }

  private static func escaped(_ text: String, _ more: [Unicode.Scalar: String]) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default:
        if let escape = more[scalar] { result += escape } else { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }
}

extension ReportedIssue {
  fileprivate var title: String {
    switch matter {
    case .finding(let finding, _): "\(finding.package)==\(finding.version)"
    case .fault: "repin: fault of a lockfile"
    case .unchecked: "repin: not checked"
    case .incomplete: "repin: incomplete"
    }
  }
}
