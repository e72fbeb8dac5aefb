import PullRequests
import PythonPackaging
import Reports
import Scheduling

/// Words of what runs came to.
enum OutcomeText {
  static func shown(_ text: String) -> String { PrintableText.escaped(text, limit: 300) }

  static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension RunOutcome {
  /// What people are told, a line each; of a run that had nothing to do, nothing.
  func lines(isVerbose: Bool) -> [String] {
    // A request that is as it was is no news either.
    let isKnown = word == .proposed && request?.action == .unchanged && request?.remarks.isEmpty == true
    if word == .nothing || isKnown, !isVerbose { return [] }
    var lines: [String] = []
    if let reasons = reasonsText { lines.append(reasons) }
    if let title = texts?.title {
      let files = changed.map(OutcomeText.shown).joined(separator: ", ")
      lines.append("\(updateVerb) \(files): \(title)")
    }
    lines += requestLines
    for words in blocked {
      lines.append("blocked: \(words.first ?? "")")
      lines += words.dropFirst().map { "  \($0)" }
    }
    for step in steps where step.isDone {
      lines.append("ran \(OutcomeText.shown(step.command)) in \(Self.text(step.elapsed))")
    }
    for command in planned { lines.append("would run \(OutcomeText.shown(command))") }
    if let step = steps.last, !step.isDone {
      lines.append("\(OutcomeText.shown(step.command)) \(step.words)")
      lines += lastLines.map { "  | \($0)" }
      if let log { lines.append("all it wrote is in \(OutcomeText.shown(log))") }
      if !isProposed {
        lines += left.map { "\($0) was changed by somebody else meanwhile, and stays so" }
        let others = changed.filter { !left.contains($0) }
        if !others.isEmpty {
          lines.append(
            "\(others.map(OutcomeText.shown).joined(separator: ", ")): as before the run; the next one tries again"
          )
        }
      }
    }
    if word == .incomplete, failure == nil {
      lines.append("a source failed: what is due isn't known, and nothing was updated")
    }
    if word == .nothing { lines.append("nothing to do") }
    if let nextWindow { lines.append("next window: \(moments.moment(nextWindow))") }
    return lines
  }

  private var requestLines: [String] {
    guard let request else { return [] }
    let shown = request.url ?? request.number.map { "number \($0)" } ?? ""
    var lines: [String] = []
    switch request.action {
    case .opened: lines.append("opened the pull request \(OutcomeText.shown(shown))")
    case .updated: lines.append("updated the pull request \(OutcomeText.shown(shown))")
    case .unchanged: lines.append("the pull request \(OutcomeText.shown(shown)) is as it was")
    case .closed:
      lines.append("closed the pull request \(OutcomeText.shown(shown)), which isn't needed any more")
    case .none: break
    }
    return lines + request.remarks.map { "of the pull request: \($0)" }
  }

  private var updateVerb: String {
    if isDryRun { return isProposed ? "would propose for" : "would update" }
    if isProposed {
      switch request?.action {
      case nil: return "not proposed for"
      case .some(.none), .closed: return "the base has this already, pull it, for"
      case .opened, .updated, .unchanged: return "proposed for"
      }
    }
    if failure != nil { return "not updated" }
    return switch word {
    case .rebuildFailed: "not updated"
    default: "updated"
    }
  }

  /// `due now: 2 findings; the window of 2026-12-07T06:00:00Z has come, and 3 were missed`.
  private var reasonsText: String? {
    guard let decision else { return nil }
    var parts: [String] = decision.reasons.map { reason in
      switch reason {
      case .dueNow: "\(OutcomeText.count(dueNow, "finding")) due now"
      case .dueAtWindow: "\(OutcomeText.count(dueAtWindow, "finding")) due at the window"
      case .retry: "the last rebuild failed or was cut off"
      case .lockfilesChanged: "the lockfiles aren't those of the last rebuild"
      case .neverBuilt: "nothing was rebuilt yet"
      case .imageAge: "the image is older than `max-age`"
      }
    }
    if let window = decision.window {
      let missed =
        missedWindows == 0
        ? ""
        : ", \(OutcomeText.count(missedWindows, "window")) before it \(missedWindows == 1 ? "was" : "were") missed"
      parts.append("the window of \(moments.moment(window)) has come\(missed)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static func text(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    return seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
  }
}
