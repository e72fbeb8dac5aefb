import LockDiff
import LockfileFormats
import PythonPackaging

extension DiffReport {
  /// The greatest length of a pull request's body on GitHub, in characters.
  static let greatestBody = 65_535

  /// What gives way last has the least.
  private enum Rank: Int {
    case headline, security, table, heldBack, faults, commands, details
  }

  /// The body of a pull request in GitHub's and GitLab's Markdown: what changes in one sentence, security, all changes in
  /// one table, what was held back, how to do it again, and what is known of each package, folded.
  package func markdown() -> String {
    let changes = changes
    var body = SectionedMarkdown(limit: Self.greatestBody)
    body.add(MarkdownText.prose(DiffSummary(self).sentence), rank: Rank.headline.rawValue)
    addSecurity(changes, to: &body)
    addTable(changes, to: &body)
    addList("Held back", heldBack.map(DiffWords.heldBack), .heldBack, to: &body)
    addList("Can't be read", faults, .faults, to: &body)
    body.add(
      commands.map { "- \(MarkdownText.code(OutsideText.sentence($0)))" },
      in: .init(opening: "\n### To do it again\n"), rank: Rank.commands.rawValue)
    body.add(
      changes.map { details($0.change, $0.lock) }, in: .init(opening: "\n### Package by package\n"),
      rank: Rank.details.rawValue)
    return WorkflowText.inert(body.finished(), colon: "&#58;", hash: "&#35;")
  }

  private func addList(
    _ heading: String, _ sentences: [String], _ rank: Rank, to body: inout SectionedMarkdown
  ) {
    body.add(
      sentences.map { "- \(MarkdownText.prose($0))" }, in: .init(opening: "\n### \(heading)\n"),
      rank: rank.rawValue)
  }

  private func addSecurity(
    _ changes: [(lock: Int, change: ExplainedChange)], to body: inout SectionedMarkdown
  ) {
    let rows = changes.compactMap { lock, change -> String? in
      let alarms = DiffWords.alarms(change)
      let fixed = (change.advisories.value?.fixed ?? []).map { "fixes \(FindingWords.advisory($0))" }
      if alarms.isEmpty, fixed.isEmpty { return nil }
      let words = MarkdownText.prose((alarms + fixed).joined(separator: "; "))
      let name = MarkdownText.code(DiffWords.name(change.change.subject))
      let place = locks.count > 1 ? " in \(MarkdownText.code(OutsideText.path(locks[lock].diff.path)))" : ""
      return "- \(alarms.isEmpty ? "" : "**Look at this:** ")\(name)\(place): \(words)"
    }
    body.add(rows, in: .init(opening: "\n### Security\n"), rank: Rank.security.rawValue)
  }

  private func addTable(_ changes: [(lock: Int, change: ExplainedChange)], to body: inout SectionedMarkdown) {
    let columns = ["change", "package", "from", "to", "why"] + (locks.count > 1 ? ["lockfile"] : [])
    let rows = changes.map { lock, change in
      let pin = change.change
      var cells = [
        DiffWords.word(pin), MarkdownText.code(DiffWords.name(pin.subject)),
        pinned(pin.old, pin), pinned(pin.new, pin), MarkdownText.prose(DiffWords.why(change)),
      ]
      if locks.count > 1 { cells.append(MarkdownText.code(OutsideText.path(locks[lock].diff.path))) }
      return "| \(cells.joined(separator: " | ")) |"
    }
    let titles = "| \(columns.joined(separator: " | ")) |"
    let rule = "|" + String(repeating: " --- |", count: columns.count)
    body.add(rows, in: .init(opening: "\n### Changes\n\n\(titles)\n\(rule)"), rank: Rank.table.rawValue)
  }

  private func pinned(_ pin: FilePin?, _ change: PinChange) -> String {
    let text = DiffWords.pinned(pin, change)
    return text.isEmpty ? "" : MarkdownText.code(text)
  }

  private func details(_ change: ExplainedChange, _ lock: Int) -> String {
    let pin = change.change
    let versions = [pin.old, pin.new].compactMap { $0 }.map { DiffWords.pinned($0, pin) }
      .filter { !$0.isEmpty }
    let place =
      locks.count > 1 ? " in \(MarkdownText.codeElement(OutsideText.path(locks[lock].diff.path)))" : ""
    let summary =
      "\(MarkdownText.codeElement(DiffWords.name(pin.subject))) "
      + "\(MarkdownText.prose(versions.joined(separator: " → "))), \(DiffWords.word(pin))\(place)"
    var items = DiffWords.details(change, moments).map(MarkdownText.prose)
    let links = change.links.all.map { MarkdownText.link($0.label, to: $0.link) }
    if !links.isEmpty { items.append("links: \(links.joined(separator: ", "))") }
    return "<details>\n<summary>\(summary)</summary>\n\n"
      + items.map { "- \($0)" }.joined(separator: "\n") + "\n\n</details>"
  }
}
