import PythonPackaging

/// Finds the least change to the present pins that gets what an update is for.
///
/// Every answer is a graph that the solver found under what a promise adds: that a target must be served, that no pin may
/// go below its present version, that a pin stays. A promise that the solver refuses can't be kept, whatever else is
/// changed, as what was promised before only ever grows. So each is tried once:
///
///  1. The targets are served, all together; if that can't be, those of lesser ranks first.
///  2. Pins that were downgraded are kept from it, one more at a time, and so are those that became pre-releases.
///  3. Targets that want it are raised as far as they can be.
///  4. Pins that were changed are kept as they are, one more at a time.
///  5. Each pin that changes goes back towards its present version as far as it can.
struct UpdateSearch<Index: ReleaseIndex> {
  let request: UpdateRequest
  let resolver: Resolver<Index>
  let pinned: [PackageName: Version]
  /// When the work beyond some graph that serves is given up.
  private let deadline: ContinuousClock.Instant?

  /// The places of the targets that are served, ascending.
  var served: [Int] = []
  /// The places of those that can't be, in the order tried, with the proof where there is one.
  var refused: [(target: Int, proof: UnsatisfiableRequirements?)] = []
  /// The pins that may go below their present version.
  var loose: Set<PackageName> = []
  /// The pins that may become pre-releases.
  var unstable: Set<PackageName>
  /// Of what is to be as new as it can be, what was reached and all newer; nothing where nothing asks for it.
  var levels: [PackageName: VersionSet] = [:]
  var unproven: Set<LeastUpdate.Guarantee> = []
  var solves = 0

  init(_ request: UpdateRequest, by resolver: Resolver<Index>) {
    self.request = request
    self.resolver = resolver
    pinned = request.resolution.preferences
    unstable = request.resolution.preReleases == .allow ? Set(pinned.keys) : []
    deadline = request.limits.longest.map { .now + $0 }
  }

  /// A graph, with its pins by name.
  struct Answer: Sendable {
    let graph: ResolvedGraph
    let versions: [PackageName: Version]

    init(_ graph: ResolvedGraph) {
      self.graph = graph
      versions = Dictionary(graph.pins.map { ($0.name, $0.version) }) { first, _ in first }
    }
  }

  mutating func run() async throws(ResolutionError<Index.Failure>) -> LeastUpdate {
    let present = try await present()
    var answer = try await serve(from: present)
    let first = answer.versions
    await improve(&answer)
    if answer.versions != first { answer = try await settled(answer) }
    return try await report(answer, from: present)
  }

  /// Makes the best of a graph that serves what is served, whichever it is.
  mutating func improve(_ answer: inout Answer) async {
    await restoreDowngrades(of: &answer)
    await restorePreReleases(of: &answer)
    await raise(&answer)
    await keep(&answer)
    await approach(&answer)
  }

  // MARK: Attempts

  /// What came of looking for a graph for as long as it takes.
  enum Found {
    case found(Answer)
    case refused(UnsatisfiableRequirements)
  }

  /// What came of looking for a graph in bounded work.
  enum Outcome {
    case found(Answer)
    case refused
    case undecided
  }

  /// What an attempt keeps to that serves some targets.
  func terms(serving targets: [Int], holds: [PackageName: VersionSet] = [:]) -> UpdateTerms {
    let targets = targets.map { request.targets[$0] }
    let newest =
      request.takesNewest ? Set(pinned.keys) : Set(targets.lazy.filter(\.takesNewest).map(\.name))
    return UpdateTerms(
      rules: request.rules, pinned: pinned,
      needs: Dictionary(grouping: targets) { $0.name }.mapValues { $0.map(\.need) },
      newest: newest, holds: holds, stable: Set(pinned.keys).subtracting(unstable))
  }

  /// Holds that keep pins from going below their present versions, and what was reached.
  var floors: [PackageName: VersionSet] {
    var floors: [PackageName: VersionSet] = [:]
    for (name, version) in pinned where !loose.contains(name) { floors[name] = .atLeast(version) }
    return floors.merging(levels) { $1 }
  }

  /// The request with what an attempt keeps to.
  func resolution(
    _ terms: UpdateTerms, preferring preferences: [PackageName: Version]
  ) -> ResolutionRequest {
    var resolution = request.resolution
    resolution.preferences = preferences
    resolution.update = terms
    return resolution
  }

  /// Looks for a graph as a compile does, for as long as it takes.
  mutating func find(
    _ terms: UpdateTerms, preferring preferences: [PackageName: Version]
  ) async throws(ResolutionError<Index.Failure>) -> Found {
    solves += 1
    do throws(ResolutionError<Index.Failure>) {
      return .found(Answer(try await resolver.resolve(resolution(terms, preferring: preferences))))
    } catch {
      guard case .unsatisfiable(let failed) = error else { throw error }
      return .refused(failed)
    }
  }

  /// Whether more may be tried.
  var isWorthTrying: Bool {
    solves < request.limits.mostSolves && !Task.isCancelled && deadline.map { $0 > .now } ?? true
  }

  /// Tries what would be better than an answer, in bounded work.
  ///
  /// - Parameters:
  ///   - name: the pin that doesn't prefer what the answer has.
  ///   - old: what it prefers instead; nil: the first in its order.
  mutating func trial(
    _ answer: Answer, holds: [PackageName: VersionSet], freeing name: PackageName, for old: Version? = nil
  ) async -> Outcome {
    guard isWorthTrying else { return .undecided }
    solves += 1
    var preferences = pinned
    for name in pinned.keys { if let version = answer.versions[name] { preferences[name] = version } }
    preferences[name] = old
    let request = resolution(terms(serving: served, holds: holds), preferring: preferences)
    switch await resolver.attempt(request, mostTries: self.request.limits.mostTries, until: deadline) {
    case .resolved(let graph): return .found(Answer(graph))
    case .refused: return .refused
    case .undecided: return .undecided
    }
  }

  // MARK: Pins

  /// Whether a present pin may stay as it is.
  func isKeepable(_ name: PackageName, _ terms: UpdateTerms) -> Bool {
    guard let version = pinned[name] else { return false }
    return terms.barrier(to: version, of: name) { [] } == nil
  }

  /// The pins that an answer changes, ascending.
  func changed(in answer: Answer) -> [(name: PackageName, old: Version, new: Version)] {
    answer.graph.pins.compactMap { pin in
      guard let old = pinned[pin.name], old != pin.version else { return nil }
      return (pin.name, old, pin.version)
    }
  }

  /// What may be said to be as it was in an answer: held to its present version, if something asks for it at all.
  func unchanged(in answer: Answer, _ terms: UpdateTerms) -> [PackageName: VersionSet] {
    var holds: [PackageName: VersionSet] = [:]
    for (name, version) in pinned {
      if let new = answer.versions[name] {
        if new == version { holds[name] = VersionSet(exactly: version) }
      } else if isKeepable(name, terms) {
        holds[name] = VersionSet(exactly: version)
      }
    }
    return holds
  }
}
