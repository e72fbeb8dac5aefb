import PythonPackaging
import Testing

@testable import UpdatePolicy

/// An example of docs/policy.md: facts about one pin of `demo`, a line each.
///
///     now MOMENT | set CAUSE = DUE | ignore (id ID | package NAME) (version SPEC)? until DATE | failed SOURCE
///     pin VERSION pinned DATE uploaded DATE ("yanked" | "gone")? | advisory ID SEVERITY (fixed-by VERSION)? (alias ID)?
///     release VERSION DATE ("yanked" | "other-python")? | status WORD
struct PolicyExample {
  private var policy = Policy()
  private var now: Int64 = 0
  private var pin: PinFacts?
  private var advisories: [AdvisoryFacts] = []
  private var releases: [ReleaseFacts] = []
  private var status = ProjectFacts.Status.active
  private var failures: [SourceFailure] = []

  init(_ lines: [String]) throws {
    for line in lines {
      var words = line.split(separator: " ").map(String.init)[...]
      let kind = words.removeFirst()
      /// What stands behind a word.
      func value(_ word: String) -> String? {
        words.firstIndex(of: word).flatMap { $0 + 1 < words.endIndex ? words[$0 + 1] : nil }
      }
      func first() throws -> String { try #require(words.first, "\(line)") }
      switch kind {
      case "now": now = try Fixture.moment(words.joined(separator: " "))
      case "set": policy.due[try DueCause(first())] = try Due(#require(value("=")))
      case "ignore":
        policy.ignores.append(
          try Ignore(
            id: value("id"), package: value("package"), version: value("version"), reason: "an example",
            until: value("until")))
      case "failed": failures.append(SourceFailure(source: try first(), subject: .advisories))
      case "pin":
        pin = try UpdatePolicyTests.pin(
          "demo", first(), pinned: value("pinned"), uploaded: value("uploaded"),
          yank: words.contains("yanked") ? Distribution.Yank(reason: nil) : nil,
          presence: words.contains("gone") ? .gone : .present)
      case "advisory":
        let severity = try Severity(words[words.startIndex + 1])
        advisories.append(
          try advisory(
            first(), severity, aliases: value("alias").map { [$0] } ?? [],
            fixed: value("fixed-by").map { [$0] } ?? []))
      case "release":
        releases.append(
          try release(
            first(), words[words.startIndex + 1], yanked: words.contains("yanked"),
            python: !words.contains("other-python")))
      case "status":
        let statuses: [String: ProjectFacts.Status] = [
          "archived": .archived(reason: nil), "quarantined": .quarantined(reason: nil),
          "deprecated": .deprecated(reason: nil),
        ]
        status = try #require(statuses[first()], "\(line)")
      default: Issue.record("what is `\(line)`?")
      }
    }
  }

  /// What the policy makes of it, in the document's words.
  func outcome() throws -> [String] {
    var pin = try #require(pin)
    pin.advisories = advisories
    let assessor = Assessor(
      policy: policy, now: now, projects: [try project("demo", releases, status: status)])
    let assessment = assessor.assess(LockFacts(pins: [pin], failures: failures))
    var lines = [Self.words(assessment.verdict)]
    lines += assessment.findings.map { Self.words($0) }
    let metrics = assessment.pins[0]
    if let days = metrics.daysBehind, let count = metrics.releasesBehind, let libyears = metrics.libyears {
      let hundredths = Int((libyears * 100).rounded())
      let rest = hundredths % 100
      lines.append(
        "\(days) days behind, \(count) release\(count == 1 ? "" : "s") behind, "
          + "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) libyears")
    }
    lines += try picks(pin)
    for notice in assessment.notices {
      let words =
        switch notice.fault {
        case .matchesNothing: "matches nothing"
        case .expired(let isNeeded): "has ended and is \(isNeeded ? "still" : "not") needed"
        }
      lines.append("ignore \(notice.index + 1) \(words)")
    }
    return lines + assessment.failures.map { "unknown: \($0.source)" }
  }

  /// Of pins with advisories, what may be picked instead.
  private func picks(_ pin: PinFacts) throws -> [String] {
    guard !advisories.isEmpty else { return [] }
    return releases.compactMap { release in
      let fixes = advisories.filter { $0.fixedVersions.contains(release.version) }
      let pickability = policy.pickability(of: release, now: now, fixes: fixes)
      #expect(policy.isPickable(release, now: now, fixes: fixes) == pickability.isPickable)
      return switch pickability {
      case .exempt(let id): "\(release.version) may be picked, exempt from the cooldown for \(id)"
      case .coolingDown(let until): "\(release.version) may be picked from \(Fixture.text(until)) on"
      default: nil
      }
    }
  }

  private static func words(_ verdict: Assessment.Verdict) -> String {
    switch verdict {
    case .dueNow: "due now"
    case .incomplete: "incomplete"
    case .dueAtWindow(let window): "due at the window \(window.map { Fixture.text($0) } ?? "never")"
    case .notedOnly: "noted"
    case .clean: "clean"
    }
  }

  private static func words(_ finding: Finding) -> String {
    let urgency =
      switch finding.urgency {
      case .dueNow: "now"
      case .dueAtWindow: "window"
      case .noted: "noted"
      case .ignored: "ignored"
      }
    var words = "\(urgency): \(finding.kind.name)"
    switch finding.kind {
    case .vulnerable(let advisory): words += " \(advisory.id), \(advisory.severity)"
    case .stale(let behind): words += ", \(behind / 86_400) days behind"
    case .old(let age): words += ", \(age / 86_400) days"
    default: break
    }
    if let fix = finding.fix { words += ", fixed by \(fix)" }
    return words
  }
}
