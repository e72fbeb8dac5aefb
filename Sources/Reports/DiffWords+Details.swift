import LockDiff
import LockfileFormats
import PythonPackaging
import UpdatePolicy

extension DiffWords {
  /// Everything that is known of a change, a sentence each, and at the end what isn't known.
  static func details(_ change: ExplainedChange, _ moments: ShownMoments) -> [String] {
    var details = alarms(change)
    details.append("why: \(why(change))")
    details += releases(change, moments)
    details += notes(change)
    if let unknown = unknown(change) { details.append("unknown: \(unknown)") }
    return details
  }

  /// What differs besides the version, a phrase each.
  static func notes(_ change: ExplainedChange) -> [String] {
    var notes: [String] = []
    if let advisories = change.advisories.value {
      if !change.reasons.contains(where: { if case .security = $0 { true } else { false } }) {
        notes += advisories.fixed.map { "no longer has \(FindingWords.advisory($0))" }
      } else {
        notes += advisories.fixed.map { "fixes \(FindingWords.advisory($0))" }
      }
      notes += advisories.remaining.map { "still has \(FindingWords.advisory($0))" }
    }
    if case .known(.some(let yank))? = change.old?.yank {
      notes.append("what it was is \(FindingWords.yanked(yank.reason))")
    }
    if let license = change.licenseChange { notes.append(differing("licence", license, none: "none")) }
    if let python = change.requiresPythonChange {
      notes.append(differing("Requires-Python", python, none: "every Python"))
    }
    let pin = change.change
    if let old = pin.old, let new = pin.new {
      if pin.isSourceChanged { notes.append("source: \(source(old.source)) → \(source(new.source))") }
      if pin.isMarkerChanged {
        notes.append(differing("marker", (old.marker, new.marker), none: "always"))
      }
      if pin.areExtrasChanged {
        notes.append(differing("extras", (extras(old), extras(new)), none: "none"))
      }
    } else if let marker = (pin.new ?? pin.old)?.marker {
      notes.append("marker: \(OutsideText.sentence(marker))")
    }
    return notes
  }

  private static func extras(_ pin: FilePin) -> String? {
    pin.extras.isEmpty ? nil : pin.extras.map(\.description).joined(separator: ", ")
  }

  private static func differing(
    _ what: String, _ texts: (old: String?, new: String?), none: String
  ) -> String {
    func shown(_ text: String?) -> String { text.map(OutsideText.sentence) ?? none }
    return "\(what): \(shown(texts.old)) → \(shown(texts.new))"
  }

  /// `3.1.2 was released 2026-01-31 and is 40 days behind`.
  private static func releases(_ change: ExplainedChange, _ moments: ShownMoments) -> [String] {
    var lines: [String] = []
    for (pin, details) in [(change.change.old, change.old), (change.change.new, change.new)] {
      guard let version = pin?.version, let details else { continue }
      let released = details.uploadedAt.value.map { "was released \(moments.day($0))" }
      let behind = details.timeBehind.value.flatMap { $0 > 0 ? "is \(ShownDuration.text($0)) behind" : nil }
      let known = [released, behind].compactMap { $0 }
      if !known.isEmpty { lines.append("\(self.version(version)) \(known.joined(separator: " and "))") }
    }
    // Of a version that stays, once.
    return change.change.step == nil && lines.count == 2 ? [lines[1]] : lines
  }

  /// What isn't known of either release; nil if everything is, or if there is none.
  private static func unknown(_ change: ExplainedChange) -> String? {
    let all = [change.old, change.new].compactMap { $0 }
    if all.isEmpty { return nil }
    var subjects: [String] = []
    if change.advisories == .unknown { subjects.append("advisories") }
    if all.contains(where: { $0.uploadedAt == .unknown }) { subjects.append("release date") }
    if change.old?.timeBehind == .unknown { subjects.append("time behind") }
    if all.contains(where: { $0.yank == .unknown }) { subjects.append("whether it is yanked") }
    if all.contains(where: { $0.license == .unknown }) { subjects.append("licence") }
    if all.contains(where: { $0.requiresPython == .unknown }) { subjects.append("Requires-Python") }
    return subjects.isEmpty ? nil : subjects.joined(separator: ", ")
  }
}
