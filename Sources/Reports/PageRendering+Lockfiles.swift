import PythonPackaging
import UpdatePolicy

/// What a page says of each lockfile, and what isn't a finding.
extension PageRendering {
  // MARK: Sentences

  /// What nobody knows: it stands before what is known.
  func unknowns() {
    var lines: [String] = []
    for lock in check.locks {
      for failure in lock.assessment.failures {
        let of = failure.package.map { " of \($0.normalized)" } ?? ""
        lines.append(
          inLock(
            lock, "`\(OutsideText.name(failure.source))` didn't tell the \(failure.subject.rawValue)\(of)")
        )
      }
      for fault in lock.faults {
        let hint = fault.remedy.map { " (\(OutsideText.sentence($0)))" } ?? ""
        lines.append("\(fault.hidesPins ? "can't be read" : "warning"): \(fault.words)\(hint)")
      }
    }
    list("What isn't known", "unknown", lines)
  }

  func remainder() {
    list("Fixes", "outlooks", check.locks.flatMap { lock in lock.outlooks.map { inLock(lock, $0.words) } })
    list("Ignores to look at", "ignores", check.notices.map(\.words))
    list(
      "Not checked", "unchecked",
      check.locks.flatMap { lock in lock.unchecked.map { inLock(lock, $0.words) } })
  }

  private func inLock(_ lock: CheckedLock, _ words: String) -> String {
    check.locks.count == 1 ? words : "\(OutsideText.path(lock.path)): \(words)"
  }

  private func list(_ title: String, _ key: StaticString, _ lines: [String]) {
    if lines.isEmpty { return }
    section(title, key) {
      // What is long doesn't stand in the way of what follows.
      if lines.count <= 10 { return items(lines) }
      writer.element("details") {
        writer.element("summary", "\(lines.count) entries")
        items(lines)
      }
    }
  }

  private func items(_ lines: [String]) {
    writer.element("ul", ["class": "list", "data-count": "\(lines.count)"]) {
      for line in lines.prefix(room.listed) { writer.element("li", line) }
    }
    let hidden = lines.count - room.listed
    if hidden > 0 { writer.element("p", ["class": "more"], "and \(hidden) more") }
  }

  func footer() {
    writer.element("footer") {
      for source in check.advisories {
        let synced = source.syncedAt.map { ", as of \(moments.moment($0))" } ?? ""
        let records = source.records.map { ", \(ShownCount.text($0, "record"))" } ?? ""
        writer.element("p", "Advisories from \(OutsideText.name(source.source))\(records)\(synced)")
      }
      writer.element(
        "p",
        "What isn't known is shown as ?. Times are in \(moments.zone). Made by repin; this page loads nothing."
      )
    }
  }

  // MARK: Lockfiles

  func lockSections() {
    let order = check.worstFirst.prefix(room.lockfiles)
    if check.locks.count == 1 { return lockContent(0) }
    if order.isEmpty { return }
    section("Each lockfile", "each") {
      for index in order {
        let (lock, summary) = (check.locks[index], check.summaries[index])
        writer.element("details", ["class": "lock"]) {
          writer.element("summary") {
            writer.element("b", ["class": "b \(summary.verdict.pageColor)"], summary.verdict.shortWords)
            writer.element("code", OutsideText.path(lock.path))
          }
          // Where a link leads to: what is within is unfolded then.
          writer.element("div", ["id": "l\(index)", "tabindex": "-1"]) {
            writer.element("p", ["class": "sums"], ReportTotals([lock], [summary]).words)
            if !report.backgrounds[index].trend.isEmpty {
              chart.trend(report.backgrounds[index].trend, columns: 90)
            }
            lockContent(index)
          }
        }
        writer.markup("\n")
      }
    }
  }

  private func lockContent(_ index: Int) {
    let (lock, background) = (check.locks[index], report.backgrounds[index])
    // What isn't long stands open where there is one lockfile.
    let isOne = check.locks.count == 1
    fold(index, "Pins", "pins", lock.assessment.pins.count, isOpen: isOne && lock.assessment.pins.count <= 60)
    {
      pins(of: lock)
    }
    fold(
      index, "Dependency tree", "tree", background.origins.count,
      isOpen: isOne && background.origins.count <= 60
    ) {
      PageTree(lock, background.origins, idPrefix: "t\(index)-").write(to: writer, most: room.treeNodes)
    }
    fold(index, "Timelines", "timelines", background.timelines.count, isOpen: false) {
      timelines(of: background)
    }
  }

  /// A part of a lockfile; where nothing is known it isn't there, but where it is the only lockfile, which says so.
  private func fold(
    _ index: Int, _ title: String, _ key: StaticString, _ count: Int, isOpen: Bool, _ content: () -> Void
  ) {
    if count == 0 {
      if check.locks.count == 1 {
        writer.element("p", ["class": "more", "data-section": "\(key)"], "\(title): nothing is known")
      }
      return
    }
    writer.element("details", ["class": "fold", "data-section": "\(key)", "open": isOpen ? "" : nil]) {
      writer.element("summary") {
        writer.element("span", ["class": "h"], title)
        writer.element("span", ["class": "c"], "\(count)")
      }
      content()
    }
    writer.markup("\n")
  }

  // MARK: Pins

  private func pins(of lock: CheckedLock) {
    var kinds: [ReportedPin: [(urgency: Finding.Urgency, word: String)]] = [:]
    for finding in lock.assessment.findings {
      let word = finding.kind.name
      if kinds[finding.pin]?.contains(where: { $0.word == word }) == true { continue }
      kinds[finding.pin, default: []].append((finding.urgency, word))
    }
    let sorted = PinOrder.daysBehind.sorted(lock.assessment.pins.map { PinAge($0) })
    let ranks = sorted.map { pin in
      kinds[ReportedPin(package: pin.package, version: pin.version)]?.first?.urgency.rawValue ?? 9
    }
    let order = sorted.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
    PageTable(
      label: "Pins",
      columns: [
        .init(title: "package", key: "package", isHeader: true), .init(title: "version", key: "version"),
        .init(title: "newest", key: "newest"),
        .init(title: "days behind", key: "daysBehind", isNumber: true),
        .init(title: "releases behind", key: "releasesBehind", isNumber: true),
        .init(title: "libyears", key: "libyears", isNumber: true),
        .init(title: "pinned for", key: "pinAgeSeconds", isNumber: true),
        .init(title: "released", key: "releaseAgeSeconds", isNumber: true),
        .init(title: "findings", key: "findings"),
      ]
    ).write(
      to: writer, count: min(order.count, room.pins), more: more(order.count - room.pins, "pin")
    ) { index in
      let pin = sorted[order[index]]
      let found = kinds[ReportedPin(package: pin.package, version: pin.version)] ?? []
      return [
        name(pin.package), .init(text: pin.version.description, style: .code),
        .init(text: pin.newest?.description ?? "", style: pin.newest == nil ? .plain : .code),
        .number(pin.daysBehind), .number(pin.releasesBehind.map(Int64.init)), .libyears(pin.libyearSeconds),
        .number(pin.pinAge, ShownDuration.text),
        .number(pin.releaseAge) { "\(ShownDuration.text($0)) ago" },
        .init(
          text: found.map(\.word).joined(separator: ", "),
          style: found.first.map { PageTable.Cell.Style.badge($0.urgency.pageColor) } ?? .plain),
      ]
    }
  }

  // MARK: Timelines

  private func timelines(of background: LockBackground) {
    let sorted = background.timelines.filter { !$0.stays.isEmpty }.sorted { $0.package < $1.package }
    let shown = sorted.prefix(room.timelines)
    let now = check.checkedAt
    let start = min(now, shown.lazy.flatMap(\.stays).map { ShownMoments.clamped($0.from) }.min() ?? now)
    writer.element("p", ["class": "range"]) {
      writer.element("span", moments.day(start))
      writer.element("span", moments.day(now))
    }
    for timeline in shown {
      let stays = timeline.stays.suffix(room.stays)
      writer.element("details", ["class": "time", "data-package": timeline.package.normalized]) {
        writer.element("summary") {
          writer.element("code", timeline.package.normalized)
          chart.strip(stays, since: start)
          writer.element("span", ["class": "c"], ShownCount.text(timeline.stays.count, "version"))
        }
        writer.element("ol", ["reversed": "", "start": "\(timeline.stays.count)"]) {
          for stay in stays.reversed() { self.stay(stay) }
        }
        if timeline.stays.count > stays.count {
          writer.element("p", ["class": "more"], "and \(timeline.stays.count - stays.count) before")
        }
      }
    }
    if let more = more(sorted.count - shown.count, "package") {
      writer.element("p", ["class": "more"], more)
    }
  }

  private func stay(_ stay: LockHistory.Stay) {
    let length = stay.length(until: check.checkedAt)
    writer.element("li", ["data-v": "\(length)"]) {
      writer.element("code", stay.version.description)
      let end = stay.until.map { "to \(moments.day($0))" } ?? "until now"
      let commit = stay.commit.map { ", commit \(OutsideText.name($0).prefix(12))" } ?? ""
      writer.text(" \(moments.day(stay.from)) \(end), \(ShownDuration.text(length))\(commit)")
    }
  }
}
