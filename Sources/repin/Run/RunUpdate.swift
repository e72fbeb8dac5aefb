import LockDiff
import PackageIndex
import PythonPackaging
import Reports
import Resolution
import UpdatePolicy

/// What tells people of an update.
struct UpdateTexts {
  /// At most 72 characters.
  let title: String
  /// Markdown, for a pull request.
  let body: String
  /// A whole commit message, title included.
  let commit: String
  /// What `git apply` takes; nil where a line can't be shown as it is.
  let patch: String?
}

/// An update that was worked out and isn't written yet.
struct RunUpdate {
  /// What became of each lockfile.
  let outcomes: [UpdateRun.Outcome]
  let reports: [UpdateReport]
  /// What differs; nil: nothing.
  let texts: UpdateTexts?
  let context: CommandContext

  /// The lockfiles that change.
  var changed: [UpdateRun.Outcome] { outcomes.filter { !$0.isUnchanged } }
  /// What can't be had, a few lines each. What is merely stale may be held for years: it is told where something changes.
  var blocked: [[String]] {
    reports.flatMap { report in
      report.blocked.filter { !$0.aim.isOfAge }.map(report.text)
        + report.givenUp.filter { !$0.aim.isOfAge }.map(UpdateReport.text)
        + report.affected.map {
          ["\($0.name) has advisories that were learnt too late: \($0.ids.joined(separator: ", "))"]
        }
    }
  }
  /// The sources of advisories that failed, so that nobody knows whether what was picked is free of them.
  var failures: [SourceFailure] { Set(outcomes.flatMap(\.found.failures)).sorted() }

  /// Works it out.
  ///
  /// - Parameters:
  ///   - check: judges the pins, by which options and which policy.
  ///   - takesStale: whether what is stale is raised too.
  /// - Throws: `.unknownFindings` where a source fails.
  init(
    of plan: UpdatePlan, check: CheckRun, takesStale: Bool, context: CommandContext
  ) async throws(CommandFailure) {
    self.context = context
    var goals = UpdateGoals.security
    goals.raisesStale = takesStale
    goals.sparesNoted = true
    try plan.refuseReadOnly(context)
    let examined = try await UpdateExamination(
      check: check, cooldown: nil, cooldownPlace: "", goals: goals, plan: plan, context: context
    ).run()
    if examined.isIncomplete {
      throw .unknownFindings(packages: examined.unknown.compactMap(\.package).map(\.normalized))
    }
    outcomes = try await UpdateSet(
      lockfiles: plan.lockfiles, aims: examined.aims, goals: goals, judgement: examined.judgement,
      advisories: examined.advisories, context: context
    ).outcomes()
    let lower = LowerLockfiles(plan, context: context)
    reports = outcomes.map { UpdateReport($0, judgement: examined.judgement, lower: lower) }
    texts = try await Self.texts(outcomes, reports, check: check, takesStale: takesStale)
  }

  private static func texts(
    _ outcomes: [UpdateRun.Outcome], _ reports: [UpdateReport], check: CheckRun, takesStale: Bool
  ) async throws(CommandFailure) -> UpdateTexts? {
    var compared: [ComparedLock] = []
    var told: [DiffFacts] = []
    for (outcome, report) in zip(outcomes, reports) where !outcome.isUnchanged {
      let path = outcome.compiled.inputs.shownOutput
      compared.append(
        try ComparedLock(
          old: outcome.compiled.existing.map { (path, $0.bytes) }, new: (path, outcome.compiled.bytes)))
      told.append(report.diffFacts(of: outcome))
    }
    if compared.isEmpty { return nil }
    // What was picked was just asked about.
    var quiet = check
    quiet.compile.index.offline = true
    quiet.compile.index.refresh = false
    quiet.compile.history.isOff = true
    // How far a release is behind is told as of the last window, or a request would have another text every day.
    quiet.now = quiet.policy.schedule.previous(before: quiet.now + 1, rules: quiet.timeZone) ?? quiet.now
    let goals = takesStale ? "--security --stale" : "--security"
    let (report, _) = try await DiffSurvey(check: quiet, isFetching: false, history: check.compile.history)
      .report(
        of: compared, updates: told, commands: ["repin update \(goals)"])
    return UpdateTexts(
      title: report.title(), body: report.markdown(), commit: report.commit(), patch: try? report.unified())
  }

  /// Writes all lockfiles, or none.
  func write() throws(CommandFailure) -> [CompileRun.Written] {
    let members = changed.map { outcome in
      LockfileSet.Member(
        run: outcome.run, outcome: outcome.compiled, settings: outcome.lockfile.layer.settings)
    }
    return try LockfileSet(members: members, context: context).write()
  }
}

extension UpdateReport {
  /// What a difference tells of the update.
  fileprivate func diffFacts(of outcome: UpdateRun.Outcome) -> DiffFacts {
    var facts = DiffFacts()
    let requirements = Dictionary(
      outcome.found.update.changed.flatMap(\.causes).compactMap { cause -> (PackageName, String)? in
        guard case .pulled(let edge) = cause else { return nil }
        return (edge.requirement.name, edge.requirement.shown)
      }, uniquingKeysWith: { first, _ in first })
    for change in changes {
      let name = change.change.name
      facts.causes[name] = change.reasons.compactMap { reason in
        switch reason {
        // Whoever brings it, and which advisories it has no more, the difference knows itself.
        case .fixes, .unneeded, .pulled(by: nil, _, _): nil
        case .pulled(let asker?, _, _): requirements[name].map { .pulled(by: asker, requirement: $0) }
        case .lets(let other): .lets(other)
        case .constrained(let place): .constrained(place)
        case .wasWithdrawn: .withdrawn
        // How long it was behind is told beside it, and as of the window.
        case .wasStale: .told("was stale")
        case .wasQuarantined, .wasYanked, .asked, .newest, .neededByLockfile, .unusable, .together:
          .told(reason.text)
        }
      }
    }
    for blocked in blocked {
      guard case .held(let nearest, _, _, _) = blocked.obstacle else { continue }
      let words = text(of: blocked)
      facts.heldBack.append(
        HeldBackRelease(
          package: blocked.aim.target.name, version: nearest,
          reason: words.joined(separator: "; ")))
    }
    for held in heldBack {
      for version in held.versions {
        facts.heldBack.append(
          HeldBackRelease(package: held.name, version: version, reason: held.reason.phrase))
      }
    }
    return facts
  }
}

extension UpdateAim {
  /// Whether it is for age alone.
  fileprivate var isOfAge: Bool { if case .stale = reason { true } else { false } }
}
