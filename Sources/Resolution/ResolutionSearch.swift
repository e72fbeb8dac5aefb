import PubGrub
import PythonPackaging

/// One run of the solver: asks the index for what the solver needs, and tells it by Python's rules.
struct ResolutionSearch<Index: ReleaseIndex> {
  let request: ResolutionRequest
  let index: Index
  let selector: CandidateSelector

  var solver = Solver()
  var packages: [SolverPackage] = [.root]
  var ids: [SolverPackage: PackageID] = [.root: Solver.root]
  var labels: [ResolutionLabel] = []
  var labelIDs: [ResolutionLabel: UInt32] = [:]
  var projects: [PackageName: ProjectState<Index.Releases>] = [:]
  var notices: [ResolutionNotice] = []
  var tries = 0
  let ahead: FetchAhead<Index>
  /// What runs ahead of the solver; empty as long as the index answers everything without waiting.
  var errands: [Task<Void, Never>] = []
  /// The applicable requirements of the user's own, with their place in the request.
  let requirements: [(index: Int, requirement: Requirement)]

  init(request: ResolutionRequest, index: Index) {
    self.request = request
    self.index = index
    selector = CandidateSelector(
      environment: request.environment, preReleases: request.preReleases, cutoff: request.cutoff)
    ahead = FetchAhead(index: index, selector: selector, request: request)
    let markers = request.environment.markers
    requirements = request.requirements.enumerated().compactMap { place, requirement in
      guard requirement.marker?.evaluate(in: markers, extras: []) ?? true else { return nil }
      return (place, requirement)
    }
  }

  /// Runs the solver to its end; what still runs ahead of it then is cancelled.
  mutating func run() async throws(ResolutionError<Index.Failure>) -> ResolvedGraph {
    defer { for errand in errands { errand.cancel() } }
    while true {
      switch solver.step() {
      case .dependencies(Solver.root, _):
        try await supplyRequirements()
      case .dependencies(let package, let version):
        try await supplyDependencies(of: package, version: version)
      case .chooseVersion(let package, let allowed):
        choose(package, among: allowed)
      case .solved(let decisions):
        return graph(of: decisions)
      case .failed(let root):
        throw .unsatisfiable(
          UnsatisfiableRequirements(
            solver: solver, root: root, packages: packages, labels: labels,
            releases: projects.compactMapValues { $0.releases }, request: request))
      }
    }
  }
}

// MARK: - Choosing

extension ResolutionSearch {
  /// Picks a release: the one to keep, else the newest stable one that is usable, else the newest pre-release.
  private mutating func choose(_ package: PackageID, among allowed: VersionRanges) {
    guard let name = packages[Int(package.index)].project, var state = projects[name] else {
      solver.supply(noVersionOf: package)
      return
    }
    defer { projects[name] = state }
    var refused: [UInt32: [Range<UInt32>]] = [:]

    func pick(_ version: UInt32) -> Bool {
      if let reason = refusal(of: Int(version), in: &state) {
        refused[label(.unavailable(reason)), default: []].append(version..<version + 1)
        return false
      }
      return true
    }

    if let kept = state.kept, allowed.contains(kept), pick(kept) {
      solver.supply(version: kept, of: package)
      return
    }
    let passes: [(Bool) -> Bool] =
      switch request.preReleases {
      case .allow: [{ _ in true }]
      case .disallow: [{ !$0 }]
      case .ifNecessary: [{ !$0 }, { $0 }]
      }
    for admits in passes {
      for range in allowed.ranges.reversed() {
        for version in range.reversed()
        where admits(state.isPreRelease(at: Int(version))) && version != state.kept {
          if pick(version) {
            solver.supply(version: version, of: package)
            return
          }
        }
      }
    }
    if request.preReleases == .disallow {
      let preReleases = allowed.ranges.joined().filter { state.isPreRelease(at: Int($0)) }
      refused[label(.unavailable(.preRelease)), default: []] += preReleases.map { $0..<$0 + 1 }
    }
    for (label, ranges) in refused.sorted(by: { $0.key < $1.key }) {
      solver.supply(
        unavailable: VersionRanges(ranges.sorted { $0.lowerBound < $1.lowerBound }), of: package, label: label
      )
    }
    solver.supply(noVersionOf: package)
  }

  /// Why a release can't be picked; nil if it can.
  private func refusal(of version: Int, in state: inout ProjectState<Index.Releases>) -> UnavailabilityReason?
  {
    switch state.verdict(at: version, by: selector) {
    case .unusable(let reason): return reason
    case .usable(_, let yanked):
      guard let yanked, state.kept != UInt32(version), !state.namedExactly.contains(version) else {
        return nil
      }
      return .yanked(reason: yanked.reason)
    }
  }
}
