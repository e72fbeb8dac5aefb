import PubGrub
import PythonPackaging

/// One run of the solver: asks the index for what the solver needs, and tells it by Python's rules.
struct ResolutionSearch<Index: ReleaseIndex> {
  let request: ResolutionRequest
  let index: Index
  let selector: CandidateSelector
  let overrides: Overrides
  let orders: CandidateOrders

  var solver = Solver()
  var packages: [SolverPackage] = [.root]
  var ids: [SolverPackage: PackageID] = [.root: Solver.root]
  /// Of each project, its packages with an extra.
  var extras: [PackageName: [PackageID]] = [:]
  var labels: [ResolutionLabel] = []
  var labelIDs: [ResolutionLabel: UInt32] = [:]
  var projects: [PackageName: ProjectState<Index.Releases>] = [:]
  /// Projects of which an index may have more than is known, where nothing may be fetched: no page of theirs is cached,
  /// or only some.
  var uncached: Set<PackageName> = []
  var notices: [ResolutionNotice] = []
  var tries = 0
  /// Whether the answer isn't worth the fetching of archives, nor a build: what only they tell is not found out.
  var isTrial = false
  /// Whether a release was passed over that only a build could have told of.
  var isUnbuiltPassed = false
  /// How often one package's decision turned down releases of another.
  var conflicts: [ConflictingPair: Int] = [:]
  /// Of each package, those of which a release that was tried needs it.
  var askers: [PackageID: Set<PackageID>] = [:]
  /// The packages that were put before or behind others for that.
  var reordered: Set<PackageID> = []
  /// Of each package that was put before others, the first of these.
  var putFirst: [PackageID: PackageID] = [:]
  /// The packages that are decided later for that, in the order in which that came out.
  var postponed: [PackageID] = []
  let ahead: FetchAhead<Index>
  /// What runs ahead of the solver; empty as long as the index answers everything without waiting.
  var errands: [Task<Void, Never>] = []
  /// Of a project, how many of its releases must have been tried before more are asked for at once.
  var nextBatch: [PackageName: Int] = [:]
  /// Of a project, the positions of the releases that were asked for at once.
  var askedAhead: [PackageName: Set<Int>] = [:]
  /// Of a project, the releases that were possible when the one that is most likely of them was last asked for.
  var expected: [PackageName: VersionRanges] = [:]
  /// How often the solver had taken back assignments when it last had to wait for metadata; -1 if it never had to.
  var retreatsAtWait = -1
  /// The applicable requirements of the user's own, with their place in the request.
  let requirements: [(index: Int, requirement: Requirement)]
  /// Of each project, the places of the user's own requirements on it, of those that apply.
  let requirementsByProject: [PackageName: [Int]]
  /// Of each project, the places of the constraints on it that apply.
  let constraintsByProject: [PackageName: [Int]]

  init(request: ResolutionRequest, index: Index, isTrial: Bool = false) {
    self.request = request
    self.index = index
    selector = CandidateSelector(request)
    overrides = Overrides(request)
    orders = CandidateOrders(request)
    self.isTrial = isTrial
    ahead = FetchAhead(
      isOfWheels: isTrial, index: index, selector: selector, overrides: overrides, orders: orders,
      request: request)
    let markers = request.environment.markers
    func applicable(_ requirements: [Requirement]) -> [(index: Int, requirement: Requirement)] {
      requirements.enumerated().compactMap { place, requirement in
        guard requirement.applies(in: markers) else { return nil }
        return (place, requirement)
      }
    }
    func placesByProject(_ entries: [(index: Int, requirement: Requirement)]) -> [PackageName: [Int]] {
      Dictionary(grouping: entries) { $0.requirement.name }.mapValues { $0.map(\.index) }
    }
    requirements = applicable(request.requirements)
    requirementsByProject = placesByProject(requirements)
    constraintsByProject = placesByProject(applicable(request.constraints))
  }

  /// Runs the solver to its end; what still runs ahead of it then is cancelled.
  mutating func run() async throws(ResolutionError<Index.Failure>) -> ResolvedGraph {
    defer { for errand in errands { errand.cancel() } }
    while true {
      if let graph = try await advance() { return graph }
    }
  }

  /// Runs the solver until it ends, has asked for so many releases, or is out of time; nil: it hasn't ended by then.
  mutating func run(
    withinTries most: Int, until deadline: ContinuousClock.Instant?
  ) async throws(ResolutionError<Index.Failure>) -> ResolvedGraph? {
    defer { for errand in errands { errand.cancel() } }
    while tries <= most, !Task.isCancelled, deadline.map({ $0 > .now }) ?? true {
      if let graph = try await advance() { return graph }
    }
    return nil
  }

  /// Answers the solver's next question; the graph, once it is solved.
  private mutating func advance() async throws(ResolutionError<Index.Failure>) -> ResolvedGraph? {
    switch solver.step() {
    case .dependencies(Solver.root, _):
      try await supplyRequirements()
    case .dependencies(let package, let version):
      if !heedConflicts() { try await supplyDependencies(of: package, version: version) }
    case .chooseVersion(let package, let allowed):
      if !heedConflicts() { choose(package, among: allowed) }
    case .solved(let decisions):
      return graph(of: decisions)
    case .failed(let root):
      throw .unsatisfiable(
        UnsatisfiableRequirements(
          solver: solver, root: root, packages: packages, labels: labels,
          releases: projects.compactMapValues { $0.releases }, uncached: uncached,
          request: request))
    }
    return nil
  }
}
