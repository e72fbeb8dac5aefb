import LockDiff
import LockfileFormats
import PythonPackaging

/// Text from outside in a commit's subject and message, where neither Markdown nor references escape anything: forges make
/// links of names and numbers, and CI obeys `[skip ci]`.
///
/// What could begin one of these is set apart from what follows by a space, and brackets are round.
enum CommitText {
  static func inert(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      switch scalar {
      case "[", "{": result.append("(")
      case "]", "}": result.append(")")
      case "<": result.append("‹")
      case ">": result.append("›")
      case "`": result.append("'")
      case "|": result.append("¦")
      // Of people, threads, merge requests, milestones, labels, epics, snippets.
      case "@", "#", "!", "%", "&", "~", "$":
        result.append(scalar)
        if next != " " { result.append(" ") }
      // Of threads, `GH-1`; of a URL, and so of the thread that it leads to; `***NO_CI***`.
      case "-" where ends(scalars[..<index], with: "gh"):
        result.append(contentsOf: "‑ ".unicodeScalars)
      case ":" where next == "/":
        result.append(contentsOf: ": ".unicodeScalars)
      case "*" where next == "*": result.append("·")
      case "_" where ends(scalars[..<index], with: "no"): result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func ends(_ text: ArraySlice<Unicode.Scalar>, with word: String) -> Bool {
    String(String.UnicodeScalarView(text.suffix(word.unicodeScalars.count))).lowercased() == word
  }

  /// A package's name; `gh-1` in its other spelling, `gh_1`, which is no thread's.
  static func name(_ name: PackageName) -> String {
    let text = OutsideText.name(name.normalized)
    guard text.hasPrefix("gh-") || text.contains("-gh-") else { return text }
    return text.replacing("gh-", with: "gh_")
  }
}

extension DiffReport {
  private static let greatestTitle = 72
  private static let mostInMessage = 100

  /// A commit's subject, or a pull request's title: one line of at most 72 characters.
  package func title() -> String {
    let changes = changes.filter { $0.change.change.kind != .unknown }
    guard let first = changes.first?.change else { return "Change no pins" }
    let security = changes.contains { $0.change.fixesAdvisories } ? " (security)" : ""
    if changes.count == 1, let title = Self.title(first), title.count + security.count <= Self.greatestTitle {
      return title + security
    }
    // Names as long as they fit, of what has to be looked at first.
    let start = "Change \(ShownCount.text(changes.count, "pin"))"
    var names: [String] = []
    for change in changes {
      guard let name = change.change.change.subject.name.map(CommitText.name), !names.contains(name) else {
        continue
      }
      // What isn't named may need its ellipsis.
      let longer = "\(start): \((names + [name]).joined(separator: ", ")), …\(security)"
      if longer.count > Self.greatestTitle { break }
      names.append(name)
    }
    if names.isEmpty { return start + security }
    let all = Set(changes.map(\.change.change.subject)).count
    return "\(start): \(names.joined(separator: ", "))\(names.count < all ? ", …" : "")\(security)"
  }

  private static func title(_ change: ExplainedChange) -> String? {
    let pin = change.change
    guard let name = pin.subject.name.map(CommitText.name) else { return nil }
    let (old, new) = (pin.old?.version.map(DiffWords.version), pin.new?.version.map(DiffWords.version))
    switch pin.kind {
    case .added: return new.map { "Add \(name) \($0)" } ?? "Add \(name)"
    case .unknown: return nil
    case .removed: return old.map { "Remove \(name) \($0)" } ?? "Remove \(name)"
    case .raised, .lowered:
      guard let old, let new else { return nil }
      return "\(pin.kind == .raised ? "Raise" : "Lower") \(name) from \(old) to \(new)"
    case .moved: return "Take \(name) from another source"
    case .rehashed: return "Change the hashes of \(name)\(new.map { " \($0)" } ?? "")"
    case .conditioned: return "Change the condition of \(name)"
    }
  }

  /// The whole message of a commit, with a line end behind its last line: the title, what comes of it, a line each change.
  package func commit() -> String {
    let changes = changes
    var lines = [title(), "", CommitText.inert(DiffSummary(self).sentence)]
    if !changes.isEmpty { lines.append("") }
    for (lock, change) in changes.prefix(Self.mostInMessage) { lines.append(line(change, lock)) }
    if changes.count > Self.mostInMessage {
      lines.append("- and \(ShownCount.text(changes.count - Self.mostInMessage, "more pin"))")
    }
    let heldBack = heldBack
    if !heldBack.isEmpty {
      lines += ["", "Held back:"]
      lines += heldBack.prefix(Self.mostListed).map { "- " + CommitText.inert(DiffWords.heldBack($0)) }
      if heldBack.count > Self.mostListed {
        lines.append("- and \(ShownCount.text(heldBack.count - Self.mostListed, "more release"))")
      }
    }
    return WorkflowText.inert(lines.joined(separator: "\n")) + "\n"
  }

  private func line(_ change: ExplainedChange, _ lock: Int) -> String {
    let pin = change.change
    let name = pin.subject.name.map(CommitText.name) ?? CommitText.inert(DiffWords.name(pin.subject))
    let versions = [pin.old, pin.new].compactMap { $0 }.map { DiffWords.pinned($0, pin) }
      .filter { !$0.isEmpty }
    let fixed = versions.count == 2 && versions[0] == versions[1] ? [versions[0]] : versions
    let place = locks.count > 1 ? " in \(OutsideText.path(locks[lock].diff.path))" : ""
    let why = change.reasons.isEmpty ? "why: unknown" : DiffWords.why(change)
    let words = ([DiffWords.word(pin)] + DiffWords.alarms(change) + [why]).joined(separator: "; ")
    return "- \(name) " + CommitText.inert("\(fixed.joined(separator: " to "))\(place): \(words)")
  }
}
