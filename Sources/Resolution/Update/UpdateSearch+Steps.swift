import PythonPackaging

extension UpdateSearch {
  /// Raises what is to be as new as it can be, in the order of the targets' ranks, whatever else must move for it.
  mutating func raise(_ answer: inout Answer) async {
    let wanted = served.map { request.targets[$0] }.filter { request.takesNewest || $0.takesNewest }
      .sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }
    let terms = terms(serving: served)
    for name in wanted.map(\.name) where levels[name] == nil {
      while let version = answer.versions[name], version != pinned[name] || !isKeepable(name, terms) {
        let hold = VersionSet.above(version)
        guard hasRelease(within: hold, of: name, in: answer) else { break }
        var holds = floors
        holds[name] = hold
        let outcome = await trial(answer, holds: holds, freeing: name)
        if case .found(let better) = outcome {
          answer = better
          continue
        }
        if case .undecided = outcome { unproven.insert(.newest) }
        break
      }
      levels[name] = answer.versions[name].map(VersionSet.atLeast) ?? .empty
    }
  }

  /// Keeps pins as they are that were changed, one more at a time, the one that makes the largest step first.
  ///
  /// A graph without something that the present one has is taken only where no pin makes a larger step for it: else a
  /// new major release would be preferred to a patch, as it needs one project less.
  mutating func keep(_ answer: inout Answer) async {
    let terms = terms(serving: served)
    /// Pins that can't stay, and those that can't without a larger step of another.
    var settled = loose
    var declined: Set<PackageName> = []
    while true {
      let next = changed(in: answer).filter {
        !settled.contains($0.name) && !declined.contains($0.name) && isKeepable($0.name, terms)
      }.min { left, right in
        (UpdateStep(from: right.old, to: right.new), left.name)
          < (UpdateStep(from: left.old, to: left.new), right.name)
      }
      guard let next else { return }
      var holds = floors.merging(unchanged(in: answer, terms)) { $1 }
      holds[next.name] = VersionSet(exactly: next.old)
      switch await trial(answer, holds: holds, freeing: next.name, for: next.old) {
      case .refused: settled.insert(next.name)
      case .undecided:
        unproven.insert(.fewest)
        settled.insert(next.name)
      case .found(let better) where isWhole(better, beside: answer):
        let steps = steps(in: answer)
        if self.steps(in: better).contains(where: { $1 > steps[$0] ?? .patch }) { declined = [] }
        answer = better
      case .found:
        for (name, step) in steps(in: answer) {
          guard let old = pinned[name], name != next.name else { continue }
          let near = step.versions(around: old)
          holds[name] = holds[name]?.intersection(near) ?? near
        }
        switch await trial(answer, holds: holds, freeing: next.name, for: next.old) {
        case .found(let better): answer = better
        case .refused: declined.insert(next.name)
        case .undecided:
          unproven.insert(.fewest)
          declined.insert(next.name)
        }
      }
    }
  }

  /// Whether an answer has all present pins that another has.
  private func isWhole(_ answer: Answer, beside other: Answer) -> Bool {
    pinned.keys.allSatisfy { answer.versions[$0] != nil || other.versions[$0] == nil }
  }

  /// The steps that the changed pins of an answer make.
  private func steps(in answer: Answer) -> [PackageName: UpdateStep] {
    Dictionary(
      uniqueKeysWithValues: changed(in: answer).map { ($0.name, UpdateStep(from: $0.old, to: $0.new)) })
  }

  /// Moves each changed pin towards its present version as far as it can go while no other moves away from its own; or,
  /// where the newest is wanted, as far from it as it can.
  mutating func approach(_ answer: inout Answer) async {
    let terms = terms(serving: served)
    let ranks = Dictionary(
      served.map { (request.targets[$0].name, request.targets[$0].rank) }, uniquingKeysWith: min)
    let order = changed(in: answer).filter { levels[$0.name] == nil }.sorted { left, right in
      (ranks[left.name] ?? .max, left.name) < (ranks[right.name] ?? .max, right.name)
    }
    for (name, old, _) in order {
      while let version = answer.versions[name], version != old {
        let all = nearer(answer, terms)
        guard let range = all[name] else { break }
        let hold = range.subtracting(VersionSet(exactly: version))
        guard hasRelease(within: hold, of: name, in: answer) else { break }
        var holds = all
        holds[name] = hold
        let outcome = await trial(answer, holds: holds, freeing: name)
        if case .found(let better) = outcome {
          answer = better
          continue
        }
        if case .undecided = outcome { unproven.insert(.nearest) }
        break
      }
    }
  }

  /// The versions of each present pin's project that are no worse than what an answer has.
  private func nearer(_ answer: Answer, _ terms: UpdateTerms) -> [PackageName: VersionSet] {
    var ranges: [PackageName: VersionSet] = [:]
    for (name, old) in pinned {
      guard let new = answer.versions[name], new != old else {
        ranges[name] = VersionSet(exactly: old)
        continue
      }
      ranges[name] =
        if levels[name] != nil {
          .atLeast(new)
        } else if new < old {
          VersionSet.atLeast(new).intersection(.atMost(old))
        } else if terms.newest.contains(name) {
          .atLeast(new)
        } else {
          VersionSet.atLeast(old).intersection(.atMost(new))
        }
    }
    return ranges
  }

  /// Whether a project of an answer has a release among some versions that may be picked, as far as its page tells.
  private func hasRelease(within versions: VersionSet, of name: PackageName, in answer: Answer) -> Bool {
    guard let releases = answer.graph.pin(name)?.releases else { return false }
    return hasRelease(within: versions, of: name, in: releases)
  }

  private func hasRelease(
    within versions: VersionSet, of name: PackageName, in releases: some ProjectReleases
  ) -> Bool {
    let selector = CandidateSelector(resolution(terms(serving: served), preferring: pinned))
    return versions.ranges(count: releases.versionCount) { releases.version(at: $0) }.joined().contains {
      if case .usable = selector.verdict(at: $0, in: releases, of: name) { true } else { false }
    }
  }

  /// The graph with the same versions of the present pins that a compile would come to: what it adds is the newest.
  mutating func settled(_ answer: Answer) async throws(ResolutionError<Index.Failure>) -> Answer {
    var preferences = pinned
    var holds: [PackageName: VersionSet] = [:]
    for (name, old) in pinned {
      let version = answer.versions[name] ?? old
      preferences[name] = version
      holds[name] = VersionSet(exactly: version)
    }
    guard
      case .found(let settled) = try await find(
        terms(serving: served, holds: holds), preferring: preferences)
    else { return answer }
    return settled
  }
}
