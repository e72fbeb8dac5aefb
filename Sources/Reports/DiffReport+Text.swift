import LockDiff
import LockfileFormats
import PythonPackaging

extension DiffReport {
  /// The report as a person reads it on a terminal, without a newline at its end. No line of it is a workflow's command.
  package func text(_ style: TerminalStyle) -> String {
    let changes = changes
    var lines: [String] = []
    for (lock, change) in changes {
      let alarms = DiffWords.alarms(change)
      if alarms.isEmpty { continue }
      lines.append(style.styled("\(subject(change, lock)): \(alarms.joined(separator: "; "))", .red))
    }
    if !lines.isEmpty { lines.append("") }
    lines += table(changes).lines(style)
    if !changes.isEmpty { lines.append("") }
    let summary = DiffSummary(self)
    lines.append(style.styled(summary.sentence, summary.color))
    lines += restLines()
    return WorkflowText.inert(lines.joined(separator: "\n"))
  }

  private func table(_ changes: [(lock: Int, change: ExplainedChange)]) -> TextTable {
    var table = TextTable([
      .init(title: "change"), .init(title: "package"), .init(title: "from"), .init(title: "to"),
      .init(title: "why", room: .cut(keepsEnd: false)), .init(title: "released", room: .optional(1)),
      .init(title: "was behind", room: .optional(0)), .init(title: "lockfile", room: .optional(2)),
    ])
    table.rows = changes.map { lock, change in
      let pin = change.change
      return TextTable.Row(
        cells: [
          DiffWords.word(pin), DiffWords.name(pin.subject), DiffWords.pinned(pin.old, pin),
          DiffWords.pinned(pin.new, pin), DiffWords.why(change),
          change.new.map { $0.uploadedAt.value.map(moments.day) ?? "unknown" } ?? "",
          change.old.map { $0.timeBehind.value.map { $0 > 0 ? ShownDuration.text($0) : "" } ?? "unknown" }
            ?? "",
          locks.count > 1 ? OutsideText.path(locks[lock].diff.path) : "",
        ], note: DiffWords.notes(change).joined(separator: "; "), color: change.color)
    }
    return table
  }

  private func subject(_ change: ExplainedChange, _ lock: Int) -> String {
    let name = DiffWords.name(change.change.subject)
    return locks.count > 1 ? "\(name) in \(OutsideText.path(locks[lock].diff.path))" : name
  }

  private func restLines() -> [String] {
    var lines = heldBack.prefix(Self.mostListed).map { "held back: \(DiffWords.heldBack($0))" }
    if heldBack.count > Self.mostListed {
      lines.append("and \(ShownCount.text(heldBack.count - Self.mostListed, "more release")) held back")
    }
    for fault in faults.prefix(Self.mostListed) { lines.append("can't be read: \(fault)") }
    if faults.count > Self.mostListed {
      lines.append("and \(ShownCount.text(faults.count - Self.mostListed, "more fault")) of files")
    }
    return lines
  }

  static let mostListed = 20

  /// What can't be read of the files, a sentence each.
  var faults: [String] {
    locks.flatMap { $0.diff.oldFaults + $0.diff.newFaults }.map { OutsideText.sentence($0.description) }
  }
}

extension ExplainedChange {
  fileprivate var color: TerminalStyle.Color {
    if !DiffWords.alarms(self).isEmpty { return .red }
    if fixesAdvisories { return .green }
    switch change.kind {
    case .lowered, .moved: return .yellow
    case .raised: return change.step?.kind == .major || change.step?.kind == .pre ? .yellow : .plain
    case .added, .removed, .unknown, .rehashed, .conditioned: return .plain
    }
  }
}

extension DiffSummary {
  fileprivate var color: TerminalStyle.Color {
    if !introduced.isEmpty || rehashed > 0 || yanked > 0 { return .red }
    return unreadParts > 0 || hashesLost > 0 || counts[.lowered] != nil ? .yellow : .green
  }
}
