import ImageLabels
import PythonPackaging
import UpdatePolicy

/// The one sentence that says what a check found, and when the next window is.
struct CheckVerdictSentence {
  private let report: CheckReport

  init(_ report: CheckReport) { self.report = report }

  /// `nothing is due; the next window is Mon 2026-11-30 06:00 (Europe/Berlin)`.
  var text: String {
    if report.locks.isEmpty { return "no lockfile was checked" }
    let totals = report.totals
    switch report.verdict {
    case .dueNow:
      let now = pins(totals.pinsDueNow, in: totals.locksDueNow)
      let wait = window.map { "update and rebuild without waiting for the next window, \($0)" }
      let rest = totals.pinsDueAtWindow > 0 ? ", and \(totals.pinsDueAtWindow) at the next window" : ""
      let unknown = self.unknown.map { "; the answer is incomplete: \($0)" } ?? ""
      return "\(now) due now\(rest); \(wait ?? "update and rebuild")\(unknown)"
    case .incomplete:
      let unknown = self.unknown ?? "a source failed"
      let due = dueAtWindow.map { "; \($0) due at the next window all the same" } ?? ""
      return "incomplete: \(unknown), so nothing is said to be clean\(due)"
    case .dueAtWindow:
      return "\(dueAtWindow ?? "something is") due at the next window, \(window ?? "which never comes")"
    case .noted, .clean:
      return "nothing is due; \(window.map { "the next window is \($0)" } ?? "the next window never comes")"
    }
  }

  /// `2 pins are`, `a rebuild of the image is`, or both; nil if nothing is due at the window.
  private var dueAtWindow: String? {
    let totals = report.totals
    let pins = totals.pinsDueAtWindow > 0 ? pins(totals.pinsDueAtWindow, in: totals.locksDueAtWindow) : nil
    let rebuild = report.image?.reasons.isEmpty == false ? "a rebuild of the image is" : nil
    if let pins, let rebuild { return "\(pins), and \(rebuild)" }
    return pins ?? rebuild
  }

  private var window: String? { report.nextWindow.map { report.moments.moment($0) } }

  /// `2 pins are`, `12 pins of 3 of 1000 lockfiles are`.
  private func pins(_ count: Int, in lockCount: Int) -> String {
    let being = count == 1 ? "is" : "are"
    if report.locks.count == 1 { return "\(ShownCount.text(count, "pin")) \(being)" }
    return "\(ShownCount.text(count, "pin")) in \(lockCount) of \(report.locks.count) lockfiles \(being)"
  }

  /// What a source would have told.
  private struct Question: Hashable {
    let source: String
    let subject: SourceFailure.Subject
  }

  /// What isn't known, and of how many pins; nil if everything is.
  private var unknown: String? {
    var counts: [Question: Int] = [:]
    for lock in report.locks where !lock.assessment.failures.isEmpty {
      let pins = Dictionary(grouping: lock.assessment.pins, by: \.package).mapValues(\.count)
      let failures = Dictionary(grouping: lock.assessment.failures) {
        Question(source: $0.source, subject: $0.subject)
      }
      for (question, failures) in failures {
        let isOfAll = failures.contains { $0.package == nil }
        let some = failures.compactMap { $0.package.map { pins[$0] ?? 0 } }.reduce(0, +)
        counts[question, default: 0] += isOfAll ? lock.assessment.pins.count : some
      }
    }
    let total = report.totals.checkedCount
    let questions = counts.sorted { left, right in
      left.value != right.value
        ? left.value > right.value
        : (left.key.source, left.key.subject.rawValue) < (right.key.source, right.key.subject.rawValue)
    }
    var phrases = questions.prefix(2).map { question, count in
      let of = count == total ? "of any pin" : "of \(count) of \(ShownCount.text(total, "pin"))"
      return "`\(OutsideText.name(question.source))` didn't tell the \(question.subject.rawValue) \(of)"
    }
    if questions.count > 2 { phrases.append("\(questions.count - 2) more failed") }
    let unread = report.locks.filter(\.hasUnreadPins)
    if !unread.isEmpty {
      let parts = unread.reduce(0) { $0 + $1.faults.count(where: \.hidesPins) }
      let files = unread.count == 1 ? OutsideText.path(unread[0].path) : "\(unread.count) lockfiles"
      phrases.append("\(ShownCount.text(parts, "part")) of \(files) can't be read")
    }
    if report.image?.verdict == .incomplete { phrases.append("the image doesn't tell how old it is") }
    guard let last = phrases.popLast() else { return nil }
    return phrases.isEmpty ? last : "\(phrases.joined(separator: ", ")) and \(last)"
  }
}
