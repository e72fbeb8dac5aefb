import PythonPackaging
import Reports
import Resolution
import UpdatePolicy

/// What `repin update --format json` writes; docs/update-report.md describes it. `schema` changes where a reader could break;
/// members may be added. What isn't known isn't there.
struct UpdateDocument: Encodable {
  struct Reason: Encodable {
    /// `fixes`, `quarantined`, `yanked`, `withdrawn`, `stale`, `asked`, `newest`, `lockfile`, `needed`, `lets`,
    /// `constrained`, `unneeded`, `unusable`, `together`.
    let kind: String
    var advisories: [String]?
    var package: String?
    var version: String?
    var place: String?
    var lockfile: String?
    var secondsBehind: Int64?
    /// Why it couldn't be used.
    var detail: String?
  }

  struct Change: Encodable {
    let package: String
    let before: String?
    let after: String?
    let downgrade: Bool
    let reasons: [Reason]
    let text: String?
  }

  struct Blocker: Encodable {
    let level: Int
    let package: String?
    let version: String?
    /// Of a line of the user's own.
    let line: String?
    let needs: String
    let wanted: String
    let liftedBy: String?
  }

  struct Blocked: Encodable {
    let package: String
    let version: String?
    /// Why it was wanted.
    let wanted: String
    let advisories: [String]?
    /// `held`, `no-release`, `undecided`, `lockfile`.
    let obstacle: String
    let nearest: String?
    let blockers: [Blocker]?
    let text: [String]
  }

  struct HeldBack: Encodable {
    let package: String
    let versions: [String]
    /// `affected`, `cooldown`, `step`, `cutoff`, `unusable` or `other`.
    let kind: String
    let reason: String
  }

  struct Exempted: Encodable {
    let package: String
    let version: String
    let reason: String
  }

  struct Affected: Encodable {
    let package: String
    let advisories: [String]
    /// True where just this release was asked for; else it was learnt too late.
    let asked: Bool?
  }

  struct Lockfile: Encodable {
    let path: String
    /// `written`, `would-change` or `unchanged`.
    let state: String
    let pins: Int
    let changes: [Change]
    let blocked: [Blocked]
    let heldBack: [HeldBack]
    let exempted: [Exempted]
    let affected: [Affected]?
    let unproven: [String]?
    /// As `diff -u` writes it; where nothing is written.
    let diff: String?
  }

  struct Failure: Encodable {
    let source: String
    let subject: String
    let package: String?
  }

  let schema = "repin.update/1"
  let dryRun: Bool
  /// `done`, `nothing`, `blocked` or `incomplete`.
  let outcome: String
  let lockfiles: [Lockfile]
  /// Sources that failed, and for which not all is known.
  let failures: [Failure]

  private enum CodingKeys: String, CodingKey {
    case schema
    case dryRun
    case outcome
    case lockfiles
    case failures
  }

  /// The document as text.
  var text: String { JSONText.text(of: self) }
}

extension UpdateDocument.Lockfile {
  init(_ report: UpdateReport, of outcome: UpdateRun.Outcome, isDryRun: Bool) {
    let compiled = outcome.compiled
    path = report.lockfile
    state = outcome.isUnchanged ? "unchanged" : isDryRun ? "would-change" : "written"
    pins = outcome.run.summary(of: compiled).pinned.count
    let reasons = report.reasons
    changes = report.changes.map { change in
      UpdateDocument.Change(
        package: change.change.name.normalized, before: change.change.before?.text,
        after: change.change.after?.text, downgrade: change.isDowngrade,
        reasons: change.reasons.map(UpdateDocument.Reason.init), text: reasons[change.change.name])
    }
    blocked =
      report.blocked.map { UpdateDocument.Blocked($0, of: report) }
      + report.givenUp.map(UpdateDocument.Blocked.init)
    heldBack =
      report.heldBack.map { held in
        let kind =
          switch held.reason {
          case .affected: "affected"
          case .coolingDown: "cooldown"
          case .largerStep: "step"
          default: "other"
          }
        return UpdateDocument.HeldBack(
          package: held.name.normalized, versions: held.versions.map(\.description), kind: kind,
          reason: held.reason.phrase)
      }
      + report.unusable.map { releases in
        UpdateDocument.HeldBack(
          package: releases.name.normalized, versions: releases.versions.map(\.description),
          kind: releases.isCutOff ? "cutoff" : "unusable", reason: report.reason(of: releases))
      }
    exempted = report.exempted.map {
      UpdateDocument.Exempted(
        package: $0.name.normalized, version: $0.version.description, reason: $0.reason)
    }
    let affected =
      report.affected.map {
        UpdateDocument.Affected(package: $0.name.normalized, advisories: $0.ids, asked: nil)
      }
      + report.chosen.map {
        UpdateDocument.Affected(
          package: $0.name.normalized, advisories: $0.advisories.map(\.id).sorted(), asked: true)
      }
    self.affected = affected.isEmpty ? nil : affected
    unproven = report.unproven.isEmpty ? nil : report.unproven.map(\.rawValue)
    diff = isDryRun && !outcome.isUnchanged ? compiled.difference(labelled: "updated") : nil
  }
}

extension UpdateDocument.Blocked {
  fileprivate init(_ blocked: UpdateReport.Blocked, of report: UpdateReport) {
    package = blocked.aim.target.name.normalized
    version = blocked.version?.description
    text = report.text(of: blocked)
    (wanted, advisories) = Self.wanted(blocked.aim.reason)
    switch blocked.obstacle {
    case .noRelease: (obstacle, nearest, blockers) = ("no-release", nil, nil)
    case .undecided: (obstacle, nearest, blockers) = ("undecided", nil, nil)
    case .held(let version, let found, _, _):
      obstacle = "held"
      nearest = version.description
      blockers = found.map { UpdateDocument.Blocker($0, lines: report.lines) }
    }
  }

  fileprivate init(_ givenUp: UpdateRun.GivenUp) {
    package = givenUp.aim.target.name.normalized
    version = nil
    text = UpdateReport.text(of: givenUp)
    (wanted, advisories) = Self.wanted(givenUp.aim.reason)
    (obstacle, nearest, blockers) = ("lockfile", nil, nil)
  }

  private static func wanted(_ reason: UpdateAim.Reason) -> (String, [String]?) {
    switch reason {
    case .vulnerable(let ids): ("fix", ids)
    case .quarantined: ("quarantined", nil)
    case .withdrawn: ("withdrawn", nil)
    case .yanked: ("yanked", nil)
    case .stale: ("stale", nil)
    case .asked: ("asked", nil)
    case .newest: ("newest", nil)
    case .neededBy: ("lockfile", nil)
    }
  }
}

extension UpdateDocument.Blocker {
  fileprivate init(_ blocker: PinBlocker, lines: WrittenLines) {
    level = blocker.level
    needs = blocker.requirement.shown
    wanted = blocker.wanted.shown
    liftedBy = blocker.lift.version?.description
    line = lines.written(blocker.asker)?.shownPlace
    if case .pin(let name, let pinned, extra: _) = blocker.asker {
      (package, version) = (name.normalized, pinned.description)
    } else {
      (package, version) = (nil, nil)
    }
  }
}

extension UpdateDocument.Reason {
  fileprivate init(_ reason: UpdateReason) {
    switch reason {
    case .fixes(let ids): self.init(kind: "fixes", advisories: ids)
    case .wasQuarantined: self.init(kind: "quarantined")
    case .wasYanked: self.init(kind: "yanked")
    case .wasWithdrawn: self.init(kind: "withdrawn")
    case .wasStale(let behind): self.init(kind: "stale", secondsBehind: behind)
    case .asked: self.init(kind: "asked")
    case .newest: self.init(kind: "newest")
    case .neededByLockfile(let path): self.init(kind: "lockfile", lockfile: path)
    case .pulled(let name, let version, let place):
      self.init(kind: "needed", package: name?.normalized, version: version?.description, place: place)
    case .lets(let name): self.init(kind: "lets", package: name.normalized)
    case .constrained(let place): self.init(kind: "constrained", place: place)
    case .unneeded: self.init(kind: "unneeded")
    case .unusable(let phrase): self.init(kind: "unusable", detail: phrase)
    case .together: self.init(kind: "together")
    }
  }
}
