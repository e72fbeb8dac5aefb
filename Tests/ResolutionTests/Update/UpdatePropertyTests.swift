import PythonPackaging
import Testing

@testable import Resolution

/// Random indexes with random advisories, lockfiles and limits, against all graphs that there are.
@Suite struct UpdatePropertyTests {
  /// Worlds by their seeds.
  struct Campaign: Sendable, CustomTestStringConvertible {
    let seeds: Range<Int>
    /// Whether the user asks for every package.
    let isWhole: Bool
    var testDescription: String { "\(isWhole ? "whole" : "any") \(seeds)" }

    static let all = [false, true].flatMap { isWhole in
      (0..<8).map { Campaign(seeds: $0 * 150..<($0 + 1) * 150, isWhole: isWhole) }
    }
  }

  @Test(arguments: Campaign.all) func `keeps what is promised`(_ campaign: Campaign) async throws {
    var tally = Tally()
    for seed in campaign.seeds {
      guard let world = try UpdateWorld(seed: seed, isWhole: campaign.isWhole) else { continue }
      try await check(world, "\(campaign) seed \(seed)", isWhole: campaign.isWhole, &tally)
    }
    // Else the worlds say little.
    #expect(
      tally.changed > 10 && tally.blocked > 3 && tally.downgraded > 0 && tally.pulled > 0
        && tally.improved > 30, "\(tally)")
  }

  /// How often something came of the worlds.
  struct Tally {
    var worlds = 0
    var changed = 0
    var pulled = 0
    /// Two pins or more besides targets.
    var several = 0
    var blocked = 0
    var downgraded = 0
    var refused = 0
    /// How often a graph that isn't the best was made better.
    var improved = 0
  }

  private func check(
    _ world: UpdateWorld, _ comment: Comment, isWhole: Bool, _ tally: inout Tally
  ) async throws {
    let oracle = UpdateOracle(world)
    let request = try world.request()
    let update: LeastUpdate
    do {
      update = try await Resolver(index: try world.index()).update(request)
    } catch {
      tally.refused += 1
      #expect(oracle.servable == nil, comment)
      return
    }
    let blocked = update.blocked.map(\.target)
    let served = world.targets.indices.filter { !blocked.contains($0) }
    #expect(served == oracle.servable, comment)
    #expect(update.unproven == [], comment)
    let graph = try #require(world.graph(of: update.graph), comment)
    #expect(oracle.faults(of: graph, serving: served, isWhole: isWhole) == [], comment)
    reportsWhatItDid(update, world, graph, comment)
    for blocked in update.blocked { tells(blocked, world, oracle, served, comment) }

    if tally.worlds % 4 == 0 { try await repeats(update, world, comment) }
    try await improves(world, oracle, served, isWhole: isWhole, comment, &tally)

    tally.worlds += 1
    if !update.changed.isEmpty { tally.changed += 1 }
    if update.changed.contains(where: { $0.causes.contains { if case .pulled = $0 { true } else { false } } })
    {
      tally.pulled += 1
    }
    if oracle.changed(graph, served).count > 1 { tally.several += 1 }
    if !blocked.isEmpty { tally.blocked += 1 }
    if update.changed.contains(where: \.isDowngrade) { tally.downgraded += 1 }
  }

  /// The same again, over an index that needn't be waited for.
  private func repeats(_ update: LeastUpdate, _ world: UpdateWorld, _ comment: Comment) async throws {
    var index = try world.index()
    index.answersAtOnce = true
    let again = try await Resolver(index: index).update(try world.request())
    #expect(world.graph(of: again.graph) == world.graph(of: update.graph), comment)
    #expect(again.solves == update.solves && again.heldBack == update.heldBack, comment)
    #expect(again.changed.map(\.causes) == update.changed.map(\.causes), comment)
  }

  /// The first graph that the solver finds is mostly the best already. The same promises are kept of the worst.
  private func improves(
    _ world: UpdateWorld, _ oracle: UpdateOracle, _ served: [Int], isWhole: Bool, _ comment: Comment,
    _ tally: inout Tally
  ) async throws {
    let admissible = oracle.admissible(served)
    guard let last = admissible.indices.last else { return }
    for place in Set([last / 3, last * 2 / 3, last]) {
      var search = UpdateSearch(try world.request(), by: Resolver(index: try world.index()))
      var start: [PackageName: Version] = [:]
      var holds: [PackageName: VersionSet] = [:]
      for (package, name) in world.names.enumerated() {
        let version = admissible[place][package].map { world.versions[package][$0] }
        start[name] = version
        holds[name] = version.map { VersionSet(exactly: $0) } ?? .empty
      }
      search.served = served
      search.loose = Set(search.pinned.keys)
      search.unstable = search.loose
      guard
        case .found(var answer) = try await search.find(
          search.terms(serving: served, holds: holds), preferring: start)
      else {
        Issue.record("there is this graph \(comment)")
        return
      }
      await search.improve(&answer)
      answer = try await search.settled(answer)
      let graph = try #require(world.graph(of: answer.graph), comment)
      let faults = oracle.faults(of: graph, serving: served, isWhole: isWhole)
      #expect(faults == [], "\(comment), from graph \(place)")
      if graph != admissible[place] { tally.improved += 1 }
    }
  }

  /// The lists of what has changed are the difference of the graphs.
  private func reportsWhatItDid(
    _ update: LeastUpdate, _ world: UpdateWorld, _ graph: UpdateWorld.Graph, _ comment: Comment
  ) {
    var told = world.pinned
    for pin in update.removed {
      guard let package = world.names.firstIndex(of: pin.name) else { continue }
      #expect(told[package].map { world.versions[package][$0] } == pin.version, comment)
      told[package] = nil
    }
    for pin in update.changed {
      guard let package = world.names.firstIndex(of: pin.name) else { continue }
      #expect(told[package].map { world.versions[package][$0] } == pin.old, comment)
      told[package] = world.versions[package].firstIndex(of: pin.new)
    }
    for pin in update.added {
      guard let package = world.names.firstIndex(of: pin.name) else { continue }
      #expect(told[package] == nil, comment)
      told[package] = world.versions[package].firstIndex(of: pin.version)
    }
    #expect(told == graph, comment)
  }

  /// Where no release would serve, it says so, and else that something stands in the way.
  private func tells(
    _ blocked: LeastUpdate.BlockedTarget, _ world: UpdateWorld, _ oracle: UpdateOracle, _ served: [Int],
    _ comment: Comment
  ) {
    let package = world.targets[blocked.target].package
    let serving = world.versions[package].indices.filter {
      oracle.isAdmitted($0, of: package, serving: served + [blocked.target])
    }
    switch blocked.obstacle {
    case .noRelease: #expect(serving.isEmpty, comment)
    case .undecided: Issue.record("undecided \(comment)")
    case .held(let nearest, _, _, let proof):
      let pin = world.pinned[package] ?? 0
      let stable = serving.filter { !world.versions[package][$0].isPreRelease }
      let told = stable.isEmpty ? serving : stable
      let expected = told.first { $0 >= pin } ?? told.last
      #expect(expected.map { world.versions[package][$0] } == nearest, comment)
      #expect(!proof.isIncomplete, comment)
    }
  }
}
