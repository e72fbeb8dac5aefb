import PackageIndex
import PythonPackaging
import Resolution
import UpdatePolicy

/// One run of an update for one lockfile: what compiling reads, the least change instead of any graph, and the lockfile
/// as compiling writes it.
struct UpdateRun {
  let lockfile: UpdatePlan.Lockfile
  let run: CompileRun
  let aims: [UpdateAim]
  let goals: UpdateGoals
  let judgement: UpdateJudgement
  let advisories: UpdateAdvisories
  /// How much work is done to find less.
  var limits = UpdateLimits(longest: .seconds(60))

  /// What an update of one lockfile came to, not written yet.
  struct Outcome {
    let lockfile: UpdatePlan.Lockfile
    let run: CompileRun
    let compiled: CompileRun.Outcome
    let found: Found
    /// What could be had, and another lockfile can't follow.
    var givenUp: [GivenUp] = []

    /// Whether no pin changes: then the file stays, however it is written.
    var isUnchanged: Bool { compiled.isUnchanged || run.summary(of: compiled).changes.isEmpty }
  }

  /// What is given up, as another lockfile couldn't be made of it.
  struct GivenUp {
    let aim: UpdateAim
    /// The other.
    let lockfile: String
    /// Why it couldn't, a sentence each.
    let reason: [String]
  }

  /// The least change that was found.
  struct Found {
    var update: LeastUpdate
    /// What was to be got, by index of the update's targets.
    var aims: [UpdateAim]
    /// The lines behind requirements and constraints.
    var request: CompileRequest
    /// The projects that are resolved and held back from the lockfile.
    var heldBack: Set<PackageName>
    /// The sentences of proofs where nothing else tells what stands in the way, by index of the targets.
    var proofs: [Int: [String]] = [:]
    /// The sources of advisories that failed.
    var failures: [SourceFailure] = []
    /// Picked releases that advisories affect: what was learnt led to others again and again.
    var affected: [PackageName: [String]] = [:]
  }

  /// So often the search is repeated by what was learnt of its answer.
  private static let mostRounds = 10

  /// Finds it, and makes the lockfile.
  func outcome() async throws(CommandFailure) -> Outcome {
    var found: Found?
    let compilation = await run.compilation { question throws(CommandFailure) in
      let result = try await search(question)
      found = result
      return result.update.graph
    }
    await compilation.close(run.context.terminal)
    let compiled = try compilation.result.get()
    guard let found else { preconditionFailure("a lockfile without the graph it is of") }
    return Outcome(lockfile: lockfile, run: run, compiled: compiled, found: found)
  }

  private func search(_ question: CompileRun.Question) async throws(CommandFailure) -> Found {
    let progress = Progress(terminal: run.context.terminal, isShown: !run.command.quiet)
    defer { progress.finish() }
    let resolver = try await run.resolver(for: question, progress: progress)
    let pins = question.request.resolution.preferences
    let direct = Set(question.direct.sources.keys)
    let aims = aims.filter { pins[$0.target.name] != nil }
    let quarantined = Set(aims.lazy.filter { $0.reason == .quarantined }.map(\.target.name))
    var request = UpdateRequest(
      resolution: question.request.resolution, targets: aims.map(\.target),
      rules: judgement.rules(
        for: pins, direct: direct, quarantined: quarantined, chosen: aims, largestStep: goals.largestStep,
        index: { [client = question.client] in client.indexURL(of: $0) }),
      takesNewest: goals.takesNewest, limits: limits)
    // To go back is a way out for what must go, and none by which something else is had.
    let leaving = Set(
      aims.lazy.filter { if case .raised = $0.target.need { false } else { true } }.map(\.target.name))
    request.rules.mayLower = { name, version in
      leaving.contains(name) && (!version.isPreRelease || pins[name]?.isPreRelease == true)
    }
    let client = question.client
    func learn(about releases: [PackageName: Version]) async throws(CommandFailure) {
      try await advisories.learn(
        about: releases, index: { client.indexURL(of: $0) },
        defaultIndex: question.target.facts?.defaultIndexURL)
    }
    try await learn(about: pins.filter { !direct.contains($0.key) })
    var update = try await least(request, of: question, by: resolver)
    var rounds = 1
    while true {
      let picked = picked(by: update, except: direct)
      try await learn(about: picked)
      let affected = affecting(picked)
      if affected.isEmpty || rounds == Self.mostRounds {
        var found = Found(
          update: update, aims: aims, request: question.request, heldBack: heldBack(update, question),
          failures: advisories.failures(of: picked), affected: affected)
        found.proofs = await proofs(of: update, question, by: resolver)
        return found
      }
      update = try await least(request, of: question, by: resolver)
      rounds += 1
    }
  }

  private func least(
    _ request: UpdateRequest, of question: CompileRun.Question, by resolver: Resolver<IndexReleases>
  ) async throws(CommandFailure) -> LeastUpdate {
    do throws(ResolutionError<IndexFailure>) {
      return try await resolver.update(request)
    } catch {
      guard case .unsatisfiable = error else { throw await run.failure(error, of: question, by: resolver) }
    }
    // The present pins can't be kept, and what is asked for may be older.
    var request = request
    request.rules.mayLower = { _, _ in true }
    do throws(ResolutionError<IndexFailure>) {
      return try await resolver.update(request)
    } catch {
      throw await run.failure(error, of: question, by: resolver)
    }
  }

  /// The releases that weren't pinned before.
  private func picked(by update: LeastUpdate, except direct: Set<PackageName>) -> [PackageName: Version] {
    var picked: [PackageName: Version] = [:]
    for pin in update.changed { picked[pin.name] = pin.new }
    for pin in update.added where !direct.contains(pin.name) { picked[pin.name] = pin.version }
    return picked
  }

  /// Those of picked releases that advisories affect.
  private func affecting(_ picked: [PackageName: Version]) -> [PackageName: [String]] {
    var affected: [PackageName: [String]] = [:]
    for (name, version) in picked {
      let ids = judgement.affecting(name, version, chosen: aims)
      if !ids.isEmpty { affected[name] = ids }
    }
    return affected
  }

  private func heldBack(_ update: LeastUpdate, _ question: CompileRun.Question) -> Set<PackageName> {
    if run.command.allowUnsafe { return [] }
    let assembly = LockfileAssembly(
      graph: update.graph, request: question.request, direct: question.direct, hashes: [:],
      unsafePackages: run.command.unsafePackage)
    return Set(update.graph.pins.map(\.name).filter(assembly.isUnsafe))
  }

  /// What is told where nothing that is pinned stands in the way by itself.
  private func proofs(
    of update: LeastUpdate, _ question: CompileRun.Question, by resolver: Resolver<IndexReleases>
  ) async -> [Int: [String]] {
    var proofs: [Int: [String]] = [:]
    for blocked in update.blocked {
      guard case .held(_, let blockers, _, let proof) = blocked.obstacle, blockers.isEmpty else { continue }
      let report = FailureReport(await resolver.study(proof, in: run.setting(of: question)))
      proofs[blocked.target] = report.text(isWhole: run.command.verbose).split(separator: "\n").dropFirst()
        .map { String($0.drop { $0 == " " }) }
    }
    return proofs
  }
}
