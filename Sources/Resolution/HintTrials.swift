import PythonPackaging

/// Tries what may help against a failure, and tells of it what does.
///
/// A hint that is followed must lead to an answer, so each is followed here before it is told. Where none helps alone, one
/// is followed to the next failure, and what helps against that is added. What the work that is allowed doesn't tell is
/// a hint only where nothing better is.
struct HintTrials<Index: ReleaseIndex> {
  /// The most hints that are told.
  private static var mostHints: Int { 2 }
  /// How many changed requests are tried for one failure, and how many of these may end undecided.
  private static var mostTrials: Int { 12 }
  private static var mostUndecided: Int { 3 }
  /// For how many releases each may ask.
  private static var mostTries: Int { 1000 }
  /// How many changes are put together.
  private static var mostTogether: Int { 4 }

  private let resolver: Resolver<Index>
  private let study: FailureStudy
  private var trials = 0
  private var undecided = 0
  /// What isn't known by then counts as undecided.
  private let deadline: ContinuousClock.Instant?

  init(of study: FailureStudy, by resolver: Resolver<Index>) {
    self.study = study
    deadline = study.setting.longestTrials.map { .now + $0 }
    self.resolver = resolver
  }

  /// A proposal that was followed, and the failure that it led to.
  private struct DeadEnd {
    let proposal: HintProposal
    let request: ResolutionRequest
    let failed: UnsatisfiableRequirements
  }

  /// The hints, most telling first, each once.
  mutating func hints() async -> [FailureHint] {
    var told: [FailureHint] = []
    var unknown: [FailureHint] = []
    var deadEnds: [DeadEnd] = []
    for proposal in FailureHints(study: study).proposals where told.count < Self.mostHints {
      var graph: ResolvedGraph?
      if let change = proposal.change {
        var request = study.failed.request
        change(&request)
        switch await attempt(request) {
        case .resolved(let found): graph = found
        case .undecided:
          unknown.append(proposal.hint(in: nil))
          continue
        case .refused(let failed):
          deadEnds.append(DeadEnd(proposal: proposal, request: request, failed: failed))
          continue
        }
      }
      let hint = proposal.hint(in: graph)
      if !told.contains(hint) { told.append(hint) }
    }
    if told.isEmpty {
      for deadEnd in deadEnds where deadEnd.proposal.combination != .none && told.isEmpty {
        if let hint = await hint(from: deadEnd) { told.append(hint) }
      }
    }
    if told.isEmpty {
      for hint in unknown.prefix(Self.mostHints) where !told.contains(hint) { told.append(hint) }
    }
    return told
  }

  /// What leads on from a dead end to an answer, told together with what led there.
  private mutating func hint(from deadEnd: DeadEnd) async -> FailureHint? {
    var (request, failed, steps) = (deadEnd.request, deadEnd.failed, [deadEnd.proposal])
    for _ in 1..<Self.mostTogether {
      // What a hint adds to the requirements is no line that could be changed instead.
      var setting = study.setting
      while setting.requirementPlaces.count < request.requirements.count {
        setting.requirementPlaces.append(.question)
      }
      let study = FailureStudy(failed, in: setting)
      let next = FailureHints(study: study).proposals.lazy.compactMap { $0.following(steps) }.first
      guard let next else { return nil }
      steps = next
      request = self.study.failed.request
      for step in steps { step.change?(&request) }
      switch await attempt(request) {
      case .resolved(let graph): return Self.hint(of: steps, in: graph)
      case .undecided: return nil
      case .refused(let another): failed = another
      }
    }
    return nil
  }

  private static func hint(of steps: [HintProposal], in graph: ResolvedGraph) -> FailureHint? {
    guard let first = steps.first else { return nil }
    let (kind, _) = first.told(graph)
    return FailureHint(
      kind, first.project, at: first.place, steps.map { $0.told(graph).clause }.joined(separator: ", and "))
  }

  private mutating func attempt(_ request: ResolutionRequest) async -> ResolutionAttempt {
    guard deadline.map({ $0 > .now }) ?? true, trials < Self.mostTrials, undecided < Self.mostUndecided else {
      return .undecided
    }
    trials += 1
    let attempt = await resolver.attempt(request, mostTries: Self.mostTries, until: deadline)
    if case .undecided = attempt { undecided += 1 }
    return attempt
  }
}
