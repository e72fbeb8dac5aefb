import ArgumentParser
import LockfileFormats
import PackageIndex
import PythonPackaging
import Reports
import RequirementsFiles
import Resolution
import UpdatePolicy

/// Makes what `repin update --security` would write of lockfiles that were checked, and writes nothing.
///
/// Lockfiles that are made of one another change together; the others each by themselves. Nothing is built for it.
struct RemediationSurvey {
  let check: CheckRun
  let examination: CheckRun.Examination

  /// For more lockfiles none is made: each takes a resolution.
  private static let mostLockfiles = 100

  /// A lockfile of which something is to be done away with, or that is made of one.
  private struct Candidate {
    /// Its places among the report's; several where it is named in several ways.
    var locks: [Int]
    let path: String
    let lockfile: UpdatePlan.Lockfile
    let aims: [UpdateAim]
  }

  /// Each that could be made; why others couldn't is said.
  func remediations() async -> [Remediation] {
    guard let origin = check.silentOrigin else { return [] }
    let goals: UpdateGoals
    let command: UpdateCommand
    do {
      command = try Self.command(by: check.context)
      goals = UpdateGoals(command, packages: [])
    } catch {
      check.context.terminal.warn("no remediation is made: \(Self.sentence(error))")
      return []
    }
    var remediations: [Remediation] = []
    var count = 0
    for group in groups(of: candidates(origin, goals)) where group.contains(where: { !$0.aims.isEmpty }) {
      count += group.count
      if count > Self.mostLockfiles {
        check.context.terminal.warn(
          "remediations are made for \(Self.mostLockfiles) lockfiles; check fewer at once to have those of the others"
        )
        break
      }
      do throws(CommandFailure) {
        if let made = try await remediation(group, origin, goals, command) { remediations.append(made) }
      } catch {
        say(group.filter { !$0.aims.isEmpty }.map(\.lockfile.layer.output), error)
      }
    }
    return remediations
  }

  /// `repin update --security` as the environment has it.
  private static func command(by context: CommandContext) throws -> UpdateCommand {
    var command = try UpdateCommand.parse(["--security"])
    try command.settle(by: context, beside: [])
    command.stale = false
    command.all = false
    return command
  }

  private func say(_ lockfiles: [String], _ error: any Error) {
    let names = lockfiles.map { "`\(PrintableText.escaped($0, limit: 300))`" }.joined(separator: ", ")
    check.context.terminal.warn("no remediation is made for \(names): \(Self.sentence(error))")
  }

  /// The first line of why.
  private static func sentence(_ error: any Error) -> String {
    var failure = error as? CommandFailure
    while case .layer(output: _, let inner) = failure { failure = inner }
    let text = failure?.message ?? UpdateCommand.message(for: error)
    return text.split(separator: "\n").first.map(String.init) ?? text
  }

  // MARK: What is to be done

  /// The lockfiles that repin compiles, with what is to be got of each; none where nothing is.
  private func candidates(_ origin: LockfileOrigin, _ goals: UpdateGoals) -> [Candidate] {
    let isDue = examination.assessments.contains { assessment in
      assessment.findings.contains { $0.urgency <= .dueAtWindow }
    }
    if !isDue { return [] }
    var candidates: [Candidate] = []
    for (place, read) in examination.locks.enumerated() where read.lock.file.format == .requirements {
      let findings = examination.assessments[place].findings
      do {
        let plan = try UpdatePlan(named: [read.lock.path], origin: origin)
        guard let lockfile = plan.lockfiles.first else { continue }
        if let known = candidates.firstIndex(where: { $0.lockfile.layer.path == lockfile.layer.path }) {
          candidates[known].locks.append(place)
          continue
        }
        candidates.append(
          Candidate(
            locks: [place], path: read.lock.path, lockfile: lockfile,
            aims: goals.aims(for: lockfile.pins, findings: findings, newer: [])))
      } catch {
        if Self.isClearable(findings) { say([read.lock.path], error) }
      }
    }
    return candidates
  }

  /// Whether an update would have something to do about findings.
  private static func isClearable(_ findings: [Finding]) -> Bool {
    findings.contains { finding in
      guard finding.urgency <= .dueAtWindow else { return false }
      return switch finding.kind {
      case .vulnerable, .quarantined, .withdrawn, .yanked: true
      case .stale, .archived, .deprecated, .old: false
      }
    }
  }

  /// Those that are made of one another together, in the order of the report.
  private func groups(of candidates: [Candidate]) -> [[Candidate]] {
    var groups: [[Candidate]] = []
    for candidate in candidates {
      func isTied(_ other: Candidate) -> Bool {
        other.lockfile.layer.reads.contains(candidate.lockfile.layer.path)
          || candidate.lockfile.layer.reads.contains(other.lockfile.layer.path)
      }
      let tied = groups.filter { $0.contains(where: isTied) }.flatMap(\.self)
      groups.removeAll { $0.contains(where: isTied) }
      groups.append(tied + [candidate])
    }
    return groups.map { group in group.sorted { $0.locks[0] < $1.locks[0] } }
      .sorted { $0[0].locks[0] < $1[0].locks[0] }
  }

  // MARK: Doing it

  /// Nil where nothing can be done away with.
  private func remediation(
    _ group: [Candidate], _ origin: LockfileOrigin, _ goals: UpdateGoals, _ command: UpdateCommand
  ) async throws(CommandFailure) -> Remediation? {
    let unknown = Set(group.flatMap(\.locks).flatMap { examination.assessments[$0].failures })
    guard unknown.isEmpty else {
      throw .unknownFindings(packages: unknown.compactMap(\.package).map(\.normalized).sorted())
    }
    let plan: UpdatePlan
    do {
      plan = try UpdatePlan(named: group.map(\.path), origin: origin)
    } catch {
      throw (error as? CommandFailure) ?? .usage(UpdateCommand.message(for: error))
    }
    let advisories = UpdateAdvisories(
      AdvisorySurvey(
        settings: check.advisories, setup: examination.indexes.setup, context: origin.context,
        arguments: check.compile.index))
    advisories.add(examination.knowledge, of: plan.lockfiles.map(\.pins))
    var policy = check.policy
    if let cooldown = command.cooldown { policy.setCooldown = cooldown }
    var set = UpdateSet(
      lockfiles: plan.lockfiles,
      aims: Dictionary(uniqueKeysWithValues: group.map { ($0.lockfile.layer.path, $0.aims) }), goals: goals,
      judgement: UpdateJudgement(
        policy: policy, now: check.now, cooldownPlace: check.cooldownPlace,
        facts: { advisories.facts(of: $0, $1) }),
      advisories: advisories, context: origin.context)
    set.isBuildBarred = true
    let outcomes = try await set.outcomes().filter { !$0.isUnchanged }
    if let affected = outcomes.flatMap(\.found.affected.keys).min() {
      throw .usage("advisories affect every release of `\(affected)` that could be picked")
    }
    let failures = Set(outcomes.flatMap(\.found.failures))
    guard failures.isEmpty else {
      throw .unknownFindings(packages: failures.compactMap(\.package).map(\.normalized).sorted())
    }
    return try remediation(of: outcomes, group)
  }

  private func remediation(
    of outcomes: [UpdateRun.Outcome], _ group: [Candidate]
  ) throws(CommandFailure) -> Remediation? {
    var fixes: [Remediation.Fix] = []
    var steps: [Remediation.Step] = []
    var patch = ""
    for outcome in outcomes {
      guard let candidate = group.first(where: { $0.lockfile.layer.path == outcome.lockfile.layer.path })
      else { continue }
      for lock in candidate.locks {
        let assessment = examination.assessments[lock]
        fixes += assessment.findings.filter { Self.isCleared($0, of: assessment, by: outcome) }.map {
          Remediation.Fix(lock: lock, finding: $0)
        }
      }
      for change in outcome.run.summary(of: outcome.compiled).changes {
        let step = Remediation.Step(
          package: change.name, old: change.before == nil ? nil : outcome.lockfile.pins[change.name],
          new: change.after == nil ? nil : outcome.found.update.graph.pin(change.name)?.version)
        if !steps.contains(step), step.old != nil || step.new != nil { steps.append(step) }
      }
      let place = examination.locks[candidate.locks[0]].place
      do throws(FilePatch.Refusal) {
        patch += try FilePatch(
          path: place.repositoryPath ?? candidate.path,
          old: outcome.compiled.existing?.bytes, new: outcome.compiled.bytes
        ).text
      } catch {
        throw .usage(error.description)
      }
    }
    return fixes.isEmpty ? nil : Remediation(fixes: fixes, steps: steps, patch: patch)
  }

  /// Whether a finding that is due is none of the new lockfile.
  private static func isCleared(
    _ finding: Finding, of assessment: Assessment, by outcome: UpdateRun.Outcome
  ) -> Bool {
    guard finding.urgency <= .dueAtWindow, outcome.lockfile.pins[finding.package] == finding.version else {
      return false
    }
    guard let new = outcome.found.update.graph.pin(finding.package)?.version else { return true }
    if new == finding.version { return false }
    switch finding.kind {
    case .vulnerable, .quarantined, .withdrawn, .yanked: return isHad(finding, by: outcome)
    case .stale:
      let metrics = assessment.pins.first {
        $0.package == finding.package && $0.version == finding.version
      }
      return metrics?.newest.map { $0 <= new } ?? false
    case .archived, .deprecated: return false
    case .old: return true
    }
  }

  /// Whether what an update was to get for a finding is had.
  private static func isHad(_ finding: Finding, by outcome: UpdateRun.Outcome) -> Bool {
    let blocked = Set(outcome.found.update.blocked.map(\.target))
    return outcome.found.aims.enumerated().contains { index, aim in
      guard aim.target.name == finding.package, !blocked.contains(index) else { return false }
      return switch (aim.reason, finding.kind) {
      case (.vulnerable(let ids), .vulnerable(let advisory)): ids.contains(advisory.id)
      case (.quarantined, .quarantined), (.withdrawn, .withdrawn), (.yanked, .yanked): true
      default: false
      }
    }
  }
}
