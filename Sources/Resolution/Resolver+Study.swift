import PubGrub
import PythonPackaging

extension Resolver {
  /// Of how many parents releases are looked at: a few more than hints are told.
  private static var mostParents: Int { 4 }
  /// How many releases of one parent are looked at.
  private static var mostReleases: Int { 24 }
  /// How many are asked for at a time.
  private static var batch: Int { 8 }

  /// A failure with what the index tells of a way out: where a line of the user's own keeps a parent back, the newest
  /// release of it that allows the child.
  ///
  /// Nothing is built for it, and what the index can't tell is left out.
  package func study(
    _ failure: UnsatisfiableRequirements, in setting: FailureSetting = FailureSetting()
  ) async -> FailureStudy {
    var study = FailureStudy(failure, in: setting)
    for name in study.projects {
      study.unaskedIndexes[name] = index.unaskedIndexes(of: name)
    }
    for remedy in study.remedies.filter({ !$0.children.isEmpty }).prefix(Self.mostParents) {
      study.liftings[remedy.line.asked] = await lifting(remedy, study)
    }
    return study
  }

  /// Goes through the releases that a remedy admits, from the newest.
  private func lifting(_ remedy: LineRemedy, _ study: FailureStudy) async -> LineRemedy.Lifting? {
    guard let releases = study.failed.releases[remedy.name] else { return nil }
    let selector = CandidateSelector(study.failed.request)
    var trial = RemedyTrial(remedy, of: study)
    // Stable releases come first, as the resolver takes them.
    let newestFirst = Array(remedy.wanted.ranges.joined().reversed())
    let order =
      newestFirst.filter { !releases.isPreRelease(at: Int($0)) }
      + newestFirst.filter { releases.isPreRelease(at: Int($0)) }
    let looked = order.prefix(Self.mostReleases)
    for start in stride(from: 0, to: looked.count, by: Self.batch) {
      let part = Array(looked.dropFirst(start).prefix(Self.batch))
      let files = part.map { place -> Distribution? in
        guard
          case .usable(let file, _) = selector.verdict(
            on: releases.distributions(at: Int(place)), of: remedy.name)
        else { return nil }
        // To look into source distributions, however many, is too much for a hint.
        return file.isWheel ? file : nil
      }
      for (place, answer) in zip(part, await metadata(of: files, project: remedy.name)) {
        switch answer {
        case .metadata(let metadata)?: if trial.allows(metadata) { return .newest(place) }
        // What isn't known can't be ruled out.
        case .needsBuild?, .offline?, nil: return nil
        case .unreadable?: continue
        }
      }
    }
    let left = order.dropFirst(looked.count).sorted().map { $0..<$0 + 1 }
    return .notFound(left: VersionRanges(left))
  }

  /// What the index says of files, in their order; nil where it can't say anything.
  private func metadata(of files: [Distribution?], project: PackageName) async -> [MetadataAnswer?] {
    let index = index
    return await orderedAnswers(of: files) { file in
      guard let file else { return nil }
      return try? await index.metadata(of: file, project: project, mayBuild: false)
    }
  }
}
