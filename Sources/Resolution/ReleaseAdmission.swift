import PubGrub
import PythonPackaging

/// What a request admits of a project's releases, as far as the index's pages tell; what only metadata tells has no part
/// in it.
///
/// Example: with a cutoff, of three releases those two that were uploaded before it.
struct ReleaseAdmission {
  private let request: ResolutionRequest
  private let builds: FormatControl
  private let selector: CandidateSelector
  private let orders: CandidateOrders
  private let overrides: Overrides

  /// - Parameter builds: which projects may not be built: those of which wheels alone may be used.
  init(_ request: ResolutionRequest, builds: FormatControl) {
    self.request = request
    self.builds = builds
    selector = CandidateSelector(request)
    orders = CandidateOrders(request)
    overrides = Overrides(request)
  }

  /// Those of some releases that could be picked.
  func admitted(
    of name: PackageName, among versions: VersionRanges, in releases: some ProjectReleases
  ) -> VersionRanges {
    let state = state(of: name, releases)
    let places = versions.ranges.joined().filter { place in
      admits(Int(place), with: releases.distributions(at: Int(place)), in: state)
    }
    return VersionRanges(places.map { $0..<$0 + 1 })
  }

  /// The first of some releases of a project, newest first, that could be picked.
  func newest(
    of name: PackageName, among releases: [ReleaseFiles], in known: some ProjectReleases
  ) -> Int? {
    let state = state(of: name, known)
    return releases.first { admits($0.place, with: $0.files, in: state) }?.place
  }

  /// The earliest moment of an upload that, as the cutoff, would admit one of some releases, and the release.
  ///
  /// What the request itself has as the project's cutoff must admit every moment. A later cutoff admits no less, so each
  /// release is judged once, and again only if it is earlier than those before it.
  func earliest(
    of name: PackageName, among versions: VersionRanges, in releases: some ProjectReleases
  ) -> (time: Int64, place: Int)? {
    let state = state(of: name, releases)
    var earliest: (time: Int64, place: Int)?
    for place in versions.ranges.joined().lazy.map({ Int($0) }) {
      let files = releases.distributions(at: place)
      func isAdmitted(by cutoff: Int64) -> Bool {
        admits(place, with: files.filter { $0.uploadedAt ?? .min <= cutoff }, in: state)
      }
      let bound = earliest?.time ?? .max
      let times = Set(files.compactMap(\.uploadedAt)).filter { $0 < bound }.sorted()
      guard let last = times.last, isAdmitted(by: last) else { continue }
      var (low, high) = (0, times.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if isAdmitted(by: times[middle]) { high = middle } else { low = middle + 1 }
      }
      earliest = (times[low], place)
    }
    return earliest
  }

  private func state<Releases: ProjectReleases>(
    of name: PackageName, _ releases: Releases
  ) -> ProjectState<Releases> {
    let markers = request.environment.markers
    let own = request.requirements.filter { $0.name == name && $0.applies(in: markers) }
    return ProjectState(
      name: name, releases: releases, order: orders.order(of: name), kept: request.preferences[name],
      lines: overrides.entries(of: name)?.map(\.requirement) ?? own)
  }

  private func admits<Releases>(
    _ place: Int, with files: [Distribution], in state: ProjectState<Releases>
  ) -> Bool {
    if state.isBarred(place), !state.isKeepable(place, by: request.preReleases) { return false }
    if let releases = state.releases, selector.barrier(at: place, in: releases, of: state.name) != nil {
      return false
    }
    let verdict = selector.verdict(on: files, of: state.name)
    if case .usable(let file, _) = verdict, !file.isWheel, builds.allowed(of: state.name) == .binaryOnly {
      return false
    }
    return state.refusal(at: place, verdict) == nil
  }
}

/// One release's place among its project's, and its files.
struct ReleaseFiles {
  let place: Int
  let files: [Distribution]
}

extension ProjectReleases {
  /// The positions of the releases that specifiers allow.
  func positions(of specifiers: SpecifierSet) -> [Range<Int>] {
    let ranges = specifiers.versions.ranges(count: versionCount) { version(at: $0) }
    let texts = specifiers.specifiers.filter { $0.operator == .arbitrary }.map { $0.versionText.lowercased() }
    if texts.isEmpty { return ranges }
    // Versions that are equal may be written differently, and this operator is for the writing (PEP 440, "Arbitrary
    // equality").
    return ranges.joined().filter { position in
      let text = version(at: position).description.lowercased()
      return texts.allSatisfy { $0 == text }
    }.map { $0..<$0 + 1 }
  }
}
