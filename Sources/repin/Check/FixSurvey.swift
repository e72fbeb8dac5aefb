import LockfileFormats
import PackageIndex
import PythonPackaging
import Reports
import Resolution
import UpdatePolicy

/// Finds out how vulnerable pins come into lockfiles, and whether these could have them fixed: by the search of
/// `repin update`, with little work and without a build.
struct FixSurvey {
  let check: CheckRun
  let examination: CheckRun.Examination

  /// Of more lockfiles it is not asked.
  private static let mostLockfiles = 10
  private static let limits = UpdateLimits(mostSolves: 12, mostTries: 500, longest: .seconds(2))

  /// The vulnerable pins of a lockfile, each once, ignored ones aside.
  func outlooks(of read: CheckRun.ReadLock, _ assessment: Assessment) async -> [FixOutlook] {
    let vulnerable = assessment.findings.filter { finding in
      if case .vulnerable = finding.kind { finding.urgency != .ignored } else { false }
    }
    if vulnerable.isEmpty { return [] }
    let paths = PinPaths(read.fileWithOrigins)
    let states = vulnerable.contains { $0.fix != nil } ? await states(of: read, assessment) : [:]
    var seen: Set<ReportedPin> = []
    return vulnerable.compactMap { finding in
      let pin = ReportedPin(package: finding.package, version: finding.version)
      guard seen.insert(pin).inserted else { return nil }
      return FixOutlook(
        package: finding.package, version: finding.version,
        path: paths.path(to: finding.package).map(\.description),
        state: states[pin] ?? Self.state(of: finding, assessment))
    }
  }

  /// As far as the finding itself tells.
  private static func state(of finding: Finding, _ assessment: Assessment) -> FixOutlook.State {
    // Whose releases aren't known, of that nobody can say that there is none.
    let isKnown = !assessment.failures.contains { $0.subject == .releases && $0.package == finding.package }
    return finding.fix == nil && isKnown ? .none : .unknown(nearest: finding.fix)
  }

  // MARK: What an update would do

  /// What an update would make of pins whose findings are due; none where it isn't known what the lockfile is made from, or
  /// where that can't be resolved just now.
  private func states(
    of read: CheckRun.ReadLock, _ assessment: Assessment
  ) async -> [ReportedPin: FixOutlook.State] {
    guard examination.locks.count <= Self.mostLockfiles, read.lock.file.format == .requirements,
      let origin = check.silentOrigin, let plan = try? UpdatePlan(named: [read.lock.path], origin: origin),
      let lockfile = plan.lockfiles.first, plan.lockfiles.count == 1,
      // What is a project, or comes from elsewhere, may have to be built or fetched to be read.
      lockfile.direct.isEmpty,
      lockfile.layer.command.sources.allSatisfy({ $0.hasSuffix(".in") || $0.hasSuffix(".txt") })
    else { return [:] }
    let goals = UpdateGoals.security
    let aims = goals.aims(for: lockfile.pins, findings: assessment.findings, newer: []).filter { aim in
      if case .vulnerable = aim.reason { true } else { false }
    }
    if aims.isEmpty { return [:] }
    let advisories = UpdateAdvisories(
      AdvisorySurvey(
        settings: check.advisories, setup: examination.indexes.setup, context: origin.context,
        arguments: check.compile.index))
    advisories.add(examination.knowledge, of: [lockfile.pins])
    let judgement = UpdateJudgement(
      policy: check.policy, now: check.now, cooldownPlace: check.cooldownPlace,
      facts: { advisories.facts(of: $0, $1) })
    var command = lockfile.layer.command
    command.quiet = true
    command.verbose = false
    // Nobody asked for builds, and the hashes of what isn't written aren't needed.
    command.noBuild = [NameSelection.all]
    command.generateHashes = false
    var run = UpdateRun(
      lockfile: lockfile, run: CompileRun(command: command, context: origin.context), aims: aims,
      goals: goals,
      judgement: judgement, advisories: advisories)
    run.limits = Self.limits
    do throws(CommandFailure) {
      let outcome = try await run.outcome()
      guard outcome.found.affected.isEmpty else { return [:] }
      return Self.states(
        UpdateReport(
          outcome, judgement: judgement, lower: LowerLockfiles(plan, context: origin.context)), aims,
        pins: lockfile.pins)
    } catch {
      return [:]
    }
  }

  private static func states(
    _ report: UpdateReport, _ aims: [UpdateAim], pins: [PackageName: Version]
  ) -> [ReportedPin: FixOutlook.State] {
    var states: [ReportedPin: FixOutlook.State] = [:]
    for name in aims.map(\.target.name) {
      guard let version = pins[name] else { continue }
      let pin = ReportedPin(package: name, version: version)
      if let blocked = report.blocked.first(where: { $0.aim.target.name == name }) {
        if case .undecided = blocked.obstacle { continue }
        states[pin] = .held(by: report.text(of: blocked))
        continue
      }
      let others = companions(of: name, in: report).map { other in
        let (before, after) = (pins[other], report.graph.pin(other)?.version)
        return switch (before, after) {
        case (let before?, let after?): "\(other) \(before) → \(after)"
        case (nil, let after?): "\(other) \(after), which is new"
        default: "\(other), which goes"
        }
      }
      states[pin] =
        report.graph.pin(name).map { .possible(to: $0.version, others: others) } ?? .dropped(others: others)
    }
    return states
  }

  /// The packages that change with another, by name: what it needs, what it lets move, and what these do.
  private static func companions(of name: PackageName, in report: UpdateReport) -> [PackageName] {
    var neighbours: [PackageName: Set<PackageName>] = [:]
    let changed = Set(report.changes.map(\.change.name))
    for change in report.changes {
      for reason in change.reasons {
        let other: PackageName?
        switch reason {
        case .pulled(let asker, _, _): other = asker
        case .lets(let moved): other = moved
        default: other = nil
        }
        guard let other, changed.contains(other) else { continue }
        neighbours[change.change.name, default: []].insert(other)
        neighbours[other, default: []].insert(change.change.name)
      }
    }
    var found: Set<PackageName> = [name]
    var next = [name]
    while let current = next.popLast() {
      for other in neighbours[current] ?? [] where found.insert(other).inserted { next.append(other) }
    }
    return found.subtracting([name]).sorted()
  }
}
