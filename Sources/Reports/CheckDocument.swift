import PythonPackaging
import UpdatePolicy

/// What `repin check --format json` writes; docs/check-report.md describes it. `schema` changes where a reader could break;
/// members may be added. What isn't known isn't there.
struct CheckDocument: Encodable {
  struct Counts: Encodable {
    let now: Int
    let window: Int
    let noted: Int
    let ignored: Int
  }

  /// What a lock's pins come to together.
  struct Totals: Encodable {
    let pins: Int
    let unchecked: Int
    let oldestPinSeconds: Int64?
    let mostDaysBehind: Int64?
    let releasesBehind: Int64?
    let libyears: Double?
  }

  struct Place: Encodable {
    let path: String
    let line: Int?
    let column: Int?

    init(_ path: String, _ line: Int, _ column: Int = 0) {
      self.path = OutsideText.path(path)
      self.line = line > 0 ? line : nil
      self.column = column > 0 ? column : nil
    }
  }

  struct Finding: Encodable {
    struct Ignored: Encodable {
      let reason: String
      let until: String
    }

    let urgency: String
    let kind: String
    let key: String
    let package: String
    let version: String
    let place: Place
    let text: String
    let firstSeen: DocumentMoment
    let due: String
    let severity: String?
    let score: Double?
    let summary: String?
    let aliases: [String]?
    let malware: Bool?
    let reason: String?
    let fix: String?
    let newest: String?
    let ignored: Ignored?
  }

  /// Whether a vulnerable pin could be fixed now.
  struct Outlook: Encodable {
    let package: String
    let version: String
    let path: [String]
    /// `possible`, `held`, `none`, `unknown`.
    let state: String
    let to: String?
    let others: [String]?
    let text: String
  }

  struct Failure: Encodable {
    let source: String
    let subject: String
    let package: String?
  }

  struct Unchecked: Encodable {
    let package: String?
    let text: String
    let line: Int?
    let reason: UncheckedPin.Reason
  }

  struct Fault: Encodable {
    let place: Place
    let text: String
    let remedy: String?
    let hidesPins: Bool
  }

  struct Ignore: Encodable {
    let index: Int
    let id: String?
    let package: String?
    let reason: String
    let until: String
    /// `ended`, `ended-and-needed`, `matches-nothing`.
    let fault: String
  }

  struct Lockfile: Encodable {
    let path: String
    let verdict: CheckVerdict
    let changed: Bool?
    let counts: Counts
    let totals: Totals
    let findings: [Finding]
    let pins: [DocumentPin]
    let failures: [Failure]
    let unchecked: [Unchecked]
    let faults: [Fault]
    let outlooks: [Outlook]?
  }

  struct Advisories: Encodable {
    let source: String
    let syncedAt: DocumentMoment?
    let records: Int?
    let unreadable: Int
  }

  let schema = "repin.check/1"
  let checkedAt: DocumentMoment
  let nextWindow: DocumentMoment?
  let timeZone: String
  let verdict: CheckVerdict
  let summary: String
  let lockfiles: [Lockfile]
  let image: ImageDocument?
  let advisories: [Advisories]?
  let ignores: [Ignore]

  private enum CodingKeys: String, CodingKey {
    case schema
    case checkedAt
    case nextWindow
    case timeZone
    case verdict
    case summary
    case lockfiles
    case image
    case advisories
    case ignores
  }

  init(_ report: CheckReport) {
    checkedAt = DocumentMoment(report.checkedAt)
    nextWindow = report.nextWindow.map(DocumentMoment.init)
    timeZone = report.moments.zone.description
    verdict = report.verdict
    summary = CheckVerdictSentence(report).text
    lockfiles = zip(report.locks, report.summaries).map { Lockfile($0, $1) }
    image = report.image.map { ImageDocument($0, report.moments) }
    let sources = report.advisories.map {
      Advisories(
        source: OutsideText.name($0.source), syncedAt: $0.syncedAt.map(DocumentMoment.init),
        records: $0.records, unreadable: $0.unreadable)
    }
    advisories = sources.isEmpty ? nil : sources
    ignores = report.notices.map(Ignore.init)
  }
}

extension CheckDocument.Lockfile {
  fileprivate init(_ lock: CheckedLock, _ summary: LockSummary) {
    path = OutsideText.path(lock.path)
    verdict = summary.verdict
    changed = lock.isChanged
    counts = CheckDocument.Counts(
      now: summary.findingCount(.dueNow), window: summary.findingCount(.dueAtWindow),
      noted: summary.findingCount(.noted), ignored: summary.findingCount(.ignored))
    let metrics = summary.metrics
    totals = CheckDocument.Totals(
      pins: lock.pinCount, unchecked: lock.unchecked.count, oldestPinSeconds: metrics.pinAge.greatest,
      mostDaysBehind: metrics.timeBehind.greatest.map { $0 / 86_400 },
      releasesBehind: metrics.releasesBehind.count > 0 ? metrics.releasesBehind.sum : nil,
      libyears: metrics.libyearSeconds.count > 0
        ? ShownDuration.libyearNumber(metrics.libyearSeconds.sum) : nil)
    let newest = NewestVersions(lock.assessment)
    findings = lock.assessment.findings.map { CheckDocument.Finding($0, newest: newest) }
    pins = lock.assessment.pins.map { DocumentPin(PinAge($0)) }
    failures = lock.assessment.failures.map {
      CheckDocument.Failure(
        source: OutsideText.name($0.source), subject: $0.subject.rawValue, package: $0.package?.normalized)
    }
    unchecked = lock.unchecked.map {
      CheckDocument.Unchecked(
        package: $0.name?.normalized, text: OutsideText.sentence($0.text), line: $0.line > 0 ? $0.line : nil,
        reason: $0.reason)
    }
    faults = lock.faults.map {
      CheckDocument.Fault(
        place: CheckDocument.Place($0.path, $0.line, $0.column), text: OutsideText.sentence($0.text),
        remedy: $0.remedy.map(OutsideText.sentence), hidesPins: $0.hidesPins)
    }
    outlooks = lock.outlooks.isEmpty ? nil : lock.outlooks.map(CheckDocument.Outlook.init)
  }
}

extension CheckDocument.Outlook {
  fileprivate init(_ outlook: FixOutlook) {
    package = outlook.package.normalized
    version = outlook.version.description
    path = outlook.path.map(OutsideText.name)
    state = outlook.stateName
    text = outlook.words
    switch outlook.state {
    case .possible(let version, let moved):
      to = version.description
      others = moved.map(OutsideText.name)
    case .dropped(let moved):
      to = nil
      others = moved.map(OutsideText.name)
    case .unknown(let nearest):
      to = nearest?.description
      others = nil
    case .held, .none:
      to = nil
      others = nil
    }
  }
}

extension CheckDocument.Finding {
  fileprivate init(_ finding: Finding, newest: NewestVersions) {
    urgency = finding.urgency.word
    kind = finding.kind.name
    key = OutsideText.name(finding.key)
    package = finding.package.normalized
    version = finding.version.description
    place = CheckDocument.Place(finding.place.path, finding.place.line)
    text = FindingWords.text(finding)
    firstSeen = DocumentMoment(finding.firstSeen)
    due = finding.due.rawValue
    severity = finding.severity?.rawValue
    if case .vulnerable(let advisory) = finding.kind {
      score = advisory.score
      summary = advisory.summary.isEmpty ? nil : OutsideText.sentence(advisory.summary)
      aliases = advisory.aliases.map(OutsideText.name)
      malware = advisory.isMalware
    } else {
      score = nil
      summary = nil
      aliases = nil
      malware = nil
    }
    reason = finding.kind.reason.map(OutsideText.sentence)
    fix = finding.fix?.description
    self.newest = newest.newest(of: finding)?.description
    ignored = finding.ignore.map {
      Ignored(reason: OutsideText.sentence($0.reason), until: $0.until.description)
    }
  }
}

extension CheckDocument.Ignore {
  fileprivate init(_ notice: IgnoreNotice) {
    index = notice.index
    id = notice.ignore.id.map(OutsideText.name)
    package = notice.ignore.package?.normalized
    reason = OutsideText.sentence(notice.ignore.reason)
    until = notice.ignore.until.description
    fault =
      switch notice.fault {
      case .expired(isNeeded: true): "ended-and-needed"
      case .expired(isNeeded: false): "ended"
      case .matchesNothing: "matches-nothing"
      }
  }
}

extension Finding.Kind {
  /// What the index or the project's authors say of it.
  fileprivate var reason: String? {
    switch self {
    case .quarantined(let reason), .yanked(let reason), .archived(let reason), .deprecated(let reason): reason
    case .vulnerable, .withdrawn, .stale, .old: nil
    }
  }
}
