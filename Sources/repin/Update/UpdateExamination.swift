import PythonPackaging
import UpdatePolicy

/// Finds out what is wrong with the pins of lockfiles, as `repin check` does, and what is to be got of each.
struct UpdateExamination {
  let check: CheckRun
  /// What stands instead of the policy's.
  let cooldown: PolicyDuration?
  /// The option, or the variable, that gives it.
  let cooldownPlace: String
  let goals: UpdateGoals
  let plan: UpdatePlan
  let context: CommandContext

  /// What was found out.
  struct Result {
    /// What is to be got, by lockfile.
    var aims: [String: [UpdateAim]] = [:]
    /// What nobody knows because a source failed.
    var unknown: Set<SourceFailure> = []
    var judgement: UpdateJudgement
    var advisories: UpdateAdvisories

    /// Whether what is due isn't known.
    var isIncomplete: Bool { !unknown.isEmpty }
  }

  /// Asks only where it takes more than names to know what is to be got.
  func run() async throws(CommandFailure) -> Result {
    var check = check
    // Releases are judged for what the lockfiles are made for.
    if let first = plan.lockfiles.first { check.compile = first.layer.command }
    if let cooldown { check.policy.setCooldown = cooldown }
    let setup = try IndexSetup(check.compile.habits.applied(to: check.compile.index), context: context)
    let advisories = UpdateAdvisories(
      AdvisorySurvey(
        settings: check.advisories, setup: setup, context: context, arguments: check.compile.index))
    var result = Result(
      judgement: UpdateJudgement(
        policy: check.policy, now: check.now,
        cooldownPlace: cooldown == nil ? check.cooldownPlace : cooldownPlace,
        facts: { advisories.facts(of: $0, $1) }),
      advisories: advisories)
    guard goals.needsFindings else {
      for lockfile in plan.lockfiles {
        result.aims[lockfile.layer.path] = goals.aims(for: lockfile.pins, findings: [], newer: [])
      }
      return result
    }
    let examination = try await check.examination(of: plan.lockfiles.map(\.path))
    if let failure = examination.unreadable.first { throw failure }
    advisories.add(examination.knowledge, of: plan.lockfiles.map(\.pins))
    for (lockfile, assessment) in zip(plan.lockfiles, examination.assessments) {
      result.unknown.formUnion(assessment.failures)
      result.aims[lockfile.layer.path] = goals.aims(
        for: lockfile.pins, findings: assessment.findings,
        newer: newer(than: lockfile.pins, examination.answers.all, result.judgement),
        fresh: fresh(lockfile.pins, examination.answers.all, result.judgement))
    }
    return result
  }

  /// The least release that is not stale, of each pin: a smaller step would leave it due as it was. As far as pages tell.
  private func fresh(
    _ pins: [PackageName: Version], _ projects: [ProjectFacts], _ judgement: UpdateJudgement
  ) -> [PackageName: Version] {
    guard goals.raisesStale else { return [:] }
    var fresh: [PackageName: Version] = [:]
    for project in projects {
      guard let version = pins[project.name] else { continue }
      let policy = judgement.policy.applied(to: project)
      let fixes = judgement.counting(project.name, version)
      let pickable = project.releases.filter { release in
        release.version > version
          && policy.pickability(
            of: release, now: judgement.now, fixes: fixes, allowsPreReleases: version.isPreRelease
          ).isPickable
      }.sorted { $0.version > $1.version }
      // From the newest down, each is behind by what the oldest of those above it was uploaded ago.
      var oldest: Int64?
      for release in pickable {
        if let oldest, judgement.now - oldest > policy.maxDaysBehind.seconds { break }
        fresh[project.name] = release.version
        if let uploadedAt = release.uploadedAt { oldest = min(oldest ?? uploadedAt, uploadedAt) }
      }
    }
    return fresh
  }

  /// The pins that have a newer release which may be picked, as far as its page tells.
  private func newer(
    than pins: [PackageName: Version], _ projects: [ProjectFacts], _ judgement: UpdateJudgement
  ) -> Set<PackageName> {
    guard goals.raisesAll else { return [] }
    var names: Set<PackageName> = []
    for project in projects {
      guard let version = pins[project.name] else { continue }
      let isNewer = project.releases.contains { release in
        release.version > version
          && judgement.policy.applied(to: project).pickability(
            of: release, now: judgement.now, fixes: judgement.counting(project.name, version),
            allowsPreReleases: version.isPreRelease
          ).isPickable
      }
      if isNewer { names.insert(project.name) }
    }
    return names
  }
}
