import PythonPackaging
import Resolution

extension WhyReport {
  /// The lockfile, fit for a terminal.
  var shownLockfile: String { lockfile == "-" ? "lockfile" : PrintableText.escaped(lockfile, limit: 300) }

  /// The answer as a person reads it, a line each.
  var textLines: [String] { answer.map(answerLines) ?? pathLines }

  /// What would help, a line each.
  var hints: [String] {
    switch answer {
    case .pinned: return []
    case .possible(_, let changes):
      guard let change = changes.first(where: { $0.name == subject.name }), change.before != nil else {
        return []
      }
      return ["`repin compile -P '\(subject.shown)'` does it"]
    case .impossible(let refusal): return refusal.hints
    case nil: break
    }
    switch absence {
    case .heldBack: return ["`--allow-unsafe` pins it"]
    case .unneeded: return ["`repin compile` takes it out"]
    case .unknown(let near) where !near.isEmpty:
      return ["did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?"]
    case .unknown, .extraNotAskedFor, .excluded, nil: return []
    }
  }

  // MARK: Paths

  private var pathLines: [String] {
    let name = subject.name
    switch absence {
    case nil: return ["\(shownPin) (\(shownLockfile))"] + belowPin
    case .heldBack: return ["\(shownPin) is held back from \(shownLockfile) as unsafe"] + belowPin
    case .extraNotAskedFor:
      return ["\(shownPin) (\(shownLockfile)): nothing asks for it with \(shownExtras)"]
    case .unneeded: return ["\(shownLockfile) has \(name), and nothing asks for it any more"]
    case .excluded(let excluded):
      return ["\(shownLockfile) doesn't have \(name): what asks for it doesn't hold"]
        + excluded.map { item in
          let text = PrintableText.escaped(item.text, limit: 300)
          return if case .written = item.asker { "  \(item.asker.name): \(text)" } else {
            "  \(item.asker.name) needs \(text)"
          }
        }
    case .unknown: return ["\(shownLockfile) doesn't have \(name): nothing asks for it"]
    }
  }

  private var belowPin: [String] {
    tree.textLines.map { "  \($0)" }
      + bounds.map { place in
        let written = constraints[place]
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
    case .pinned: return ["\(shownLockfile) has \(shownPin) already"]
    case .possible(let version, let changes):
      let others = changes.filter { $0.name != name }
      let now = "\(shownLockfile) can have \(name)==\(version) (\(shownNow))"
      if others.isEmpty { return ["\(now): no other pin moves"] }
      return ["\(now), and then these pins move:"] + others.map { "  \($0.text)" }
    case .impossible(let refusal):
      var lines = ["\(shownLockfile) can't have \(subject.shown) (\(shownNow))"]
      var last: Requirement?
      for blocker in refusal.blockers {
        if blocker.wanted != last { lines.append("  in the way of \(blocker.wanted.shown):") }
        last = blocker.wanted
        lines.append("    \(text(of: blocker))")
      }
      if !refusal.blockers.isEmpty { lines.append("  the proof:") }
      return lines + refusal.proof.map { refusal.blockers.isEmpty ? "  \($0)" : "    \($0)" }
    }
  }

  private var shownNow: String {
    guard let pin else { return "not pinned now" }
    return url == nil ? "now \(pin.version)" : "now \(shownPin)"
  }

  /// `botocore==1.29.0 needs urllib3<1.27 (botocore==1.31.0 is the first release that lifts it)`.
  private func text(of blocker: PinBlocker) -> String {
    func own(_ written: WrittenRequirement, _ noun: String) -> String {
      "\(written.shownPlace): \(PrintableText.escaped(written.text, limit: 300)) (\(noun))"
    }
    switch blocker.asker {
    case .requirement(let place): return own(requirements[place], "yours to change")
    case .override(let place): return own(overrides[place], "an override, yours to change")
    case .constraint(let place): return own(constraints[place], "a constraint, yours to change")
    case .pin(let name, let version, let extra):
      let asker = DependencyTree.Asker.pin(name, version, extra: extra).name
      let lift =
        switch blocker.lift {
        case .own: "yours to change"
        case .release(let version): "\(name)==\(version) is the first release that lifts it"
        case .dropping(let version): "\(name)==\(version) is the first release without it"
        case .older(let version): "\(name)==\(version) is the newest release that lifts it"
        case .nothing(older: false): "no newer release of \(name) lifts it"
        case .nothing(older: true): "no other release of \(name) lifts it"
        case .notAmong(let count): "none of the next \(count) releases of \(name) lifts it"
        case .uncached: "what is cached doesn't tell which release of \(name) lifts it"
        }
      return "\(asker) needs \(blocker.requirement.shown) (\(lift))"
    }
  }
}

extension PinChange {
  /// The change as compile tells it: `+ a==1`, `~ a==2 (was 1)`, `- a==1`.
  fileprivate var text: String {
    switch (before, after) {
    case (nil, let new?): "+ \(name)==\(new)"
    case (let old?, let new?): "~ \(name)==\(new) (was \(old))"
    case (let old?, nil): "- \(name)==\(old)"
    case (nil, nil): "\(name)"
    }
  }
}
