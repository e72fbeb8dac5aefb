import PythonPackaging
package import UpdatePolicy

/// What `repin schedule` shows: the next windows, where they are configured, and what is due at the first of them and why.
package struct ScheduleReport: Sendable, Hashable, Encodable {
  /// Where settings stand, such as `repin.toml:8:10`; nil: nowhere, and the default holds.
  package struct Places: Sendable, Hashable {
    package var window: String?
    package var timeZone: String?

    package init(window: String? = nil, timeZone: String? = nil) {
      self.window = window
      self.timeZone = timeZone
    }
  }

  let windows: UpcomingWindows
  let places: Places
  /// The lockfiles, in the order in which they are asked about.
  let lockfiles: [KnownWork]
  private let rules: TimeZoneRules

  /// - Parameter rules: those of the schedule's zone.
  package init(_ windows: UpcomingWindows, places: Places, lockfiles: [KnownWork], rules: TimeZoneRules) {
    self.windows = windows
    self.places = places
    self.lockfiles = lockfiles
    self.rules = rules
  }

  /// Whether nothing is known of any lockfile.
  package var knowsNothing: Bool { lockfiles.allSatisfy { $0.lastCheck == nil } }

  // MARK: Text

  /// The windows, then what is due, a lockfile after the other.
  package var text: String {
    var lines = [configured]
    for lockfile in lockfiles {
      lines.append("")
      lines.append(heading(lockfile))
      let rows = lockfile.due.map { finding in
        [
          finding.urgency == .dueNow ? "now" : "window",
          "\(finding.package) \(PrintableText.excerpt("\(finding.version)", limit: 60))",
          finding.recordedWords, "seen first \(day(finding.firstSeen))",
        ]
      }
      let widths = (0..<3).map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
      for row in rows {
        let cells = row.enumerated().map { place, cell in
          place < 3
            ? cell + String(repeating: " ", count: widths[place] - cell.unicodeScalars.count) : cell
        }
        lines.append("  " + cells.joined(separator: "   "))
      }
      let noted = lockfile.findings.count - rows.count
      if noted > 0, lockfile.lastCheck != nil {
        lines.append("  and \(noted) that \(noted == 1 ? "is" : "are") just noted or ignored")
      }
      if lockfile.outdatedCount > 0 {
        lines.append(
          "  \(lockfile.outdatedCount) more \(lockfile.outdatedCount == 1 ? "was" : "were") about pins that have changed since"
        )
      }
    }
    return windows.text + lines.map { $0 + "\n" }.joined()
  }

  private var configured: String {
    switch (places.window, places.timeZone) {
    case (nil, nil): "no configuration has a [schedule]: these are the defaults"
    case (let window?, let zone?): "the window is from \(window), the time zone from \(zone)"
    case (let window?, nil): "the window is from \(window), the time zone is the default"
    case (nil, let zone?): "the window is the default, the time zone is from \(zone)"
    }
  }

  /// `requirements.txt, checked Sun 2026-11-29 12:00 +01:00: 2 due at the next window`.
  private func heading(_ lockfile: KnownWork) -> String {
    guard let last = lockfile.lastCheck else {
      return "\(lockfile.path): what is due isn't known, since nobody has checked it here"
    }
    let offset = rules.offset(at: last.at)
    var line = "\(lockfile.path), checked \(MomentText.weekday(last.at, offset: offset)) "
    line += MomentText.dayAndClock(last.at, offset: offset)
    line += windows.schedule.timeZone.isUTC ? " UTC: " : " \(MomentText.offset(offset)): "
    let now = lockfile.due.count { $0.urgency == .dueNow }
    let later = lockfile.due.count - now
    var parts: [String] = []
    if now > 0 { parts.append("\(now) due now, before any window") }
    if later > 0 { parts.append("\(later) due at the next window") }
    if parts.isEmpty { parts.append("nothing was found that is due") }
    line += parts.joined(separator: ", ")
    return last.isComplete ? line : line + "; that check was incomplete"
  }

  private func day(_ moment: Int64) -> String {
    String(MomentText.dayAndClock(moment, offset: rules.offset(at: moment)).prefix(10))
  }

  // MARK: Document

  private enum CodingKeys: String, CodingKey {
    case configured, lockfiles
  }

  /// `repin.schedule/1`, which docs/schedule.md describes.
  package func encode(to encoder: any Encoder) throws {
    try windows.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(
      DocumentPlaces(window: places.window, timezone: places.timeZone), forKey: .configured)
    try container.encode(lockfiles.map(DocumentLockfile.init), forKey: .lockfiles)
  }

  private struct DocumentPlaces: Encodable {
    let window: String?
    let timezone: String?
  }

  private struct DocumentLockfile: Encodable {
    let path: String
    let checked: DocumentMoment?
    let complete: Bool?
    let due: [DocumentFinding]
    let outdated: Int

    init(_ work: KnownWork) {
      path = work.path
      checked = work.lastCheck.map { DocumentMoment($0.at) }
      complete = work.lastCheck?.isComplete
      due = work.due.map(DocumentFinding.init)
      outdated = work.outdatedCount
    }
  }

  private struct DocumentFinding: Encodable {
    let package: String
    let version: String
    let kind: String
    let key: String?
    let severity: String?
    let due: String
    let firstSeen: DocumentMoment

    init(_ finding: Finding) {
      package = finding.package.normalized
      version = PrintableText.excerpt(finding.version.description, limit: 200)
      kind = finding.kind.name
      key = finding.severity.map { _ in PrintableText.excerpt(finding.key, limit: 200) }
      severity = finding.severity?.rawValue
      due = finding.urgency == .dueNow ? "now" : "window"
      firstSeen = DocumentMoment(finding.firstSeen)
    }
  }
}
