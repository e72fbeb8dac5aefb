import LockDiff
import PythonPackaging
import UpdatePolicy

/// What a difference comes to, in numbers and in one sentence.
struct DiffSummary {
  private(set) var counts: [PinChange.Kind: Int] = [:]
  private(set) var steps: [PinStep.Kind: Int] = [:]
  private(set) var unchanged = 0
  private(set) var hashesGained = 0
  private(set) var hashesLost = 0
  /// Advisories, each once, by their ids.
  private(set) var fixed: Set<String> = []
  private(set) var introduced: Set<String> = []
  private(set) var rehashed = 0
  private(set) var yanked = 0
  /// Changes whose advisories nobody knows.
  private(set) var unknownAdvisories = 0
  private(set) var unreadParts = 0
  private let place: String

  init(_ report: DiffReport) {
    place =
      report.locks.count == 1
      ? OutsideText.path(report.locks[0].diff.path) : ShownCount.text(report.locks.count, "lockfile")
    for lock in report.locks {
      unchanged += lock.diff.unchangedCount
      hashesGained += lock.diff.hashesGained
      hashesLost += lock.diff.hashesLost
      unreadParts += lock.diff.oldFaults.count + lock.diff.newFaults.count
      for change in lock.changes { add(change) }
    }
  }

  private mutating func add(_ change: ExplainedChange) {
    counts[change.change.kind, default: 0] += 1
    if let step = change.change.step { steps[step.kind, default: 0] += 1 }
    if change.change.hashes != nil { rehashed += 1 }
    if change.yank != nil { yanked += 1 }
    guard let advisories = change.advisories.value else {
      if (change.old ?? change.new) != nil { unknownAdvisories += 1 }
      return
    }
    fixed.formUnion(advisories.fixed.map(\.id))
    introduced.formUnion(advisories.introduced.map(\.id))
  }

  /// How many pins are known to change.
  var changeCount: Int { counts.values.reduce(0, +) - unknownCount }

  /// How many are in one file alone, and may be in what can't be read of the other.
  private var unknownCount: Int { counts[.unknown] ?? 0 }

  /// `3 pins of requirements.txt change: 2 raised (1 major), 1 removed; fixes 1 advisory; 40 are as before`.
  var sentence: String {
    var unread =
      unreadParts > 0 ? "; \(ShownCount.text(unreadParts, "part")) of the files can't be read" : ""
    if unknownCount > 0 {
      unread += "; what becomes of \(ShownCount.text(unknownCount, "pin")) isn't known"
    }
    guard changeCount > 0 else {
      let verb = unknownCount > 0 ? "is known to change" : "changes"
      return "no pin of \(place) \(verb); \(asBefore)\(hashSwitch)\(unread)"
    }
    let pins = "\(ShownCount.text(changeCount, "pin")) of \(place) \(changeCount == 1 ? "changes" : "change")"
    return "\(pins): \(kinds)\(security); \(asBefore)"
      + hashSwitch + unread
  }

  private var asBefore: String { "\(unchanged) \(unchanged == 1 ? "is" : "are") as before" }

  private var hashSwitch: String {
    var phrases = ""
    if hashesLost > 0 { phrases += "; \(ShownCount.text(hashesLost, "pin")) no longer with hashes" }
    if hashesGained > 0 { phrases += "; \(ShownCount.text(hashesGained, "pin")) now with hashes" }
    return phrases
  }

  private var kinds: String {
    var phrases: [String] = []
    for kind in PinChange.Kind.allCases where kind != .unknown {
      guard let count = counts[kind] else { continue }
      let word =
        switch kind {
        case .added, .removed, .raised, .lowered: kind.rawValue
        case .unknown: ""
        case .moved: "from another source"
        case .rehashed: "with other hashes"
        case .conditioned: "under another condition"
        }
      let major = kind == .raised ? steps[.major].map { " (\($0) major)" } ?? "" : ""
      phrases.append("\(count) \(word)\(major)")
    }
    return phrases.joined(separator: ", ")
  }

  /// What matters most, with a semicolon before each.
  private var security: String {
    var phrases: [String] = []
    if !introduced.isEmpty { phrases.append("introduces \(Self.advisories(introduced.count))") }
    if rehashed > 0 { phrases.append("hashes changed without a change of version") }
    if yanked > 0 { phrases.append("\(ShownCount.being(yanked, "new pin")) yanked") }
    if !fixed.isEmpty { phrases.append("fixes \(Self.advisories(fixed.count))") }
    if unknownAdvisories > 0 {
      phrases.append("advisories of \(ShownCount.text(unknownAdvisories, "change")) unknown")
    }
    return phrases.map { "; \($0)" }.joined()
  }

  private static func advisories(_ count: Int) -> String { count == 1 ? "1 advisory" : "\(count) advisories" }
}
