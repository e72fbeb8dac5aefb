import PythonPackaging
import UpdatePolicy

extension PageReport {
  /// The report as one page of HTML that asks for nothing: style, script and drawings are in it, and its policy of contents
  /// lets nothing else in. Without the script it shows the same; with it, it sorts and searches.
  package func html() -> String {
    let writer = HTMLWriter()
    PageRendering(report: self, writer: writer).write()
    return writer.html
  }
}

/// How much of a report a page shows, so that a browser opens it at once; what is left out is counted.
struct PageRoom {
  let lockfiles: Int
  let findings = 2_000
  /// Of each list of sentences.
  let listed = 200
  /// Of each lockfile.
  let pins: Int
  let timelines: Int
  let treeNodes: Int
  /// Of each package.
  let stays = 60

  init(lockfiles count: Int) {
    lockfiles = min(count, 1_500)
    let shown = max(1, lockfiles)
    pins = max(10, min(2_000, 20_000 / shown))
    timelines = max(3, min(500, 4_000 / shown))
    treeNodes = max(10, min(3_000, 15_000 / shown))
  }
}

/// A page in the making. As a class it costs its many closures one word each.
final class PageRendering {
  let report: PageReport
  let check: CheckReport
  let writer: HTMLWriter
  let moments: ShownMoments
  let room: PageRoom
  let chart: PageChart

  init(report: PageReport, writer: HTMLWriter) {
    self.report = report
    self.writer = writer
    check = report.check
    moments = report.check.moments
    room = PageRoom(lockfiles: report.check.locks.count)
    chart = PageChart(writer: writer, moments: report.check.moments, now: report.check.checkedAt)
  }

  func write() {
    let policy =
      "default-src 'none'; style-src 'sha256-\(PageStyle.hash)'; script-src 'sha256-\(PageScript.hash)'; "
      + "base-uri 'none'; form-action 'none'"
    writer.markup("<!DOCTYPE html>\n")
    writer.element("html", ["lang": "en"]) {
      writer.element("head") {
        writer.void("meta", ["charset": "utf-8"])
        // A policy's apostrophes are ours, and stay readable.
        writer.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        writer.ours(policy)
        writer.markup("\">\n")
        writer.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        writer.void("meta", ["name": "color-scheme", "content": "light dark"])
        writer.void("meta", ["name": "referrer", "content": "no-referrer"])
        writer.element("title", "repin report: \(check.verdict.words)")
        writer.markup("\n<style>")
        writer.ours(PageStyle.text)
        writer.markup("</style>\n")
      }
      writer.element("body") {
        header()
        writer.element("main") {
          if !check.locks.isEmpty { searchBox() }
          unknowns()
          findings()
          lockfiles()
          ages()
          remainder()
          lockSections()
        }
        footer()
        writer.markup("<script>")
        writer.ours(PageScript.text)
        writer.markup("</script>\n")
      }
    }
    writer.markup("\n")
  }

  func section(_ title: String, _ key: StaticString, _ content: () -> Void) {
    writer.element("section", ["data-section": "\(key)"]) {
      writer.element("h2", title)
      content()
    }
    writer.markup("\n")
  }

  // MARK: The verdict

  private func header() {
    let verdict = check.verdict
    writer.element("header", ["class": "\(verdict.pageColor)", "data-verdict": verdict.rawValue]) {
      writer.element("p", ["class": "kind"], "repin report")
      writer.element("h1", "\(verdict.words.prefix(1).uppercased())\(verdict.words.dropFirst())")
      writer.element("p", ["class": "lead"], CheckVerdictSentence(check).text)
      writer.element("dl", ["class": "facts"]) {
        fact("next window", check.nextWindow.map(moments.moment) ?? "never", "nextWindow", check.nextWindow)
        fact("checked", moments.moment(check.checkedAt), "checkedAt", check.checkedAt)
        if check.locks.count == 1 { fact("lockfile", OutsideText.path(check.locks[0].path), "path", nil) }
      }
      if !check.locks.isEmpty { tiles() }
    }
    writer.markup("\n")
  }

  private func fact(_ title: String, _ text: String, _ key: String, _ value: Int64?) {
    writer.element("div") {
      writer.element("dt", title)
      writer.element("dd", ["data-k": key, "data-v": value.map { "\($0)" }], text)
    }
  }

  /// The sums of all lockfiles.
  private func tiles() {
    let totals = check.totals
    func findings(_ urgency: Finding.Urgency) -> Int64 {
      Int64(check.summaries.reduce(0) { $0 + $1.findingCount(urgency) })
    }
    let isMeasured = totals.measuredCount > 0
    writer.element("dl", ["class": "tiles"]) {
      if check.locks.count > 1 { tile("lockfiles", "lockfiles", .number(Int64(check.locks.count))) }
      tile("pins", "pins", .number(Int64(totals.pinCount)))
      if totals.uncheckedCount > 0 {
        tile("not checked", "unchecked", .number(Int64(totals.uncheckedCount)))
      }
      for (urgency, title) in [
        (Finding.Urgency.dueNow, "due now"), (.dueAtWindow, "at the window"), (.noted, "noted"),
        (.ignored, "ignored"),
      ] {
        tile(title, urgency.word, .number(findings(urgency)), color: urgency.pageColor)
      }
      tile("libyears", "libyears", .libyears(isMeasured ? totals.libyearSeconds : nil))
      tile("releases behind", "releasesBehind", .number(isMeasured ? totals.releasesBehind : nil))
      tile("most days behind", "mostDaysBehind", .number(totals.greatestTimeBehind.map { $0 / 86_400 }))
      tile("oldest pin", "oldestPinSeconds", .number(totals.greatestPinAge, ShownDuration.text))
    }
  }

  private func tile(_ title: String, _ key: String, _ cell: PageTable.Cell, color: StaticString = "plain") {
    writer.element("div", ["class": cell.value == "0" ? "plain" : "\(color)"]) {
      writer.element("dd", ["data-k": key, "data-v": cell.value], cell.text)
      writer.element("dt", title)
    }
  }

  // MARK: Findings

  private func findings() {
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
  private func searchBox() {
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

  private func lockfiles() {
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

  // MARK: Ages

  private func ages() {
    let known = report.backgrounds.filter { !$0.trend.isEmpty }
    if !check.locks.isEmpty {
      section("Libyears over time", "trend") {
        let note =
          known.isEmpty || known.count == check.locks.count
          ? nil : "of \(known.count) of \(check.locks.count) lockfiles; of the rest it isn't known"
        chart.trend(LockHistory.TrendPoint.sum(known.map(\.trend)), note: note, columns: 240)
      }
    }
    let pins = check.locks.flatMap(\.assessment.pins)
    if !pins.isEmpty {
      section("How long ago pins were pinned", "ages") { chart.ages(pins.map { PinAge($0).pinAge }) }
    }
  }
}

extension LockHistory.TrendPoint {
  /// What several lockfiles come to together, each from its first point on.
  ///
  /// - Parameter trends: each in the order of time.
  static func sum(_ trends: [[Self]]) -> [Self] {
    if trends.count == 1 { return trends[0] }
    // Bounded so that no sum of them overflows.
    let most: Int64 = 1 << 40
    var steps: [(at: Int64, difference: Int64)] = []
    for trend in trends {
      var last: Int64 = 0
      for point in trend {
        let value = min(max(0, point.libyearSeconds), most)
        steps.append((point.at, value - last))
        last = value
      }
    }
    steps.sort { $0.at < $1.at }
    var points: [Self] = []
    var sum: Int64 = 0
    for step in steps {
      sum += step.difference
      if points.last?.at == step.at { points.removeLast() }
      points.append(Self(at: step.at, libyearSeconds: sum))
    }
    return points
  }
}

extension CheckVerdict {
  /// The class of what is coloured by it.
  var pageColor: StaticString {
    switch self {
    case .dueNow: "now"
    case .incomplete: "unknown"
    case .dueAtWindow: "window"
    case .noted: "noted"
    case .clean: "clean"
    }
  }
}

extension Finding.Urgency {
  var pageColor: StaticString {
    switch self {
    case .dueNow: "now"
    case .dueAtWindow: "window"
    case .noted: "noted"
    case .ignored: "plain"
    }
  }
}
