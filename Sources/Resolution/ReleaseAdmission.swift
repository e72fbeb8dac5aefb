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

  /// - Parameter builds: which projects may not be built: those of which wheels alone may be used.
  init(_ request: ResolutionRequest, builds: FormatControl) {
    self.request = request
    self.builds = builds
    selector = CandidateSelector(request)
    orders = CandidateOrders(request)
  }

  /// Those of some releases that could be picked.
  func admitted(
    of name: PackageName, among versions: VersionRanges, in releases: any ProjectReleases
  ) -> VersionRanges {
    let takesPreReleases = orders.order(of: name).preReleases != .never
    let exact = namingExactly(name)
    let kept = request.preferences[name]
    let places = versions.ranges.joined().filter { place in
      let version = releases.version(at: Int(place))
      let isKept = kept == version
      if releases.isPreRelease(at: Int(place)), !takesPreReleases,
        !isKept || request.preReleases == .disallow
      {
        return false
      }
      guard
        case .usable(let file, let yanked) = selector.verdict(
          on: releases.distributions(at: Int(place)), of: name)
      else { return false }
      if !file.isWheel, builds.allowed(of: name) == .binaryOnly { return false }
      return yanked == nil || isKept || exact.contains { $0.allows(version) }
    }
    return VersionRanges(places.map { $0..<$0 + 1 })
  }

  /// The user's own `==` and `===` of a project: these may name what is yanked (PEP 592).
  private func namingExactly(_ name: PackageName) -> [SpecifierSet] {
    let overrides = request.overrides.filter { $0.name == name }
    let lines = overrides.isEmpty ? request.requirements.filter { $0.name == name } : overrides
    return lines.flatMap(\.specifiers.specifiers).filter {
      ($0.operator == .equal && !$0.isWildcard) || $0.operator == .arbitrary
    }.map { SpecifierSet([$0]) }
  }
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
