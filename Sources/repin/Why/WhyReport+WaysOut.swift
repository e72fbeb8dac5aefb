import PythonPackaging
import RequirementsFiles
import Resolution

extension WhyReport {
  /// The ways out, a line each; or, where lines of the user's own stand in the way and none was found, how far was looked.
  ///
  /// `change mlflow<2.5 (requirements.in:4): mlflow==2.17.2 goes with sqlalchemy==2.0.40`
  func wayOutLines(of refusal: Refusal) -> [String] {
    let ways = refusal.waysOut
    if ways.tried == 0 { return [] }
    if ways.found.isEmpty {
      guard !ways.isComplete else { return ["no change to the bounds of your lines gives it"] }
      let count = ways.tried == 1 ? "1 change of your lines was" : "\(ways.tried) changes of your lines were"
      return ["\(count) tried, and none was found that gives it; others weren't tried"]
    }
    return ways.found.enumerated().map { place, way in
      let changed = way.changes.map { change in
        let line = refusal.lines.written(change.line)
        let text = line.map { "\(PrintableText.escaped($0.text, limit: 300)) (\($0.shownPlace))" }
        return "\(change.version == nil ? "take out" : "change") \(text ?? "")"
      }
      let releases = way.changes.compactMap { change -> String? in
        let name = change.requirement.name
        return name == subject.name ? nil : change.version.map { "\(name)==\($0)" }
      }
      let wanted = "\(subject.name)==\(way.version)"
      let outcome =
        releases.isEmpty
        ? "\(wanted) can be had"
        : "\(releases.joined(separator: " and ")) \(releases.count == 1 ? "goes" : "go") with \(wanted)"
      return "\(place == 0 ? "" : "or ")\(changed.joined(separator: " and ")): \(outcome)"
    }
  }

  /// What to write for the first way out, and what to run then.
  func wayOutHints(of refusal: Refusal) -> [String] {
    guard let way = refusal.waysOut.found.first, let command = command(of: way) else { return [] }
    let changes = way.changes.map { change in
      let line = refusal.lines.written(change.line)
      let old = "`\(PrintableText.escaped(line?.text ?? "", limit: 300))` (\(line?.shownPlace ?? ""))"
      return change.replacement.map { "write `\($0.shown)` instead of \(old)" } ?? "take out \(old)"
    }
    let added = way.way == .line ? ["add `\(subject.shown)` to your requirements"] : []
    return ["\((changes + added).joined(separator: ", ")), and `\(command)` does it"]
  }

  /// The command that does it once the lines are changed; nil where another lockfile of the same command can't follow.
  func command(of way: WayOut) -> String? {
    guard isStuckAlone else { return nil }
    return way.way == .line ? command.compiling : command.upgrading(subject)
  }
}

extension WrittenLines {
  /// A line that stands in the way; nil for a pin.
  func written(_ asker: PinBlocker.Asker) -> WrittenRequirement? {
    switch asker {
    case .requirement(let place): requirements[place]
    case .constraint(let place): constraints[place]
    case .override(let place): overrides[place]
    case .pin: nil
    }
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
