import PubGrub
import PythonPackaging

extension UpdateSearch {
  /// How many releases of one project are told to be held back.
  private static var mostHeldBack: Int { 100 }

  /// Why a target could not be had beside those that are served.
  func obstacle(
    to target: Int, proof: UnsatisfiableRequirements?, in answer: Answer, _ held: inout HeldBack,
    _ unusable: inout Unusable
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
      let serving = positions(serving: request.targets[target], in: releases)
      let barred = self.barred(at: serving, of: name, in: releases, terms)
      held.add(barred.filter { nearest == nil || $0.barrier.isOfHolding }, of: name)
      if nearest == nil { unusable.add(self.unusable(at: serving, of: name, in: releases, terms), of: name) }
    }
    guard let nearest else { return .noRelease }
    guard let proof else { return .undecided }
    for refused in proof.refused {
      let versions = refused.places.prefix(Self.mostHeldBack).map { refused.releases.version(at: $0) }
      switch refused.reason {
      case .barred(let barrier) where barrier.isOfHolding:
        held.add(versions.map { ($0, barrier) }, of: refused.name)
      case .newerThanCutoff, .noUploadTime:
        unusable.add(versions.map { ($0, refused.reason) }, of: refused.name)
      default: continue
      }
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

  /// The positions of the releases that would serve a target by their version: those within its bounds, else newer ones.
  private func positions(serving target: UpdateTarget, in releases: some ProjectReleases) -> [Range<Int>] {
    if case .within(let bounds) = target.need { return releases.positions(of: bounds) }
    return releases.positions(within: pinned[target.name].map(VersionSet.above) ?? .all)
  }

  /// Where a target has bounds within which there is no release: the releases next to them.
  func nearBounds(of target: Int) async throws(Index.Failure) -> [Version]? {
    let target = request.targets[target]
    guard case .within(let bounds) = target.need,
      let releases = try await resolver.index.releases(of: target.name).known, releases.versionCount > 0,
      releases.positions(of: bounds).isEmpty
    else { return nil }
    let ends = Set([0, releases.versionCount - 1]).sorted()
    guard let version = bounds.exactVersion else { return ends.map { releases.version(at: $0) } }
    let after = (0..<releases.versionCount).first { releases.version(at: $0) > version }
    let before = (after ?? releases.versionCount) - 1
    let near = ([before] + (after.map { [$0] } ?? [])).filter { $0 >= 0 }
    return near.map { releases.version(at: $0) }
  }

  /// The stable releases among some versions that an update may not pick and a compile could, ascending.
  func barred(
    among versions: VersionSet, of name: PackageName, in releases: some ProjectReleases, _ terms: UpdateTerms
  ) -> [(version: Version, barrier: ReleaseBarrier)] {
    barred(at: releases.positions(within: versions), of: name, in: releases, terms)
  }

  private func barred(
    at places: [Range<Int>], of name: PackageName, in releases: some ProjectReleases, _ terms: UpdateTerms
  ) -> [(version: Version, barrier: ReleaseBarrier)] {
    let selector = CandidateSelector(request.resolution)
    var barred: [(version: Version, barrier: ReleaseBarrier)] = []
    for place in places.joined() where !releases.isPreRelease(at: place) {
      let version = releases.version(at: place)
      let barrier = terms.barrier(to: version, of: name) { releases.distributions(at: place) }
      guard let barrier, case .usable(_, yanked: nil) = selector.verdict(at: place, in: releases, of: name)
      else { continue }
      barred.append((version, barrier))
      if barred.count == Self.mostHeldBack { break }
    }
    return barred
  }

  /// Releases at some positions that a compile can't pick either, newest first, stable ones alone where there are any.
  private func unusable(
    at places: [Range<Int>], of name: PackageName, in releases: some ProjectReleases, _ terms: UpdateTerms
  ) -> [(version: Version, reason: UnavailabilityReason)] {
    let selector = CandidateSelector(request.resolution)
    let takesPreReleases = CandidateOrders(request.resolution).order(of: name).preReleases != .never
    let all = places.joined()
    let stable = all.filter { !releases.isPreRelease(at: $0) }
    var unusable: [(version: Version, reason: UnavailabilityReason)] = []
    for place in (stable.isEmpty ? Array(all) : stable).reversed() {
      let version = releases.version(at: place)
      if version == pinned[name] { continue }
      if let barrier = terms.barrier(to: version, of: name, files: { releases.distributions(at: place) }),
        !barrier.isOfHolding
      {
        continue
      }
      switch selector.verdict(at: place, in: releases, of: name) {
      case .unusable(let reason): unusable.append((version, reason))
      case .usable(_, yanked: let yank?): unusable.append((version, .yanked(reason: yank.reason)))
      case .usable(_, yanked: nil):
        if releases.isPreRelease(at: place), !takesPreReleases { unusable.append((version, .preRelease)) }
      }
      if unusable.count == Self.mostHeldBack { break }
    }
    return unusable
  }
}

extension UnsatisfiableRequirements {
  /// Releases that can't be picked, by their positions.
  fileprivate struct Refused {
    let name: PackageName
    let releases: any ProjectReleases
    let places: [Int]
    let reason: UnavailabilityReason
  }

  /// Those that the proof uses.
  fileprivate var refused: [Refused] {
    var refused: [Refused] = []
    for fact in explanation.facts {
      guard case .unavailable(let label) = fact.cause,
        case .unavailable(let reason) = labels[Int(label)],
        let term = fact.terms.first, let name = packages[Int(term.package.index)].project,
        let known = releases[name]
      else { continue }
      let places = term.versions.ranges.joined().map { Int($0) }
      refused.append(Refused(name: name, releases: known, places: places, reason: reason))
    }
    return refused
  }
}
