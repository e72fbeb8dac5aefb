import PythonPackaging
import UpdatePolicy

/// Many lockfiles: a line of each, and what is wrong once, however many have it.
extension CheckReport {
  /// So many findings of an urgency are shown: a person reads no more.
  private static func mostFindings(_ urgency: Finding.Urgency) -> Int {
    switch urgency {
    case .dueNow: 500
    case .dueAtWindow: 100
    case .noted, .ignored: mostListed
    }
  }

  /// So many lockfiles of which nothing is due have a line each.
  private static let mostQuietLocks = 20

  func manyLines(_ style: TerminalStyle) -> [String] {
    let findings = unitedLines(style)
    return summaryLines(style) + (findings.isEmpty ? [] : [""] + findings)
  }

  private func summaryLines(_ style: TerminalStyle) -> [String] {
    var table = TextTable([
      .init(title: "verdict"), .init(title: "now", room: .optional(3), isNumber: true),
      .init(title: "window", room: .optional(2), isNumber: true),
      .init(title: "noted", room: .optional(1), isNumber: true),
      .init(title: "ignored", room: .optional(0), isNumber: true),
      .init(title: "libyears", room: .optional(4), isNumber: true),
      .init(title: "lockfile", room: .cut(keepsEnd: true)),
    ])
    let order = worstFirst
    let quietStart = order.firstIndex { summaries[$0].verdict >= .noted } ?? order.count
    let isFolded = order.count - quietStart > Self.mostQuietLocks
    for index in isFolded ? order.prefix(quietStart) : order[...] {
      let summary = summaries[index]
      let counts = Finding.Urgency.allCases.map { String(summary.findingCount($0)) }
      table.rows.append(
        TextTable.Row(
          cells: [summary.verdict.shortWords] + counts
            + [
              summary.metrics.libyearSeconds.count == 0
                ? "?" : ShownDuration.libyears(summary.metrics.libyearSeconds.sum),
              OutsideText.path(locks[index].path),
            ], color: summary.verdict.color))
    }
    var lines = table.lines(style)
    if isFolded {
      let quiet = order[quietStart...].map { summaries[$0] }
      let clean = quiet.count { $0.verdict == .clean }
      let more = lines.isEmpty ? "" : "and "
      lines.append(
        "\(more)\(quiet.count) lockfiles of which nothing is due: \(clean) clean, \(quiet.count - clean) with findings that are noted"
      )
    }
    return lines
  }

  private func unitedLines(_ style: TerminalStyle) -> [String] {
    var table = TextTable([
      .init(title: "due"), .init(title: "package"), .init(title: "version"),
      .init(title: "finding", room: .cut(keepsEnd: false)), .init(title: "fix/newest", room: .optional(1)),
      .init(title: "lockfiles", isNumber: true),
    ])
    let united = UnitedFinding.all(of: locks)
    var counts: [Finding.Urgency: Int] = [:]
    var newest: [Int: NewestVersions] = [:]
    for item in united {
      let urgency = item.finding.urgency
      counts[urgency, default: 0] += 1
      if counts[urgency, default: 0] > Self.mostFindings(urgency) { continue }
      var target = item.finding.fix
      if target == nil, let lock = item.locks.first {
        let versions = newest[lock] ?? NewestVersions(locks[lock].assessment)
        newest[lock] = versions
        target = versions.target(of: item.finding)
      }
      table.rows.append(
        TextTable.Row(
          cells: [
            urgency.word, item.finding.package.normalized, item.finding.version.description,
            FindingWords.text(item.finding), target?.description ?? "", String(item.locks.count),
          ], note: shownPaths(of: item), color: urgency.color))
    }
    var lines = table.lines(style)
    for urgency in Finding.Urgency.allCases {
      let more = (counts[urgency] ?? 0) - Self.mostFindings(urgency)
      if more > 0 {
        let isShown = urgency <= .dueAtWindow ? "; `--format json` has all of them" : ""
        lines.append("and \(ShownCount.text(more, "more finding")) \(urgency.words)\(isShown)")
      }
    }
    return lines
  }

  /// `a.txt, b.txt, c.txt and 409 more`.
  func shownPaths(of item: UnitedFinding) -> String {
    let paths = item.locks.prefix(UnitedFinding.shownPaths).map { OutsideText.path(locks[$0].path) }
    let more = item.locks.count - paths.count
    return paths.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}

extension CheckVerdict {
  var color: TerminalStyle.Color {
    switch self {
    case .dueNow: .red
    case .incomplete, .dueAtWindow: .yellow
    case .noted: .plain
    case .clean: .green
    }
  }
}
