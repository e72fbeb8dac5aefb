import PythonPackaging
import UpdatePolicy

/// The tables of what is wrong, and of the lockfiles.
extension PageRendering {
  // MARK: Findings

  func findings() {
    let isOne = check.locks.count == 1
    let united = isOne ? [] : UnitedFinding.all(of: check.locks)
    let count = isOne ? check.locks[0].assessment.findings.count : united.count
    if count == 0 { return }
    section("Findings", "findings") {
      var columns: [PageTable.Column] = [
        .init(title: "due", key: "urgency"), .init(title: "package", key: "package", isHeader: true),
        .init(title: "version", key: "version"), .init(title: "finding", key: "text"),
        .init(title: "since", key: "firstSeen"), .init(title: "fix/newest", key: "fix"),
      ]
      if isOne {
        columns.append(.init(title: "place", key: "place"))
      } else {
        columns.append(.init(title: "lockfiles", key: "lockfiles", isNumber: true))
        columns.append(.init(title: "which", key: "paths"))
      }
      var newest: [Int: NewestVersions] = [:]
      PageTable(label: "Findings", columns: columns).write(
        to: writer, count: min(count, room.findings), more: more(count - room.findings, "finding")
      ) { index in
        let finding = isOne ? check.locks[0].assessment.findings[index] : united[index].finding
        let lock = isOne ? 0 : united[index].locks[0]
        let versions = newest[lock] ?? NewestVersions(check.locks[lock].assessment)
        newest[lock] = versions
        var cells = cells(of: finding, versions.target(of: finding))
        if isOne {
          cells.append(.init(text: OutsideText.place(finding.place), style: .code))
        } else {
          cells.append(.number(Int64(united[index].locks.count)))
          cells.append(.init(text: check.shownPaths(of: united[index]), style: .code))
        }
        return cells
      }
    }
  }

  /// Of all tables and timelines; shown where there is a script.
  func searchBox() {
    writer.element("p", ["class": "search", "hidden": ""]) {
      writer.element("label", ["for": "q"], "Search")
      writer.void(
        "input",
        ["type": "search", "id": "q", "autocomplete": "off", "placeholder": "package, finding, path"])
      writer.element("output", ["for": "q", "aria-live": "polite"], "")
    }
  }

  private func cells(of finding: Finding, _ target: Version?) -> [PageTable.Cell] {
    let advisory: String? =
      if case .vulnerable(let advisory) = finding.kind { report.links.advisories[advisory.id] } else { nil }
    return [
      .init(
        text: finding.urgency.word, value: "\(finding.urgency.rawValue)",
        style: .badge(finding.urgency.pageColor)),
      name(finding.package), .init(text: finding.version.description, style: .code),
      .init(text: FindingWords.text(finding), link: advisory.map { .address($0) }),
      .init(text: moments.day(finding.firstSeen), value: "\(finding.firstSeen)"),
      .init(text: target?.description ?? "", style: target == nil ? .plain : .code),
    ]
  }

  func name(_ package: PackageName) -> PageTable.Cell {
    .init(
      text: package.normalized, style: .code, link: report.links.projects[package].map { .address($0) })
  }

  func more(_ count: Int, _ noun: String) -> String? {
    count > 0 ? "and \(ShownCount.text(count, "more \(noun)")); `--format json` has all of them" : nil
  }

  // MARK: Lockfiles

  func lockfiles() {
    if check.locks.count < 2 { return }
    let order = check.worstFirst
    section(ShownCount.text(check.locks.count, "lockfile"), "lockfiles") {
      PageTable(
        label: "Lockfiles",
        columns: [
          .init(title: "verdict", key: "verdict"), .init(title: "lockfile", key: "path", isHeader: true),
          .init(title: "now", key: "now", isNumber: true),
          .init(title: "window", key: "window", isNumber: true),
          .init(title: "noted", key: "noted", isNumber: true),
          .init(title: "ignored", key: "ignored", isNumber: true),
          .init(title: "pins", key: "pins", isNumber: true),
          .init(title: "libyears", key: "libyears", isNumber: true),
          .init(title: "releases behind", key: "releasesBehind", isNumber: true),
          .init(title: "days behind", key: "mostDaysBehind", isNumber: true),
          .init(title: "oldest pin", key: "oldestPinSeconds", isNumber: true),
        ]
      ).write(
        to: writer, count: room.lockfiles, more: more(check.locks.count - room.lockfiles, "lockfile")
      ) { row(of: order[$0]) }
    }
  }

  private func row(of index: Int) -> [PageTable.Cell] {
    let (summary, lock) = (check.summaries[index], check.locks[index])
    let metrics = summary.metrics
    var cells: [PageTable.Cell] = [
      .init(
        text: summary.verdict.shortWords, value: "\(summary.verdict.rank)",
        style: .badge(summary.verdict.pageColor)),
      .init(text: OutsideText.path(lock.path), style: .code, link: .place("l\(index)")),
    ]
    for urgency in Finding.Urgency.allCases { cells.append(.number(Int64(summary.findingCount(urgency)))) }
    return cells + [
      .number(Int64(lock.pinCount)),
      .libyears(metrics.libyearSeconds.count > 0 ? metrics.libyearSeconds.sum : nil),
      .number(metrics.releasesBehind.count > 0 ? metrics.releasesBehind.sum : nil),
      .number(metrics.timeBehind.greatest.map { $0 / 86_400 }),
      .number(metrics.pinAge.greatest, ShownDuration.text),
    ]
  }
}
