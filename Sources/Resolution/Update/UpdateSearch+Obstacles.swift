import PubGrub
import PythonPackaging

extension UpdateSearch {
  /// How many releases of one project are told to be held back.
  private static var mostHeldBack: Int { 100 }

  /// Why a target could not be had beside those that are served.
  func obstacle(
    to target: Int, proof: UnsatisfiableRequirements?, in answer: Answer, _ held: inout HeldBack
  ) async throws(Index.Failure) -> LeastUpdate.Obstacle {
    let name = request.targets[target].name
    var terms = terms(serving: served + [target])
    terms.stable = []
    let asking = resolution(terms, preferring: pinned.merging(answer.versions) { $1 })
    let any = PinQuestion(Requirement(name: name), about: answer.graph, of: asking)
    let usable = try await BlockerSearch(any, index: resolver.index).usable(name).map(\.version)
    let old = pinned[name]
    let nearest = old.map { old in usable.first { $0 >= old } ?? usable.last } ?? usable.last
    if let releases = try await resolver.index.releases(of: name).known {
      let newer = barred(among: old.map(VersionSet.above) ?? .all, of: name, in: releases, terms)
      held.add(newer.filter { nearest == nil || $0.barrier.isOfHolding }, of: name)
    }
    guard let nearest else { return .noRelease }
    guard let proof else { return .undecided }
    for barred in proof.barred where barred.barrier.isOfHolding {
      held.add(
        barred.places.prefix(Self.mostHeldBack).map { (barred.releases.version(at: $0), barred.barrier) },
        of: barred.name)
    }
    let isNewer = old.map { $0 <= nearest } ?? true
    let bound = (try? SpecifierSet("\(isNewer ? ">=" : "<=")\(nearest.public)")) ?? SpecifierSet()
    let question = PinQuestion(
      Requirement(name: name, specifiers: bound), about: answer.graph, of: asking)
    var blockers = BlockerSearch(question, index: resolver.index)
    let found = try await blockers.run()
    var ways = WaysOut()
    if isWorthTrying {
      ways = await WayOutSearch(question: question, resolver: resolver).run(proof)
    } else {
      ways.isComplete = false
    }
    return .held(nearest: nearest, blockers: found, waysOut: ways, proof: proof)
  }

  /// The stable releases among some versions that an update may not pick and a compile could, ascending.
  func barred(
    among versions: VersionSet, of name: PackageName, in releases: some ProjectReleases, _ terms: UpdateTerms
  ) -> [(version: Version, barrier: ReleaseBarrier)] {
    let selector = CandidateSelector(request.resolution)
    var barred: [(version: Version, barrier: ReleaseBarrier)] = []
    for place in releases.positions(within: versions).joined() where !releases.isPreRelease(at: place) {
      let version = releases.version(at: place)
      let barrier = terms.barrier(to: version, of: name) { releases.distributions(at: place) }
      guard let barrier, case .usable(_, yanked: nil) = selector.verdict(at: place, in: releases, of: name)
      else { continue }
      barred.append((version, barrier))
      if barred.count == Self.mostHeldBack { break }
    }
    return barred
  }
}

extension UnsatisfiableRequirements {
  /// Releases that an update may not pick, by their positions.
  fileprivate struct Barred {
    let name: PackageName
    let releases: any ProjectReleases
    let places: [Int]
    let barrier: ReleaseBarrier
  }

  /// Those that the proof uses.
  fileprivate var barred: [Barred] {
    var barred: [Barred] = []
    for fact in explanation.facts {
      guard case .unavailable(let label) = fact.cause,
        case .unavailable(let reason) = labels[Int(label)], case .barred(let barrier) = reason,
        let term = fact.terms.first, let name = packages[Int(term.package.index)].project,
        let known = releases[name]
      else { continue }
      let places = term.versions.ranges.joined().map { Int($0) }
      barred.append(Barred(name: name, releases: known, places: places, barrier: barrier))
    }
    return barred
  }
}
