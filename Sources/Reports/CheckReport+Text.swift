import PythonPackaging
import UpdatePolicy

extension CheckReport {
  /// The report as a person reads it on a terminal, without a newline at its end. No line of it is a
  /// workflow's command.
  package func text(_ style: TerminalStyle) -> String {
    var lines = locks.count > 1 ? manyLines(style) : []
    if let lock = locks.first, locks.count == 1 { lines += findingLines(of: lock, style) }
    if locks.count == 1, lines.isEmpty {
      lines.append("\(OutsideText.path(locks[0].path)): \(totals.words)\(changeWords)")
      lines.append(sentence(style))
    } else {
      if !lines.isEmpty { lines.append("") }
      lines.append(sentence(style))
      if !locks.isEmpty { lines.append(totals.words + changeWords) }
    }
    if locks.count == 1 {
      lines += Self.shortened(locks[0].outlooks.map(\.words), "pin").map { "fix: \($0)" }
    }
    return WorkflowText.inert((lines + restLines(style)).joined(separator: "\n"))
  }

  private func sentence(_ style: TerminalStyle) -> String {
    let color: TerminalStyle.Color =
      switch verdict {
      case .dueNow: .red
      case .incomplete, .dueAtWindow: .yellow
      case .noted, .clean: .green
      }
    return style.styled(CheckVerdictSentence(self).text, color)
  }

  /// What the last run saw, of one lockfile.
  private var changeWords: String {
    guard locks.count == 1, let isChanged = locks[0].isChanged else { return "" }
    return isChanged ? "; changed since the last check" : "; unchanged since the last check"
  }

  // MARK: Findings of one lockfile

  private func findingLines(of lock: CheckedLock, _ style: TerminalStyle) -> [String] {
    let newest = NewestVersions(lock.assessment)
    var table = TextTable([
      .init(title: "due"), .init(title: "package"), .init(title: "version"),
      .init(title: "finding", room: .cut(keepsEnd: false)), .init(title: "since", room: .optional(0)),
      .init(title: "fix/newest", room: .optional(2)), .init(title: "place", room: .optional(1)),
    ])
    table.rows = lock.assessment.findings.map { finding in
      TextTable.Row(
        cells: [
          finding.urgency.word, finding.package.normalized, finding.version.description,
          FindingWords.text(finding), moments.day(finding.firstSeen),
          newest.target(of: finding)?.description ?? "", OutsideText.place(finding.place),
        ], color: finding.urgency.color)
    }
    return table.lines(style)
  }

  // MARK: What else there is to know

  private func restLines(_ style: TerminalStyle) -> [String] {
    var lines = image.map { ImageWords($0, moments).lines } ?? []
    lines += notices.map(\.words)
    let unchecked = locks.flatMap { lock in
      lock.unchecked.map { pin in
        locks.count == 1 ? pin.words : "\(OutsideText.path(lock.path)): \(pin.words)"
      }
    }
    lines += Self.shortened(unchecked, "pin").map { "not checked: \($0)" }
    let faults = locks.flatMap(\.faults)
    for fault in faults.prefix(Self.mostListed) {
      lines.append("\(fault.hidesPins ? "can't be read" : "warning"): \(fault.words)")
      if let remedy = fault.remedy { lines.append("hint: \(OutsideText.sentence(remedy))") }
    }
    if faults.count > Self.mostListed {
      lines.append("and \(ShownCount.text(faults.count - Self.mostListed, "more fault")) of files")
    }
    return lines
  }

  static let mostListed = 20

  /// The first of the lines, and how many more there are.
  private static func shortened(_ lines: [String], _ noun: String) -> [String] {
    guard lines.count > mostListed else { return lines }
    return lines.prefix(mostListed) + ["\(lines.count - mostListed) more \(noun)s"]
  }
}

/// The newest release that each pin of a lock may go to.
struct NewestVersions {
  private var versions: [ReportedPin: Version] = [:]

  init(_ assessment: Assessment) {
    if assessment.findings.isEmpty { return }
    for pin in assessment.pins {
      if let newest = pin.newest {
        versions[ReportedPin(package: pin.package, version: pin.version)] = newest
      }
    }
  }

  /// Where a finding's pin should go: the nearest release that fixes its advisory, if there is one; where it has none, the
  /// newest.
  func target(of finding: Finding) -> Version? {
    if case .vulnerable = finding.kind { finding.fix } else { newest(of: finding) }
  }

  /// The newest release that a finding's pin may go to.
  func newest(of finding: Finding) -> Version? { versions[finding.pin] }
}

extension Finding.Urgency {
  var color: TerminalStyle.Color {
    switch self {
    case .dueNow: .red
    case .dueAtWindow: .yellow
    case .noted: .plain
    case .ignored: .faint
    }
  }
}
