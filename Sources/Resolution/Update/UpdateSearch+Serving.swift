import PythonPackaging

extension UpdateSearch {
  /// The graph of the present pins, as far as they still go together.
  mutating func present() async throws(ResolutionError<Index.Failure>) -> Answer {
    switch try await graph(serving: []) {
    case .found(let answer): return answer
    case .refused(let proof): throw .unsatisfiable(proof)
    }
  }

  /// A graph that serves as many targets as can be, those of lesser ranks first.
  ///
  /// What can't be had together with some targets can't be had with more of them either. So the targets are tried in
  /// order, each beside those that were had before; and in halves, as mostly all or all but one can be had.
  mutating func serve(from present: Answer) async throws(ResolutionError<Index.Failure>) -> Answer {
    let order = request.targets.indices.sorted { left, right in
      let (mine, its) = (request.targets[left], request.targets[right])
      return (mine.rank, mine.name, left) < (its.rank, its.name, right)
    }
    var answer = present
    var pending = order.isEmpty ? [] : [order]
    while let part = pending.popLast() {
      if !refused.isEmpty || part.count < order.count, !isWorthTrying {
        refused += part.map { ($0, nil) }
        unproven.insert(.served)
        continue
      }
      let wanted = (served + part).sorted()
      switch try await graph(serving: wanted) {
      case .found(let found):
        answer = found
        served = wanted
      case .refused(let proof) where part.count == 1: refused.append((part[0], proof))
      case .refused: pending += [Array(part[(part.count / 2)...]), Array(part[..<(part.count / 2)])]
      }
    }
    return answer
  }

  /// A graph that serves targets, without a downgrade where that can be, though with other pre-releases.
  private mutating func graph(
    serving targets: [Int]
  ) async throws(ResolutionError<Index.Failure>) -> Found {
    let all = Set(pinned.keys)
    let (ownLoose, ownUnstable) = (loose, unstable)
    let strict = try await find(terms(serving: targets, holds: floors), preferring: pinned)
    if case .found = strict { return strict }
    if loose == all { return strict }
    (loose, unstable) = (all, all)
    let free = try await find(terms(serving: targets), preferring: pinned)
    guard case .found = free else {
      (loose, unstable) = (ownLoose, ownUnstable)
      return free
    }
    if ownUnstable == all { return free }
    loose = ownLoose
    let raising = try await find(terms(serving: targets, holds: floors), preferring: pinned)
    if case .found = raising { return raising }
    loose = all
    return free
  }

  /// Keeps pins from being downgraded where they needn't be, one more at a time, the one that goes down farthest first.
  mutating func restoreDowngrades(of answer: inout Answer) async {
    if loose.isEmpty { return }
    var tried: Set<PackageName> = []
    while true {
      let lowered = changed(in: answer).filter { $0.new < $0.old }
      loose = Set(lowered.map(\.name))
      let next = lowered.filter { !tried.contains($0.name) }.min { left, right in
        (UpdateStep(from: right.old, to: right.new), left.name)
          < (UpdateStep(from: left.old, to: left.new), right.name)
      }
      guard let next else { return }
      tried.insert(next.name)
      var holds = floors
      holds[next.name] = .atLeast(next.old)
      switch await trial(answer, holds: holds, freeing: next.name, for: next.old) {
      case .found(let better): answer = better
      case .refused: continue
      case .undecided: unproven.insert(.raised)
      }
    }
  }

  /// Keeps pins from becoming pre-releases that needn't, one more at a time.
  mutating func restorePreReleases(of answer: inout Answer) async {
    if unstable.isEmpty || request.resolution.preReleases == .allow { return }
    var tried: Set<PackageName> = []
    while true {
      let names = changed(in: answer).filter(\.new.isPreRelease).map(\.name)
      unstable = Set(names)
      guard let next = names.first(where: { !tried.contains($0) }) else { return }
      tried.insert(next)
      unstable.remove(next)
      let outcome = await trial(answer, holds: floors, freeing: next)
      unstable.insert(next)
      switch outcome {
      case .found(let better): answer = better
      case .refused: continue
      case .undecided: unproven.insert(.stable)
      }
    }
  }
}
