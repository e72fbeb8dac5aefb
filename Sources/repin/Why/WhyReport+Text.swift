import PythonPackaging
import Resolution

extension WhyReport {
  /// The lockfile, fit for a terminal.
  var shownLockfile: String { lockfile == "-" ? "lockfile" : PrintableText.escaped(lockfile, limit: 300) }

  /// The answer as a person reads it, a line each.
  var textLines: [String] { answer.map(answerLines) ?? pathLines }

  // MARK: Paths

  private var pathLines: [String] {
    let name = subject.name
    switch absence {
    case nil: return ["\(shownPin) (\(shownLockfile))"] + belowPin
    case .heldBack:
      let below = pin == nil ? ["  nothing asks for it"] : belowPin
      return ["\(shownPin) is held back from \(shownLockfile) as unsafe"] + below
    case .noSuchExtra(let extra, let version, near: _, provided: _):
      let askers = subject.specifiers.isEmpty ? tree.textLines(heldBack: heldBack).map { "  \($0)" } : []
      return ["\(name)==\(version) has no extra `\(extra)` (\(shownLockfile))"] + askers
    case .extraNotAskedFor:
      return ["\(shownPin) (\(shownLockfile)): nothing asks for it with \(shownExtras)"]
    case .unneeded: return ["\(shownLockfile) has \(name), and nothing asks for it any more"]
    case .excluded(let excluded):
      return ["\(shownLockfile) doesn't have \(name): what asks for it doesn't hold"]
        + excluded.map { item in
          let text = PrintableText.escaped(item.text, limit: 300)
          return if case .written = item.asker { "  \(item.asker.name): \(text)" } else {
            "  \(item.asker.name(heldBack: heldBack)) needs \(text)"
          }
        }
    case .unknown: return ["\(shownLockfile) doesn't have \(name): nothing asks for it"]
    }
  }

  private var belowPin: [String] {
    tree.textLines(heldBack: heldBack).map { "  \($0)" }
      + bounds.map { place in
        let written = lines.constraints[place]
        return "  \(written.shownPlace): \(PrintableText.escaped(written.text, limit: 300)) (constraint)"
      }
  }

  /// `requests[socks]==2.32.0`, or the address it comes from.
  private var shownPin: String {
    guard let pin else { return subject.name.normalized }
    let extras = pin.extras.isEmpty ? "" : "[\(pin.extras.map(\.normalized).joined(separator: ","))]"
    if let url { return "\(pin.name)\(extras) @ \(PrintableText.escaped(url, limit: 300))" }
    return "\(pin.name)\(extras)==\(pin.version)"
  }

  private var shownExtras: String {
    let names = subject.extras.map { "`\($0)`" }.joined(separator: " or ")
    return "the extra \(names)"
  }

  // MARK: Answer

  private func answerLines(_ answer: Answer) -> [String] {
    let name = subject.name
    switch answer {
    case .possible(let version, let changes, .nothing):
      let others = changes.filter { $0.name != name }
      let names = stuck.map { PrintableText.escaped($0, limit: 300) }.joined(separator: ", ")
      return [
        "\(shownLockfile) can't have \(name)==\(version) (\(shownNow)), since \(names) can't follow",
        "  alone it could\(others.isEmpty ? ": no other pin moves" : ", and then these pins would move:")",
      ] + others.map { "    \($0.text)" }
    case .pinned: return ["\(shownLockfile) has \(shownPin) already"]
    case .possible(let version, let changes, let way):
      let others = changes.filter { $0.name != name }
      let can =
        switch way {
        case .compile: "\(shownLockfile) gets \(name)==\(version) once it is compiled"
        case .upgrade, .nothing: "\(shownLockfile) can have \(name)==\(version)"
        case .line: "\(shownLockfile) can have \(name)==\(version) by a line of yours"
        }
      let now = way == .compile && lockState == .missing ? can : "\(can) (\(shownNow))"
      if others.isEmpty { return ["\(now): no other pin moves"] }
      return ["\(now), and then these pins move:"] + others.map { "  \($0.text)" }
    case .impossible(let refusal):
      var lines = ["\(shownLockfile) can't have \(subject.shown) (\(shownNow))"]
      var last: Requirement?
      for blocker in refusal.blockers {
        if blocker.wanted != last { lines.append("  in the way of \(blocker.wanted.shown):") }
        last = blocker.wanted
        lines.append("    \(words(of: refusal).text(of: blocker))")
      }
      lines += words(of: refusal).text(of: refusal.waysOut).map { "  \($0)" }
      let hasHeading = lines.count > 1
      if hasHeading { lines.append("  the proof:") }
      return lines + refusal.proof.map { hasHeading ? "    \($0)" : "  \($0)" }
    }
  }

  private var shownNow: String {
    guard let lockedNow else { return "not pinned now" }
    return lockState == .missing ? "else \(lockedNow)" : "now \(lockedNow)"
  }
}
