import PythonPackaging

extension HistoryReport {
  /// The report as a person reads it on a terminal, without a newline at its end. No line of it is a
  /// workflow's command.
  package func text(_ style: TerminalStyle) -> String {
    if lockfiles.isEmpty { return "the history knows no lockfile" }
    let blocks = lockfiles.map { lines(of: $0, style).joined(separator: "\n") }
    return WorkflowText.inert(blocks.joined(separator: "\n\n"))
  }

  private func lines(of lock: LockHistory, _ style: TerminalStyle) -> [String] {
    let path = OutsideText.path(lock.path)
    if let package {
      let table = timeline(lock).lines(style)
      guard !table.isEmpty else { return ["\(path): \(package) was never pinned"] }
      let ages = agesTable(lock).lines(style)
      return ["\(path): \(package)"] + table + (ages.isEmpty ? [] : [""] + ages)
    }
    guard !lock.pins.isEmpty else { return ["\(path): no pin is known"] + trendLines(lock, style) }
    return ["\(path): \(words(lock.totals))"] + agesTable(lock).lines(style) + trendLines(lock, style)
  }

  private func words(_ totals: LockHistory.Totals) -> String {
    var parts = [ShownCount.text(totals.pinCount, "pin")]
    if let age = totals.oldestPin { parts.append("the oldest pinned \(ShownDuration.text(age)) ago") }
    if let behind = totals.mostBehind, behind > 0 {
      parts.append("at most \(ShownDuration.text(behind)) behind")
    }
    if let releases = totals.releasesBehind {
      parts.append(
        releases == 0
          ? "none behind" : "\(ShownCount.text(Int(clamping: releases), "release")) behind in all")
    }
    if let libyears = totals.libyearSeconds { parts.append("\(ShownDuration.libyears(libyears)) libyears") }
    return parts.joined(separator: ", ")
  }

  private func agesTable(_ lock: LockHistory) -> TextTable {
    var table = TextTable([
      .init(title: "package"), .init(title: "version"), .init(title: "pinned for", isNumber: true),
      .init(title: "released", room: .optional(2), isNumber: true), .init(title: "behind", isNumber: true),
      .init(title: "releases", room: .optional(3), isNumber: true),
      .init(title: "libyears", room: .optional(1), isNumber: true),
      .init(title: "newest", room: .optional(0)),
    ])
    table.rows = lock.pins.map { pin in
      TextTable.Row(cells: [
        pin.package.normalized, pin.version.description, Self.shown(pin.pinAge),
        pin.releaseAge.map { "\(ShownDuration.text($0)) ago" } ?? "?",
        pin.timeBehind == 0 ? "-" : Self.shown(pin.timeBehind),
        pin.releasesBehind.map { $0 == 0 ? "-" : String($0) } ?? "?",
        pin.libyearSeconds.map(ShownDuration.libyears) ?? "?", pin.newest?.description ?? "",
      ])
    }
    return table
  }

  private func timeline(_ lock: LockHistory) -> TextTable {
    var table = TextTable([
      .init(title: "version"), .init(title: "from"), .init(title: "until"),
      .init(title: "stayed", isNumber: true), .init(title: "commit", room: .optional(0)),
    ])
    table.rows = lock.stays.map { stay in
      TextTable.Row(cells: [
        stay.version.description, moments.day(stay.from), stay.until.map { moments.day($0) } ?? "today",
        ShownDuration.text(stay.length(until: at)),
        stay.commit.map { String(OutsideText.name($0).prefix(12)) } ?? "",
      ])
    }
    return table
  }

  private static func shown(_ seconds: Int64?) -> String { seconds.map(ShownDuration.text) ?? "?" }

  private func trendLines(_ lock: LockHistory, _ style: TerminalStyle) -> [String] {
    [""] + TrendChart(lock.trend, until: at, moments: moments).lines(style)
  }
}
