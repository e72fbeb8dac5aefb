import PythonPackaging
import UpdatePolicy

extension CheckReport {
  /// So many rows of what is due stand open; longer tables, and those of what isn't due, are folded.
  private static let mostOpenRows = 25

  /// The report in GitHub's and GitLab's Markdown, at most 60 000 characters (UTF-16 code units, as both count), for a
  /// step's summary, an issue or a comment.
  package func markdown() -> String {
    var writer = MarkdownWriter()
    writer.write("## repin check: \(verdict.words)\n")
    writer.write(MarkdownText.prose(CheckVerdictSentence(self).text) + "\n")
    if locks.count == 1 { writer.write(MarkdownText.code(OutsideText.path(locks[0].path)) + "  ") }
    if !locks.isEmpty { writer.write(totals.words) }
    if let image {
      let lines = ImageWords(image, moments).lines.map { "- \(MarkdownText.prose($0))" }
      writer.write("\n\(lines.joined(separator: "\n"))")
    }
    if locks.count > 1 { writeLocks(to: &writer) }
    let united = locks.count > 1 ? UnitedFinding.all(of: locks) : []
    for urgency in Finding.Urgency.allCases { writeFindings(urgency, united, to: &writer) }
    writeRest(to: &writer)
    return writer.finished()
  }

  private func writeLocks(to writer: inout MarkdownWriter) {
    let rows = worstFirst.map { index in
      let summary = summaries[index]
      let counts = Finding.Urgency.allCases.map { String(summary.findingCount($0)) }
      let libyears =
        summary.metrics.libyearSeconds.count == 0
        ? "?" : ShownDuration.libyears(summary.metrics.libyearSeconds.sum)
      return row(
        [summary.verdict.words] + counts + [libyears, MarkdownText.code(OutsideText.path(locks[index].path))])
    }
    // A list that long must not take the room of what is due.
    let shown = rows.prefix(100)
    writer.writeTable(
      heading: rows.count > shown.count
        ? "\(rows.count) lockfiles, the worst \(shown.count) of them"
        : ShownCount.text(rows.count, "lockfile"),
      columns: ["verdict", "now", "window", "noted", "ignored", "libyears", "lockfile"], rows: Array(shown),
      isFolded: rows.count > Self.mostOpenRows)
  }

  private func writeFindings(
    _ urgency: Finding.Urgency, _ united: [UnitedFinding], to writer: inout MarkdownWriter
  ) {
    let rows = locks.count == 1 ? rows(urgency, of: locks[0]) : unitedRows(urgency, of: united)
    writer.writeTable(
      heading: "\(ShownCount.text(rows.count, "finding")) \(urgency.words)",
      columns: [
        "package", "version", "finding", "since", "fix/newest", locks.count == 1 ? "place" : "lockfiles",
      ],
      rows: rows, isFolded: urgency >= .noted || (urgency != .dueNow && rows.count > Self.mostOpenRows))
  }

  private func rows(_ urgency: Finding.Urgency, of lock: CheckedLock) -> [String] {
    let newest = NewestVersions(lock.assessment)
    return lock.assessment.findings(urgency).map { finding in
      row(
        cells(of: finding, newest.target(of: finding)) + [MarkdownText.code(OutsideText.place(finding.place))]
      )
    }
  }

  private func unitedRows(_ urgency: Finding.Urgency, of united: [UnitedFinding]) -> [String] {
    var newest: [Int: NewestVersions] = [:]
    return united.filter { $0.finding.urgency == urgency }.map { item in
      let lock = item.locks[0]
      let versions = newest[lock] ?? NewestVersions(locks[lock].assessment)
      newest[lock] = versions
      return row(
        cells(of: item.finding, versions.target(of: item.finding))
          + ["\(item.locks.count): \(MarkdownText.code(shownPaths(of: item)))"])
    }
  }

  private func cells(of finding: Finding, _ target: Version?) -> [String] {
    [
      MarkdownText.code(finding.package.normalized), MarkdownText.code(finding.version.description),
      MarkdownText.prose(FindingWords.text(finding)), moments.day(finding.firstSeen),
      target.map { MarkdownText.code($0.description) } ?? "",
    ]
  }

  private func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  private func writeRest(to writer: inout MarkdownWriter) {
    let notices = notices.map { row([MarkdownText.prose($0.words)]) }
    writer.writeTable(
      heading: "\(ShownCount.text(notices.count, "ignore")) to look at", columns: ["ignore"], rows: notices,
      isFolded: notices.count > Self.mostOpenRows)
    let unchecked = locks.flatMap { lock in
      lock.unchecked.map { pin in
        row([
          MarkdownText.code(OutsideText.sentence(pin.text)), pin.reason.noun,
          MarkdownText.code(OutsideText.place(lock.path, line: pin.line)),
        ])
      }
    }
    writer.writeTable(
      heading: "\(ShownCount.text(unchecked.count, "pin")) not checked", columns: ["pin", "why", "place"],
      rows: unchecked, isFolded: true)
    let faults = locks.flatMap(\.faults).map { fault in
      row([
        MarkdownText.code(OutsideText.place(fault.path, line: fault.line, column: fault.column)),
        MarkdownText.prose(OutsideText.sentence(fault.text)),
        fault.remedy.map { MarkdownText.prose(OutsideText.sentence($0)) } ?? "",
      ])
    }
    writer.writeTable(
      heading: "\(ShownCount.text(faults.count, "fault")) of lockfiles",
      columns: ["place", "fault", "remedy"],
      rows: faults, isFolded: faults.count > Self.mostOpenRows)
  }
}
