import PythonPackaging
import RequirementsFiles
import Resolution

extension WhyReport {
  /// The words for what stands in the way.
  func words(of refusal: Refusal) -> BlockerWords {
    BlockerWords(subject: subject.name, lines: refusal.lines, heldBack: heldBack)
  }

  /// What to write for the first way out, and what to run then.
  func wayOutHints(of refusal: Refusal) -> [String] {
    guard let way = refusal.waysOut.found.first, let command = command(of: way) else { return [] }
    let changes = words(of: refusal).instructions(for: way)
    let added = way.way == .line ? ["add `\(subject.shown)` to your requirements"] : []
    return ["\((changes + added).joined(separator: ", ")), and `\(command)` does it"]
  }

  /// The command that does it once the lines are changed; nil where another lockfile of the same command can't follow.
  func command(of way: WayOut) -> String? {
    guard isStuckAlone else { return nil }
    return way.way == .line ? command.compiling : command.upgrading(subject)
  }
}

extension WhyDocument.WayOut {
  init(_ way: WayOut, of refusal: WhyReport.Refusal, in report: WhyReport) {
    change = way.changes.map { change in
      let (kind, by) = WhyDocument.Asker.kind(
        of: change.line, lines: refusal.lines, heldBack: report.heldBack)
      return WhyDocument.LineChange(
        by: by, kind: kind, package: change.requirement.name.normalized, release: change.version?.description,
        replacement: change.replacement?.shown)
    }
    version = way.version.description
    command = report.command(of: way)
    line = way.way == .line ? report.subject.shown : nil
  }
}
